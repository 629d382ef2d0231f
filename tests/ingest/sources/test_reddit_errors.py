"""What Reddit may answer instead, each a named error in words; and how often it lets us ask."""

import json
from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import timedelta

import pytest

from advocacy.domain.activity import Platform
from ingest.fetch import Forbidden, Unreachable
from ingest.source import (
    AccountGone,
    Cost,
    Looker,
    Misconfigured,
    Page,
    Polled,
    Profiled,
    Refused,
    Source,
    SourceError,
    TryLater,
)
from ingest.sources.reddit import RedditSource
from tests.ingest.reddit_stage import KEY, NOW, Telling, reader, stage
from tests.ingest.test_registry import ANSWERS, Answering

THING = {"name": "t3_a", "author": "asha_k", "created_utc": 1795000000, "title": "x", "selftext": "y"}
ONE = json.dumps({"data": {"children": [{"kind": "t3", "data": THING}], "after": None}}).encode()


def outcome(http: Telling) -> SourceError | list[Page]:
    return told(reader(http))


def told(source: RedditSource, hours: float = 0) -> SourceError | list[Page]:
    try:
        return list(source.fetch([Polled(address="asha_k")], NOW + timedelta(hours=hours)))
    except SourceError as error:
        return error


def test_it_is_a_source_that_looks_again_and_shows_profiles() -> None:
    source: Source = reader(Answering())
    assert isinstance(source, Looker)
    assert isinstance(source, Profiled)


@pytest.mark.parametrize("answer", [*ANSWERS, "deep", "a listing of oddities", "an endless number"])
def test_only_named_errors_escape_after_the_token_too(answer: str) -> None:
    more = {
        "deep": (200, b'{"data":' + b"[" * 100_000),
        "a listing of oddities": (200, b'{"data": {"children": [1, null, {"data": 7}, {"data": {}}], "after": 9}}'),
        "an endless number": (200, b'{"data": {"children": [], "after": ' + b"9" * 5000 + b"}}"),
    }
    status, body = (ANSWERS | more)[answer]
    found = outcome(Telling((status, {}, body)))
    assert isinstance(found, SourceError) or not any(page.activities for page in found)
    with suppress(SourceError):
        reader(Telling((status, {}, body))).look(["reddit:t3_a", "reddit:t1_b"], NOW)
    with suppress(SourceError):
        reader(Telling((status, {}, body))).profile("asha_k", NOW)


@pytest.mark.parametrize(
    ("status", "headers", "kind", "words"),
    [
        (403, {}, AccountGone, "shows nothing of u/asha_k"),
        (404, {}, AccountGone, "no u/asha_k"),
        (302, {"location": "https://www.reddit.com/subreddits/search?q=asha_k"}, Refused, "subreddits/search"),
        (301, {"location": "https://www.reddit.com/login/?dest=x"}, Refused, "login"),
        (302, {}, Refused, "302"),
        (451, {}, Refused, "451"),
        (414, {}, Refused, "414"),
        (401, {"www-authenticate": 'Bearer realm="reddit", error="invalid_token"'}, Misconfigured, "401"),
        (401, {}, Misconfigured, "401"),
        (403, {"www-authenticate": 'Bearer realm="reddit", error="insufficient_scope"'}, Misconfigured, "scope"),
        (500, {}, TryLater, "500"),
        (502, {}, TryLater, "502"),
        (503, {}, TryLater, "503"),
        (520, {}, TryLater, "520"),
        (522, {}, TryLater, "522"),
        (408, {}, TryLater, "408"),
        (429, {}, TryLater, "429"),
    ],
)
def test_case_25_each_status_is_a_named_error_in_words(
    status: int, headers: Mapping[str, str], kind: type[SourceError], words: str
) -> None:
    found = outcome(Telling((status, headers, b"")))
    assert type(found) is kind
    assert words in str(found)
    assert found.cost.requests >= 2


@pytest.mark.parametrize(
    ("status", "body", "kind"),
    [
        (401, b"", Misconfigured),
        (400, b'{"error": 400}', Misconfigured),
        (403, b"blocked", Misconfigured),
        (200, b'{"error": "invalid_grant"}', Misconfigured),
        (200, b'{"error": "unsupported_grant_type", "error_description": 5}', Misconfigured),
        (200, b'{"access_token": "x"}', TryLater),
        (302, b"", TryLater),
        (429, b"", TryLater),
        (503, b"", TryLater),
    ],
)
def test_case_25_a_key_that_is_not_taken_is_the_operators_to_mend(
    status: int, body: bytes, kind: type[SourceError]
) -> None:
    found = told(reader(Answering(status, body)))
    assert type(found) is kind
    assert found.cost.requests == 1


def test_nobody_there_is_unreachable_and_what_the_gate_forbids_is_refused() -> None:
    silent = told(reader(Answering(error=Unreachable("no answer"))))
    assert isinstance(silent, TryLater)
    assert (silent.unreachable, silent.ours) == (True, False)
    assert isinstance(told(reader(Answering(error=Forbidden("a private address")))), Refused)


@pytest.mark.parametrize(
    ("wait", "seconds"),
    [
        ("4", 4),
        ("4.5", 4.5),
        ("-7", 1),
        ("0", 1),
        ("99999999", 3600),
        ("Mon, 23 Nov 2026 09:02:00 GMT", 120),
        ("Mon, 23 Nov 2020 09:02:00 GMT", 1),
        ("soon", None),
        ("nan", None),
        ("inf", None),
        ("", None),
        ("9" * 5000, 3600),
    ],
)
def test_case_22_and_23_a_429_is_ours_and_told_within_a_second_and_an_hour(wait: str, seconds: float | None) -> None:
    found = outcome(Telling((429, {"retry-after": wait}, b"")))
    assert isinstance(found, TryLater)
    assert (found.ours, found.unreachable) == (True, False)
    assert found.at == (None if seconds is None else NOW + timedelta(seconds=seconds))


def test_case_22_a_429_without_retry_after_waits_for_the_windows_end() -> None:
    found = outcome(Telling((429, {"x-ratelimit-reset": "313", "x-ratelimit-remaining": "0"}, b"")))
    assert isinstance(found, TryLater)
    assert found.at == NOW + timedelta(seconds=313)


def test_an_allowance_used_up_is_told_without_asking_or_sleeping_and_ends() -> None:
    used_up = {"x-ratelimit-remaining": "0.0", "x-ratelimit-used": "1000", "x-ratelimit-reset": "240"}
    http = Telling((200, used_up, ONE))
    source = reader(http)
    assert isinstance(told(source), list)
    asked = len(http.asked)
    found = told(source)
    assert isinstance(found, TryLater)
    assert (found.at, found.ours, found.cost) == (NOW + timedelta(seconds=240), True, Cost())
    assert len(http.asked) == asked
    assert isinstance(told(source, hours=0.1), list)


ODD = ["", "x", "nan", "-inf", "1e400", "-5", "999999999999", "1.5.5", "\u0663", "9" * 500]


@pytest.mark.parametrize("odd", ODD)
@pytest.mark.parametrize("name", ["x-ratelimit-remaining", "x-ratelimit-used", "x-ratelimit-reset"])
def test_case_34_odd_rate_headers_hinder_nothing_and_never_make_us_sleep(name: str, odd: str) -> None:
    usual = {"x-ratelimit-remaining": "1.0", "x-ratelimit-used": "999", "x-ratelimit-reset": "599"}
    http = Telling((200, {**usual, name: odd}, ONE))
    source = reader(http)
    assert isinstance(told(source), list)
    again = told(source)
    assert isinstance(again, list) or (
        isinstance(again, TryLater) and again.at and again.at <= NOW + timedelta(hours=1)
    )


def test_case_66_a_listing_that_goes_in_a_circle_is_left_with_what_it_brought() -> None:
    body = json.dumps({"data": {"children": [{"kind": "t3", "data": THING}], "after": "t3_a"}}).encode()
    http = Telling((200, {}, body))
    pages: list[Page] = []
    with pytest.raises(TryLater, match="circle"):
        pages.extend(kept(pages, reader(http)))
    assert len(http.asked) <= 4
    assert {one.ref for page in pages for one in page.activities} == {"reddit:t3_a"}


def kept(pages: list[Page], source: RedditSource) -> Iterator[Page]:
    """Put the pages by as they come, for what comes before a failure is stored."""
    for page in source.fetch([Polled(address="asha_k")], NOW):
        pages.append(page)
        yield from ()


def test_a_token_that_ended_early_is_fetched_anew() -> None:
    http = Telling((200, {}, ONE), (401, {"www-authenticate": 'Bearer error="invalid_token"'}, b""), (200, {}, ONE))
    source = reader(http)
    told(source)
    assert isinstance(told(source), list)
    assert sum(url.endswith("access_token") for url in http.asked) == 2


def test_a_wrong_secret_is_told_by_the_platform_itself() -> None:
    with stage() as there:
        there.reddit._key = (KEY[0], "another")
        found = told(there.source)
        assert isinstance(found, Misconfigured)


def test_what_is_used_up_on_the_platform_is_waited_for_and_then_goes_on() -> None:
    with stage(per_window=3) as there:
        there.joins("asha_k")
        there.writes_much("asha_k", 350)
        found, failure = [], None
        try:
            for page in there.source.fetch([Polled(address="asha_k")], there.now):
                found += [one.ref for one in page.activities]
                there.cursors["asha_k"] = page.cursor or {}
        except TryLater as error:
            failure = error
        assert failure is not None
        assert failure.at is not None
        assert there.now < failure.at <= there.now + timedelta(minutes=10)
        there.later(seconds=(failure.at - there.now).total_seconds())
        there.reddit.per_window = 1000
        found += [f"reddit:{name}" for name in there.reads("asha_k")]
        assert len(set(found)) == 350


@pytest.mark.parametrize(
    ("config", "words"),
    [
        ({"client_id": "x"}, "ADVOCACY_REDDIT__CLIENT_SECRET is not set"),
        ({"client_secret": "x"}, "ADVOCACY_REDDIT__CLIENT_ID is not set"),
        ({"client_id": "x", "client_secret": "x", "colour": "blue"}, "ADVOCACY_REDDIT__COLOUR is not known"),
        ({"client_id": "x", "client_secret": "x", "user_agent": "bot"}, "ADVOCACY_REDDIT__USER_AGENT"),
        ({"client_id": "x", "client_secret": "x", "communities": "r/a/b"}, "ADVOCACY_REDDIT__COMMUNITIES"),
    ],
)
def test_what_is_missing_unknown_or_odd_is_named(config: dict[str, str], words: str) -> None:
    with pytest.raises(Misconfigured, match=words):
        RedditSource.from_config(config, Answering())


def test_no_file_and_no_variable_has_a_say_in_the_librarys_settings(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("praw_site", "elsewhere")
    monkeypatch.setenv("praw_username", "mallory")
    monkeypatch.setenv("praw_password", "x")
    monkeypatch.setenv("praw_oauth_url", "https://evil.example")
    http = Telling((200, {}, ONE))
    assert isinstance(told(reader(http)), list)
    assert {url.split("/")[2] for url in http.asked} == {"www.reddit.com", "oauth.reddit.com"}
    assert Platform.REDDIT is RedditSource.platform
