"""Whose trouble it is: one address's, its host's, or our own network's."""

from datetime import UTC, datetime, timedelta

import pytest

from advocacy.domain.health import spread
from advocacy.domain.outage import HostNews, answered, host_of, is_its_own, offline_since, unreachable

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


@pytest.mark.parametrize(
    ("address", "host"),
    [
        ("https://Blog.Example/feed", "blog.example"),
        ("https://blog.example:443/feed", "blog.example"),
        ("http://blog.example:443/", "blog.example:443"),
        ("http://127.0.0.1:8080/x", "127.0.0.1:8080"),
        ("http://[::1]:80/", "[::1]"),
        ("https://[broken/", ""),
        ("asha", ""),
    ],
)
def test_a_host_is_what_an_address_names_and_a_handle_has_none(address: str, host: str) -> None:
    assert host_of(address) == host


def test_several_addresses_that_fail_in_a_row_shut_their_host_for_a_growing_while() -> None:
    news, pauses = HostNews(name="x"), []
    for number in range(8):
        news = unreachable(news, number, NOW)
        pauses.append((news.shut_until - NOW) / MINUTE if news.shut_until else 0)
    assert pauses == [0, 0, 5, 10, 20, 40, 60, 60]


def test_one_address_that_fails_again_and_again_shuts_nothing() -> None:
    news = HostNews(name="x")
    for minute in range(9):
        news = unreachable(news, 1, NOW + minute * MINUTE)
    assert (news.failures, news.shut_until, news.since) == (1, None, NOW)


def test_an_answer_opens_a_host_again_unless_it_asked_us_to_stay_away() -> None:
    shut = HostNews(name="x", since=NOW, failures=9, failed_last=1, shut_until=NOW + MINUTE)
    assert answered(shut, NOW) == HostNews(name="x", answered=NOW)
    assert answered(shut, NOW, NOW + 9 * MINUTE).shut_until == NOW + 9 * MINUTE


@pytest.mark.parametrize(
    ("elsewhere", "hosts", "its_own"),
    [(None, 9, False), (NOW - MINUTE, 9, False), (NOW + MINUTE, 9, True), (None, 2, True)],
)
def test_an_address_is_blamed_when_somebody_else_answered_since_or_there_is_nobody_else(
    elsewhere: datetime | None, hosts: int, its_own: bool
) -> None:
    assert is_its_own(HostNews(name="x", since=NOW), elsewhere, hosts) is its_own


def silent(*minutes: int) -> list[HostNews]:
    return [HostNews(name=f"{n}", since=NOW + n * MINUTE) for n in minutes]


def test_we_are_offline_when_many_fell_silent_and_none_answered_since() -> None:
    spoke = HostNews(name="spoke", answered=NOW)
    assert offline_since([spoke, *silent(1, 2, 3)]) == NOW + MINUTE
    assert offline_since(silent(1, 2, 3)) == NOW + MINUTE


def test_we_are_online_when_few_fell_silent_or_somebody_answered_since() -> None:
    spoke = HostNews(name="spoke", answered=NOW)
    assert offline_since([spoke, *silent(1, 2)]) is None
    assert offline_since([spoke, *silent(-9, -8, -7, 1)]) is None, "these were broken before: it is their own trouble"
    assert offline_since([*silent(1, 2, 3), HostNews(name="late", answered=NOW + 9 * MINUTE)]) is None
    assert offline_since([]) is None


def test_chance_is_the_same_for_the_same_key_and_spreads() -> None:
    drawn = [spread(f"{n}") for n in range(1000)]
    assert drawn == [spread(f"{n}") for n in range(1000)]
    assert (min(drawn) >= 0, max(drawn) < 1, 450 < sum(drawn) < 550) == (True, True, True)
