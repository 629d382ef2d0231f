"""The rules a person's words amount to: those that are kept, with what they hid, and those worth offering."""

from collections.abc import Sequence

import sqlalchemy as sa

from advocacy.models.accounts import Account
from advocacy.models.activities import ActivityRow
from advocacy.models.base import Row, db
from advocacy.models.evidence import Evidence, Verdict
from advocacy.models.generations import LIVE
from advocacy.models.ladders import Expectation, RolePageRow, Wording
from advocacy.models.learned import LearnedRule
from advocacy.models.words import Word

ENOUGH = 3  #: items put aside in one place for one sentence, before a rule is offered
SHOWN = 10  #: items that a rule hid which are named


def kept(person_id: int) -> Sequence[Row]:
    """The person's rules, the newest first: what they speak of, and how many items each hides."""
    one = LearnedRule
    hidden = (
        sa.select(Evidence.hidden_by, sa.func.count(Evidence.activity_id.distinct()).label("hid"))
        .where(Evidence.person_id == person_id, Evidence.hidden_by.is_not(None))
        .where(Evidence.generation_id == LIVE.scalar_subquery())
        .group_by(Evidence.hidden_by)
        .subquery()
    )
    query = (
        sa.select(one.id, one.platform, one.channel, Account.handle, one.acts, one.offered, one.at)
        .add_columns(one.expectation_id, _sentence().label("sentence"), sa.func.coalesce(hidden.c.hid, 0).label("hid"))
        .outerjoin(Account, Account.id == one.account_id)
        .outerjoin(hidden, hidden.c.hidden_by == one.id)
        .where(one.person_id == person_id)
        .order_by(one.acts.desc(), one.id.desc())
    )
    return db.session.execute(query).all()


def hidden_by(person_id: int) -> dict[int, list[Row]]:
    """Some of what each rule hid, the newest first: (activity_id, day, kind, platform, title, excerpt)."""
    seen, one = Evidence, ActivityRow
    first = (
        sa.select(seen.hidden_by, seen.activity_id, seen.day)
        .where(seen.person_id == person_id, seen.hidden_by.is_not(None))
        .where(seen.generation_id == LIVE.scalar_subquery())
        .distinct()
        .subquery()
    )
    rank = sa.func.row_number().over(
        partition_by=first.c.hidden_by, order_by=(first.c.day.desc(), first.c.activity_id.desc())
    )
    ranked = sa.select(first, rank.label("place")).subquery()
    query = (
        sa.select(ranked.c.hidden_by, ranked.c.activity_id, ranked.c.day, one.kind, one.platform, one.title)
        .add_columns(sa.func.substr(one.text, 1, 120).label("excerpt"))
        .join(one, one.id == ranked.c.activity_id)
        .where(ranked.c.place <= SHOWN)
        .order_by(ranked.c.hidden_by, ranked.c.place)
    )
    found: dict[int, list[Row]] = {}
    for row in db.session.execute(query):
        found.setdefault(row.hidden_by, []).append(row)
    return found


def worth_offering(person_id: int) -> Row | None:
    """Where the person put aside item after item for one sentence and never confirmed one; None when nowhere.

    (expectation_id, platform, channel, sentence, count); what was offered and left is not offered again.
    """
    said, one, rule = Verdict, ActivityRow, LearnedRule
    counts = sa.func.count().filter(said.word == Word.REJECTED)
    there = sa.exists().where(
        rule.person_id == person_id,
        sa.or_(rule.platform.is_(None), rule.platform == one.platform),
        sa.or_(rule.channel.is_(None), rule.channel == one.channel),
        sa.or_(rule.expectation_id.is_(None), rule.expectation_id == said.expectation_id),
        rule.account_id.is_(None),
    )
    query = (
        sa.select(said.expectation_id, one.platform, one.channel, counts.label("times"))
        .join(one, one.id == said.activity_id)
        .where(said.person_id == person_id, said.superseded_at.is_(None), said.word.is_not(None))
        .where(one.channel != "", ~there)
        .group_by(said.expectation_id, one.platform, one.channel)
        .having(counts >= ENOUGH, sa.func.count() == counts)
        .order_by(counts.desc(), said.expectation_id)
        .limit(1)
        .subquery()
    )
    expectation = query.c.expectation_id
    return db.session.execute(sa.select(query, _sentence(expectation).label("sentence"))).first()


def _sentence(expectation_id: sa.ColumnElement[int] | None = None) -> sa.ScalarSelect[str]:
    """How the sentence reads now."""
    key = LearnedRule.expectation_id if expectation_id is None else expectation_id
    said, page = Wording, RolePageRow
    query = (
        sa.select(said.text)
        .join(Expectation, Expectation.id == said.expectation_id)
        .join(page, sa.and_(page.id == Expectation.page_id, page.current_id == said.version_id))
    )
    return query.where(said.expectation_id == key).scalar_subquery()
