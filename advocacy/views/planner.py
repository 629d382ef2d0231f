"""The planner: what is asked for, topic by topic, against who could teach it, and what is on its way."""

from collections.abc import Sequence
from datetime import timedelta

from flask import Blueprint, Response, render_template

from advocacy.access import needs
from advocacy.catching_up import catch_up
from advocacy.context import me, now, today
from advocacy.domain.demand import Asked, Topic, board, suggested
from advocacy.domain.presenters import pairs, untaught, why, why_not
from advocacy.domain.training import RequestState
from advocacy.models import leadership, looks, roster
from advocacy.models.base import Missing, Row
from advocacy.models.trainings import board as requests
from advocacy.models.trainings import lists, supply
from advocacy.models.words import Capability
from advocacy.running import in_force
from advocacy.sheet import sheet

bp = Blueprint("planner", __name__, url_prefix="/trainings/planner")

RECENT = timedelta(days=90)  #: how far back questions are looked at
COLUMNS = ("topic", "requests", "votes", "questions", "learned_not_taught", "could_teach", "unmet")


@bp.get("")
@needs(Capability.LEAD)
def show() -> str:
    """What should be taught next, and by whom?"""
    topics, planned = _topics(*_team()), lists.planned()
    return render_template(
        "planner/show.html",
        topics=topics,
        suggested=suggested(topics),
        planned=planned,
        trainers=lists.names([row.id for row in planned]),
        forgotten=sum(one.forgotten for topic in topics for one in topic.requests),
        names=in_force().vocabulary.name,
        today=today(),
    )


@bp.get("/planner.csv")
@needs(Capability.LEAD)
def as_sheet() -> Response:
    """Demand and supply of this view: a row a topic."""
    told = (
        (t.id, len(t.requests), t.votes, len(t.questions), len(t.learners), len(t.teachers), t.unmet)
        for t in _topics(*_team())
    )
    return sheet("planner", COLUMNS, told)


@bp.get("/<topic>")
@needs(Capability.LEAD)
def topic(topic: str) -> str:
    """Who could teach it, and who wants to learn it?"""
    rules = in_force()
    if topic not in rules.vocabulary.topics:
        raise Missing("there is no such topic in the vocabulary")
    team, rows = _team()
    receipts = {**supply.of_everybody(topic, today()), **supply.by_topic(rows).get(topic, {})}
    people = supply.titled(supply.presenters(receipts, {**roster.names_of(receipts, here=True), **team}, team, today()))
    demand = next((one for one in _topics(team, rows) if one.id == topic), None)
    return render_template(
        "planner/topic.html",
        topic=topic,
        name=rules.vocabulary.name(topic),
        demand=demand,
        able=[(one, why(one), why_not(one, today())) for one in people if one.could_teach],
        others=[one for one in people if not one.could_teach and not one.is_learner],
        pairs=pairs(people, today()),
        learners=untaught(people),
        people=people,
        today=today(),
    )


def _team() -> tuple[dict[int, str], Sequence[Row]]:
    """My people and what they released to me; that I looked is written down."""
    catch_up()
    team = leadership.led_by(me().id, today())
    looks.note_all(me().id, list(team), "what your team released on its topics", now())
    return team, supply.pieces(list(team), today())


def _topics(team: dict[int, str], rows: Sequence[Row]) -> tuple[Topic, ...]:
    """All that is asked for, with what my team learned and could teach."""
    rules = in_force()
    asked = [
        Asked(one.id, one.what, _tagged(f"{one.what}\n{one.about}"), one.votes, one.day, one.forgotten)
        for one in requests.board(me().id, today(), RequestState.OPEN)
    ]
    learners, teachers = dict[str, list[str]](), dict[str, list[str]]()
    for topic_id, receipts in supply.by_topic(rows).items():
        if topic_id not in rules.vocabulary.topics:
            continue
        people = supply.presenters_of(receipts, team)
        learners[topic_id] = [one.name for one in people if one.is_learner]
        teachers[topic_id] = [one.name for one in people if one.could_teach]
    learners = {topic_id: names for topic_id, names in learners.items() if names}
    return board(asked, supply.questions(rows, today() - RECENT), learners, teachers)


def _tagged(words: str) -> tuple[str, ...]:
    return in_force().vocabulary.tag(words, frozenset()).topics
