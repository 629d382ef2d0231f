"""The engineer's own page: every expectation of the role, where the person stands, what needs them."""

from collections.abc import Sequence
from datetime import date, timedelta

from flask import Blueprint, render_template

from advocacy import event_fits
from advocacy.access import signed_in
from advocacy.context import me, now, period, today
from advocacy.domain import arrange, charts
from advocacy.domain.insights import Insight, insights
from advocacy.domain.next_things import MOST
from advocacy.domain.period import Period
from advocacy.domain.public_voice import to_promote
from advocacy.models import Missing, needs, sources, timeline
from advocacy.models.board import Board, board, default_period
from advocacy.models.public_voice import places
from advocacy.models.words import Capability
from advocacy.running import in_force
from advocacy.ways import stand, things, way

bp = Blueprint("home", __name__)

YEAR = timedelta(days=364)
WEEK = timedelta(days=6)
DAY = timedelta(days=1)


@bp.get("/")
@signed_in
def show() -> str:
    """Where do I stand, and what wants me?"""
    stretch, rules = period(), in_force()
    troubles = sources.troubles(me().id)
    wants = needs.of(me(), stretch, now())
    try:
        mine = board(me(), stretch, now(), rules)
    except Missing:
        return _without_role(troubles, wants, stretch)
    first = max(stretch.end, today()) - YEAR
    since = min(first - timedelta(days=first.weekday()), stretch.shift(-1).start)
    days = timeline.by_day(me().id, since, max(stretch.end, today()))
    recent = timeline.recent(me().id)
    fits = event_fits.openings(me().id, mine.today, rules)
    return render_template(
        "home/show.html",
        board=mine,
        sections=arrange.by_section(mine.lines),
        tally=arrange.tally(mine.lines),
        troubles=troubles,
        steps=_steps(troubles, mine, recent),
        needs=wants,
        year=charts.year(days, first, stretch),
        kinds=timeline.by_kind(me().id, stretch.start, stretch.end),
        recent=recent,
        insights=_insights(mine, days, stretch),
        things=things(mine.lines, [*wants.openings, *fits], mine.today)[:MOST],
        way=way,
        published=_published(),
        current=default_period(me(), now()),
        name=rules.vocabulary.name,
    )


def _without_role(troubles: sources.Troubles, wants: needs.Needs, stretch: Period) -> str:
    """Colleagues ask things of those, too, whose work no page describes."""
    more = {"published": _published(), "needs": wants, "today": today(), "stretch": stretch}
    return render_template("home/start.html", troubles=troubles, steps=_steps(troubles, None, ()), **more)


def _published() -> int:
    """How many works of the week marketing may carry further; nobody else is told."""
    if not me().can(Capability.MARKETING):
        return 0
    return len(to_promote(places.said(today() - WEEK, today() + DAY).works))


def _insights(mine: Board, days: dict[date, int], stretch: Period) -> tuple[Insight, ...]:
    return insights([stand(line) for line in mine.lines if line.rule], days, stretch, mine.today)


def _steps(troubles: sources.Troubles, mine: Board | None, recent: Sequence[timeline.Item]) -> dict[str, bool]:
    """What stands between a newcomer and a page that tells something; who is no newcomer is not told again."""
    seen = bool(recent) or bool(mine and any(line.progress.newest or line.progress.waiting for line in mine.lines))
    return {"role": mine is not None, "blog": troubles.all > troubles.unanswered, "evidence": seen}
