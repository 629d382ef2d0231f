"""What every reader of an archive must offer, and the ways it may fail.

A reader knows one kind of file. It translates and yields, row by row; it never touches our database, never writes a
file, and holds no more of the file in memory than the row at hand. Readers know nothing of each other.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol, TypeAlias

from advocacy.domain.activity import Activity
from ingest.bundle import Bundle


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What a reader may want to know beside the file.

    `owner` tells two people's rows apart that have no address of their own, `speakers` are the names and e-mail
    addresses of the person in a schedule, `columns` maps headings to our fields, `event` names the event where the
    file does not, `handle` is the person's where it is known, `zone` is where times without a zone are read.
    """

    now: datetime
    owner: str
    zone: str = "UTC"
    handle: str = ""
    speakers: tuple[str, ...] = ()
    columns: Mapping[str, str] = field(default_factory=dict)
    event: str = ""


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A row that could not be understood: where it stands, what is wrong with it, and how to mend it."""

    where: str
    what: str
    mend: str


@dataclass(frozen=True, slots=True)
class Skipped:
    """A row that is understood and not wanted; the reason is the same words for all of its sort."""

    where: str
    reason: str


@dataclass(frozen=True, slots=True)
class Noted:
    """Something to be told that is no row: a column that is not read, dates that are not taken."""

    words: str


@dataclass(frozen=True, slots=True)
class Told:
    """What an archive tells of itself: whose it is, and whether it holds everything its person did there, until when.

    Told as `whole`, silence in it counts from its oldest item on; `until` is None where it does not say when it was
    made.
    """

    handle: str = ""
    whole: bool = False
    until: datetime | None = None


Entry: TypeAlias = Activity | Unreadable | Skipped | Noted | Told


class Archive(Protocol):
    """A module of `ingest.archives`; its kind is described in advocacy/domain/archive_kinds.py."""

    @property
    def kind(self) -> str:
        """Its name on the command line."""

    def read(self, given: Bundle, options: Options, /) -> Iterator[Entry]:
        """Yield what is in it, in any order; raise BadArchive when it is not what it is said to be."""
