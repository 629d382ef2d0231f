"""Where in the lines of a speakers file what stands."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from advocacy.domain.profile import FORMATS, TRAVELS

FIELD = re.compile(r"-\s+(?P<label>[^:\[\]]{1,40}?)\s*:(?P<gap>\s*)(?P<value>.*?)(?P<end>\s*)")
_BULLET = re.compile(r"-\s+(?P<value>.*?)\s*")
FIELDS: dict[str, str] = {
    "Company": "company",
    "Title": "title",
    "Location": "location",
    "Residence": "residence",
    "Topics": "topics",
    "Languages": "languages",
    "Headline": "headline",
    "Availability": "availability",
    "Formats": "formats",
    "Travel": "travels",
}
"""The fields we know, by their labels; what else stands there is a link or stays as it is."""

KNOWN = {label.lower(): name for label, name in FIELDS.items()}
LISTS = {"topics", "languages"}
CHOSEN = {"formats": {word: word for word in FORMATS}, "travels": TRAVELS}
"""The fields with words of ours, by what is told: what else stands in them is kept among the other fields."""


class NotASpeaker(ValueError):
    """The text is no speakers file; the words say what it lacks."""


@dataclass(frozen=True, slots=True)
class Shape:
    """The lines of the name, of the fields (label, value), and of the bodies of the two sections we know."""

    name: int
    fields: dict[int, tuple[str, str]]
    bio: range | None
    talks: range | None


def shape(lines: Sequence[str]) -> Shape:
    """Find out; raise NotASpeaker when there is no heading with a name."""
    name = next((n for n, line in enumerate(lines) if line.startswith("# ") and line[2:].strip()), None)
    if name is None:
        raise NotASpeaker("it has no line “# Name”, as a file in speakers/ begins")
    heads = [n for n, line in enumerate(lines) if n > name and line.startswith("## ")]
    ends = [*heads, len(lines)][1:]
    bodies = {lines[n][3:].strip().lower(): range(n + 1, end) for n, end in zip(heads, ends, strict=True)}
    found = {n: m for n in range(name + 1, min([*heads, len(lines)])) if (m := FIELD.fullmatch(lines[n]))}
    fields = {n: (m["label"], m["value"]) for n, m in found.items()}
    return Shape(name, fields, bodies.get("bio"), bodies.get("previous talks"))


def bullet(line: str) -> str | None:
    """What a line of a list says."""
    found = _BULLET.fullmatch(line)
    return found["value"] if found else None
