"""What a person's feed holds: their newest activities."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from advocacy.domain.activity import Kind, Platform
from advocacy.models.activities import ActivityPerson, ActivityRow
from advocacy.models.audience import Audience, shown_to
from advocacy.models.base import db

MOST = 100  #: a feed is no archive
EXCERPT = 1_000  #: characters


@dataclass(frozen=True, slots=True)
class Fed:
    """One activity as a feed tells it."""

    id: int
    at: datetime
    changed_at: datetime
    kind: Kind
    platform: Platform
    channel: str
    title: str
    url: str
    excerpt: str


def newest(person_id: int, *, public: bool) -> list[Fed]:
    """The newest first; with `public` only what everybody may see: what was confirmed and released.

    What was deleted where it was posted, or may not be kept for now, is not among them.
    """
    one, mine = ActivityRow, ActivityPerson
    query = (
        sa.select(one.id, mine.at, one.changed_at, one.kind, one.platform, one.channel, one.title, one.url)
        .add_columns(sa.func.substr(one.text, 1, EXCERPT))
        .join(one, one.id == mine.activity_id)
        .where(mine.person_id == person_id, one.deleted_at.is_(None), one.dropped_at.is_(None))
        .order_by(mine.at.desc(), mine.activity_id.desc())
        .limit(MOST)
    )
    if public:
        query = query.where(shown_to(Audience.EVERYBODY))
    return [Fed(*row) for row in db.session.execute(query)]
