"""The fault cases as X can play them: what its API answers, and what it comes to, up to the tables where it matters."""

from collections.abc import Callable
from datetime import timedelta
from ipaddress import ip_network

import pytest
import sqlalchemy as sa
from flask import Flask

from advocacy.domain.activity import Platform
from advocacy.domain.health import Outcome
from advocacy.models.activities import ActivityRow
from advocacy.models.base import db
from advocacy.rules import Rules
from ingest.fetch import Gate
from ingest.loopback.server import Answer, Ask
from ingest.loopback.x_problems import answered, invalid, refusal
from ingest.source import AccountGone, Gone, Misconfigured, Page, Polled, SourceError, TryLater
from ingest.sources.x import XSource
from ingest.sources.x_packing import packed, query
from tests.cast import Cast
from tests.conftest import NOW
from tests.fault_server import FaultServer, Play, closed_port, endless, raw, reset, serving, whole
from tests.ingest.scene import FACTS, dump
from tests.ingest.x_scene import XScene
from tests.ingest.x_stage import Stage, activities, cost, refs


@pytest.fixture
def stage() -> Stage:
    """Asha and Lena, read an hour ago."""
    stage = Stage()
    for handle in ("asha", "lena"):
        stage.joins(handle)
    stage.visit("asha", "lena")
    stage.later(hours=1)
    stage.http.urls.clear()
    return stage


@pytest.fixture
def scene(app: Flask, rules: Rules, cast: Cast) -> XScene:
    """Asha's handle behind the whole line, read an hour ago."""
    scene = XScene(app, rules, NOW)
    scene.joins("asha")
    scene.follows(cast.asha, "asha")
    scene.sweeps()
    scene.later(hours=1)
    return scene


def stored() -> list[str]:
    db.session.rollback()
    return sorted(db.session.scalars(sa.select(ActivityRow.ref)))


def from_the(turn: int, play: Callable[[Ask], Answer], honest: Callable[[Ask], Answer]) -> Callable[[Ask], Answer]:
    """A handler that is honest until so many requests were made."""
    asked: list[Ask] = []

    def answer(ask: Ask) -> Answer:
        asked.append(ask)
        return honest(ask) if len(asked) < turn else play(ask)

    return answer


def limited(reset: str | None) -> Callable[[Ask], Answer]:
    headers = {} if reset is None else {"x-rate-limit-reset": reset}
    return lambda ask: refusal(429, headers)


# Transport: our reader behind the real gate, before a server that misbehaves


class Always(dict[str, Play]):
    """One play for whatever path is asked for."""

    def get(self, *path: object) -> Play:
        return self[""]


def wired(base: str) -> SourceError:
    """How a visit ends that is made over the wire."""
    gate = Gate((ip_network("127.0.0.0/8"),), total_timeout=5)
    source = XSource.from_config({"bearer_token": "canary-of-the-key", "base_url": base}, gate)
    with pytest.raises(SourceError) as caught:
        list(source.fetch([Polled(address="asha")], NOW))
    assert (caught.value.cost.requests, caught.value.cost.usd) == (1, 0.0)
    return caught.value


def test_case_01_a_refused_connection_is_blamed_on_no_account() -> None:
    told = wired(f"http://127.0.0.1:{closed_port()}")
    assert isinstance(told, TryLater)
    assert (told.unreachable, str(told)) == (True, "X cannot be asked: 127.0.0.1 refuses connections")


OK = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
BROKEN: dict[str, tuple[Play, str]] = {
    "07": (raw(OK + b'Content-Length: 100\r\n\r\n{"data": ['), "broke off in the middle of its answer"),
    "08": (raw(OK + b'Transfer-Encoding: chunked\r\n\r\n9\r\n{"data": '), "broke off in the middle of its answer"),
    "14": (reset(OK), "broke the connection off"),
    "16": (raw(b"SSH-2.0-OpenSSH_9.9\r\n"), "does not speak HTTP as it should"),
}


@pytest.mark.parametrize("case", BROKEN)
def test_case_07_08_14_16_half_an_answer_is_none(server: FaultServer, case: str) -> None:
    play, words = BROKEN[case]
    server.plays = Always({"": play})
    told = wired(server.url(""))
    assert isinstance(told, TryLater)
    assert (told.unreachable, words in str(told)) == (True, True)


def test_case_12_a_body_without_end_is_not_read(server: FaultServer) -> None:
    server.plays = Always({"": endless(OK + b'Content-Length: 99999999\r\n\r\n{"data": [', b" " * 65536)})
    told = wired(server.url(""))
    assert isinstance(told, TryLater)
    assert "X cannot be asked: 127.0.0.1 sends more than 10,485,760 bytes" in str(told)


@pytest.mark.parametrize("elsewhere", ["/2/elsewhere", "https://api.twitter.com/2/elsewhere"])
def test_case_17_a_redirect_is_followed_nowhere(server: FaultServer, elsewhere: str) -> None:
    server.plays = Always({"": whole(b"", 302, Location=elsewhere)})
    assert str(wired(server.url(""))) == "X answers 302 with something that is no answer of its API"
    assert len(server.requests) == 1


def test_case_18_a_redirect_takes_our_key_nowhere(server: FaultServer) -> None:
    with serving() as other:
        server.plays = Always({"": whole(b"", 302, Location=other.url("/collect"))})
        assert isinstance(wired(server.url("")), TryLater)
        assert other.requests == []


# HTTP


def test_case_22_a_429_waits_until_the_limit_lifts(stage: Stage) -> None:
    lifts = stage.now + timedelta(minutes=11)
    stage.http.handler = limited(str(int(lifts.timestamp())))
    pages, error = stage.breaks("asha", "lena")
    assert isinstance(error, TryLater)
    assert (pages, error.ours, error.at, error.cost.usd) == ([], True, lifts, 0.0)


@pytest.mark.parametrize("reset", [None, "", "garbage", "-1", "0", "12.5", "Mon, 23 Nov 2026 10:00:00 GMT", "9" * 400])
def test_case_23_a_429_whose_header_says_no_time_is_ours_to_pace(stage: Stage, reset: str | None) -> None:
    stage.http.handler = limited(reset)
    _, error = stage.breaks("asha")
    assert isinstance(error, TryLater)
    assert (error.ours, error.at, len(stage.http.urls)) == (True, None, 1)


def test_case_24_trouble_in_mid_walk_keeps_the_committed_pages_and_loses_none(scene: XScene) -> None:
    said = [scene.posts("asha", ago=timedelta(seconds=n)) for n in range(250)]
    honest = scene.stage.http.handler
    scene.stage.http.handler = from_the(3, lambda ask: Answer(status=502), honest)
    pull = scene.sweeps()["asha"]
    assert (pull.outcome, pull.new, pull.message) == (Outcome.FAILED, 200, "X answers 502: it has trouble of its own")
    assert len(stored()) == 200
    scene.stage.http.handler = honest
    scene.later(hours=1)
    pull = scene.sweeps()["asha"]
    assert pull.new == 50
    assert pull.cost_usd == pytest.approx(50 * 0.005)
    assert stored() == sorted(f"x:{post.id}" for post in said)


@pytest.mark.parametrize("status", [401, 402, 403])
def test_case_25_a_refused_key_or_plan_stops_the_reader_at_the_first_request(stage: Stage, status: int) -> None:
    stage.api.refuses = status
    pages, error = stage.breaks("asha", "lena")
    assert (pages, type(error), len(stage.http.urls)) == ([], Misconfigured, 1)


@pytest.mark.parametrize("body", [b"", b"{}", b"[]", b"null", b"<html>welcome</html>"])
def test_case_31_an_answer_without_content_is_not_all_deleted(scene: XScene, body: bytes) -> None:
    scene.posts("asha")
    scene.sweeps()
    kept, cursor = stored(), dict(scene.subscription("asha").cursor)
    scene.later(hours=1)
    scene.stage.http.handler = lambda ask: Answer(body=body)
    pull = scene.sweeps()["asha"]
    assert (pull.outcome, pull.deleted) == (Outcome.FAILED, 0)
    assert (stored(), dict(scene.subscription("asha").cursor)) == (kept, cursor)
    with pytest.raises(TryLater):
        scene.stage.source.look(kept, scene.now)


@pytest.mark.parametrize("reset", ["99999999999999", "4102444800"])
def test_case_34_a_limit_that_lifts_in_years_is_asked_about_tomorrow(stage: Stage, reset: str) -> None:
    stage.http.handler = limited(reset)
    _, error = stage.breaks("asha")
    assert isinstance(error, TryLater)
    assert error.at == stage.now + timedelta(days=1)


def test_case_34_odd_rate_headers_on_a_good_answer_change_nothing(stage: Stage) -> None:
    post = stage.posts("asha", ago=timedelta(minutes=1))
    honest = stage.http.handler
    odd = {"x-rate-limit-remaining": "many", "x-rate-limit-reset": "-9e99", "x-rate-limit-limit": "", "Date": "today"}

    def answer(ask: Ask) -> Answer:
        told = honest(ask)
        return Answer(status=told.status, body=told.body, headers={**told.headers, **odd})

    stage.http.handler = answer
    assert refs(stage.visit("asha", "lena")) == [f"x:{post.id}"]


# Identity


def test_case_49_the_same_page_three_times_touches_no_row(scene: XScene) -> None:
    scene.posts("asha", ago=timedelta(minutes=10))
    scene.sweeps()
    before = dump(*FACTS)
    cursor = {**scene.subscription("asha").cursor}
    for _ in range(3):
        scene.subscription("asha").cursor = {**cursor, "seen": "1"}  # as though nothing had been read
        db.session.commit()
        scene.later(hours=1)
        pull = scene.sweeps()["asha"]
        assert (pull.new, pull.changed, pull.same) == (0, 0, 1)
    assert dump(*FACTS) == before


def test_case_50_a_post_that_comes_on_two_pages_is_one(scene: XScene) -> None:
    post = scene.posts("asha", ago=timedelta(minutes=10))
    honest = scene.stage.http.handler

    def twice(ask: Ask) -> Answer:
        told = honest(ask)
        again = ask.query.get("next_token") or b"result_count" not in told.body
        body = told.body if again else told.body.replace(b'"result_count"', b'"next_token": "abc", "result_count"')
        return Answer(status=told.status, body=body, headers=told.headers)

    scene.stage.http.handler = lambda ask: twice(ask) if "next_token" not in ask.query else honest(_first(ask))
    scene.sweeps()
    assert stored() == [f"x:{post.id}"]


def _first(ask: Ask) -> Ask:
    """The same request as for the first page."""
    query = {name: value for name, value in ask.query.items() if name != "next_token"}
    return Ask(path=ask.path, headers=ask.headers, now=ask.now, base=ask.base, query=query)


def test_case_55_an_edit_is_the_same_item_with_other_words(scene: XScene) -> None:
    post = scene.posts("asha", ago=timedelta(minutes=10))
    scene.sweeps()
    scene.later(minutes=15)
    post.versions.append((scene.now, "OpenEBS Mayastor on Kubernetes, corrected"))
    scene.later(minutes=45)
    pull = scene.sweeps()["asha"]
    assert (pull.new, pull.changed) == (0, 1)
    [row] = db.session.scalars(sa.select(ActivityRow))
    assert (row.ref, row.text) == (f"x:{post.id}", "OpenEBS Mayastor on Kubernetes, corrected")


def test_case_56_what_the_search_does_not_show_any_more_is_kept(scene: XScene) -> None:
    post = scene.posts("asha", ago=timedelta(minutes=10))
    scene.sweeps()
    scene.later(days=8)
    assert scene.sweeps()["asha"].deleted == 0
    assert stored() == [f"x:{post.id}"]


def test_case_57_a_second_look_tells_deleted_from_closed(stage: Stage) -> None:
    kept, deleted = stage.posts("asha", ago=timedelta(minutes=9)), stage.posts("asha", ago=timedelta(minutes=8))
    closed = stage.posts("lena", ago=timedelta(minutes=7))
    deleted.deleted_at = stage.now
    stage.world.members[Platform.X, "lena"].hidden_from = stage.now
    look = stage.source.look([f"x:{one.id}" for one in (kept, deleted, closed)], stage.now)
    assert [one.ref for one in look.activities] == [f"x:{kept.id}"]
    assert look.gone == (Gone(ref=f"x:{deleted.id}"), Gone(ref=f"x:{closed.id}", for_good=False))


def test_case_57_a_deleted_post_comes_by_no_later_page(stage: Stage) -> None:
    post = stage.posts("asha", ago=timedelta(minutes=9))
    post.deleted_at = stage.now
    anew = [Polled(address="asha", cursor={**stage.cursors["asha"], "again": True})]
    assert activities(list(stage.source.fetch(anew, stage.now))) == []


# State


def test_case_61_a_walk_that_was_killed_is_closed_by_the_next_and_paid_once(stage: Stage) -> None:
    said = [stage.posts("asha", ago=timedelta(seconds=n)) for n in range(320)]
    visit, brought = stage.pages("asha", "lena"), list[Page]()
    brought += [next(visit), next(visit)]
    visit.close()
    stage.later(hours=1)
    brought += stage.visit("asha", "lena")
    assert sorted(refs(brought)) == sorted(f"x:{post.id}" for post in said)
    assert cost(brought).usd == pytest.approx(320 * 0.005)


def test_case_66_a_page_token_that_repeats_ends_the_walk_with_words(stage: Stage) -> None:
    stage.posts("asha", ago=timedelta(minutes=5))
    honest = stage.http.handler
    stage.http.handler = lambda ask: Answer(
        body=honest(_first(ask)).body.replace(b'"result_count"', b'"next_token": "abc", "result_count"')
    )
    pages, error = stage.breaks("asha")
    assert isinstance(error, TryLater)
    assert str(error) == "X gives the same token for the next page twice; the walk begins anew next time"
    assert len(pages) == 1


def test_case_67_an_expired_page_token_begins_the_walk_anew_next_time(stage: Stage) -> None:
    said = [stage.posts("asha", ago=timedelta(seconds=n)) for n in range(250)]
    honest = stage.http.handler

    def forgets(ask: Ask) -> Answer:
        token = ask.query.get("next_token", "")
        return invalid("next_token", token, "The token has expired") if token else honest(ask)

    stage.http.handler = forgets
    pages, error = stage.breaks("asha")
    assert isinstance(error, TryLater)
    assert str(error).startswith("X does not take the token of the next page any more (The token has expired)")
    stage.http.handler = honest
    stage.later(hours=1)
    pages += stage.visit("asha")
    assert sorted(refs(pages)) == sorted(f"x:{post.id}" for post in said)


def test_case_73_ten_thousand_handles_are_searched_for_in_one_quarter_of_an_hour(stage: Stage) -> None:
    handles = [f"{n:04}".rjust(5 + n % 10, "e") for n in range(10_000)]
    batches = [handles[n : n + stage.source.batch_size] for n in range(0, len(handles), stage.source.batch_size)]
    only = "-is:retweet -is:reply"
    queries = [query(group, only) for batch in batches for group in packed(batch, only, 512)]
    assert max(map(len, queries)) <= 512
    assert len(queries) <= 450


# One among many


def test_case_75_one_account_that_cannot_be_read_costs_the_others_nothing(stage: Stage) -> None:
    post = stage.posts("lena", ago=timedelta(minutes=5))
    stage.http.handler = stage.api
    pages = {page.address: page for page in stage.visit("gone_for_good", "asha", "lena")}
    assert isinstance(pages["gone_for_good"].error, AccountGone)
    assert refs([pages["lena"]]) == [f"x:{post.id}"]
    assert pages["asha"].cursor is not None


def test_case_76_what_x_says_in_an_error_is_one_line_of_printable_words(stage: Stage) -> None:
    words = "no\nsuch\x1b[31m query\u202e"
    stage.http.handler = lambda ask: answered({"errors": [{"message": words}]}, status=400)
    _, error = stage.breaks("asha")
    assert str(error).isprintable()
