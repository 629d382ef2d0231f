"""The board: every talk on its way to an event, in columns; the same as a list and as a timeline."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from flask import Blueprint, Response, abort, render_template, request

from advocacy import forms, paging
from advocacy.access import signed_in
from advocacy.context import me, now, today
from advocacy.domain.proposal import FOLLOWS, OPEN, ProposalState
from advocacy.models import looks
from advocacy.models.audience import Audience
from advocacy.models.base import Row
from advocacy.models.talks import board, event_list
from advocacy.models.talks.board import Card, Look
from advocacy.models.words import Capability
from advocacy.running import in_force
from advocacy.sheet import sheet

bp = Blueprint("board", __name__, url_prefix="/events/board")

FILTERS = ("person", "state", "event", "topic")
COLUMNS = ("day", "state", "title", "speaker", "event", "event_starts", "cfp_closes")


class As(StrEnum):
    """In which form the board is shown."""

    BOARD = "board"
    LIST = "list"
    TIMELINE = "timeline"


@dataclass(frozen=True, slots=True)
class Mark:
    """Something with a day: a call that closes, or an event that begins."""

    day: date
    closes: bool
    event: str
    event_id: int | None
    card: Card | None


@bp.get("")
@signed_in
def show() -> str:
    """Where does each talk stand?"""
    look, form = _look(), _as()
    cards, given = _shown(look, form)
    watched = board.watched(me(), look, today())
    _note(cards)
    return render_template(
        f"board/{form.value}.html",
        form=form.value,
        forms=list(As),
        watched=watched,
        number=board.count(me(), look),
        people=board.people(me()),
        events=board.at(me()),
        topics=event_list.choices(me().id).topics,
        topic=in_force().vocabulary.name,
        chosen={name: said for name in FILTERS if (said := request.args.get(name, "").strip())},
        look=look,
        follows=FOLLOWS,
        open_states=OPEN,
        marketing=me().can(Capability.MARKETING),
        months=_months(cards, watched) if form is As.TIMELINE else (),
        today=today(),
        **given,
    )


@bp.get("/board.csv")
@signed_in
def as_sheet() -> Response:
    """The cards of this view, to their end."""
    cards, _ = board.page(me(), _look(), everything=True)
    _note(cards)
    told = ((c.day, c.state, c.title, c.owner, c.event, c.starts, c.cfp_closes) for c in cards)
    return sheet("board", COLUMNS, told)


def _shown(look: Look, form: As) -> tuple[list[Card], dict[str, object]]:
    """The cards of this form, and what its page wants of them."""
    if form is As.LIST:
        rows, is_more = board.page(me(), look)
        return rows, {"rows": rows, "older": paging.place(rows[-1].day, rows[-1].id) if is_more else ""}
    if form is As.TIMELINE:
        return board.dated(me(), look, today()), {}
    columns, counts = board.columns(me(), look)
    return [card for cards in columns.values() for card in cards], {"columns": columns, "counts": counts}


def _note(cards: Iterable[Card]) -> None:
    """Whoever's cards are seen by somebody from marketing is told of it."""
    others = sorted({card.owner_id for card in cards if not card.mine})
    if others and me().can(Capability.MARKETING):
        looks.note_all(me().id, others, "your proposals on the board", now(), Audience.MARKETING)


def _months(cards: Iterable[Card], watched: Iterable[Row]) -> list[tuple[date, list[Mark]]]:
    """The marks by month, from last month on."""
    since, months = today() - board.BACK, dict[date, list[Mark]]()
    marks = [mark for mark in (*_of_cards(cards), *_of_events(watched)) if mark.day >= since]
    for mark in sorted(marks, key=lambda mark: (mark.day, mark.event, mark.closes)):
        months.setdefault(mark.day.replace(day=1), []).append(mark)
    return list(months.items())


def _of_cards(cards: Iterable[Card]) -> Iterator[Mark]:
    for card in cards:
        number = card.event_id if card.open_event else None
        if card.cfp_closes and card.state in OPEN:
            yield Mark(card.cfp_closes, True, card.event, number, card)
        if card.starts:
            yield Mark(card.starts, False, card.event, number, card)


def _of_events(watched: Iterable[Row]) -> Iterator[Mark]:
    for one in watched:
        if one.cfp_closes:
            yield Mark(one.cfp_closes, True, one.name, one.id, None)
        if one.starts:
            yield Mark(one.starts, False, one.name, one.id, None)


def _as() -> As:
    said = request.args.get("as", As.BOARD.value)
    if said not in list(As):
        abort(400, f"as must be {', '.join(As)}.")
    return As(said)


def _look() -> Look:
    said = request.args.get("state", "")
    if said not in ("", *ProposalState):
        abort(400, f"state must be {', '.join(ProposalState)} or nothing.")
    return Look(
        person=_number("person"),
        state=ProposalState(said) if said else None,
        event=_number("event"),
        topic=request.args.get("topic", "").strip()[:100],
        after=paging.read(request.args.get("after", "")),
    )


def _number(name: str) -> int | None:
    said = request.args.get(name, "").strip()
    if said and not forms.is_key(said):
        abort(400, f"{name} must be a number.")
    return int(said) if said else None
