"""The simulated year is the same for the same seed, and says of its own words what our rules say."""

from collections import Counter
from datetime import timedelta

import pytest

from advocacy import ladder
from advocacy.domain.activity import Activity, Kind, Platform
from advocacy.domain.matching import match, relevant
from advocacy.rules import Rules
from ingest.loopback.simulation import Year, simulate
from ingest.loopback.simulation_truth import Fate, truth
from ingest.loopback.simulation_words import is_work


@pytest.fixture(scope="module")
def year() -> Year:
    return simulate()


def test_the_same_seed_plays_the_same_year(year: Year) -> None:
    again, other = simulate(), simulate(seed=2)
    assert again.world.messages == year.world.messages
    assert again.world.outages == year.world.outages
    assert other.world.messages != year.world.messages


def test_ten_people_speak_everywhere_and_everything_happens(year: Year) -> None:
    handles = {handle: person.name for person in year.people for handle in person.handles}
    said = [one for key, one in year.world.messages.items() if (one.platform, one.author) in handles]
    speakers = Counter((handles[one.platform, one.author], one.platform) for one in said)
    platforms = {Platform.X, Platform.REDDIT, Platform.STACKEXCHANGE, Platform.FEED}
    assert set(speakers) == {(person.name, platform) for person in year.people for platform in platforms}
    assert min(speakers.values()) >= 10
    for what in ("deleted_at", "removed_at", "reposts", "quotes", "accepted_at"):
        assert any(getattr(one, what) for one in said), what
    assert any(at - one.at > timedelta(weeks=3) for one in said for at in one.edits(year.until))


def test_every_kind_of_ending_occurs_and_hardly_anything_is_left_to_chance(year: Year) -> None:
    told = truth(year, list(year.visits()))
    counts = Counter(item.fate for item in told.items.values())
    assert set(counts) == set(Fate)
    assert counts[Fate.UNSURE] < len(told.items) / 100
    assert {len(work) for work in told.works} == {2, 3}


def test_a_person_and_the_rules_say_the_same_of_what_is_work(year: Year, rules: Rules) -> None:
    for message in list(year.world.messages.values())[::7]:
        if message.platform is Platform.FEED or not message.parent:
            text = f"{message.title} {message.versions[0][1]}"
            post = Activity(ref="x:1", kind=Kind.POST, platform=message.platform, at=message.at, text=text)
            assert relevant(match(post, rules.rulebook, rules.vocabulary)) == is_work(text), text


def test_the_word_that_comes_later_is_no_work_yet() -> None:
    assert "bluefin" not in ladder.text("vocabulary.toml")
