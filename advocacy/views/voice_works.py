"""Released works to amplify: what was published, the newest first, without what its people ask not to promote."""

from collections.abc import Sequence
from datetime import timedelta

from flask import Blueprint, Response, render_template

from advocacy import display, voice_asked, voice_rows
from advocacy.access import needs
from advocacy.context import me, now, today
from advocacy.domain.activity import Platform
from advocacy.domain.public_voice import NAMES, Axis, Format, Work, to_promote, wanted
from advocacy.domain.voice_tables import named_on, phrase
from advocacy.models import looks, roster
from advocacy.models.audience import Audience
from advocacy.models.public_voice import items, places
from advocacy.models.words import Capability
from advocacy.running import in_force
from advocacy.sheet import sheet

bp = Blueprint("voice_works", __name__, url_prefix="/voice/works")

LOOKED = "what you released, as works to amplify"


@bp.get("")
@needs(Capability.MARKETING)
def show() -> str:
    """What was published that we can carry further?"""
    span, of, name = voice_asked.span(), voice_asked.wanted(), in_force().vocabulary.name
    found = places.said(span.first, span.last)
    there = to_promote(found.works)
    some = wanted(there, of)
    page, older = voice_asked.page(some)
    _note(page)
    return render_template(
        "voice_works/show.html",
        works=items.shown(page, span.first, span.last),
        count=len(some),
        cut=found.cut,
        this_week=sum(1 for one in there if one.last > today() - timedelta(days=voice_asked.WITHIN["week"])),
        older=older,
        span=span,
        of=of,
        name=name,
        phrase=phrase,
        formats={one.value: NAMES[one] for one in Format},
        format_choices=[(one.value, NAMES[one][1]) for one in Format],
        personas=voice_rows.choices(named_on(there, Axis.PERSONA)),
        topics=voice_rows.choices(named_on(there, Axis.TOPIC)),
        people=roster.names_of({number for one in there for number in one.people}),
        platforms=[
            (one.value, display.platform(one)) for one in Platform if any(one in work.platforms for work in there)
        ],
        chosen=voice_asked.chosen(),
        parts=voice_asked.but_days(),
        told=voice_rows.told,
        names=voice_rows.names,
        today=today(),
    )


@bp.get("/works.csv")
@needs(Capability.MARKETING)
def as_sheet() -> Response:
    """The same list for spreadsheets, to its end."""
    span, of = voice_asked.span(), voice_asked.wanted()
    some = wanted(to_promote(places.said(span.first, span.last).works), of)
    _note(some)
    return sheet("works-to-amplify", voice_rows.COLUMNS, voice_rows.rows(some, span))


def _platforms(works: Sequence[Work]) -> list[tuple[str, str]]:
    there = {name for one in works for name in one.platforms}
    return [(one.value, display.platform(one)) for one in Platform if one in there]


def _note(works: Sequence[Work]) -> None:
    others = sorted({number for one in works for number in one.people if number != me().id})
    looks.note_all(me().id, others, LOOKED, now(), Audience.MARKETING)
