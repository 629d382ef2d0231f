"""Trainings: what I gave and attended, what is planned, what is asked for."""

from collections.abc import Iterator
from enum import StrEnum

from flask import Blueprint, Response, abort, render_template, request

from advocacy import paging
from advocacy.access import signed_in
from advocacy.context import me, today
from advocacy.domain.training import RequestState
from advocacy.models.base import Row
from advocacy.models.trainings import attendance, board, invited, lists, matrix, trainers
from advocacy.models.trainings.lists import Place
from advocacy.models.words import Capability
from advocacy.sheet import sheet

bp = Blueprint("trainings", __name__, url_prefix="/trainings")


class Shown(StrEnum):
    """Which list the page shows."""

    GIVEN = "given"
    ATTENDED = "attended"
    PLANNED = "planned"
    REQUESTS = "requests"


COLUMNS = {
    Shown.GIVEN: ("day", "title", "minutes", "attended", "with_support"),
    Shown.ATTENDED: ("day", "title", "trainers", "external", "presence", "said_by"),
    Shown.PLANNED: ("day", "title", "place", "minutes", "trainers", "with_support"),
    Shown.REQUESTS: ("day", "what", "origin", "state", "votes", "asked_by", "link", "external", "offer", "cost"),
}


@bp.get("")
@signed_in
def show() -> str:
    """What did I teach and learn, what is planned, what is asked for?"""
    shown, words, after = _shown(), _words(), paging.read(request.args.get("after", ""))
    rows, is_more = _rows(shown, words, after)
    return render_template(
        "trainings/show.html",
        shown=shown,
        lists=Shown,
        rows=rows,
        trainers=lists.names([row.id for row in rows]) if shown is Shown.PLANNED else {},
        older=paging.place(rows[-1].day, rows[-1].id) if is_more else "",
        to_confirm=attendance.to_confirm(me().id),
        invited=invited.unanswered(me().id),
        teaching=trainers.unanswered(me().id),
        required=matrix.required_of(me().id, today()),
        counts=board.counts(),
        state=_state(),
        decides=me().can(Capability.LEAD),
        chosen={name: said for name in ("list", "words", "state") if (said := request.args.get(name, "").strip())},
        today=today(),
    )


@bp.get("/trainings.csv")
@signed_in
def as_sheet() -> Response:
    """The list of this view, to its end."""
    shown = _shown()
    return sheet(f"trainings-{shown}", COLUMNS[shown], _told(shown, _words()))


def _told(shown: Shown, words: str) -> Iterator[tuple[object, ...]]:
    rows, _ = _rows(shown, words, None, everything=True)
    who = lists.names([row.id for row in rows]) if shown is Shown.PLANNED else {}
    for row in rows:
        match shown:
            case Shown.GIVEN:
                yield row.day, row.title, row.minutes, row.attended, row.with_support
            case Shown.ATTENDED:
                said_by = "me" if row.own else "others"
                yield row.day, row.title, row.trainers, row.external, row.presence, said_by
            case Shown.PLANNED:
                yield row.day, row.title, row.place, row.minutes, who.get(row.id, ""), row.with_support
            case Shown.REQUESTS:
                yield (
                    row.day,
                    row.what,
                    row.origin,
                    row.state,
                    row.votes,
                    row.by,
                    row.link,
                    row.external,
                    row.offer,
                    row.cost,
                )


def _rows(shown: Shown, words: str, after: Place | None, *, everything: bool = False) -> tuple[list[Row], bool]:
    match shown:
        case Shown.GIVEN:
            return lists.given(me().id, words, after, everything=everything)
        case Shown.ATTENDED:
            found, is_more = lists.attended(me().id, words, after, everything=everything)
            return list(found), is_more
        case Shown.PLANNED:
            return list(lists.planned(words)), False
        case Shown.REQUESTS:
            return list(board.board(me().id, today(), _state(), words)), False


def _shown() -> Shown:
    said = request.args.get("list", Shown.GIVEN)
    if said not in list(Shown):
        abort(400, f"list must be {', '.join(Shown)}.")
    return Shown(said)


def _state() -> RequestState | None:
    said = request.args.get("state", "")
    if said not in ("", *RequestState):
        abort(400, f"state must be {', '.join(RequestState)} or nothing.")
    return RequestState(said) if said else None


def _words() -> str:
    return request.args.get("words", "").strip()
