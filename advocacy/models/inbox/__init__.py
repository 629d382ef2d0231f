"""The inbox: what waits for a person's word, what they did about it, and the way back."""
