"""The quarter of a lead's teams: as a page to print, as Markdown and as a table."""

from collections.abc import Iterator

from flask import Blueprint, Response, render_template

from advocacy.access import needs
from advocacy.context import me, now, period, today
from advocacy.domain.lead_report import Report, coverage_in_words, needs_in_words, small
from advocacy.models import leadership, looks
from advocacy.models.board import default_period
from advocacy.models.words import Capability
from advocacy.report.gather import gather
from advocacy.report.markdown import markdown
from advocacy.running import in_force
from advocacy.sheet import sheet

bp = Blueprint("report", __name__, url_prefix="/team/report")


@bp.get("")
@needs(Capability.LEAD)
def show() -> str:
    """What was needed, what was held, and what stands where now?"""
    return render_template(
        "report/show.html",
        report=_report(),
        titles=_titles(),
        needs_in_words=needs_in_words,
        coverage_in_words=coverage_in_words,
        small=small,
        period=period(),
        current=default_period(me(), now()),
    )


@bp.get("/report.md")
@needs(Capability.LEAD)
def as_markdown() -> Response:
    """The same, to paste elsewhere."""
    answer = Response(markdown(_report(), _titles()), mimetype="text/markdown")
    answer.headers["Content-Disposition"] = f"attachment; filename=team-{period().label}.md"
    return answer


@bp.get("/report.csv")
@needs(Capability.LEAD)
def as_sheet() -> Response:
    """The same as a table: what, of which, how many, of how many."""
    return sheet(f"team-{period().label}", ("section", "what", "figure", "of", "more"), _rows(_report()))


def _report() -> Report:
    stretch = period()
    people = list(leadership.led_by(me().id, today()))
    looks.note_all(me().id, people, f"the team’s counts of {stretch.label}", now())
    return gather(me(), stretch, now(), in_force())


def _titles() -> dict[str, str]:
    return {one.id: one.title for one in in_force().rulebook.rules.values()}


def _rows(one: Report) -> Iterator[tuple[object, ...]]:
    yield "people", "released something", one.sharing, one.people, one.period
    for name in ("held", "planned", "declined", "open", "forgotten"):
        yield "needs", name, getattr(one.needs, name), one.needs.raised, ""
    for held in one.held:
        yield "class", held.title, held.there, None, held.day
        yield "answers", held.title, held.answered, held.there, held.score
        for each in held.coverage:
            if not small(each):
                yield "class coverage before", f"{held.title}: {each.rule}", each.before, each.people, ""
                yield "class coverage after", f"{held.title}: {each.rule}", each.after, each.people, ""
    for each in one.coverage:
        yield "coverage before", each.rule, each.before, each.people, ""
        yield "coverage now", each.rule, each.after, each.people, ""
    yield "writing", "pieces", one.pieces, None, f"{one.firsts} first ones"
    for title, done, of in (*one.required, *one.surveys):
        yield "required" if (title, done, of) in one.required else "survey", title, done, of, ""
