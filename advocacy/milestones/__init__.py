"""What planning records put on the timeline when something happened, and take off it when it did not."""
