"""What X may answer instead: each trouble has its name, its words, and costs no money."""

import logging
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from ingest.fetch import Response, Unreachable
from ingest.source import Misconfigured, Polled, SourceError, TryLater
from ingest.sources.x import XSource
from ingest.sources.x_trouble import Expired
from tests.ingest.x_stage import BASE, NOW, Money, Stage

KNOWN = Polled(
    address="asha", cursor={"id": "1", "seen": str((1 << 60) + (1 << 59) + (1 << 58)), "checked": "2026-11-22"}
)
PROBLEMS = "https://api.twitter.com/2/problems/"


class Says:
    """An Http that says one thing."""

    def __init__(
        self, status: int, body: bytes, headers: Mapping[str, str] = {}, error: Exception | None = None
    ) -> None:
        self._status, self._body, self._headers, self._error = status, body, headers, error

    def get(self, url: str, headers: Mapping[str, str] | None = None) -> Response:
        raise AssertionError("only APIs are asked here")

    def send(self, method: str, url: str, headers: Mapping[str, str] | None = None, body: bytes = b"") -> Response:
        if self._error:
            raise self._error
        return Response(status=self._status, headers=self._headers, body=self._body, url=url, bytes=len(self._body))


def failure(status: int, body: bytes = b"", error: Exception | None = None, **headers: str) -> SourceError:
    told = {name.replace("_", "-"): value for name, value in headers.items()}
    money = Money()
    source = XSource.from_config({"bearer_token": "secret", "base_url": BASE}, Says(status, body, told, error), money)
    with pytest.raises(SourceError) as caught:
        list(source.fetch([KNOWN], NOW))
    assert (caught.value.cost.requests, caught.value.cost.usd, money.held, money.spent) == (1, 0.0, 0.0, 0.0)
    return caught.value


def test_a_key_that_is_refused_is_the_operators() -> None:
    told = failure(401, b'{"title": "Unauthorized", "detail": "Unauthorized"}')
    assert (type(told), str(told)) == (
        Misconfigured,
        "X does not know our key any more (Unauthorized); set a valid one in ADVOCACY_X__BEARER_TOKEN",
    )


PLANS = {
    "code 453": (403, '{"errors": [{"message": "You have access to a subset", "code": 453}]}'),
    "not enrolled": (403, f'{{"reason": "client-not-enrolled", "type": "{PROBLEMS}client-forbidden", "detail": "no"}}'),
    "unsupported": (403, f'{{"title": "Unsupported Authentication", "type": "{PROBLEMS}unsupported-authentication"}}'),
}


@pytest.mark.parametrize("plan", PLANS)
def test_a_plan_that_does_not_hold_it_is_named_with_the_other_road(plan: str) -> None:
    status, body = PLANS[plan]
    told = failure(status, body.encode())
    assert isinstance(told, Misconfigured)
    assert str(told).startswith("the plan of our app at X does not hold reading posts")
    assert str(told).endswith(
        "it needs pay-per-use or a paid plan; until then everybody can bring their own archive of X in instead"
    )


@pytest.mark.parametrize("body", [b'{"title": "CreditsDepleted", "detail": "no credits"}', b"no", b"[1]"])
def test_no_credits_is_named_with_the_other_road(body: bytes) -> None:
    told = failure(402, body)
    assert isinstance(told, Misconfigured)
    assert str(told).startswith("X wants to be paid first (")
    assert str(told).endswith("until then everybody can bring their own archive of X in instead")


def test_any_other_403_is_the_operators_too() -> None:
    told = failure(403, b'{"title": "Forbidden", "detail": "Your app was suspended"}')
    assert isinstance(told, Misconfigured)
    assert str(told).startswith("X does not let our app in (Your app was suspended)")


@pytest.mark.parametrize("status", [500, 502, 503, 504, 529])
def test_an_outage_is_waited_for(status: int) -> None:
    told = failure(status, b"<html>Over capacity")
    assert (type(told), str(told)) == (TryLater, f"X answers {status}: it has trouble of its own")


def test_a_silent_host_is_told_apart_from_one_that_fails() -> None:
    told = failure(0, error=Unreachable("api.x.com did not answer within 30 s"))
    assert isinstance(told, TryLater)
    assert (told.unreachable, str(told)) == (True, "X cannot be asked: api.x.com did not answer within 30 s")


def test_a_monthly_cap_waits_a_day() -> None:
    told = failure(429, f'{{"title": "UsageCapExceeded", "type": "{PROBLEMS}usage-capped"}}'.encode())
    assert isinstance(told, TryLater)
    assert (told.at, told.ours) == (NOW + timedelta(days=1), True)


@pytest.mark.parametrize("name", ["next_token", "pagination_token"])
def test_a_refused_page_token_is_named(name: str) -> None:
    told = failure(400, f'{{"errors": [{{"parameters": {{"{name}": ["abc"]}}, "message": "not valid"}}]}}'.encode())
    assert isinstance(told, Expired)


def test_a_question_that_x_does_not_understand_is_told_in_its_words() -> None:
    told = failure(400, b'{"errors": [{"parameters": {"query": ["x"]}, "message": "no viable alternative"}]}')
    assert (type(told), str(told)) == (TryLater, "X does not understand what it is asked: no viable alternative")


BODIES: Mapping[str, bytes] = {
    "a list": b"[1, null, {}]",
    "a word": b'"no"',
    "a number": b"7",
    "nothing": b"",
    "a web page": b"<!doctype html><html>",
    "broken": b'{"errors": [',
    "deep": b"[" * 200_000,
    "errors as text": b'{"errors": "no"}',
    "errors as numbers": b'{"errors": [7, null]}',
    "errors as null": b'{"errors": null, "detail": 7}',
    "errors without words": b'{"errors": [{"message": null, "code": [1]}]}',
    "an error as a list": b'{"error": [1], "errors": {}}',
    "not UTF-8": b"\xff\xfe\x00garbage",
}


@pytest.mark.parametrize("status", [200, 304, 400, 401, 402, 403, 404, 418, 429, 500])
@pytest.mark.parametrize("body", BODIES)
def test_whatever_the_body_is_only_a_named_error_with_words_comes_out(status: int, body: str) -> None:
    told = failure(status, BODIES[body])
    assert isinstance(told, (Misconfigured, TryLater))
    assert str(told).isprintable()


ODD_ANSWERS: Mapping[str, bytes] = {
    "data as text": b'{"data": "x"}',
    "data of numbers": b'{"data": [1, 2]}',
    "meta as a list": b'{"data": [], "meta": [1]}',
    "nothing known": b'{"items": 7}',
}


@pytest.mark.parametrize("body", ODD_ANSWERS)
def test_an_answer_of_another_shape_is_no_empty_answer(body: str) -> None:
    told = failure(200, ODD_ANSWERS[body])
    assert str(told) == "X answers 200 with something that is no answer of its API"


def reset(value: str) -> datetime | None:
    told = failure(429, b'{"title": "Too Many Requests"}', x_rate_limit_reset=value)
    assert isinstance(told, TryLater)
    assert told.ours
    return told.at


def test_a_limit_lifts_when_the_header_says() -> None:
    lifts = NOW + timedelta(minutes=7)
    assert reset(str(int(lifts.timestamp()))) == lifts


@pytest.mark.parametrize("value", ["", "soon", "-5", "0", "1e9", "1700000000", "nan", "٣"])
def test_a_header_that_is_missing_past_or_garbage_leaves_the_pause_to_us(value: str) -> None:
    assert reset(value) is None


@pytest.mark.parametrize("value", ["99999999999", "9" * 19])
def test_a_limit_never_lifts_later_than_in_a_day(value: str) -> None:
    assert reset(value) == NOW + timedelta(days=1)


@pytest.mark.parametrize("value", ["9" * 20, "9" * 5000])
def test_a_number_beyond_all_numbers_is_garbage(value: str) -> None:
    assert reset(value) is None


@pytest.mark.parametrize(
    ("option", "value", "words"),
    [
        ("price_post_usd", "cheap", "ADVOCACY_X__PRICE_POST_USD is to be a number from 0"),
        ("query_chars", "nan", "ADVOCACY_X__QUERY_CHARS is to be a number from 64"),
        ("monthly_budget_usd", "-1", "ADVOCACY_X__MONTHLY_BUDGET_USD is to be a number from 0"),
        ("replies", "yes", "ADVOCACY_X__REPLIES is 0 or 1"),
        ("bearer_token", "", "ADVOCACY_X__BEARER_TOKEN is not set"),
        ("client_id", "1", "ADVOCACY_X__CLIENT_ID is not known"),
    ],
)
def test_an_option_that_is_wrong_is_named(option: str, value: str, words: str) -> None:
    with pytest.raises(Misconfigured, match=words):
        XSource.from_config({"bearer_token": "secret", option: value}, Says(200, b""))


def test_our_key_stands_in_no_log_and_no_error(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    stage = Stage(bearer_token="canary-of-the-key")
    stage.joins("asha")
    _, error = stage.breaks("asha")
    assert "canary" not in caplog.text + str(error)


def test_the_moment_of_a_limit_is_aware() -> None:
    at = reset(str(int((NOW + timedelta(minutes=1)).timestamp())))
    assert at is not None
    assert at.tzinfo is UTC


def test_the_library_is_asked_for_no_waiting_of_its_own() -> None:
    """With `wait_on_rate_limit` a 429 without a header recursed 988 times at once."""
    asked: list[Any] = []

    class Counting(Says):
        def send(self, *args: Any, **kwargs: Any) -> Response:
            asked.append(args)
            return super().send(*args, **kwargs)

    source = XSource.from_config({"bearer_token": "secret"}, Counting(429, b""))
    with pytest.raises(TryLater):
        list(source.fetch([KNOWN], NOW))
    assert len(asked) == 1
