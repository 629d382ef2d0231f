"""Poison through the whole line on both databases: from a fake source and from real feeds into rows, pages and JSON."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from html import escape

import pytest
from flask import Flask

from advocacy.domain.activity import Activity, Kind, Platform, Thread
from advocacy.domain.health import Outcome
from advocacy.domain.normal import normal
from advocacy.models.activities import ActivityRow, MetricSnapshot, Quarantined
from advocacy.models.fact import value_of
from advocacy.models.people import Person
from ingest.registry import build
from ingest.source import Page
from tests.cast import Cast
from tests.cli.console import Console
from tests.fault_server import FaultServer
from tests.faults.blog import entry, item, json_feed, rss
from tests.ingest.platform import ON_TOPIC, post
from tests.ingest.scene import BLOG, Scene, dump, expectation, rows, statements, writes
from tests.journey import Browser
from tests.markup import opened
from tests.naughty import NAUGHTY

SHOWN = 5  #: items that Home shows
STRINGS = list(NAUGHTY.values())
HANDFULS = [STRINGS[start : start + SHOWN] for start in range(0, len(STRINGS), SHOWN)]
SIGN_IN = Callable[[Person], Browser]


def naughty(number: int, words: str) -> Activity:
    """An activity with the words in every text field, about Kubernetes otherwise."""
    return Activity(
        ref=f"feed:{number}:{words}",
        kind=Kind.ARTICLE,
        platform=Platform.FEED,
        at=datetime(2026, 11, 10, number % 24, tzinfo=UTC),
        text=f"{words}\n{ON_TOPIC}\n```\n{words}\n```",
        channel=words,
        url=f"https://blog.example/{number}?{words}" if number % 2 else words,
        title=words,
        lang=words,
        thread=Thread(replies=1),
        metrics={words: number},
        authors=(words, f"{words} {words}"),
    )


def shown(words: str) -> str:
    """What a reader sees of words that stand on a page."""
    return " ".join(words.split())


def see(scene: Scene, sign_in: SIGN_IN, person: Person) -> str:
    """All that the person's pages show, each of them well and ours."""
    return shown(opened(sign_in(person), "/", f"/expectations/{expectation('advocacy')}", "/sources"))


@pytest.fixture
def console(bare_app: Flask, environ: dict[str, str]) -> Console:
    return Console(bare_app, environ)


def test_naughty_strings_in_every_field_are_stored_and_shown_as_they_are(
    scene: Scene, sign_in: SIGN_IN, console: Console, cast: Cast
) -> None:
    people = [scene.person(f"reader{number}") for number in range(len(HANDFULS))]
    for number, (person, handful) in enumerate(zip(people, HANDFULS, strict=True)):
        address = f"https://blog{number}.example/feed"
        scene.connects(person, address)
        items = tuple(naughty(SHOWN * number + n, words) for n, words in enumerate(handful))
        page = Page(address=address, activities=items, title=handful[0], cursor={"etag": handful[0]})
        scene.blogs.says(address, page, page)
    assert {(pull.outcome, pull.poison, pull.message) for pull in scene.sweeps().values()} == {(Outcome.OK, 0, "")}
    stored = {row.ref: value_of(row) for row in rows(ActivityRow)}
    assert stored == {one.ref: one for one in map(normal, map(naughty, range(len(STRINGS)), STRINGS))}
    before = dump()
    with statements() as sent:
        scene.sweeps()
    assert (writes(sent), dump()) == ([], before)
    for person, handful in zip(people, HANDFULS, strict=True):
        page_text = see(scene, sign_in, person)
        titles = [shown(normal(naughty(0, words)).title) for words in handful]
        assert [title for title in titles if title not in page_text] == []
        console.json("progress", "progress", person.email)


def test_naughty_strings_of_a_json_feed_are_stored_and_shown(
    scene: Scene, sign_in: SIGN_IN, app: Flask, cast: Cast
) -> None:
    entries = [
        entry(
            number,
            id=f"{number}{words}",
            url=f"https://blog.example/{number}?{words}",
            title=words,
            language=words,
            authors=[{"name": words}, {"url": words}],
            **{("content_text", "content_html")[number % 2]: f"{ON_TOPIC} {words}"},
        )
        for number, words in enumerate(STRINGS)
    ]
    scene.source = build(app.extensions["advocacy.settings"]).ready[Platform.FEED]
    with FaultServer() as server:
        people = []
        for handful in range(0, len(entries), SHOWN):
            part = entries[handful : handful + SHOWN]
            people.append(scene.person(f"reader{handful}"))
            address = server.answers(f"/{handful}", json_feed(*part, title=STRINGS[handful]))
            scene.connects(people[-1], address)
        pulls = scene.sweeps()
        assert {(pull.outcome, pull.poison, pull.message) for pull in pulls.values()} == {(Outcome.OK, 0, "")}
        assert len(rows(ActivityRow)) == len(STRINGS)
        before = dump()
        for handful in range(0, len(entries), SHOWN):
            part = entries[handful : handful + SHOWN]
            server.answers(f"/{handful}", json_feed(*part, title=STRINGS[handful], stamp=2))
        scene.later(hours=2)
        assert {(pull.outcome, pull.new, pull.changed) for pull in scene.sweeps().values()} == {(Outcome.OK, 0, 0)}
    assert dump() == before
    for person in people:
        see(scene, sign_in, person)


@pytest.mark.parametrize("form", ["escaped", "raw"])
def test_naughty_strings_of_rss_harm_nothing_however_ill_formed_they_make_it(
    scene: Scene, sign_in: SIGN_IN, app: Flask, cast: Cast, form: str
) -> None:
    scene.source = build(app.extensions["advocacy.settings"]).ready[Platform.FEED]
    with FaultServer() as server:
        for number, words in enumerate(STRINGS):
            told = escape(words) if form == "escaped" else words
            good = item(f"good {number}", guid=f"https://blog.example/{number}")
            bad = f"<item><title>{told}</title><link>{told}</link><description>{told} Kubernetes</description></item>"
            body = rss(good).decode().replace("</channel>", f"{bad}</channel>").encode("utf-8", "surrogatepass")
            scene.connects(cast.asha, server.answers(f"/{number}", body))
        pulls = scene.sweeps()
    assert {(pull.outcome, pull.message) for pull in pulls.values()} == {(Outcome.OK, "")}
    assert len([row for row in rows(ActivityRow) if row.title.startswith("good")]) == len(STRINGS)
    see(scene, sign_in, cast.asha)


# Numbers, times, lengths


def test_numbers_that_no_database_takes_are_left_out_and_the_largest_that_fit_are_kept(
    scene: Scene, cast: Cast
) -> None:
    scene.connects(cast.asha)
    most = 2**63 - 1
    odd = {"over": 2**63, "under": -(2**63) - 1, "long": 10**5000, "nan": float("nan"), "endless": float("-inf")}
    thread = Thread(replies=most, participants=2**63, rank=-(10**5000), own_messages=-most)
    one = post(1, metrics={**odd, "most": most, "least": -most, "n" * 9000: 1}, thread=thread)
    scene.blogs.says(BLOG, Page(address=BLOG, activities=(one,)))
    assert scene.sweeps()[BLOG].new == 1
    [row] = rows(ActivityRow)
    assert row.metrics == {"least": -most, "most": most, "n" * 40: 1}
    assert (row.replies, row.participants, row.rank, row.own_messages) == (most, None, None, -most)
    assert {snap.metric: snap.value for snap in rows(MetricSnapshot)} == row.metrics


@pytest.mark.parametrize(
    "at",
    [
        datetime(1, 1, 1, tzinfo=UTC),
        datetime(1, 1, 1, tzinfo=timezone(timedelta(hours=23))),
        datetime(1969, 12, 31, tzinfo=UTC),
        datetime(9999, 12, 31, 23, 59, tzinfo=timezone(timedelta(hours=-23))),
        datetime(2026, 11, 10),  # noqa: DTZ001  # naive on purpose
    ],
    ids=str,
)
def test_a_moment_that_cannot_be_stored_costs_only_its_item_whatever_else_is_in_it(
    scene: Scene, cast: Cast, at: datetime
) -> None:
    scene.connects(cast.asha)
    bad = post(0, at=at, title="\ud800\x00", metrics={"long": 10**5000, "nan": float("nan")}, text="\ud800" * 50_000)
    scene.blogs.says(BLOG, Page(address=BLOG, activities=(bad, post(1))))
    pull = scene.sweeps()[BLOG]
    assert (pull.outcome, pull.seen, pull.new, pull.poison) == (Outcome.OK, 2, 1, 1)
    [kept] = rows(Quarantined)
    assert "cannot be stored" in kept.reason
    assert len(kept.raw) <= 32 * 1024
    assert json.loads(kept.raw)["ref"] == "feed:blog/0"


@pytest.mark.parametrize(
    "at",
    [
        datetime(1970, 1, 1, tzinfo=timezone(timedelta(hours=14))),
        datetime(9998, 12, 31, 23, 59, tzinfo=timezone(timedelta(hours=-23))),
        datetime(2016, 12, 31, 23, 59, 59, 999_999, tzinfo=timezone(timedelta(hours=-12, seconds=-1))),
    ],
    ids=str,
)
def test_the_first_and_the_last_moment_that_can_be_stored_are_shown(
    scene: Scene, cast: Cast, sign_in: SIGN_IN, at: datetime
) -> None:
    scene.connects(cast.asha)
    scene.blogs.says(BLOG, Page(address=BLOG, activities=(post(1, at=at),)))
    assert scene.sweeps()[BLOG].new == 1
    [row] = rows(ActivityRow)
    assert row.at == at.astimezone(UTC).replace(microsecond=0)
    assert "Post 1" in see(scene, sign_in, cast.asha)


def test_nine_kilobytes_of_identity_are_one_row_and_found_again(scene: Scene, cast: Cast, sign_in: SIGN_IN) -> None:
    scene.connects(cast.asha)
    long = "".join(chr(0x4E00 + n * 7919 % 20_000) for n in range(9000))
    one = post(
        1, ref=f"feed:{long}", title=long, channel=long, url=f"https://blog.example/{long}", lang=long, authors=(long,)
    )
    other = post(2, ref=f"feed:{long}!")
    scene.blogs.says(BLOG, *[Page(address=BLOG, activities=(one, other), title=long)] * 2)
    assert (scene.sweeps()[BLOG].new, scene.sweeps()[BLOG].same) == (2, 2)
    row = next(row for row in rows(ActivityRow) if row.ref == f"feed:{long}")
    assert (len(row.title), len(row.url), len(row.channel), len(row.lang)) == (500, 2000, 500, 35)
    assert long[:100] in see(scene, sign_in, cast.asha)


def test_items_without_an_identity_are_kept_raw_each_of_them(scene: Scene, cast: Cast) -> None:
    scene.connects(cast.asha)
    scene.blogs.says(BLOG, Page(address=BLOG, activities=(post(0, ref=""), post(1, ref="\x00"), post(2, ref=""))))
    pull = scene.sweeps()[BLOG]
    assert (pull.outcome, pull.poison) == (Outcome.FAILED, 3)
    assert sorted(json.loads(row.raw)["title"] for row in rows(Quarantined)) == ["Post 0", "Post 1", "Post 2"]
