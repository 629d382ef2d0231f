"""The pack for programs: one JSON object, and rows for spreadsheets."""

from collections.abc import Iterator
from typing import Any

from advocacy import display
from advocacy.models.pack import Piece
from advocacy.review.gather import Entry, Pack

COLUMNS = (
    *("section", "expectation", "state", "count", "target", "pinned", "day", "kind", "platform", "channel"),
    *("title", "link", "confirmed", "numbers", "numbers_as_of", "why"),
)


def told(pack: Pack) -> dict[str, Any]:
    """The pack in the shape of docs/interfaces/review.schema.json."""
    board = pack.board
    return {
        "person": board.person.email,
        "name": board.person.name,
        "role": board.role_slug,
        "period": {"label": board.period.label, "start": _day(board.period.start), "end": _day(board.period.end)},
        "made_at": pack.made_at.isoformat(),
        "confirmed_only": pack.confirmed_only,
        "expectations": [_entry(title, entry) for title, entries in pack.sections for entry in entries],
    }


def _entry(section: str, entry: Entry) -> dict[str, Any]:
    line = entry.line
    return {
        "id": line.key,
        "section": section,
        "text": line.text,
        "rule": line.rule,
        "state": line.progress.state.value,
        "count": line.progress.count,
        "target": line.progress.target,
        "notes": display.notes(line.progress),
        "own_words": entry.own_words,
        "own_claim": entry.claim.value if entry.claim else None,
        "pieces": [_piece(one, pinned=one in entry.pinned) for one in entry.pieces],
    }


def _piece(one: Piece, *, pinned: bool) -> dict[str, Any]:
    return {
        "day": _day(one.day),
        "kind": one.kind.value,
        "platform": one.platform.value,
        "channel": one.channel,
        "title": display.heading(one.title, one.excerpt, one.kind, one.platform),
        "link": display.link(one.url),
        "pinned": pinned,
        "confirmed": one.confirmed,
        "visibility": one.visibility.value,
        "why": list(one.whys),
        "numbers": [
            {"metric": n.metric, "value": n.value, "as_of": _day(n.day), "by_hand": n.by_hand} for n in one.numbers
        ],
    }


def rows(pack: Pack) -> Iterator[tuple[object, ...]]:
    """A row for each piece under each sentence, and one for a sentence without any."""
    for section, entries in pack.sections:
        for entry in entries:
            line = entry.line
            head = (section, line.text, display.STATES[line.progress.state][1], line.progress.count)
            for one in entry.pieces or (None,):
                yield (*head, line.progress.target, *_cells(one, pinned=one in entry.pinned))


def _cells(one: Piece | None, *, pinned: bool) -> tuple[object, ...]:
    if one is None:
        return ("",) * 11
    name = display.heading(one.title, one.excerpt, one.kind, one.platform)
    as_of = max((n.day for n in one.numbers), default=None)
    return (
        *("yes" if pinned else "", _day(one.day), one.kind.value, display.platform(one.platform), one.channel, name),
        *(display.link(one.url), "yes" if one.confirmed else "", _numbers(one), as_of and _day(as_of)),
        "; ".join(one.whys),
    )


def _numbers(one: Piece) -> str:
    return ", ".join(f"{n.metric} {n.value}" for n in one.numbers)


def _day(day: Any) -> str:
    return str(day.isoformat())
