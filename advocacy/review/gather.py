"""The pack gathered: the board of a period with the pieces behind every sentence."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from advocacy.domain.period import Period
from advocacy.models import pins, voices
from advocacy.models.audience import Audience
from advocacy.models.base import Row
from advocacy.models.board import Board, Line, board
from advocacy.models.pack import Piece, pieces
from advocacy.models.people import Person
from advocacy.models.words import Claim
from advocacy.rules import Rules


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One sentence with what speaks for it: the pinned pieces first, the others newest first."""

    line: Line
    pinned: tuple[Piece, ...]
    others: tuple[Piece, ...]
    own_words: str = ""
    claim: Claim | None = None
    said_on: date | None = None

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """All of them."""
        return self.pinned + self.others


@dataclass(frozen=True, slots=True, kw_only=True)
class Pack:
    """Everything that the pack says; `made_at` is the moment that all of it is of."""

    board: Board
    made_at: datetime
    sections: tuple[tuple[str, tuple[Entry, ...]], ...]
    confirmed_only: bool

    @property
    def entries(self) -> Iterator[Entry]:
        """The sentences in the page's order."""
        return (entry for _, entries in self.sections for entry in entries)

    @property
    def works(self) -> list[Piece]:
        """Each work once, newest first, however many sentences it is evidence for."""
        found = {piece.work_id: piece for entry in self.entries for piece in entry.pieces}
        return sorted(found.values(), key=lambda one: (one.day, one.activity_id), reverse=True)


def gather(
    person: Person,
    period: Period,
    now: datetime,
    rules: Rules,
    *,
    confirmed_only: bool = False,
    audience: Audience = Audience.OWNER,
) -> Pack:
    """Gather the pack of a period, as the audience may see it; raise Missing when the person holds no role."""
    mine = board(person, period, now, rules, audience=audience)
    found = pieces(person.id, period.start, period.end, confirmed_only=confirmed_only, audience=audience)
    own = audience is Audience.OWNER
    best = pins.all_of(person.id) if own else {}
    said = voices.own_words(person.id, period.start, period.end) if own else {}
    sections: dict[str, list[Entry]] = {}
    for line in mine.lines:
        sections.setdefault(line.section_title, []).append(
            _entry(
                line,
                found.get(line.expectation_id, ()),
                best.get(line.expectation_id, ()),
                said.get(line.expectation_id),
            )
        )
    return Pack(
        board=mine,
        made_at=now,
        sections=tuple((title, tuple(entries)) for title, entries in sections.items()),
        confirmed_only=confirmed_only,
    )


def _entry(line: Line, found: Sequence[Piece], best: Sequence[int], said: Row | None) -> Entry:
    return Entry(
        line=line,
        pinned=tuple(
            sorted((one for one in found if one.activity_id in best), key=lambda one: best.index(one.activity_id))
        ),
        others=tuple(one for one in found if one.activity_id not in best),
        own_words=said.words if said else "",
        claim=said.claim if said else None,
        said_on=said.at.date() if said else None,
    )
