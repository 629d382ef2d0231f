"""The team of a lead: where its people stand by what they released, the gaps they share, and other teams as wholes."""

from collections.abc import Iterator
from dataclasses import dataclass

from flask import Blueprint, Response, abort, render_template, request

from advocacy.access import needs
from advocacy.context import me, now, period, today
from advocacy.domain.rulebook import Rule
from advocacy.domain.team import ELSEWHERE, Member, gaps, topics
from advocacy.forms import is_key
from advocacy.models import leadership, looks, other_teams, team_board, voices
from advocacy.models.base import Missing
from advocacy.models.board import default_period
from advocacy.models.words import Capability
from advocacy.running import in_force
from advocacy.sheet import sheet

bp = Blueprint("team", __name__, url_prefix="/team")

MOST = 30  #: topics that the page shows


@dataclass(frozen=True)
class Seen:
    """The people that the page is about: of all teams that one leads, or of the one that the address names."""

    teams: dict[int, str]
    team_id: int | None
    members: list[Member]

    @property
    def sharing(self) -> list[Member]:
        """Who released something of the period."""
        return [one for one in self.members if one.shares]


@bp.get("")
@needs(Capability.LEAD)
def show() -> str:
    """Where does my team stand, and where do several need help?"""
    seen, stretch = _seen(), period()
    days = stretch.start, stretch.end
    rules = _measured(seen.members)
    return render_template(
        "team/show.html",
        seen=seen,
        rules=rules,
        gaps=gaps(seen.members, (rule for rule in rules if rule not in ELSEWHERE)),
        topics=topics(seen.members)[:MOST],
        claims=voices.claims([one.person_id for one in seen.members], *days),
        period=stretch,
        current=default_period(me(), now()),
        view=_view(),
        names=in_force().vocabulary.name,
    )


@bp.get("/team.csv")
@needs(Capability.LEAD)
def as_sheet() -> Response:
    """The counts of this view: a row a person."""
    seen = _seen()
    if _view() == "topics":
        columns = [topic.id for topic in topics(seen.members)]
        return sheet("team-topics", ("person", *columns), _counts_of_topics(seen.members, columns))
    rules = _measured(seen.members)
    heads = [f"{rule}_{what}" for rule in rules for what in ("count", "state")]
    return sheet("team", ("person", "role", *heads), _counts(seen.members, rules))


@bp.get("/others")
@needs(Capability.LEAD)
def others() -> str:
    """How do other teams do, as wholes?"""
    stretch = period()
    found = other_teams.of(me().id, (stretch.start, stretch.end), today())
    return render_template(
        "team/others.html",
        teams=found,
        rules={one.id: one.title for one in in_force().rulebook.rules.values()},
        period=stretch,
        current=default_period(me(), now()),
    )


def _seen() -> Seen:
    """The people, and that somebody looked at them is written down."""
    teams, stretch = leadership.teams_led(me().id, today()), period()
    said = request.args.get("team", "")
    if said and not (is_key(said) and int(said) in teams):
        raise Missing("there is no such team that you lead")
    team_id = int(said) if said else None
    names = leadership.led_by(me().id, today(), team_id)
    looks.note_all(me().id, list(names), f"the team’s counts of {stretch.label}", now())
    return Seen(teams, team_id, team_board.members(names, stretch, today(), in_force()))


def _measured(members: list[Member]) -> dict[str, Rule]:
    """The rules that anybody of them is measured by, in the order of the rulebook."""
    return {one.id: one for one in in_force().rulebook.rules.values() if any(one.id in m.cells for m in members)}


def _view() -> str:
    said = request.args.get("view", "expectations")
    if said not in ("expectations", "topics"):
        abort(400, "view must be expectations or topics.")
    return said


def _counts(members: list[Member], rules: dict[str, Rule]) -> Iterator[list[object]]:
    for one in members:
        cells = [one.cells.get(rule) for rule in rules]
        told = [x for cell in cells for x in ((cell.count, cell.state.value) if cell else (None, None))]
        yield [one.name, one.role, *(told if one.shares else [None] * len(told))]


def _counts_of_topics(members: list[Member], columns: list[str]) -> Iterator[list[object]]:
    for one in members:
        yield [one.name, *(one.topics.get(topic, 0) if one.shares else None for topic in columns)]
