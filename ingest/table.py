"""A row of a person's own table as an activity: forgiving about names, strict about what it says."""

import math
from collections.abc import Callable, Mapping
from datetime import timedelta
from hashlib import blake2b
from typing import TypeVar

from advocacy.domain.activity import Activity, Kind, Platform, Thread, ThreadRole
from advocacy.domain.columns import METRICS
from advocacy.domain.links import canonical
from advocacy.domain.refs import ref_of
from ingest import table_words
from ingest.archive import Options, Unreadable
from ingest.prose import one_line, plain_text
from ingest.table_words import NO, YES

T = TypeVar("T")
AHEAD = timedelta(days=2)
_NUMBERS = ("replies", "participants", "rank")


class Wrong(ValueError):
    """A cell says what cannot be: what, and how to mend it."""

    def __init__(self, what: str, mend: str) -> None:
        super().__init__(what)
        self.what, self.mend = what, mend


def columns(options: Options) -> Callable[[str], str | None]:
    """Which field a heading means: as the person said, else as it is called."""
    said = {table_words.plain(heading): name for heading, name in options.columns.items()}
    return lambda heading: said.get(table_words.plain(heading)) or table_words.field_of(heading)


def activity_of(where: str, cells: Mapping[str, str], options: Options) -> Activity | Unreadable:
    """The activity that a row tells of, by the names of our fields."""
    try:
        return _activity(cells, options)
    except Wrong as wrong:
        return Unreadable(where, wrong.what, wrong.mend)


def _activity(cells: Mapping[str, str], options: Options) -> Activity:
    link = _link(cells.get("link", ""))
    ref = ref_of(link) or ""
    platform = _read(cells, "platform", table_words.platform_of, _platform_of(ref))
    kind = _read(cells, "kind", table_words.kind_of, _usual(ref, link))
    title, text = one_line(cells.get("title", "")), plain_text(cells.get("text", ""))
    if not (title or text or link):
        raise Wrong("it has neither title nor text nor link", "fill in one of them")
    if not cells.get("date"):
        raise Wrong("it has no date", "write it as 2026-10-01")
    at = _read(cells, "date", lambda words: table_words.moment_of(words, options.zone), options.now)
    if at > options.now + AHEAD and kind is not Kind.PROPOSAL:
        raise Wrong(f"its date, {at:%Y-%m-%d}, is still to come", "give it again when it was done")
    return Activity(
        ref=ref or _own_ref(cells, link, options),
        kind=kind,
        platform=platform,
        at=at,
        title=title,
        text=text,
        url=link,
        channel=one_line(cells.get("channel", "")),
        lang=cells.get("language", ""),
        thread=_thread(cells),
        metrics={name: number for name in METRICS if (number := _number(cells, name)) is not None},
    )


def _link(words: str) -> str:
    if not words:
        return ""
    link = canonical(words if "://" in words else f"https://{words}")
    if not link or "." not in link:
        raise Wrong(f"{words[:80]!r} is no web address", "write it as https://example.org/page, or leave it empty")
    return link


def _platform_of(ref: str) -> Platform:
    return Platform(ref.partition(":")[0]) if ref else Platform.MANUAL


def _usual(ref: str, link: str) -> Kind:
    """What a row without a kind is: as its platform's reader has it, else an article when it has an address."""
    if ref.startswith("stackexchange:"):
        return {"a": Kind.ANSWER, "q": Kind.QUESTION}.get(ref.split("/")[1], Kind.REPLY)
    if ref.startswith("reddit:t1_"):
        return Kind.REPLY
    if ref:
        return Kind.POST
    return Kind.ARTICLE if link else Kind.NOTE


def _own_ref(cells: Mapping[str, str], link: str, options: Options) -> str:
    """The same for the same row, whatever file it stands in; never another person's."""
    told = [cells.get("id", "")] if cells.get("id") else [link] if link else []
    told = told or [cells.get(name, "") for name in ("date", "kind", "title", "text", "channel")]
    return f"row:{blake2b(repr([options.owner, *told]).encode(), digest_size=16).hexdigest()}"


def _thread(cells: Mapping[str, str]) -> Thread:
    replies, participants, rank = (_number(cells, name) for name in _NUMBERS)
    return Thread(
        role=_read(cells, "role", _role, ThreadRole.UNKNOWN),
        replies=replies,
        participants=participants,
        rank=rank,
        accepted=_read(cells, "accepted", _yes, None),
    )


def _role(words: str) -> ThreadRole:
    try:
        return ThreadRole(words.casefold())
    except ValueError as error:
        raise ValueError(f"write one of {', '.join(ThreadRole)}") from error


def _yes(words: str) -> bool:
    if words.casefold() not in YES | NO:
        raise ValueError("write yes or no")
    return words.casefold() in YES


def _number(cells: Mapping[str, str], name: str) -> int | None:
    return _read(cells, name, _whole, None)


def _whole(words: str) -> int:
    """A whole number, with what spreadsheets put between thousands, or behind a point that says nothing."""
    plain = words.replace(" ", "").replace("\u00a0", "").replace("\u202f", "").replace(",", "").replace("'", "")
    try:
        number = float(plain) if len(plain) <= 25 else math.inf
    except ValueError:
        number = math.nan
    if not number.is_integer() or not 0 <= number < 2**63:
        raise ValueError("write a whole number, or leave it empty when it is not known")
    return int(number)


def _read(cells: Mapping[str, str], name: str, read: Callable[[str], T], default: T) -> T:
    words = cells.get(name, "")
    try:
        return read(words) if words else default
    except (ValueError, OverflowError) as error:
        raise Wrong(f"its {name} is {words[:60]!r}", str(error)) from error
