"""What Stack Exchange can do to us, case by case: its API is played on loopback and spoilt on the way."""

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from advocacy.domain.activity import Activity, Platform
from advocacy.domain.health import Outcome
from advocacy.models.activities import ActivityRow
from advocacy.models.base import db
from advocacy.models.words import Word
from advocacy.rules import Rules
from ingest.loopback.server import Answer, Ask, Platforms
from ingest.source import Misconfigured, Polled, Refused, SourceError, TryLater
from ingest.sources.stackexchange_posts import BadItem, activity
from ingest.sources.stackexchange_refs import ANSWERS, QUESTIONS
from tests.cast import Cast
from tests.ingest.scene import FACTS, Scene, dump, rows
from tests.ingest.stack import AI, NOW, OVERFLOW, Stack, activities, address, source, stack

ONE, TWO = address(1), address(2)
Spoil = Callable[[Ask, Answer], Answer]


@pytest.fixture
def here() -> Iterator[Stack]:
    with Platforms({}) as server:
        made = stack(server)
        made.joins(1, 2, 3)
        yield made


def spoils(here: Stack, spoil: Spoil) -> None:
    """From now on every answer goes through this."""
    here.server.handlers["stackexchange"] = lambda ask: spoil(ask, here.platform(ask))


def answers(here: Stack, status: int, body: bytes = b"", **headers: str) -> None:
    """From now on every answer is this one."""
    told = {name.replace("_", "-"): value for name, value in headers.items()}
    spoils(here, lambda ask, answer: Answer(status=status, body=body, headers=told))


def recovers(here: Stack) -> None:
    here.server.handlers["stackexchange"] = here.platform


def says(here: Stack, error: int, name: str, message: str) -> None:
    body = {"error_id": error, "error_name": name, "error_message": message}
    answers(here, 400, json.dumps(body).encode())


def edits(change: Callable[[dict[str, Any]], None], method: str) -> Spoil:
    """Answers of one method, changed on the way."""

    def spoil(ask: Ask, answer: Answer) -> Answer:
        if not ask.path.endswith(method):
            return answer
        said = json.loads(answer.body)
        change(said)
        return Answer(body=json.dumps(said).encode())

    return spoil


def fails(here: Stack, *addresses: str) -> SourceError:
    return here.fails(addresses or [ONE])[1]


# 22, 23: come later


def test_case_22_a_throttle_says_for_how_many_seconds_and_nobody_asks_before(here: Stack) -> None:
    says(here, 502, "throttle_violation", "too many requests from this IP, more requests available in 7200 seconds")
    error = fails(here)
    assert isinstance(error, TryLater)
    assert error.ours
    assert abs(at(error) - (NOW + timedelta(hours=2))) < timedelta(minutes=1)
    recovers(here)
    here.platform.asked.clear()
    here.later(hours=1)
    assert (str(fails(here)), here.platform.asked) == (
        "the Stack Exchange API asked to be left alone for a while",
        [],
    )
    here.later(hours=1, minutes=2)
    assert here.pages([ONE])[0].title == "User 1"


def test_case_22_too_many_with_seconds(here: Stack) -> None:
    answers(here, 429, b"", Retry_After="600")
    error = fails(here)
    assert isinstance(error, TryLater)
    assert (error.ours, round((at(error) - NOW).total_seconds() / 60)) == (True, 10)


@pytest.mark.parametrize(
    ("told", "minutes"),
    [
        ("Mon, 23 Nov 2026 09:30:00 GMT", 30),
        ("Mon, 23 Nov 2020 09:30:00 GMT", 1),
        ("-5", 1),
        ("99999999999", 24 * 60),
        ("soon", None),
        ("", None),
    ],
)
def test_case_23_retry_after_of_all_kinds(here: Stack, told: str, minutes: int | None) -> None:
    answers(here, 503, b"<html>", Retry_After=told)
    error = fails(here)
    assert isinstance(error, TryLater)
    assert not error.ours
    found = None if error.at is None else round((error.at - NOW).total_seconds() / 60)
    assert found == minutes


def at(error: TryLater) -> datetime:
    assert error.at is not None
    return error.at


# 24: an outage in mid-walk


@pytest.mark.parametrize("failing", range(2, 9))
def test_case_24_an_outage_in_mid_walk_costs_at_most_a_page_again(here: Stack, failing: int) -> None:
    everything = set()
    for n in range(240):
        everything.add(here.asks(1, NOW - timedelta(days=400 - n)).id)
        everything.add(here.answers(2, here.asks(3, NOW - timedelta(days=400 - n)), NOW - timedelta(days=390 - n)).id)
    here.pages([address(3)])
    asked = 0

    def spoil(ask: Ask, answer: Answer) -> Answer:
        nonlocal asked
        asked += 1
        return Answer(status=502, body=b"<html>bad gateway") if asked == failing else answer

    spoils(here, spoil)
    before, error = here.fails([ONE, TWO])
    assert isinstance(error, TryLater)
    assert not error.ours
    recovers(here)
    after = here.pages([ONE, TWO])
    came = [one.ref.rpartition("/")[2] for page in [*before, *after] for one in page.activities]
    assert set(came) == everything
    assert len(came) - len(everything) <= 1, "read again is at most what the next page overlaps"


# 25: not let in


@pytest.mark.parametrize(
    ("error", "name", "message"),
    [
        (400, "bad_parameter", "`key` doesn't match a known application"),
        (401, "access_token_required", "a token, please"),
        (402, "invalid_access_token", "not that one"),
        (403, "access_denied", "page above 25 requires access token or app key"),
        (405, "key_required", "a key, please"),
    ],
)
def test_case_25_refused_keys_are_told_to_the_operator(here: Stack, error: int, name: str, message: str) -> None:
    says(here, error, name, message)
    told = fails(here)
    assert isinstance(told, Misconfigured)
    assert str(told) == f"the Stack Exchange API says {name}: {message}; look at ADVOCACY_STACKEXCHANGE__KEY"


@pytest.mark.parametrize("status", [401, 402, 403])
def test_case_25_a_door_shut_without_a_word_is_told_too(here: Stack, status: int) -> None:
    answers(here, status, b"<html>go away")
    assert isinstance(fails(here), Misconfigured)


def test_case_25_a_key_never_stands_in_an_error(here: Stack) -> None:
    here.reader = source(here.server, key="s3cr3t")
    assert "s3cr3t" not in str(fails(here))


def test_case_25_an_address_that_is_no_api_names_the_setting(here: Stack) -> None:
    answers(here, 404, b"nothing here")
    assert "ADVOCACY_STACKEXCHANGE__BASE_URL" in str(fails(here))


def test_case_25_a_site_that_is_none_is_the_engineers_to_mend(here: Stack) -> None:
    says(here, 404, "no_method", "No site found for name `stackoverflow`")
    [page] = here.pages([ONE])
    assert isinstance(page.error, Refused)


# 31: nothing is not "all deleted"


@pytest.mark.parametrize(
    "body", [b"", b"{}", b'{"items": null}', b"[]", b"null", b"\xff\xfe", b"<html>", b"[" * 100_000]
)
def test_case_31_an_empty_answer_is_no_deletion(here: Stack, body: bytes) -> None:
    ref = f"stackexchange:{OVERFLOW}/q/{here.asks(1).id}"
    here.pages([ONE])
    answers(here, 200, body)
    with pytest.raises(TryLater, match="not what it promises"):
        here.reader.look([ref], NOW)
    assert isinstance(fails(here), TryLater)


def test_case_31_all_people_at_once_are_not_gone(here: Stack) -> None:
    here.pages([ONE, TWO])
    spoils(here, edits(lambda said: said.update(items=[]), "users/1;2"))
    with pytest.raises(TryLater, match="nobody any more of whom it knew"):
        here.pages([ONE, TWO], again=True)
    recovers(here)
    assert [page.error for page in here.pages([ONE, TWO], again=True)] == [None, None]


def test_case_31_items_without_numbers_tell_nothing_gone(here: Stack) -> None:
    ref = f"stackexchange:{OVERFLOW}/q/{here.asks(1).id}"
    here.pages([ONE])
    spoils(here, edits(lambda said: said["items"][0].pop("question_id"), f"questions/{ref.rpartition('/')[2]}"))
    found = here.reader.look([ref], NOW)
    assert (found.activities, found.gone) == ((), ())


# 34: quota and backoff


@pytest.mark.parametrize("backoff", [10, 10.5])
def test_case_34_a_backoff_on_a_good_answer_ends_the_visit_with_what_is_there(here: Stack, backoff: float) -> None:
    for n in range(150):
        here.asks(1, NOW - timedelta(days=400 - n))
    here.platform.backoffs["users/{}/questions"] = backoff
    pages, error = here.fails([ONE])
    assert isinstance(error, TryLater)
    assert error.ours
    assert timedelta(seconds=backoff) <= at(error) - NOW < timedelta(seconds=backoff + 30)
    assert len(activities(pages)) == 100
    assert [page.covers_from for page in pages] == [None]
    here.platform.backoffs.clear()
    here.later(seconds=40)
    after = here.pages([ONE])
    assert (len(activities(after)), after[-1].covers_from is not None) == (50, True)


@pytest.mark.parametrize("odd", ["soon", -3, 0, None, True, [], 1e400])
def test_case_34_an_odd_backoff_hinders_nothing(here: Stack, odd: object) -> None:
    here.asks(1)
    spoils(here, edits(lambda said: said.update(backoff=odd, quota_remaining=odd or "many"), "questions"))
    assert len(activities(here.pages([ONE]))) == 1


def test_case_34_a_quota_that_is_used_up_holds_until_the_next_day_of_utc(here: Stack) -> None:
    here.platform.quota = 4  # a filter, who is there, answers, questions
    here.pages([ONE])
    asked = len(here.platform.asked)
    error = fails(here, TWO)
    assert isinstance(error, TryLater)
    assert (error.ours, error.at) == (True, datetime(2026, 11, 24, tzinfo=UTC))
    assert len(here.platform.asked) == asked, "nothing is asked in vain"
    here.now = datetime(2026, 11, 24, 0, 1, tzinfo=UTC)
    assert here.pages([TWO])[0].title == "User 2"


# 36, 45: titles and links


@pytest.mark.parametrize(
    ("told", "title"),
    [
        ("create two &lt;div&gt; side by side", "create two <div> side by side"),
        ("what is &amp;lt;", "what is &lt;"),
        ("a &quot;b&quot; &#39;c&#39; \u00fc\u4e2d", "a \"b\" 'c' \u00fc\u4e2d"),
        ("&#" + "9" * 5000 + ";", "\N{REPLACEMENT CHARACTER}"),
        ("two\nlines", "two lines"),
        (17, ""),
    ],
)
def test_case_36_titles_are_unescaped_exactly_once(told: object, title: str) -> None:
    assert made(title=told).title == title


def test_case_45_links_in_a_body_are_web_addresses_or_none() -> None:
    body = '<p><a href="javascript:alert(1)">one</a> <a href="/q/2">two</a> <script>evil()</script></p>'
    assert made(body=body, tags=[]).text == f"one two (https://{OVERFLOW}/q/2)"


def made(**more: object) -> Activity:
    item = {"question_id": 1, "creation_date": 1_700_000_000, "title": "t", "tags": ["k8s"], "body": "b", **more}
    return activity(OVERFLOW, QUESTIONS, item, NOW)


# 40: odd numbers and types


@pytest.mark.parametrize("odd", [2**63, -(2**70), 1.5, "12", True, None, [], {}, float("inf")])
def test_case_40_an_impossible_number_costs_only_itself(odd: object) -> None:
    found = made(score=odd, view_count=3, answer_count=odd)
    assert (found.metrics, found.thread.replies) == ({"views": 3}, None)
    assert made(last_edit_date=odd, owner=odd, tags=odd).text == "b"


def test_case_40_digits_without_end_and_nan_spoil_no_page(here: Stack) -> None:
    here.asks(1)
    here.asks(1)

    def spoil(ask: Ask, answer: Answer) -> Answer:
        odd = answer.body.replace(b'"score": 0', b'"score": ' + b"9" * 5000, 1).replace(
            b'"score": 0', b'"score": NaN', 1
        )
        return Answer(body=odd) if ask.path.endswith("users/1/questions") else answer

    spoils(here, spoil)
    found = activities(here.pages([ONE]))
    assert [one.metrics for one in found.values()] == [{"answers": 0, "views": 0}] * 2


@pytest.mark.parametrize("odd", [0, -1, 2**40, "yesterday", None])
def test_case_40_a_date_that_cannot_be_is_guessed_from_the_activity(odd: object) -> None:
    found = made(creation_date=odd, last_activity_date=1_700_000_500)
    assert (found.at, found.at_guessed) == (datetime.fromtimestamp(1_700_000_500, UTC), True)
    with pytest.raises(BadItem, match="no date"):
        made(creation_date=odd)


def test_case_40_items_that_are_none_go_to_quarantine_and_the_others_are_kept(here: Stack) -> None:
    kept = here.asks(1)
    odd: list[object] = ["text", None, 7, [], {"question_id": "x"}, {"question_id": 5, "owner": {"user_id": 99}}]
    spoils(here, edits(lambda said: said["items"].extend(odd), "users/1/questions"))
    [page] = here.pages([ONE])
    assert [one.ref for one in page.activities] == [f"stackexchange:{OVERFLOW}/q/{kept.id}"]
    assert [bad.reason for bad in page.unreadable] == [
        *["it has no number"] * 5,
        "it is by nobody that was asked for",
    ]


# 51: nothing to tell items apart by


def test_case_51_an_answer_without_a_number_is_no_item(here: Stack) -> None:
    with pytest.raises(BadItem, match="it has no answer_id"):
        activity(OVERFLOW, ANSWERS, {"creation_date": 1_700_000_000}, NOW)


# 65: clocks


@pytest.mark.parametrize("hours", [-24, 24])
def test_case_65_a_clock_that_is_a_day_off_leaves_no_hole(here: Stack, hours: int) -> None:
    def visits() -> int:
        here.server.turn_to(here.now)
        ours = here.now + timedelta(hours=hours)
        pages = list(here.reader.fetch([Polled(address=ONE, cursor=here.cursors.get(ONE, {}))], ours))
        here.cursors[ONE] = pages[-1].cursor or {}
        return len(activities(pages))

    assert visits() == 0
    for _ in range(3):
        here.later(hours=5)
        here.asks(1)
        here.later(hours=5)
        assert (visits(), visits()) == (1, 0)


# 66, 67: walks


def test_case_66_the_same_page_again_and_again_is_left(here: Stack) -> None:
    for n in range(120):
        here.asks(1, NOW - timedelta(days=400 - n))
    first: list[bytes] = []

    def spoil(ask: Ask, answer: Answer) -> Answer:
        if not ask.path.endswith("users/1/questions"):
            return answer
        first.append(answer.body)
        return Answer(body=first[0])

    spoils(here, spoil)
    error = fails(here)
    assert (type(error), str(error)) == (TryLater, "the Stack Exchange API shows the same page again")
    assert len(first) == 4


def test_case_67_a_cursor_from_long_ago_or_of_another_make_reads_on_without_a_hole(here: Stack) -> None:
    here.pages([ONE])
    asked = [here.asks(1, NOW + timedelta(days=n)).id for n in range(400)]
    here.later(days=500)
    here.cursors[ONE] = {**here.cursors[ONE], "filters": ["posts 00000000 !gone", "no sense"], "seen": ["x", "a/b c"]}
    assert {ref.rpartition("/")[2] for ref in activities(here.pages([ONE]))} == set(asked)
    odd = Polled(address=ONE, cursor={"answers": "x", "questions": True, "born": [], "seen": 3, "filters": 3})
    assert len(activities(here.reader.fetch([odd], here.now))) == 400


# 49, 55, 57: with the database


@pytest.fixture
def read(app: Flask, cast: Cast, rules: Rules, here: Stack) -> Scene:
    """Asha's answers on Stack Overflow, read by the real line into real tables."""
    scene = Scene(app, rules, NOW)
    scene.source = here.reader
    scene.connects(cast.asha, "stackoverflow.com/users/1/asha")
    here.server.turn_to(NOW)
    return scene


def test_case_49_the_same_answers_three_times_touch_no_row(here: Stack, read: Scene) -> None:
    for n in range(5):
        here.answers(1, here.asks(2, NOW - timedelta(days=9 - n)), NOW - timedelta(days=9 - n))
    assert read.sweeps()[ONE].new == 5
    before = dump(*FACTS)
    for _ in range(3):
        read.later(hours=2)
        here.server.turn_to(read.now)
        assert read.sweeps()[ONE].outcome is Outcome.UNCHANGED
    assert dump(*FACTS) == before


def test_case_55_an_edit_changes_the_text_and_keeps_what_a_person_said(here: Stack, read: Scene, cast: Cast) -> None:
    mine = here.answers(1, here.asks(2), score=4)
    read.sweeps()
    read.decides(cast.asha, read.activity(), read.unmeasured(), Word.CONFIRMED)
    verdict = dump("verdict")
    read.later(days=1)
    here.server.turn_to(read.now)
    mine.versions.append((read.now, "Better like this."))
    assert read.sweeps()[ONE].changed == 1
    [row] = rows(ActivityRow)
    assert (row.text.endswith("Better like this."), row.changes, dump("verdict")) == (True, 1, verdict)


def test_case_57_what_was_deleted_is_told_gone_and_comes_no_more(here: Stack, read: Scene) -> None:
    mine = here.answers(1, here.asks(2))
    read.sweeps()
    [ref] = db.session.scalars(sa.select(ActivityRow.ref)).all()
    read.later(days=7)
    here.server.turn_to(read.now)
    mine.deleted_at = read.now
    found = here.reader.look([ref], read.now)
    assert ([one.ref for one in found.gone], found.gone[0].for_good) == ([ref], True)
    assert read.sweeps()[ONE].outcome is Outcome.UNCHANGED


def test_two_sites_of_one_person_are_two_addresses(here: Stack, read: Scene, cast: Cast) -> None:
    here.joins(7, host=AI)
    here.answers(1, here.asks(2))
    here.answers(7, here.asks(7, host=AI))
    read.connects(cast.asha, address(7, AI))
    read.sweeps()
    platforms = {(row.platform, row.channel) for row in rows(ActivityRow)}
    assert platforms == {(Platform.STACKEXCHANGE, OVERFLOW), (Platform.STACKEXCHANGE, AI)}
