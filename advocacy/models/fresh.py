"""What is new of somebody since a day, for their lead: confirmed, released, and done or confirmed since then."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa

from advocacy.domain.activity import Kind, Platform
from advocacy.models.activities import ActivityRow
from advocacy.models.audience import Audience, seen_by
from advocacy.models.base import Row, db
from advocacy.models.evidence import Evidence, Verdict
from advocacy.models.generations import LIVE
from advocacy.models.ladders import RolePageRow, Wording
from advocacy.models.trainings.requests import TrainingRequest
from advocacy.models.voices import Voice

MOST = 200  #: pieces of evidence on one page


@dataclass(frozen=True, slots=True)
class Piece:
    """One item for one sentence; `sentence` is empty when the page does not say it any more."""

    expectation_id: int
    sentence: str
    activity_id: int
    title: str
    excerpt: str
    url: str
    kind: Kind
    platform: Platform
    channel: str
    day: date


def pieces(person_id: int, since: datetime, first: date) -> list[Piece]:
    """What a lead may see of what was done from `first` on, or confirmed after `since`; the newest first."""
    seen, one, said = Evidence, ActivityRow, Wording
    word = sa.exists().where(
        Verdict.activity_id == seen.activity_id,
        Verdict.person_id == person_id,
        Verdict.expectation_id == seen.expectation_id,
        Verdict.superseded_at.is_(None),
        Verdict.at > since,
    )
    texts = (
        sa.select(said.expectation_id, said.text)
        .join(RolePageRow, RolePageRow.current_id == said.version_id)
        .subquery("texts")
    )
    query = (
        sa.select(seen.expectation_id, sa.func.coalesce(texts.c.text, ""), one.id, one.title)
        .add_columns(sa.func.substr(one.text, 1, 300), one.url, one.kind, one.platform, one.channel, seen.day)
        .join(one, one.id == seen.activity_id)
        .outerjoin(texts, texts.c.expectation_id == seen.expectation_id)
        .where(seen.person_id == person_id, seen.generation_id == LIVE.scalar_subquery(), seen_by(Audience.LEAD))
        .where(sa.or_(seen.day >= first, word), one.deleted_at.is_(None), seen.work_id == seen.activity_id)
        .distinct()
        .order_by(seen.day.desc(), one.id.desc())
        .limit(MOST)
    )
    return [Piece(*row) for row in db.session.execute(query)]


def by_sentence(found: Sequence[Piece]) -> list[tuple[int, str, list[Piece]]]:
    """The same by sentence, that with the newest piece first."""
    groups: dict[int, list[Piece]] = {}
    for one in found:
        groups.setdefault(one.expectation_id, []).append(one)
    return [(key, some[0].sentence, some) for key, some in groups.items()]


def requests(person_id: int, since: datetime) -> Sequence[Row]:
    """The trainings that they asked for since then: id, what, state, day."""
    one = TrainingRequest
    query = sa.select(one.id, one.what, one.state, one.day).where(one.by_id == person_id, one.created_at > since)
    return db.session.execute(query.order_by(one.id.desc())).all()


def voices(person_id: int, since: datetime) -> Sequence[Row]:
    """On which sentences they said something for their lead since then: expectation_id, claim, words, at."""
    one = Voice
    query = sa.select(one.expectation_id, one.claim, one.words, one.at).where(
        one.person_id == person_id, ~one.as_lead, one.shown, one.at > since
    )
    return db.session.execute(query.order_by(one.at.desc(), one.id.desc())).all()
