"""Reddit as it was recorded: every thing is translated or left out for a reason, every answer read as it was."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from advocacy.domain.activity import Activity, Kind, Platform
from advocacy.domain.metrics import news
from advocacy.domain.normal import normal
from advocacy.models.activities import ActivityRow
from advocacy.models.base import db
from advocacy.models.fact import Owner
from advocacy.models.people import Person
from advocacy.rules import Rules
from ingest.fetch import Response
from ingest.pipeline import Counts, store
from ingest.prepare import Reader, prepare
from ingest.source import AccountGone, Misconfigured, Page, Polled, Refused, SourceError, TryLater
from ingest.sources.reddit_context import facts
from ingest.sources.reddit_items import BEGAN, Skipped, activity
from ingest.sources.reddit_walk import CEILING_WHY
from tests.cast import Cast
from tests.conftest import NOW
from tests.ingest.reddit_stage import NOW as TODAY
from tests.ingest.reddit_stage import TOKEN, Telling, reader
from tests.ingest.scene import Scene, dump
from tests.ingest.sources.recordings import Recorded, recordings, things


@pytest.fixture(scope="module")
def everything() -> list[Mapping[str, Any]]:
    """Every post and comment of all recordings, each time that it was recorded."""
    told = [one for folder in ("praw", "prawcore") for made in recordings(folder).values() for one in made]
    return [thing for one in told for thing in things(one.payload)]


def test_every_thing_becomes_an_activity_or_is_left_out_for_a_reason(everything: list[Mapping[str, Any]]) -> None:
    made = [activity(thing) for thing in everything]
    kinds = Counter(one.kind if isinstance(one, Activity) else one.reason for one in made)
    assert len(made) == sum(kinds.values()) == 5354
    assert kinds == {
        Kind.REPLY: 3862,
        Kind.POST: 1464,
        "deleted": 13,
        "removed": 9,
        "an advertisement": 5,
        "neither a post nor a comment": 1,
    }
    assert made == [activity(thing) for thing in everything]


def test_what_is_left_out_as_gone_is_what_reddit_says_is_deleted_or_removed(
    everything: list[Mapping[str, Any]],
) -> None:
    gone = [thing for thing in everything if isinstance(one := activity(thing), Skipped) and one.gone]
    words = {"[deleted]", "[removed]"}
    for thing in everything:
        is_taken = thing["author"] in (None, "[deleted]") or (thing.get("body") or thing.get("selftext")) in words
        assert is_taken == any(thing is one for one in gone)


def test_every_activity_is_fit_to_store_as_it_comes(everything: list[Mapping[str, Any]]) -> None:
    made = [one for thing in everything if isinstance(one := activity(thing), Activity)]
    for one in made:
        assert one.at.tzinfo is UTC
        assert BEGAN < one.at < datetime(2026, 12, 1, tzinfo=UTC)
        assert one.channel.startswith(("r/", "u/"))
        assert one.url.startswith("https://www.reddit.com/")
        assert one.thread.key.startswith("reddit:t3_")
        assert normal(one).ref == one.ref
    assert Counter(one.thread.role.value for one in made) == {
        "joined": 3209,
        "opened": 1464,
        "moderated": 399,
        "answered": 181,
        "unknown": 73,
    }


def test_one_thing_recorded_twice_with_another_score_is_one_ref_and_two_readings(
    everything: list[Mapping[str, Any]],
) -> None:
    scores: dict[str, set[int]] = {}
    for thing in everything:
        one = activity(thing)
        if isinstance(one, Activity) and "score" in one.metrics:
            scores.setdefault(one.ref, set()).add(one.metrics["score"])
    assert len(scores) > 2500
    assert sum(len(told) > 1 for told in scores.values()) > 50


def kept(items: Sequence[Activity], person: Person, rules: Rules, account: int, address: int) -> Counts:
    """Store a page's worth, as the line does, whatever it is about."""
    audience = [Reader(Owner(account, person.id, "UTC"), "", None)]
    counts = store(prepare(items, audience, rules), (), address, NOW)
    db.session.commit()
    return counts


def test_all_of_it_in_the_tables_once_and_a_second_reading_changes_nothing(
    app: Flask, cast: Cast, rules: Rules, everything: list[Mapping[str, Any]]
) -> None:
    scene = Scene(app, rules, NOW, source=reader(Telling((200, {}, b""))))
    account = scene.connects(cast.asha, "asha_k")
    made = {one.ref: one for thing in everything if isinstance(one := activity(thing), Activity)}
    items = [replace(one, text=f"{one.text[:500]}\n\nOpenEBS on Kubernetes") for one in made.values()]
    address = scene.subscription("asha_k").id
    first = kept(items, cast.asha, rules, account.id, address)
    assert (first.new, first.poison, first.skipped) == (len(made), 0, 0)
    before = dump()
    second = kept(items, cast.asha, rules, account.id, address)
    assert (second.new, second.changed, second.same) == (0, 0, len(made))
    assert dump() == before
    assert db.session.scalar(sa.select(sa.func.count()).select_from(ActivityRow)) == len(made)


def test_a_score_recorded_twice_is_two_readings_of_one_row(
    app: Flask, cast: Cast, rules: Rules, everything: list[Mapping[str, Any]]
) -> None:
    scene = Scene(app, rules, NOW, source=reader(Telling((200, {}, b""))))
    account = scene.connects(cast.asha, "asha_k")
    readings: dict[str, list[Activity]] = {}
    for thing in everything:
        one = activity(thing)
        if isinstance(one, Activity) and one.metrics.get("score") is not None:
            readings.setdefault(one.ref, []).append(replace(one, text="OpenEBS on Kubernetes", title="", url=""))
    ref, older, newer = next(
        (ref, told[0], one)
        for ref, told in readings.items()
        for one in told
        if news(Platform.REDDIT, told[0].metrics, one.metrics)  # a point or two is Reddit's own blur
    )
    address = scene.subscription("asha_k").id
    assert kept([older], cast.asha, rules, account.id, address).new == 1
    told = kept(
        [replace(newer, at=older.at, channel=older.channel, thread=older.thread)], cast.asha, rules, account.id, address
    )
    assert (told.new, told.changed) == (0, 0)
    assert [row[0] for row in db.session.execute(sa.select(ActivityRow.ref))] == [ref]
    [row] = db.session.scalars(sa.select(ActivityRow))
    assert row.metrics == newer.metrics


class Replayed:
    """An Http that answers from a recording: a token, then what was asked for by its path's `after`, in turn."""

    def __init__(self, told: Sequence[Recorded]) -> None:
        self._told = [one for one in told if one.method != "POST"]

    def get(self, url: str, headers: Mapping[str, str] | None = None) -> Response:
        return self.send("GET", url, headers)

    def send(self, method: str, url: str, headers: Mapping[str, str] | None = None, body: bytes = b"") -> Response:
        if url.endswith("access_token"):
            return Response(status=200, headers={}, body=TOKEN, url=url)
        if "/comments/" in url:
            return Response(status=404, headers={}, body=b"", url=url)  # a tree that nobody recorded
        one = self._told.pop(0)
        asked, recorded = (address.partition("after=")[2].partition("&")[0] for address in (url, one.url))
        assert asked == recorded
        return Response(status=one.status, headers=one.headers, body=one.body, url=url, bytes=len(one.body))


def walked(http: Replayed) -> list[Page]:
    return list(reader(http).fetch([Polled(address="spez")], TODAY))


def test_the_listing_of_a_thousand_and_one_is_walked_whole() -> None:
    pages = walked(Replayed(recordings("praw")["TestListingGenerator.test_exhaust_items"]))
    assert sum(len(page.activities) + len(page.gone) + len(page.unreadable) for page in pages) == 1001
    assert [page.cursor is not None for page in pages] == [True] * 11
    assert [bool((page.cursor or {}).get("after")) for page in pages] == [True] * 10 + [False]
    assert pages[-1].covers_why == CEILING_WHY


@pytest.mark.parametrize("name", ["overview__new", "new", "submissions__new", "comments__new"])
def test_a_recorded_profile_is_read_as_it_was_answered(name: str) -> None:
    told = recordings("praw")[f"TestRedditorListings.test_{name}"]
    page = next(reader(Replayed(told)).fetch([Polled(address="spez")], TODAY))
    assert len(page.activities) + len(page.gone) == 100


def test_a_recorded_empty_listing_deletes_nothing() -> None:
    empty = recordings("praw")["TestListingGenerator.test_no_items"]
    about = recordings("praw")["TestRedditor.test_fullname_init"][2:]
    [page] = walked(Replayed([*empty, *about]))
    assert (page.activities, page.gone, page.gap) == ((), (), "")


def test_recorded_info_tells_what_is_there_and_what_was_deleted() -> None:
    told = recordings("praw")["TestReddit.test_info"]
    for one in told[1:]:
        found = list(things(one.payload))
        refs = [f"reddit:{thing['name']}" for thing in found]
        posts = [thing for thing in found if thing["name"].startswith("t3_")]
        source = reader(Telling((200, one.headers, one.body)))
        look = source.look(refs, TODAY)
        gone = {f"reddit:{thing['name']}" for thing in found if thing["author"] == "[deleted]"}
        assert gone <= {one.ref for one in look.gone}
        assert {one.ref for one in look.activities} | gone >= {f"reddit:{thing['name']}" for thing in posts} - {
            one.ref for one in look.gone
        }


def test_a_recorded_tree_tells_who_replied() -> None:
    tree = recordings("praw")["TestComment.test_refresh__twice"][2].payload
    told = facts(tree)
    assert len(told) == 11
    assert sum(one.replies or 0 for name, one in told.items() if name.startswith("t1_")) > 0


def test_a_recorded_profile_has_its_stable_id() -> None:
    one = recordings("praw")["TestRedditor.test_fullname_init"][2]
    made = reader(Telling((200, one.headers, one.body))).profile("pyapitestuser3", TODAY)
    assert (made.id, made.name) == ("t2_6c1xj", "PyAPITestUser3")


STATUSES: Mapping[int, type[SourceError] | None] = {
    200: None,
    201: Refused,
    202: Refused,
    204: Refused,
    205: Refused,
    301: Refused,
    302: Refused,
    400: Refused,
    401: Misconfigured,
    403: AccountGone,
    404: AccountGone,
    409: Refused,
    413: Refused,
    414: Refused,
    415: Refused,
    429: TryLater,
    451: Refused,
    500: TryLater,
    502: TryLater,
    503: TryLater,
    504: TryLater,
    520: TryLater,
    522: TryLater,
}


def test_every_recorded_answer_is_a_page_or_a_named_error() -> None:
    seen: Counter[int] = Counter()
    for folder in ("praw", "prawcore"):
        for name, told in recordings(folder).items():
            for one in (one for one in told if "access_token" not in one.url):
                found = outcome(one)
                seen[one.status] += 1
                expected = STATUSES[one.status]
                if "insufficient_scope" in one.headers.get("www-authenticate", ""):
                    expected = Misconfigured
                if expected is not None:
                    assert type(found) is expected, (name, one.status, found)
                assert str(found)
    assert seen.keys() == STATUSES.keys()


def outcome(one: Recorded) -> list[Page] | SourceError:
    source = reader(Telling((one.status, one.headers, one.body)))
    try:
        return [next(source.fetch([Polled(address="spez")], TODAY))]
    except SourceError as error:
        return error


def test_every_recorded_token_is_taken_or_refused_in_words() -> None:
    seen: Counter[str] = Counter()
    for folder in ("praw", "prawcore"):
        for told in recordings(folder).values():
            for one in (one for one in told if "access_token" in one.url):
                seen[type(token_of(one)).__name__] += 1
    assert seen["list"] > 80
    assert set(seen) == {"list", "Misconfigured", "TryLater"}


def token_of(one: Recorded) -> list[Page] | SourceError:
    class First(Telling):
        def send(self, method: str, url: str, headers: Mapping[str, str] | None = None, body: bytes = b"") -> Response:
            if url.endswith("access_token"):
                return Response(status=one.status, headers=one.headers, body=one.body, url=url)
            return super().send(method, url, headers, body)

    try:
        empty = b'{"data": {"children": [], "after": null}}'
        about = b'{"data": {"id": "1", "name": "spez"}}'
        return list(reader(First((200, {}, empty), (200, {}, about))).fetch([Polled(address="spez")], TODAY))
    except SourceError as error:
        return error
