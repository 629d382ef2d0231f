"""Which of a person's own talks fit an event, by the topics that both speak of."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from advocacy.domain.next_things import SOON, Opening, Way
from advocacy.models.base import db
from advocacy.models.talks import event_list
from advocacy.models.talks.events import Event
from advocacy.models.talks.library import Talk
from advocacy.rules import Rules

MOST = 3  #: openings of the kind at a time


@dataclass(frozen=True, slots=True)
class Fit:
    """A talk that fits, and by which topics."""

    id: int
    title: str
    topics: tuple[str, ...]


def talks(person_id: int, event: Event, rules: Rules) -> list[Fit]:
    """The person's talks that speak of what the event is about."""
    about = set(event.topics)
    if not about:
        return []
    found = [Fit(one.id, one.title, tuple(t for t in topics if t in about)) for one, topics in _own(person_id, rules)]
    return [one for one in found if one.topics]


def openings(person_id: int, today: date, rules: Rules) -> list[Opening]:
    """Calls of the company's calendar that close soon and that a talk of the person's fits."""
    own = _own(person_id, rules)
    topics = {topic for _, found in own for topic in found}
    if not topics:
        return []
    near = [one for one in event_list.about(topics, today, person_id, MOST) if one.cfp_closes - today <= SOON]
    return [Opening(Way.CALL, one.name, one.cfp_closes, "talks", _first(own, one.topics)) for one in near]


def _own(person_id: int, rules: Rules) -> Sequence[tuple[Talk, tuple[str, ...]]]:
    """The talks with the topics of the vocabulary that they name."""
    found = db.session.scalars(sa.select(Talk).where(Talk.owner_id == person_id).order_by(Talk.id)).all()
    return [(one, _topics(one, rules)) for one in found]


def _topics(one: Talk, rules: Rules) -> tuple[str, ...]:
    words = "\n".join((one.title, ", ".join(one.topics), one.abstract))
    return rules.vocabulary.tag(words, frozenset()).topics


def _first(own: Sequence[tuple[Talk, tuple[str, ...]]], about: Collection[str]) -> str:
    return next(f"your talk “{talk.title}” fits" for talk, topics in own if set(topics) & set(about))
