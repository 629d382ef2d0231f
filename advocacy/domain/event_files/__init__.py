"""Events as other calendars tell them: each form read into the same values, each broken row with its why."""
