"""Trainings and the classes that teach them: who gave them, who was there, what was asked for, what was said of them."""
