"""What somebody answered who was named by somebody else: as a speaker, as a trainer."""

from enum import StrEnum


class Answer(StrEnum):
    """Asked and silent, taken, or left."""

    ASKED = "asked"
    CONFIRMED = "confirmed"
    LEFT = "left"
