"""Events: calls for proposals that close soon first, then what comes next; and the page of each."""

from datetime import date

from flask import Blueprint, Response, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Answer

from advocacy import event_fits, forms, paging
from advocacy.access import signed_in
from advocacy.context import me, now, today
from advocacy.flashes import Undo, say
from advocacy.models import db, looks
from advocacy.models.audience import Audience
from advocacy.models.base import Row
from advocacy.models.talks import board, event_list, events, watching
from advocacy.models.talks.event_list import Look, When
from advocacy.models.words import Capability
from advocacy.running import in_force
from advocacy.sheet import sheet

bp = Blueprint("events", __name__, url_prefix="/events")

FILTERS = ("words", "topic", "country", "language", "online", "closing", "when")
COLUMNS = (
    *("name", "starts", "ends", "place", "country", "online", "url", "languages", "cfp_url", "cfp_closes"),
    *("about", "ref", "topics", "called_off"),
)


@bp.get("")
@signed_in
def show() -> str:
    """Which calls close soon, and which events come?"""
    look = _look()
    rows, is_more = event_list.page(me().id, look, today())
    last = rows[-1] if is_more else None
    return render_template(
        "events/show.html",
        rows=rows,
        calls=[one for one in rows if one.calls],
        others=[one for one in rows if not one.calls],
        number=event_list.count(me().id, look, today()),
        next=f"{'c' if last.calls else 'u'}{paging.place(last.key, last.id)}" if last else "",
        choices=event_list.choices(me().id),
        watched=watching.among(me().id, [one.id for one in rows]),
        chosen={name: said for name in FILTERS if (said := request.args.get(name, "").strip())},
        look=look,
        topic=in_force().vocabulary.name,
        marketing=me().can(Capability.MARKETING),
        today=today(),
    )


@bp.get("/events.csv")
@signed_in
def as_sheet() -> Response:
    """The events of this view, to their end; the file can be read in again."""
    rows, _ = event_list.page(me().id, _look(), today(), everything=True)
    return sheet("events", COLUMNS, map(_told, rows))


@bp.get("/<int:event_id>")
@signed_in
def one(event_id: int) -> str:
    """When and where is it, until when are proposals taken, and who could speak there?"""
    event = events.one(event_id, me().id)
    cards = board.at_event(me(), event_id)
    others = sorted({card.owner_id for card in cards if not card.mine})
    if others:
        looks.note_all(me().id, others, f"your proposals to {event.name}", now(), Audience.MARKETING)
    return render_template(
        "events/one.html",
        event=event,
        watched=bool(watching.among(me().id, [event_id])),
        cards=cards,
        fits=event_fits.talks(me().id, event, in_force()),
        topic=in_force().vocabulary.name,
        marketing=me().can(Capability.MARKETING) and event.owner_id is None,
        days_left=(event.cfp_closes - today()).days if event.cfp_closes else None,
        today=today(),
    )


@bp.post("/<int:event_id>/watch")
@signed_in
def watch(event_id: int) -> Answer:
    """Keep an eye on it, or no more."""
    event, wanted = events.one(event_id, me().id), request.form.get("watch", "1") == "1"
    if wanted:
        watching.watch(me().id, event_id, now())
    else:
        watching.unwatch(me().id, event_id)
    db.session.commit()
    words = f"You watch {event.name}: before its call closes you are told." if wanted else f"{event.name}: no more."
    say(words, Undo(url_for(".watch", event_id=event_id), {"watch": "0" if wanted else "1"}))
    return redirect(url_for(".one", event_id=event_id), 303)


def _told(row: Row) -> tuple[object, ...]:
    online = "yes" if row.online else "no"
    lists = ", ".join(row.languages), row.cfp_url, row.cfp_closes, row.about, row.ref, ", ".join(row.topics)
    off = "yes" if row.off_at else ""
    return row.name, row.starts, row.ends, row.place, row.country, online, row.url, *lists, off


def _look() -> Look:
    said = {name: request.args.get(name, "").strip() for name in FILTERS}
    if said["when"] not in ("", *When):
        abort(400, f"when must be {', '.join(When)} or nothing.")
    if said["online"] not in ("", "yes", "no"):
        abort(400, "online must be yes, no or nothing.")
    if said["closing"] and not (forms.is_key(said["closing"]) and int(said["closing"]) <= 3660):
        abort(400, "closing must be a number of days, like 14.")
    return Look(
        when=When(said["when"] or When.COMING),
        words=said["words"][:200],
        topic=said["topic"][:100],
        country=said["country"][:200],
        language=said["language"][:20],
        online={"yes": True, "no": False}.get(said["online"]),
        closing=int(said["closing"]) if said["closing"] else None,
        after=_after(request.args.get("after", "")),
    )


def _after(words: str) -> tuple[bool, date, int] | None:
    if not words:
        return None
    key = paging.read(words[1:]) if words[0] in "cu" else None
    if key is None:
        paging.refuse()
    return words[0] == "c", *key
