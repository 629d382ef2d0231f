"""One expectation: the company's sentence, the evidence for it with reasons, and the person's word on each piece."""

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from advocacy import forms, paging
from advocacy.access import signed_in
from advocacy.context import me, now, period, today
from advocacy.domain import charts
from advocacy.domain.facets import choices, said
from advocacy.domain.next_things import Thing
from advocacy.domain.parts import Parts, parts
from advocacy.domain.period import Period
from advocacy.domain.target import Unit
from advocacy.flashes import Undo, say
from advocacy.models import (
    artefacts,
    db,
    exhibits,
    gains,
    openings,
    pins,
    sentences,
    sources,
    team_writing,
    verdicts,
    voices,
    witnesses,
)
from advocacy.models.board import Line, board, default_period
from advocacy.models.exhibits import Exhibit
from advocacy.models.words import Word
from advocacy.running import in_force
from advocacy.ways import things, way

bp = Blueprint("expectations", __name__, url_prefix="/expectations")

PAGE = 50
SAID: dict[Word | None, str] = {
    Word.CONFIRMED: "Confirmed. It stays yours alone until you release it.",
    Word.REJECTED: "Put aside: it no longer counts here.",
    None: "Taken back: the rules judge it again.",
}


@bp.get("/<int:expectation_id>")
@signed_in
def show(expectation_id: int) -> str:
    """What is asked, where do I stand, and what speaks for it?"""
    sentence = sentences.of_person(expectation_id, me().id)
    stretch, rules = period(), in_force()
    first, last = stretch.window(Unit.YEAR)
    found = exhibits.of(
        me().id, expectation_id, first, last, before=paging.read(request.args.get("before", "")), limit=PAGE + 1
    )
    shown = [one.activity_id for one in found[:PAGE]]
    line, rule = _line(expectation_id, stretch), rules.rulebook.rules.get(sentence.rule or "")
    return render_template(
        "expectations/show.html",
        sentence=sentence,
        contrast=sentences.contrast(sentence),
        line=line,
        rule=rule,
        parts=_parts(line),
        things=_things(line),
        way=way,
        said=said,
        choices=choices(rule, sentence.reading, rules.vocabulary.own_personas),
        writing=team_writing.of(me().id, stretch.start, stretch.end, today()) if sentence.rule == "writing" else None,
        heard=voices.heard(me().id, expectation_id),
        pinned=pins.of(me().id, expectation_id),
        links=artefacts.of(me().id, shown),
        asked=witnesses.of(me().id, shown),
        period=stretch,
        today=today(),
        current=default_period(me(), now()),
        name=rules.vocabulary.name,
        months=charts.months(exhibits.by_month(me().id, expectation_id, first, last), first, last, stretch),
        counted=_by_work([one for one in found[:PAGE] if one.counted], stretch),
        waiting=_by_work([one for one in found[:PAGE] if not one.counted and one.verdict is None], stretch),
        rejected=exhibits.by_work(one for one in found[:PAGE] if one.verdict is Word.REJECTED),
        older=_older(found),
        gains=gains.gained_of({one.activity_id: one.day for one in found[:PAGE]}, stretch),
        troubles=sources.troubles(me().id),
    )


@bp.post("/<int:expectation_id>/verdicts")
@signed_in
def decide(expectation_id: int) -> Response:
    """Say whether a piece is evidence, or take the word back."""
    sentences.of_person(expectation_id, me().id)
    activity_id, word = forms.number("activity"), forms.choice("word", Word)
    verdicts.decide(
        person_id=me().id, activity_id=activity_id, expectation_id=expectation_id, word=word, by=me().id, now=now()
    )
    db.session.commit()
    stretch = request.form.get("period", "")
    back = Undo(
        url_for(".decide", expectation_id=expectation_id), {"activity": activity_id, "period": stretch, "word": ""}
    )
    say(SAID[word], back if word else None)
    return redirect(url_for(".show", expectation_id=expectation_id, period=stretch or None, _anchor="evidence"), 303)


def _line(expectation_id: int, stretch: Period) -> Line | None:
    """The expectation on the page of the role held in the period; None when another role was held then."""
    return next(iter(board(me(), stretch, now(), in_force(), only=expectation_id).lines), None)


def _parts(line: Line | None) -> Parts:
    return parts(line.progress.measures, line.tallies, today()) if line else Parts()


def _things(line: Line | None) -> tuple[Thing, ...]:
    """What would help this sentence next."""
    if line is None or line.rule is None:
        return ()
    return things([line], openings.of(me(), now(), {line.rule}), today())


def _by_work(found: list[Exhibit], stretch: Period) -> list[Exhibit]:
    """Each work once in the period, and once among what was before it."""
    inside = [one for one in found if one.day >= stretch.start]
    return [*exhibits.by_work(inside), *exhibits.by_work(one for one in found if one.day < stretch.start)]


def _older(found: list[Exhibit]) -> str:
    """Where the next page of evidence begins."""
    last = found[PAGE - 1] if len(found) > PAGE else None
    return paging.place(last.day, last.activity_id) if last else ""
