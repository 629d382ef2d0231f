"""Talks of the company: what colleagues let others find, with where it was given as far as they tell."""

from flask import Blueprint, Response, abort, render_template, request

from advocacy.access import signed_in
from advocacy.context import me, now, today
from advocacy.domain.profile import FORMATS
from advocacy.domain.talk import Level
from advocacy.forms import is_key
from advocacy.models import audience, looks, roster
from advocacy.models.talks import shelf, speakers, variants
from advocacy.models.talks.shelf import Look
from advocacy.sheet import sheet

bp = Blueprint("library", __name__, url_prefix="/talks/library")

COLUMNS = ("title", "person", "topics", "language", "level", "format", "minutes", "given", "last_given")
FILTERS = ("words", "topic", "language", "level", "format")


@bp.get("")
@signed_in
def show() -> str:
    """Which talks are there already?"""
    look = _look()
    rows, is_more = shelf.page(me(), today(), look)
    looks.note_each(me(), [one.owner_id for one in rows], "talks that you let others find", today(), now())
    return render_template(
        "library/show.html",
        rows=rows,
        number=shelf.number(me(), today(), look),
        later=rows[-1].id if is_more else None,
        languages=shelf.languages(me(), today()),
        formats=FORMATS,
        chosen=_chosen(),
        today=today(),
    )


@bp.get("/talks.csv")
@signed_in
def as_sheet() -> Response:
    """The talks of this view, to their end."""
    rows, _ = shelf.page(me(), today(), _look(), everything=True)
    looks.note_each(me(), [one.owner_id for one in rows], "talks that you let others find", today(), now())
    told = (
        (r.title, r.owner, ", ".join(r.topics), r.language, r.level, r.form, r.minutes, r.given, r.last_given)
        for r in rows
    )
    return sheet("talks-of-the-company", COLUMNS, told)


@bp.get("/<int:talk_id>")
@signed_in
def of(talk_id: int) -> str:
    """What is it about, and where was it given?"""
    talk = shelf.seen(talk_id, me(), today())
    if talk.owner_id != me().id:
        looks.note(
            me().id, talk.owner_id, audience.of(me(), talk.owner_id, today()), f"your talk “{talk.title}”", now()
        )
    given = shelf.given(talk_id, me(), today())
    return render_template(
        "library/of.html",
        talk=talk,
        owner=roster.by_id(talk.owner_id),
        variants=variants.of(talk_id),
        given=given,
        beside=speakers.confirmed([one.id for one in given]),
        today=today(),
    )


def _chosen() -> dict[str, str]:
    return {name: said for name in FILTERS if (said := request.args.get(name, "").strip())}


def _look() -> Look:
    said, after = _chosen(), request.args.get("after", "")
    for name, allowed in (("level", tuple(Level)), ("format", FORMATS)):
        if said.get(name, "") not in ("", *allowed):
            abort(400, f"{name} must be {', '.join(allowed)} or nothing.")
    if after and not is_key(after):
        abort(400, "The address says no place in the list: go back to its first page.")
    return Look(
        topic=said.get("topic", ""),
        language=said.get("language", ""),
        level=Level(said["level"]) if "level" in said else None,
        form=said.get("format", ""),
        words=said.get("words", ""),
        after=int(after) if after else None,
    )
