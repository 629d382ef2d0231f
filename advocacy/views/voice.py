"""The public voice: persona, topic and format of what people released, what is missing, and the works behind it."""

from collections.abc import Iterator
from typing import Any

from flask import Blueprint, Response, render_template

from advocacy import display, voice_asked, voice_gaps, voice_rows
from advocacy.access import needs
from advocacy.context import me, now, today
from advocacy.domain.public_voice import NAMES, Format, wanted
from advocacy.domain.voice_tables import phrase, plural
from advocacy.models import looks, profile
from advocacy.models.audience import Audience
from advocacy.models.public_voice import items, places
from advocacy.models.words import Capability
from advocacy.running import in_force
from advocacy.sheet import sheet
from advocacy.voice_gaps import Panel

bp = Blueprint("voice", __name__, url_prefix="/voice")

FEW = 3  #: people of whom no share is told if there are fewer
COLUMNS = ("table", "persona", "topic", "format", "released works")
LOOKED = "what you released, for the public voice"


@bp.get("")
@needs(Capability.MARKETING)
def show() -> str:
    """What do we say to whom, in which form – and what do we not say?"""
    span, of, vocabulary = voice_asked.span(), voice_asked.wanted(), in_force().vocabulary
    found, listed = places.said(span.first, span.last), profile.listed()
    panels = voice_gaps.panels(found.works, of, vocabulary, listed, span.words)
    people = {person for one in found.works for person in one.people}
    _note([number for panel in panels for gap in panel.gaps for number in gap.people])
    return render_template(
        "voice/show.html",
        found=found,
        panels=panels,
        span=span,
        of=of,
        people=len(people),
        sharing=len(people & listed.keys()),
        listed=len(listed) if len(listed) >= FEW else 0,
        since=places.read_since(span.first, span.last) if len(people) >= FEW else None,
        **_parts(),
    )


@bp.get("/voice.csv")
@needs(Capability.MARKETING)
def as_sheet() -> Response:
    """The three tables for spreadsheets: a row for each cell, the empty ones, too."""
    span, of = voice_asked.span(), voice_asked.wanted()
    found = places.said(span.first, span.last)
    panels = voice_gaps.panels(found.works, of, in_force().vocabulary, {}, span.words)
    return sheet("public-voice", COLUMNS, (row for panel in panels for row in _cells(panel)))


@bp.get("/behind")
@needs(Capability.MARKETING)
def behind() -> str:
    """Which works are these; or, when there are none, who could fill the gap?"""
    span, of, vocabulary = voice_asked.span(), voice_asked.wanted(), in_force().vocabulary
    found, listed = places.said(span.first, span.last), profile.listed()
    some = wanted(found.works, of)
    page, older = voice_asked.page(some)
    gap = None if some else voice_gaps.gap_of(found.works, of, vocabulary, listed, span.words)
    _note([*(number for one in page for number in one.people), *(gap.people if gap else ())])
    return render_template(
        "voice/behind.html",
        works=items.shown(page, span.first, span.last),
        count=len(some),
        older=older,
        gap=gap,
        span=span,
        of=of,
        **_parts(),
    )


@bp.get("/behind.csv")
@needs(Capability.MARKETING)
def behind_sheet() -> Response:
    """The works of such a cell for spreadsheets, each with whether it may be promoted."""
    span, of = voice_asked.span(), voice_asked.wanted()
    some = wanted(places.said(span.first, span.last).works, of)
    _note([number for one in some for number in one.people])
    quiet = ("please do not promote" if one.quiet else "" for one in some)
    rows = ((*row, mark) for row, mark in zip(voice_rows.rows(some, span), quiet, strict=True))
    return sheet("public-voice-works", (*voice_rows.COLUMNS, "wish"), rows)


def _parts() -> dict[str, Any]:
    """What both pages choose from and say."""
    vocabulary = in_force().vocabulary
    return {
        "name": vocabulary.name,
        "names": voice_rows.names,
        "told": voice_rows.told,
        "phrase": phrase,
        "plural": plural,
        "today": today(),
        "formats": {one.value: NAMES[one] for one in Format},
        "format_choices": [(one.value, NAMES[one][1]) for one in Format],
        "personas": voice_rows.choices(vocabulary.personas),
        "topics": voice_rows.choices(vocabulary.topics),
        "chosen": voice_asked.chosen(),
        "to": voice_asked.fields,
        "months": [(str(number), display.plural(number, "month")) for number in voice_asked.MONTHS],
    }


def _cells(panel: Panel) -> Iterator[tuple[object, ...]]:
    name, one = in_force().vocabulary.name, panel.table
    for row in one.row_ids:
        for column in one.column_ids:
            of = one.cell(row, column)
            title = f"{one.rows.value} by {one.columns.value}"
            form = NAMES[Format(of.format)][0] if of.format else ""
            yield title, of.persona and name(of.persona), of.topic and name(of.topic), form, one.count(row, column)


def _note(people: list[int]) -> None:
    others = sorted({number for number in people if number != me().id})
    looks.note_all(me().id, others, LOOKED, now(), Audience.MARKETING)
