"""Trainings and the classes that teach them: who gave them, who was there, what was asked for and what was said."""
