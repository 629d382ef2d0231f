"""What schedules of events have in common: read whole within a limit, asked for one speaker, told as talks."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import PurePosixPath
from typing import Any
from zoneinfo import ZoneInfo

from advocacy.domain.activity import Activity, Kind, Platform
from advocacy.domain.links import canonical
from ingest.archive import Entry, Options, Skipped, Unreadable
from ingest.bundle import BadArchive, Bundle
from ingest.prose import html_to_text, one_line, plain_text

LIMIT = 64 * 2**20  #: bytes of a schedule, which is held in memory whole
AHEAD = "it is still to come: give the file again when the talk was given"
_MEND = "correct it in the schedule, or log the talk in a table (docs/imports.md)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Talk:
    """A talk as a schedule tells it; `at` is None where it has no usable moment."""

    where: str
    ref: str
    event: str
    title: str
    at: datetime | None
    text: str = ""
    url: str = ""
    authors: tuple[str, ...] = ()


def entry(talk: Talk, options: Options) -> Entry:
    """The talk as an activity, or why it is none."""
    if talk.at is None:
        return Unreadable(talk.where, "it has no date that can be read", _MEND)
    if not talk.title:
        return Unreadable(talk.where, "it has no title", _MEND)
    if talk.at > options.now:
        return Skipped(talk.where, AHEAD)
    return Activity(
        ref=f"talk:{talk.ref}",
        kind=Kind.TALK,
        platform=Platform.MANUAL,
        at=talk.at,
        title=one_line(talk.title),
        text=html_to_text(talk.text) if "<" in talk.text else plain_text(talk.text),
        url=canonical(talk.url),
        channel=one_line(talk.event),
        authors=talk.authors,
    )


def members(given: Bundle, pattern: str, what: str, limit: int = LIMIT) -> Iterator[tuple[str, bytes]]:
    """The files that were given, each whole; raise BadArchive when there is none or one is too large."""
    names = list(given.members) if given.is_single else given.find(pattern)
    if not names:
        raise BadArchive(f"there is no {what} in {given.name}")
    for name in names:
        with given.open(name) as stream:
            data = stream.read(limit + 1)
        if len(data) > limit:
            raise BadArchive(f"{name} is larger than {limit // 2**20} MB, which no {what} is")
        yield name, data


def whole_json(name: str, data: bytes) -> dict[str, Any]:
    """The object in a file; raise BadArchive when it holds anything else."""
    try:
        found = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise BadArchive(f"{name} is no JSON ({str(error)[:80]}): save the address as it answers") from error
    if not isinstance(found, dict):
        raise BadArchive(f"{name} is not such a schedule: it holds no object")
    return found


def is_speaker(names: Iterable[object], options: Options) -> bool:
    """Whether one of these names or addresses is the person's."""
    wanted = {_plain(one) for one in options.speakers}
    return any(_plain(name) in wanted for name in names if isinstance(name, str) and name.strip())


def nobody(there: Iterable[str], options: Options) -> BadArchive:
    """The words for a schedule in which the person does not speak."""
    names = sorted({name for name in there if name})
    told = ", ".join(names[:30]) + (" …" if len(names) > 30 else "")
    wanted = " or ".join(options.speakers)
    return BadArchive(f'no speaker is called {wanted}. Say which of them: --speaker "Name". There are: {told}')


def moment(words: object, zone: str) -> datetime | None:
    """A moment as schedules write it; one without a zone is read in this one."""
    try:
        at = datetime.fromisoformat(words) if isinstance(words, str) else None
        return (at if at.tzinfo else at.replace(tzinfo=ZoneInfo(zone))).astimezone(UTC) if at else None
    except (ValueError, OverflowError):
        return None


def event_of(name: str, options: Options) -> str:
    """What the event is called where its file does not say: as the person says, else as the file is called."""
    return options.event or PurePosixPath(name).stem.partition(" (")[0]


def slug(words: str) -> str:
    """A name as a part of a ref."""
    return "-".join("".join(c if c.isalnum() else " " for c in words.casefold()).split())[:80]


def text(told: Mapping[str, Any], name: str) -> str:
    """The text under a name, '' for what is none."""
    value = told.get(name)
    return value if isinstance(value, str) else ""


def objects(told: Any) -> list[dict[str, Any]]:
    """The objects of a list, [] for what is none."""
    return [one for one in told if isinstance(one, dict)] if isinstance(told, list) else []


def _plain(name: str) -> str:
    return " ".join(name.split()).casefold()
