"""What the reader of Stack Exchange makes of a site that is played on loopback, and what it costs."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest

from advocacy.domain.activity import Activity, Kind, Platform, Thread, ThreadRole
from ingest.fetch import Gate
from ingest.loopback.server import Platforms
from ingest.source import AccountGone, Gone, Looker, Misconfigured, Polled, Profiled, Refused, Source
from ingest.sources.stackexchange import StackExchangeSource
from tests.ingest.stack import AI, JOINED, NOW, OVERFLOW, Stack, activities, address, requests, source, stack

ONE, TWO = address(1), address(2)


@pytest.fixture
def here() -> Iterator[Stack]:
    """Four people of Stack Overflow."""
    with Platforms({}) as server:
        made = stack(server)
        made.joins(1, 2, 3, 4)
        yield made


def the(here: Stack, ref: str, *addresses: str) -> Activity:
    return activities(here.pages(addresses or [ONE]))[f"stackexchange:{OVERFLOW}/{ref}"]


def test_an_answer_knows_its_question_and_how_it_stands(here: Stack) -> None:
    asked = here.asks(2, title='Is <b> bold & "good"?')
    mine = here.answers(1, asked, score=3)
    for who, score in ((3, 5), (4, 3)):
        here.answers(who, asked, score=score)
    mine.accepted_at = NOW
    assert the(here, f"a/{mine.id}") == Activity(
        ref=f"stackexchange:{OVERFLOW}/a/{mine.id}",
        kind=Kind.ANSWER,
        platform=Platform.STACKEXCHANGE,
        at=NOW,
        title='Is <b> bold & "good"?',
        text="[kubernetes] [openebs]\n\nLike this.\n\n```\nkubectl\n```",
        channel=OVERFLOW,
        url=f"https://{OVERFLOW}/a/{mine.id}",
        thread=Thread(
            key=f"stackexchange:{OVERFLOW}/q/{asked.id}",
            role=ThreadRole.ANSWERED,
            replies=2,
            participants=4,
            accepted=True,
            rank=2,
        ),
        metrics={"answers": 3, "score": 3},
        authors=("User 1",),
    )


def test_a_question_knows_who_answered_and_whether_one_was_accepted(here: Stack) -> None:
    asked = here.asks(1)
    here.answers(2, asked)
    here.answers(2, asked)
    here.answers(1, asked).accepted_at = NOW
    found = the(here, f"q/{asked.id}")
    assert found.thread == Thread(
        key=found.ref, role=ThreadRole.OPENED, replies=3, participants=2, accepted=True, rank=None
    )
    assert (found.kind, found.url) == (Kind.QUESTION, f"https://{OVERFLOW}/q/{asked.id}")


def test_people_whose_account_is_gone_still_took_part(here: Stack) -> None:
    asked = here.asks(1)
    here.answers(2, asked)
    here.world.says(Platform.STACKEXCHANGE, f"{OVERFLOW}/77", NOW, "I left", kind=Kind.ANSWER, answers=asked)
    assert the(here, f"q/{asked.id}").thread.participants == 3


def test_a_first_visit_names_the_person_and_covers_all_since_they_came(here: Stack) -> None:
    [page] = here.pages([ONE])
    assert (page.title, page.covers_from, page.covers_why, page.gap) == ("User 1", JOINED, "", "")
    here.later(hours=1)
    [page] = here.pages([ONE])
    assert (page.title, page.covers_from, page.activities) == ("", None, ())


def test_nothing_from_before_the_wanted_day_is_read_or_claimed(here: Stack) -> None:
    old, new = here.asks(1, datetime(2026, 1, 1, tzinfo=UTC)), here.asks(1, datetime(2026, 6, 2, tzinfo=UTC))
    [page] = here.pages([ONE], since=date(2026, 6, 1))
    assert [one.ref.rpartition("/")[2] for one in page.activities] == [new.id] != [old.id]
    assert page.covers_from == datetime(2026, 6, 1, tzinfo=UTC)
    assert page.covers_why == "nothing from before that day was asked for"


def test_a_hundred_quiet_people_cost_two_requests(here: Stack) -> None:
    people = range(1, 101)
    here.joins(*people)
    everybody = [address(one) for one in people]
    for one in people:
        here.answers(one, here.asks(one))
    first = here.pages(everybody)
    # two filters, who is there, answers, questions, and the threads of both
    assert (len(activities(first)), requests(first)) == (200, 6)
    here.later(hours=2)
    second = here.pages(everybody)
    assert (activities(second), requests(second)) == ({}, 2)
    assert {page.address for page in second} == set(everybody)


def test_what_is_read_again_for_the_overlap_is_no_news(here: Stack) -> None:
    here.asks(1)
    assert len(activities(here.pages([ONE]))) == 1
    for _ in range(3):
        here.later(minutes=10)
        assert activities(here.pages([ONE])) == {}


def test_what_came_late_out_of_a_cache_is_found_in_the_overlap(here: Stack) -> None:
    here.pages([ONE])
    late = here.asks(1, NOW - timedelta(minutes=30))
    here.later(minutes=5)
    assert the(here, f"q/{late.id}").at == NOW - timedelta(minutes=30)


def test_an_edit_is_news_and_a_score_is_not(here: Stack) -> None:
    asked = here.asks(1)
    here.pages([ONE])
    here.later(hours=3)
    asked.scores.append((here.now, 9))
    assert activities(here.pages([ONE])) == {}
    asked.versions.append((here.now, "It still says no."))
    found = the(here, f"q/{asked.id}")
    assert found.text.endswith("It still says no.")
    assert (found.at, found.metrics["score"]) == (NOW, 9)


def test_a_new_answer_of_somebody_else_makes_a_question_news(here: Stack) -> None:
    asked = here.asks(1)
    here.pages([ONE])
    here.later(hours=3)
    here.answers(2, asked)
    assert the(here, f"q/{asked.id}").thread.replies == 1


def test_one_that_nobody_is_leaves_the_others_alone(here: Stack) -> None:
    here.asks(1)
    pages = {page.address: page for page in here.pages([ONE, address(99)])}
    assert isinstance(pages[address(99)].error, AccountGone)
    assert str(pages[address(99)].error) == "nobody has the number 99 on stackoverflow.com"
    assert (len(pages[ONE].activities), pages[ONE].error) == (1, None)


def test_a_batch_of_many_sites_is_read_site_by_site(here: Stack) -> None:
    here.joins(1, host=AI)
    asked = {here.asks(1).id, here.asks(1, host=AI).id}
    odd = "https://example.org/users/1"
    pages = here.pages([ONE, address(1, AI), odd])
    assert {one.ref.rpartition("/")[2] for one in activities(pages).values()} == asked
    [told] = [page for page in pages if page.address == odd]
    assert isinstance(told.error, Refused)
    assert "is no site of the Stack Exchange network" in str(told.error)


def test_a_site_that_the_api_does_not_know_is_refused_alone(here: Stack) -> None:
    here.asks(1)
    closed = address(1, "closed.stackexchange.com")
    pages = {page.address: page for page in here.pages([closed, ONE])}
    assert isinstance(pages[closed].error, Refused)
    assert len(pages[ONE].activities) == 1


def test_comments_are_read_when_asked_for(here: Stack) -> None:
    asked = here.asks(2)
    said = here.world.says(Platform.STACKEXCHANGE, f"{OVERFLOW}/1", NOW, "Did you try <em>?", answers=asked)
    assert activities(here.pages([ONE])) == {}
    here.reader = source(here.server, comments="1")
    found = the(here, f"c/{said.id}")
    assert (found.kind, found.text) == (Kind.REPLY, "[kubernetes] [openebs]\n\nDid you try <em>?")
    assert (found.title, found.thread.key) == ("How do I resize a volume?", f"stackexchange:{OVERFLOW}/q/{asked.id}")


def test_a_long_history_is_read_page_by_page_and_once(here: Stack) -> None:
    for n in range(350):
        here.asks(1, NOW - timedelta(days=400 - n))
    pages = here.pages([ONE])
    refs = [one.ref for page in pages for one in page.activities]
    assert len(refs) == len(set(refs)) == 350
    assert [len(page.activities) for page in pages] == [100, 99, 99, 52]


def test_more_than_a_page_in_one_second_is_read_by_page_numbers(here: Stack) -> None:
    for _ in range(250):
        here.asks(1, NOW - timedelta(days=30))
    for n in range(40):
        here.asks(1, NOW - timedelta(days=20 - n / 4))
    assert len(activities(here.pages([ONE]))) == 290


def test_the_walk_goes_beyond_page_25_without_a_key(here: Stack) -> None:
    for n in range(2600):
        here.asks(1, NOW - timedelta(hours=3000 - n))
    pages = here.pages([ONE])
    assert len(activities(pages)) == 2600
    assert here.platform.asked.count("users/{}/questions") == 27


def test_what_is_edited_in_mid_walk_pushes_nothing_over_the_edge(here: Stack) -> None:
    asked = [here.asks(1, NOW - timedelta(days=300 - n)) for n in range(250)]
    polled = iter(here.reader.fetch([Polled(address=ONE)], NOW))
    here.server.turn_to(NOW)
    found = activities([next(polled)])
    for one in asked[:50]:
        one.versions.append((NOW, "edited meanwhile"))
    found |= activities(polled)
    assert len(found) == 250
    assert sum(one.text.endswith("edited meanwhile") for one in found.values()) == 50


def test_a_newcomer_beside_old_hands_is_read_in_requests_of_its_own(here: Stack) -> None:
    for n in range(150):
        here.asks(1, NOW - timedelta(days=200 - n))
    here.pages([ONE])
    here.later(hours=2)
    here.answers(2, here.asks(1))
    before = len(here.platform.asked)
    pages = here.pages([ONE, TWO])
    assert len(activities(pages)) == 2
    assert here.platform.asked[before:] == [
        "users/{}",
        *("users/{}/answers", "users/{}/answers", "users/{}/questions", "users/{}/questions"),
        "questions/{}",
    ]


def test_to_be_read_anew_brings_everything_again(here: Stack) -> None:
    here.asks(1)
    here.pages([ONE])
    here.later(days=3)
    [page] = here.pages([ONE], again=True)
    assert (len(page.activities), page.covers_from, page.title) == (1, JOINED, "User 1")


def test_filters_are_made_once_and_outlive_the_process(here: Stack) -> None:
    here.pages([ONE])
    here.reader = source(here.server)
    here.later(hours=2)
    here.pages([ONE])
    assert here.platform.asked.count("filters/create") == 1, "threads were not asked for, so their filter was not made"


def test_a_filter_that_is_not_known_any_more_is_made_anew(here: Stack) -> None:
    here.pages([ONE])
    here.platform.filters.__init__()  # type: ignore[misc]
    here.later(hours=2)
    asked = here.asks(1)
    assert the(here, f"q/{asked.id}").thread.replies == 0


def test_a_second_look_gives_what_is_there_and_tells_what_is_gone(here: Stack) -> None:
    asked = here.asks(1)
    mine, other = here.answers(1, asked, score=1), here.answers(2, asked, score=7)
    here.joins(1, host=AI)
    elsewhere = here.asks(1, host=AI)
    here.later(days=7)
    mine.scores.append((here.now, 8))
    other.deleted_at = here.now
    refs = [f"{OVERFLOW}/q/{asked.id}", f"{OVERFLOW}/a/{mine.id}", f"{OVERFLOW}/a/{other.id}", f"{AI}/q/{elsewhere.id}"]
    found = here.reader.look([f"stackexchange:{ref}" for ref in refs], here.now)
    assert found.gone == (Gone(ref=f"stackexchange:{OVERFLOW}/a/{other.id}"),)
    assert {one.ref.partition(":")[2]: one.metrics["score"] for one in found.activities} == {
        refs[0]: 0,
        refs[1]: 8,
        refs[3]: 0,
    }
    [answer] = [one for one in found.activities if one.kind is Kind.ANSWER]
    assert (answer.thread.rank, answer.metrics["answers"]) == (1, 1)


def test_a_hundred_answers_are_looked_at_in_two_requests(here: Stack) -> None:
    asked = [here.asks(2) for _ in range(100)]
    refs = [f"stackexchange:{OVERFLOW}/a/{here.answers(1, one).id}" for one in asked]
    here.pages([ONE])
    found = here.reader.look(refs, here.now)
    assert (len(found.activities), found.cost.requests) == (100, 2)


def test_a_profile_shows_what_its_owner_wrote(here: Stack) -> None:
    here.world.joins(Platform.STACKEXCHANGE, f"{OVERFLOW}/5", JOINED, name="Asha & co", about="I am advocacy-code-123")
    here.server.turn_to(NOW)
    found = here.reader.profile(address(5), NOW)
    assert (found.id, found.name, found.about, found.url) == ("5", "Asha & co", "I am advocacy-code-123", address(5))
    with pytest.raises(AccountGone):
        here.reader.profile(address(99), NOW)


def test_it_is_a_source_that_can_look_and_show_profiles(here: Stack) -> None:
    reader: Source = here.reader
    assert isinstance(reader, Looker)
    assert isinstance(reader, Profiled)
    assert (reader.batch_size, reader.look_size) == (100, 100)


def test_options_that_make_no_sense_are_named() -> None:
    with pytest.raises(Misconfigured, match="ADVOCACY_STACKEXCHANGE__COMMENTS"):
        StackExchangeSource.from_config({"comments": "yes"}, Gate())


def test_the_base_address_may_name_the_version(here: Stack) -> None:
    base = f"{here.server.address}stackexchange/2.3/"
    here.reader = source(here.server, base_url=base)
    assert here.pages([ONE])[0].title == "User 1"


def test_a_quota_that_runs_out_too_early_in_the_day_is_stretched_over_it(here: Stack) -> None:
    here.now = NOW.replace(hour=6)
    [page] = here.pages([ONE])
    assert page.next_at is None
    here.platform.quota = 12
    [page] = here.pages([ONE])
    assert page.next_at is not None
    # six of twelve are left for eighteen hours: half as often as usual
    assert round((page.next_at - here.now).total_seconds() / 60) == 90
