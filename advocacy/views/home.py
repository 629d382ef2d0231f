"""The engineer's own page: every expectation of the role, where the person stands, what needs them."""

from datetime import date, timedelta

from flask import Blueprint, render_template

from advocacy.access import signed_in
from advocacy.context import me, now, period, today
from advocacy.domain import arrange, charts
from advocacy.domain.insights import Insight, Stand, insights
from advocacy.domain.period import Period
from advocacy.models import Missing, attention, sources, timeline
from advocacy.models.board import Board, board, default_period
from advocacy.rules import Rules
from advocacy.running import in_force

bp = Blueprint("home", __name__)

YEAR = timedelta(days=364)


@bp.get("/")
@signed_in
def show() -> str:
    """Where do I stand, and what wants me?"""
    stretch, rules = period(), in_force()
    troubles = sources.troubles(me().id)
    try:
        mine = board(me(), stretch, now(), rules)
    except Missing:
        return render_template("home/start.html", troubles=troubles, steps=_steps(troubles, None))
    first = max(stretch.end, today()) - YEAR
    weeks = timeline.by_week(me().id, first - timedelta(days=first.weekday()), max(stretch.end, today()))
    return render_template(
        "home/show.html",
        board=mine,
        sections=arrange.by_section(mine.lines),
        tally=arrange.tally(mine.lines),
        troubles=troubles,
        steps=_steps(troubles, mine),
        waiting=attention.waiting(me().id, stretch.start, stretch.end),
        edited=attention.edited(me().id),
        year=charts.year(weeks, first, stretch),
        kinds=timeline.by_kind(me().id, stretch.start, stretch.end),
        recent=timeline.recent(me().id),
        insights=_insights(mine, weeks, stretch, rules),
        current=default_period(me(), now()),
        name=rules.vocabulary.name,
    )


def _insights(mine: Board, weeks: dict[date, int], stretch: Period, rules: Rules) -> tuple[Insight, ...]:
    stands = [
        Stand(line.expectation_id, rules.rulebook.rules[line.rule].title, line.progress)
        for line in mine.lines
        if line.rule
    ]
    return insights(stands, weeks, stretch, mine.today)


def _steps(troubles: sources.Troubles, mine: Board | None) -> dict[str, bool]:
    """What stands between a newcomer and a page that tells something."""
    seen = bool(mine and any(line.progress.newest or line.progress.waiting for line in mine.lines))
    return {"role": mine is not None, "blog": troubles.all > troubles.unanswered, "evidence": seen}
