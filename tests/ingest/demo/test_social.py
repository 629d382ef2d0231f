"""What the company's people say on X, Reddit and Stack Exchange fills the pages as real accounts do."""

from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from advocacy.domain.activity import Kind, Platform
from advocacy.models import roster
from advocacy.models.accounts import Gap, Subscription
from advocacy.models.activities import ActivityPerson, ActivityRow
from advocacy.models.base import db
from advocacy.models.evidence import Evidence
from advocacy.models.platforms import PlatformState, Spend
from ingest.demo.blogs import Blogs
from ingest.demo.social import Social
from tests.ingest.demo.stage import NOON, company

ELSEWHERE = (Platform.X, Platform.REDDIT, Platform.STACKEXCHANGE)


@pytest.fixture(scope="module")
def social() -> Social:
    return Social(NOON, 7, Blogs(NOON, 7).columns, "http://127.0.0.1:1/")


def rules_of(first: str, platform: Platform) -> Counter[str]:
    """By which rules what somebody said there is evidence."""
    query = sa.select(Evidence.rule, sa.func.count()).join(ActivityRow, ActivityRow.id == Evidence.activity_id)
    mine = query.where(
        Evidence.person_id == roster.by_email(f"{first}@tern.example").id, ActivityRow.platform == platform
    )
    return Counter({rule: count for rule, count in db.session.execute(mine.group_by(Evidence.rule)) if rule})


def test_the_same_seed_says_the_same_at_the_same_moments(social: Social) -> None:
    again = Social(NOON, 7, Blogs(NOON, 7).columns, "http://127.0.0.1:1/")
    assert again.world.messages == social.world.messages


def test_something_new_is_said_every_few_minutes(social: Social) -> None:
    coming = [one for one in social.world.messages.values() if NOON < one.at <= NOON + timedelta(hours=1)]
    assert len([one for one in coming if one.platform is Platform.X and not one.parent]) >= 10


def test_what_is_nobodys_business_was_not_kept(year: Flask) -> None:
    said = " ".join(db.session.scalars(sa.select(ActivityRow.title + ActivityRow.text)))
    assert [words for words in ("mango-pickle", "kimchi jjigae", "Lake at 7", "cold proof") if words in said] == []


def test_all_platforms_brought_evidence_for_asha(year: Flask) -> None:
    assert all(rules_of("asha", platform)["discussion"] > 0 for platform in ELSEWHERE)
    assert rules_of("asha", Platform.X)["tweets"] > 5


def test_accepted_answers_are_known_as_such(year: Flask) -> None:
    accepted = sa.select(sa.func.count()).select_from(ActivityRow).where(ActivityRow.accepted.is_(True))
    assert db.session.scalar(accepted.where(ActivityRow.kind == Kind.ANSWER)) == 4


def test_the_deleted_tweet_left_a_tombstone(year: Flask) -> None:
    (gone,) = db.session.scalars(sa.select(ActivityRow).where(ActivityRow.deleted_at.is_not(None)))
    assert (gone.platform, gone.title, gone.text) == (Platform.X, "", "")


def test_a_hidden_profile_is_no_failure_and_says_why_it_shows_nothing(year: Flask) -> None:
    hidden = db.session.scalars(sa.select(Subscription).where(Subscription.address == "seal_and_blocks")).one()
    assert hidden.last_error == ""
    whys = set(db.session.scalars(sa.select(Gap.why).where(Gap.subscription_id == hidden.id)))
    assert [why.partition(";")[0] for why in whys] == ["the profile hides its posts"]


def test_money_is_counted_month_by_month(year: Flask) -> None:
    spent = {row.month: row.micros for row in db.session.scalars(sa.select(Spend))}
    assert len(spent) > 6
    assert 0 < max(spent.values()) < 1_000_000


def test_where_things_were_left_to_rot_x_says_that_the_plan_does_not_allow_it(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    with company(tmp_path_factory.mktemp("demo") / "mess", "mess"):
        state = db.session.get_one(PlatformState, Platform.X)
        assert not state.is_ready
        assert "plan" in state.message


def test_who_connected_nothing_has_nothing(year: Flask) -> None:
    nia = roster.by_email("nia@tern.example").id
    assert db.session.scalars(sa.select(ActivityPerson).where(ActivityPerson.person_id == nia)).all() == []


def test_the_days_are_counted_back_from_today() -> None:
    later = datetime(2027, 3, 1, 9, tzinfo=UTC)
    world = Social(later, 7, Blogs(later, 7).columns, "http://127.0.0.1:1/").world
    newest = max(one.at for one in world.messages.values() if one.at <= later)
    assert later - newest < timedelta(days=4)
