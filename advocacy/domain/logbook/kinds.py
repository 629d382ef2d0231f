"""What can be logged by hand, and how a thing is asked for."""

from dataclasses import dataclass
from enum import StrEnum


class LogKind(StrEnum):
    """What somebody says they did."""

    POST = "post"
    TALLY = "tally"
    TREND = "trend"
    LEARNING = "learning"
    NEED = "need"
    DECISION = "decision"
    WRITING = "writing"
    AREA = "area"
    SUPPORT = "support"
    FEEDBACK = "feedback"
    REQUEST = "request"
    OTHER = "other"


class Ask(StrEnum):
    """How a field is filled in."""

    LINE = "line"
    WORDS = "words"
    LINK = "link"
    NUMBER = "number"
    SCORE = "score"
    CHOICE = "choice"
    PERSONA = "persona"


@dataclass(frozen=True, slots=True)
class Field:
    """One thing that is asked; `needed` is what is said when it is missing, nothing where it may be."""

    name: str
    label: str
    ask: Ask = Ask.LINE
    needed: str = ""
    hint: str = ""
    choices: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Shape:
    """What a kind is called, when one would choose it, which rule it is meant for, and what is asked."""

    name: str
    when: str
    rule: str
    fields: tuple[Field, ...]

    def field(self, name: str) -> Field | None:
        """The field of that name."""
        return next((one for one in self.fields if one.name == name), None)
