"""Speakers files from an operator: whose each is, and laid before that person, who alone says whether it counts."""

import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

from advocacy import profile_file
from advocacy.domain.activity import Platform
from advocacy.domain.platform_names import PLATFORM_NAMES
from advocacy.domain.profile import Told
from advocacy.domain.speakers.shape import NotASpeaker
from advocacy.models import speaker_files, whose
from advocacy.models.people import Person

_MAIL = re.compile(r"[^\s@<>()\[\]:]+@[^\s@<>()\[\]]+\.[^\s@<>()\[\].]+")
PLATFORMS = {name.casefold(): platform for platform, name in PLATFORM_NAMES.items()} | {"twitter": Platform.X}
"""By what a file calls them."""


class Outcome(StrEnum):
    """What became of a file."""

    HANDED = "handed"
    KNOWN = "known"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Handed:
    """A file, whose it is by e-mail address, and why it was refused if it was."""

    file: str
    outcome: Outcome
    person: str = ""
    why: str = ""

    def told(self) -> dict[str, Any]:
        """As JSON tells it."""
        return {**asdict(self), "outcome": self.outcome.value}


def hand(file: Path, now: datetime) -> Handed:
    """Lay one file before its person, or say why not."""
    try:
        text = file.read_bytes()[: 4 * profile_file.LONGEST].decode()
        told = profile_file.told_of(text)
    except UnicodeDecodeError:
        return Handed(str(file), Outcome.REFUSED, why="it is no text in UTF-8")
    except NotASpeaker as error:
        return Handed(str(file), Outcome.REFUSED, why=f"{error}")
    found = _people(told)
    if len(found) != 1:
        return Handed(str(file), Outcome.REFUSED, why=_why(told, len(found)))
    known = profile_file.out(found[0]) == text or not speaker_files.hand(found[0].id, file.name, text, now)
    return Handed(str(file), Outcome.KNOWN if known else Outcome.HANDED, found[0].email)


def _people(told: Told) -> Sequence[Person]:
    """Whom a file is about: by the first of address, handle and name that anybody answers to."""
    mails = {mail for line in told.other for mail in _MAIL.findall(line)}
    handles = [(on, one.text.lstrip("@")) for one in told.links if (on := PLATFORMS.get(one.label.casefold()))]
    return whose.by_mail(mails) or whose.by_handle(handles) or whose.by_name(told.name)


def _why(told: Told, people: int) -> str:
    mend = "add a line “- Email: name@example.org” to it"
    if people:
        return f"{people} people could be “{told.name}”: {mend}"
    return f"nobody here is “{told.name}”: {mend}, or add the person with `advocacy people add`"
