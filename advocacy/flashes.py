"""What the next page says of what was just done, with the way back."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from flask import flash


@dataclass(frozen=True, slots=True)
class Undo:
    """A form that takes it back: where it is sent, and what it says."""

    to: str
    fields: Mapping[str, str | int] = field(default_factory=dict)


def say(words: str, undo: Undo | None = None) -> None:
    """Say it at the top of the next page."""
    back = {"to": undo.to, "fields": dict(undo.fields)} if undo else None
    flash({"text": words, "undo": back})  # type: ignore[arg-type]  # any JSON will do
