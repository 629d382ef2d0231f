"""Golden progress: every state and count of this table was worked out by hand, on a calendar, from PRODUCT.md.

The period is 2026-Q4 (1 October to 31 December, 92 days), seen on 23 November at 09:00 UTC. Asha lives in
UTC+5:30, so her 1 October begins on 30 September at 18:30 UTC.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from itertools import count

import pytest
import sqlalchemy as sa
from flask import Flask

from advocacy import ladder
from advocacy.domain.activity import Activity, Kind, Platform
from advocacy.domain.matching import Judgement
from advocacy.domain.normal import content_hash, ref_hash
from advocacy.domain.period import parse
from advocacy.domain.progress import State
from advocacy.domain.rulebook import Match, Strength
from advocacy.domain.vocabulary import Tags
from advocacy.models import connect, facts, ladder_import, roster, verdicts
from advocacy.models.activities import ActivityRow
from advocacy.models.base import db
from advocacy.models.board import Board, board
from advocacy.models.fact import Fact, Owner
from advocacy.models.ladders import Expectation
from advocacy.models.people import Absence, Person, RoleHeld
from advocacy.models.words import Word
from advocacy.rules import Rules
from tests.cast import Cast

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
Q4 = parse("2026-Q4")
STRONG, LIKELY = Strength.STRONG, Strength.LIKELY
NUMBERS: Iterator[int] = count(1)


@dataclass(frozen=True)
class Row:
    """One line of the table, as `advocacy progress` gives it."""

    state: State
    count: int
    target: int | None
    newest: date | None
    complete_from: date | None


def day(month: int, number: int) -> date:
    return date(2026, month, number)


def noon(month: int, number: int) -> datetime:
    return datetime(2026, month, number, 12, 0, tzinfo=UTC)


def happens(
    person: Person,
    rule: str,
    at: datetime,
    facets: Sequence[str] = ("",),
    *,
    reading: str = "all",
    kind: Kind = Kind.POST,
    platform: Platform = Platform.X,
    channel: str = "",
    strength: Strength = STRONG,
) -> int:
    """One activity that the rules match as told; its number."""
    ref = f"{platform}:{next(NUMBERS)}"
    one = Activity(ref=ref, kind=kind, platform=platform, at=at, text=f"about {rule}", channel=channel)
    found = tuple(Match(rule=rule, reading=reading, facet=facet, strength=strength, why="because") for facet in facets)
    owner = Owner(None, person.id, person.zone)
    fact = Fact(one, Judgement(matches=found, tags=Tags()), (owner,), ref_hash(ref), content_hash(one))
    facts.keep([fact], NOW)
    return db.session.scalars(sa.select(ActivityRow.id).where(ActivityRow.ref_hash == fact.ref_hash)).one()


def reads(person: Person, platform: Platform, since: datetime) -> None:
    """The platform is connected and complete from a moment to now."""
    handle = "https://blog.tern.example/" if platform is Platform.FEED else "someone"
    account = connect.add(person.id, Platform.FEED, f"https://{platform}.example/{handle[:5]}", by=None, now=NOW)
    account.platform = platform
    assert account.subscription is not None
    account.subscription.complete_from, account.subscription.complete_to = since, NOW
    db.session.flush()


def rows(found: Board) -> dict[str, Row]:
    return {
        line.key: Row(
            line.progress.state,
            line.progress.count,
            line.progress.target,
            line.progress.newest,
            line.progress.complete_from,
        )
        for line in found.lines
    }


@pytest.fixture
def asha(app: Flask, cast: Cast) -> Person:
    """Asha with X complete since 1 September and her blog since 15 October; Reddit is not connected."""
    reads(cast.asha, Platform.X, noon(9, 1))
    reads(cast.asha, Platform.FEED, noon(10, 15))
    return cast.asha


def test_the_table(asha: Person, rules: Rules) -> None:
    # Tweets: 92 days are 13.14 weeks, so 13. The first is at 00:15 on 1 October in India and counts, the one half
    # an hour before is September's. The second is two kinds at once and still one tweet.
    happens(asha, "tweets", datetime(2026, 9, 30, 18, 45, tzinfo=UTC), ["learning"])
    happens(asha, "tweets", datetime(2026, 9, 30, 18, 15, tzinfo=UTC), ["learning"])
    happens(asha, "tweets", noon(10, 10), ["product", "company"])
    happens(asha, "tweets", noon(11, 20), ["product"])
    # Advocacy: 2 a month are 6; seven items are enough, two mediums in the half-year are not (3 wanted).
    for number in range(6):
        happens(asha, "advocacy", noon(10, 20 + number), reading="strong", platform=Platform.FEED)
    happens(asha, "advocacy", noon(11, 3), reading="strong")
    # Discussion: 2 a month or 6 a quarter; six led are enough, whatever the coverage.
    for number in range(6):
        happens(asha, "discussion", noon(11, 1 + number), reading="lead", platform=Platform.REDDIT)
    # Personas: one suggestion that nobody confirmed does not count.
    happens(asha, "personas", noon(11, 11), ["sre"], strength=LIKELY)
    # Talks: 3 proposals at 3 places, 1 given in the quarter.
    for place in ("KubeCon", "FOSDEM", "DevConf"):
        happens(asha, "talks", noon(10, 3), ["proposal"], reading="regular", kind=Kind.PROPOSAL, channel=place)
    happens(asha, "talks", noon(10, 5), ["given"], reading="regular", kind=Kind.TALK, channel="Meetup Pune")
    # Learn and train: rust was learned and then taught; go was taught before it was learned.
    happens(asha, "learn-train", noon(10, 1), ["learned/rust"], reading="pair", kind=Kind.LEARNING)
    happens(asha, "learn-train", noon(10, 8), ["taught/go"], reading="pair", kind=Kind.TRAINING_GIVEN)
    happens(asha, "learn-train", noon(11, 2), ["learned/go"], reading="pair", kind=Kind.LEARNING)
    happens(asha, "learn-train", noon(11, 9), ["taught/rust"], reading="pair", kind=Kind.TRAINING_GIVEN)
    found = rows(board(asha, Q4, NOW, rules))
    september, october = day(9, 1), day(10, 15)
    assert {key: found[key] for key in ("tweets", "advocacy", "discussion", "personas", "talks", "learn-train")} == {
        "tweets": Row(State.GETTING_THERE, 3, 13, day(11, 20), september),
        "advocacy": Row(State.GETTING_THERE, 7, 6, day(11, 3), october),
        "discussion": Row(State.COVERED, 6, 6, day(11, 6), september),
        "personas": Row(State.NO_EVIDENCE_YET, 0, 3, None, october),
        "talks": Row(State.COVERED, 3, 3, day(10, 5), None),
        "learn-train": Row(State.COVERED, 1, 1, day(11, 9), None),
    }
    assert found["surveys"] == Row(State.COVERED, 0, 0, None, None)
    # Trends: only blogs and the like could show it, and not one of them is complete since 1 October.
    assert found["trends"] == Row(State.CANT_TELL, 0, 1, None, october)
    assert found["backlog"] == Row(State.NO_EVIDENCE_YET, 0, 3, None, None)


def test_without_x_nobody_can_tell_about_tweets(cast: Cast, rules: Rules) -> None:
    found = rows(board(cast.asha, Q4, NOW, rules))
    assert found["tweets"] == Row(State.CANT_TELL, 0, 13, None, None)


def test_x_that_is_complete_only_from_november_cannot_tell_about_the_quarter(cast: Cast, rules: Rules) -> None:
    reads(cast.asha, Platform.X, noon(11, 1))
    assert rows(board(cast.asha, Q4, NOW, rules))["tweets"] == Row(State.CANT_TELL, 0, 13, None, day(11, 1))


def test_x_that_is_complete_for_the_quarter_shows_nothing(cast: Cast, rules: Rules) -> None:
    reads(cast.asha, Platform.X, datetime(2026, 9, 30, 18, 30, tzinfo=UTC))
    assert rows(board(cast.asha, Q4, NOW, rules))["tweets"] == Row(State.NO_EVIDENCE_YET, 0, 13, None, day(10, 1))


def test_leave_in_november_lowers_the_targets_by_a_month(asha: Person, rules: Rules) -> None:
    db.session.add(Absence(person_id=asha.id, since=day(11, 1), until=day(11, 30)))
    for number in range(4):
        happens(asha, "discussion", noon(10, 1 + number), reading="lead")
    found = rows(board(asha, Q4, NOW, rules))
    # 62 days are 8.86 weeks; 2 a month are 4 for two months.
    assert found["tweets"].target == 9
    assert found["discussion"] == Row(State.COVERED, 4, 4, day(10, 4), day(9, 1))


def test_away_all_quarter_asks_for_nothing(asha: Person, rules: Rules) -> None:
    db.session.add(Absence(person_id=asha.id, since=day(9, 1), until=day(12, 31)))
    assert rows(board(asha, Q4, NOW, rules))["trends"] == Row(State.COVERED, 0, 0, None, day(10, 15))


SENIOR = b"""# Senior engineer

## Expectations

### Social media engagement
- Involve in discussion threads on social media like Reddit and Stack Overflow
- Tweets about self-learnings, company, product
"""


def test_a_role_change_in_mid_period_judges_each_day_by_its_own_role(asha: Person, rules: Rules) -> None:
    ladder_import.apply(ladder_import.preview(SENIOR, "senior.md", rules), SENIOR, None, NOW)
    db.session.execute(sa.delete(RoleHeld).where(RoleHeld.person_id == asha.id))
    roster.give_role(asha.id, "senior", roster.EVER)
    roster.give_role(asha.id, "starter", day(11, 15))
    joined = next(line.key for line in board(asha, parse("2026-Q3"), NOW, rules).lines if line.rule == "discussion")
    happens(asha, "discussion", noon(10, 20), reading="join")
    happens(asha, "discussion", noon(11, 10), reading="lead")
    happens(asha, "discussion", noon(11, 20), reading="lead")
    lead = board(asha, Q4, NOW, rules)
    # 16 of November's 30 days and December are 1.53 months: 2 a month are 3.07, 6 a quarter as well.
    assert rows(lead)["discussion"] == Row(State.GETTING_THERE, 1, 3, day(11, 20), day(9, 1))
    assert lead.earlier_roles == ("senior",)
    senior = board(asha, parse("2026-10"), NOW, rules)
    assert rows(senior)[joined] == Row(State.COVERED, 1, 1, day(10, 20), day(9, 1))


def test_a_reworded_bullet_keeps_its_evidence_and_its_verdict(asha: Person, rules: Rules) -> None:
    old = ladder.text("starter.md")
    found = board(asha, Q4, NOW, rules)
    sentence = next(line for line in found.lines if line.key == "trends")
    activity = happens(asha, "trends", noon(10, 7), strength=LIKELY, kind=Kind.ARTICLE)
    verdicts.decide(
        person_id=asha.id,
        activity_id=activity,
        expectation_id=sentence.expectation_id,
        word=Word.CONFIRMED,
        by=asha.id,
        now=NOW,
    )
    new = old.replace(sentence.text, sentence.text + ", and tell colleagues every quarter which of them will matter")
    assert new != old
    ladder_import.apply(ladder_import.preview(new.encode(), "starter.md", rules), new.encode(), None, NOW)
    after = next(line for line in board(asha, Q4, NOW, rules).lines if line.key == "trends")
    assert after.text != sentence.text
    assert rows(replace(found, lines=(after,)))["trends"] == Row(State.COVERED, 1, 1, day(10, 7), day(10, 15))
    assert after.progress.confirmed == 1


def test_evidence_attached_by_hand_counts_where_nothing_is_measured(asha: Person, rules: Rules) -> None:
    unmeasured = next(line for line in board(asha, Q4, NOW, rules).lines if line.rule is None)
    activity = happens(asha, "trends", noon(10, 7), kind=Kind.ARTICLE)
    verdicts.decide(
        person_id=asha.id,
        activity_id=activity,
        expectation_id=unmeasured.expectation_id,
        word=Word.CONFIRMED,
        by=asha.id,
        now=NOW,
    )
    assert rows(board(asha, Q4, NOW, rules))[unmeasured.key] == Row(State.NOT_MEASURED, 1, None, day(10, 7), None)


def test_a_rejected_item_is_gone_from_the_count(asha: Person, rules: Rules) -> None:
    activity = happens(asha, "trends", noon(10, 7), kind=Kind.ARTICLE)
    trends = db.session.scalars(sa.select(Expectation.id).where(Expectation.key == "trends")).one()
    verdicts.decide(
        person_id=asha.id, activity_id=activity, expectation_id=trends, word=Word.REJECTED, by=asha.id, now=NOW
    )
    assert rows(board(asha, Q4, NOW, rules))["trends"] == Row(State.CANT_TELL, 0, 1, None, day(10, 15))
