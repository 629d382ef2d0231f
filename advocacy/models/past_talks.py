"""Talks that a person gave, from what is on their timeline; and the topics that their confirmed evidence speaks of."""

from collections import Counter

import sqlalchemy as sa

from advocacy.domain.activity import Kind
from advocacy.domain.profile import PastTalk, Told
from advocacy.models.activities import ActivityPerson, ActivityRow
from advocacy.models.audience import Audience, shown_to
from advocacy.models.base import db
from advocacy.models.evidence import Evidence
from advocacy.models.generations import LIVE
from advocacy.models.public_voice import places
from advocacy.models.words import Word

MOST = 60  #: talks of one person
LATELY = 1000  #: pieces of evidence whose topics are counted
_BRACKETS = str.maketrans("[]", "()")


def given(person_id: int, audience: Audience) -> list[PastTalk]:
    """The talks, the newest first: all of them for their owner, for others what is confirmed and released."""
    one, mine = ActivityRow, ActivityPerson
    query = (
        sa.select(one.channel, one.title, one.url)
        .join(mine, mine.activity_id == one.id)
        .where(mine.person_id == person_id, one.kind == Kind.TALK, one.deleted_at.is_(None), one.title != "")
        .order_by(mine.at.desc(), one.id.desc())
        .limit(MOST)
    )
    if audience is not Audience.OWNER:
        query = query.where(shown_to(audience))
    return [PastTalk(channel, title.translate(_BRACKETS), url) for channel, title, url in db.session.execute(query)]


def unpromoted(person_id: int) -> set[str]:
    """The titles of the talks that somebody who gave them asks not to promote."""
    one, mine = ActivityRow, ActivityPerson
    theirs = sa.select(one.id, one.title).join(mine, mine.activity_id == one.id).where(mine.person_id == person_id)
    found = {row.id: row.title for row in db.session.execute(theirs.where(one.kind == Kind.TALK))}
    return {found[number].translate(_BRACKETS) for number in places.quiet(found)}


def together(told: Told, found: list[PastTalk]) -> tuple[PastTalk, ...]:
    """What is found beside what the person wrote themselves: a talk of the same address or title stands once."""
    there = {key for one in told.talks for key in (one.url, one.title.casefold()) if key}
    return (*told.talks, *(one for one in found if not {one.url, one.title.casefold()} & there))


def topics(person_id: int) -> list[tuple[str, int]]:
    """The topics of what the person confirmed lately, by their ids, the most frequent first."""
    one, seen = ActivityRow, Evidence
    live = seen.person_id == person_id, seen.generation_id == LIVE.scalar_subquery(), seen.verdict == Word.CONFIRMED
    numbers = sa.select(seen.activity_id).where(*live).distinct().order_by(seen.activity_id.desc()).limit(LATELY)
    tags = db.session.scalars(sa.select(one.tags).where(one.id.in_(numbers)))
    return Counter(topic for one in tags for topic in one.get("topics", ())).most_common(12)
