"""Communities read for many people at once, when that is cheaper; complete all the same."""

from collections.abc import Iterator

import pytest

from advocacy.domain.activity import Platform
from ingest.fetch import Unreachable
from ingest.source import Misconfigured
from ingest.sources.reddit_communities import communities, is_cheaper, pages_to
from ingest.sources.reddit_listing import Listing
from tests.ingest.reddit_stage import Stage, reader, stage
from tests.ingest.test_registry import Answering

PEOPLE = [f"person_{number}" for number in range(20)]


@pytest.fixture
def there() -> Iterator[Stage]:
    with stage(communities="r/kubernetes+r/openebs") as made:
        for one in PEOPLE:
            made.joins(one)
            made.says(one, 200 + PEOPLE.index(one))
        made.says("a_stranger", 1, answers=made.says("a_stranger", 2))
        yield made


def listing(number: int, newest: int, oldest: int, after: str = "t3_x") -> Listing:
    return Listing(({"created_utc": newest}, *({"created_utc": oldest},) * (number - 1)), after)


def test_newcomers_are_read_by_their_profiles_and_then_the_communities_speak_for_all(there: Stage) -> None:
    assert len(there.reads(*PEOPLE)) == 20
    assert there.asked() == {"token": 1, "community": 1, "user": 20}
    there.later(days=1)
    post = there.says(PEOPLE[3], 2)
    reply = there.says(PEOPLE[4], 1, answers=post)
    there.says("a_stranger", 1)
    assert set(there.reads(*PEOPLE)) == {f"t3_{post.id}", f"t1_{reply.id}"}
    assert there.asked() == {"community": 2}
    there.later(days=1)
    assert there.reads(*PEOPLE) == []
    assert there.asked() == {"community": 2}


def test_what_is_said_elsewhere_is_found_once_a_week(there: Stage) -> None:
    there.reads(*PEOPLE)
    there.later(days=1)
    elsewhere = there.says(PEOPLE[0], 1, channel="homelab")
    assert there.reads(*PEOPLE) == []
    there.later(days=6, hours=1)
    assert there.reads(*PEOPLE) == [f"t3_{elsewhere.id}"]


def test_communities_that_are_too_busy_are_left_for_the_profiles(there: Stage) -> None:
    there.reads(*PEOPLE)
    there.asked()
    there.later(days=1)
    for number in range(2500):
        there.says("a_stranger", 20 * number / 2500)
    mine = there.says(PEOPLE[5], 19)
    assert there.reads(*PEOPLE) == [f"t3_{mine.id}"]
    assert there.asked() == {"community": 2, "user": 20}


def test_a_listing_that_slows_down_beyond_its_ceiling_is_not_trusted(there: Stage) -> None:
    there.reads(*PEOPLE)
    there.later(days=1)
    for number in range(100):
        there.says("a_stranger", 3 * number / 100)  # the first page promises eight
    for number in range(1200):
        there.says("a_stranger", 3 + number / 1200)
    mine = there.says(PEOPLE[5], 20)
    assert there.reads(*PEOPLE) == [f"t3_{mine.id}"]


def test_one_person_who_is_gone_is_told_alone(there: Stage) -> None:
    there.world.members[Platform.REDDIT, PEOPLE[2]].suspended_from = there.now
    pages = there.pages(*PEOPLE)
    [failed] = [page for page in pages if page.error]
    assert failed.address == PEOPLE[2]
    assert len({page.address for page in pages}) == 20


def test_a_hidden_profile_is_still_heard_in_the_communities(there: Stage) -> None:
    there.reads(*PEOPLE)
    there.later(days=1)
    there.world.members[Platform.REDDIT, PEOPLE[2]].hidden_from = there.now
    post = there.says(PEOPLE[2], 1)
    assert there.reads(*PEOPLE) == [f"t3_{post.id}"]


def test_one_or_two_people_are_never_worth_a_listing(there: Stage) -> None:
    there.reads(*PEOPLE)
    there.asked()
    there.later(days=1)
    there.reads(PEOPLE[0], PEOPLE[1])
    assert there.asked() == {"user": 2}


def test_the_pace_of_the_first_page_decides() -> None:
    assert pages_to(listing(100, 1000, 900), 500) == 5
    assert pages_to(listing(100, 1000, 900, after=""), 500) == 1
    assert pages_to(listing(100, 1000, 400), 500) == 1
    assert pages_to(listing(100, 1000, 1000), 990) == 10
    tops = [listing(100, 1000, 900), listing(100, 1000, 100)]
    assert is_cheaper(6, tops, 500)
    assert not is_cheaper(5, tops, 500)
    assert not is_cheaper(5000, tops, -500)


def test_the_option_names_communities() -> None:
    assert communities("r/kubernetes+r/openebs, homelab") == ("kubernetes", "openebs", "homelab")
    assert communities("") == ()
    with pytest.raises(Misconfigured, match="ADVOCACY_REDDIT__COMMUNITIES"):
        communities("r/kubernetes+https://x")


def test_a_community_that_is_not_there_is_the_operators_to_mend() -> None:
    with stage(communities="r/nowhere") as there:
        for one in PEOPLE[:3]:
            there.joins(one)
        with pytest.raises(Misconfigured, match="r/nowhere"):
            there.pages(*PEOPLE[:3])


def test_without_communities_a_batch_is_one_person() -> None:
    http = Answering(error=Unreachable("shut"))
    assert reader(http).batch_size == 1
    assert reader(http, communities="kubernetes").batch_size == 1000
