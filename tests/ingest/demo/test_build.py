"""The company that the demo shows: built through the real connectors, the same every time."""

from collections import Counter
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

from advocacy.domain.health import Health
from advocacy.domain.progress import State
from advocacy.models import board, roster
from advocacy.models.accounts import Account, Subscription
from advocacy.models.activities import ActivityPerson, ActivityRow
from advocacy.models.base import Missing, db
from advocacy.models.evidence import Evidence, Verdict
from advocacy.models.words import Word
from ingest.demo.blogs import Blogs
from ingest.demo.company import COMPANY
from ingest.hands import hands_of
from ingest.selection import Selection
from ingest.sweep import sweep
from tests.ingest.demo.stage import NOON, company


def states(app: Flask, first: str) -> Counter[State]:
    person = roster.by_email(f"{first}@tern.example")
    period = board.default_period(person, NOON)
    return Counter(
        line.progress.state for line in board.board(person, period, NOON, app.extensions["advocacy.rules"]).lines
    )


def count(table: type[db.Model]) -> int:  # type: ignore[name-defined]
    return db.session.scalar(sa.select(sa.func.count()).select_from(table)) or 0


def facts() -> list[tuple[object, ...]]:
    query = (
        sa.select(
            ActivityRow.title, ActivityRow.at, Evidence.person_id, Evidence.rule, Evidence.facet, Evidence.verdict
        )
        .join(Evidence, Evidence.activity_id == ActivityRow.id)
        .order_by(ActivityRow.title, Evidence.person_id, Evidence.rule, Evidence.facet, Evidence.expectation_id)
    )
    return [tuple(row) for row in db.session.execute(query)]


def test_everybody_is_there(year: Flask) -> None:
    assert {person.name for person in roster.everybody()} == {member.name for member in COMPANY}


def test_asha_has_a_bit_of_everything_that_can_be_told(year: Flask) -> None:
    assert set(states(year, "asha")) == set(State) - {State.CANT_TELL}


def test_who_is_not_on_a_platform_cannot_be_told_about_it(year: Flask) -> None:
    assert states(year, "layla")[State.CANT_TELL] > 0


def test_marketing_has_no_role_page(year: Flask) -> None:
    with pytest.raises(Missing):
        states(year, "mark")


def test_who_refused_or_is_new_has_nothing(year: Flask) -> None:
    shy = [roster.by_email(f"{first}@tern.example").id for first in ("viktor", "nia")]
    assert db.session.scalars(sa.select(ActivityPerson).where(ActivityPerson.person_id.in_(shy))).all() == []


def test_what_no_reader_with_sense_would_keep_was_not_kept(year: Flask) -> None:
    unwanted = {post.title for column in Blogs(NOON, seed=7).columns.values() for post in column.posts if not post.keep}
    kept = set(db.session.scalars(sa.select(ActivityRow.title)))
    assert kept & unwanted == set()


def test_the_sources_fail_as_they_should(year: Flask) -> None:
    rows = db.session.execute(sa.select(Subscription.address, Subscription.state))
    state = {row.address: row.state for row in rows}
    trouble = {address.partition("/blogs/")[2]: s for address, s in state.items() if s != Health.HEALTHY}
    assert trouble == {"lena/feed.xml": Health.FAILING, "wiki/feed.xml": Health.REFUSED}


def test_no_script_of_the_hostile_feed_came_through(year: Flask) -> None:
    texts = db.session.execute(sa.select(ActivityRow.title, ActivityRow.text, ActivityRow.url)).all()
    assert [row for row in texts if "<script" in "".join(row) or row.url.startswith("javascript:")] == []


def test_asha_has_said_a_word(year: Flask) -> None:
    said = Counter(db.session.scalars(sa.select(Verdict.word)))
    assert said[Word.CONFIRMED] > 3
    assert said[Word.REJECTED] == 1


def test_reading_again_changes_nothing(year: Flask) -> None:
    before = (count(ActivityRow), count(Evidence), count(Account), facts())
    db.session.rollback()
    sweep(hands_of(year), Selection(due_only=False), asked_by="test")
    assert (count(ActivityRow), count(Evidence), count(Account), facts()) == before


def test_the_same_seed_makes_the_same_company(tmp_path: Path) -> None:
    built = []
    for time in ("first", "second"):
        with company(tmp_path / time, "first-week"):
            built.append(facts())
    assert built[0] == built[1]
    assert len(built[0]) > 50


def test_an_empty_company_has_people_and_no_sources(tmp_path: Path) -> None:
    with company(tmp_path / "empty", "empty"):
        assert (len(roster.everybody()), count(Account), count(ActivityRow)) == (len(COMPANY), 0, 0)


def test_a_first_week_has_what_the_feeds_showed(tmp_path: Path) -> None:
    with company(tmp_path / "week", "first-week"):
        assert count(ActivityRow) > 50


def test_a_mess_can_still_be_shown(tmp_path: Path) -> None:
    with company(tmp_path / "mess", "mess") as app:
        assert states(app, "asha")[State.COVERED] >= 1
        pending = db.session.scalars(sa.select(Account).where(Account.accepted_at.is_(None))).all()
        assert [(a.refused_at is None, a.person_id) for a in pending if a.refused_at is None] == [
            (True, roster.by_email("nia@tern.example").id)
        ]
