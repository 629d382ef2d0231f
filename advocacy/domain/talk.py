"""What is said of a talk beside its words: for whom it is."""

from enum import StrEnum


class Level(StrEnum):
    """How much a listener should know already."""

    BEGINNER = "beginner"
    INTERMEDIATE = "intermediate"
    ADVANCED = "advanced"
