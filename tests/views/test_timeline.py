"""The timeline shows one's own, by what one looks for."""

import csv
import io
import re
from collections.abc import Callable
from datetime import timedelta
from html import unescape

import pytest
import sqlalchemy as sa
from flask import Flask

from advocacy import logbook
from advocacy.domain.activity import Platform
from advocacy.domain.logbook.kinds import LogKind
from advocacy.logbook import Draft
from advocacy.models import connect, db, timeline_filter
from advocacy.models.evidence import Evidence
from advocacy.models.people import Person
from advocacy.rules import Rules
from advocacy.views import timeline
from tests.cast import Cast
from tests.conftest import NOW
from tests.journey import Browser

Sign = Callable[[Person], Browser]
Write = Callable[..., int]


@pytest.fixture
def connected(app: Flask, cast: Cast) -> int:
    """An account of Asha's."""
    made = connect.add(cast.asha.id, Platform.FEED, "https://blog.example/feed", by=cast.asha.id, now=NOW)
    db.session.commit()
    return made.id


def _titles(browser: Browser, query: str) -> list[str]:
    answer = browser.get(f"/timeline/timeline.csv?{query}")
    assert answer.status_code == 200
    return [row["title"] for row in csv.DictReader(io.StringIO(answer.text))]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["Chaos at noon", "A quiet 100%"]),
        ("words=CHAOS", ["Chaos at noon"]),
        ("words=%22at+noon%22", ["Chaos at noon"]),
        ("words=%22noon+at%22", []),
        ("words=-chaos", ["A quiet 100%"]),
        ("words=100%25", ["A quiet 100%"]),
        ("words=0%25", []),
        ("words=%25_%22*)(", ["Chaos at noon", "A quiet 100%"]),
        ("kind=talk", []),
        ("since=2999-01-01", []),
    ],
)
def test_a_filter_leaves_what_fits(cast: Cast, sign_in: Sign, article: Write, query: str, found: list[str]) -> None:
    article(cast.asha, title="A quiet 100%", at=NOW - timedelta(days=2))
    article(cast.asha, title="Chaos at noon", at=NOW - timedelta(days=1))
    assert _titles(sign_in(cast.asha), query) == found


def test_nobody_else_finds_it(cast: Cast, sign_in: Sign, article: Write) -> None:
    article(cast.asha, title="Chaos at noon")
    assert _titles(sign_in(cast.sven), "words=chaos") == []


@pytest.mark.parametrize(
    "query",
    [
        *("kind=x", "since=soon", "account=me", "before=1", "before=20261399T000000.0.1", "order=worst"),
        *("words=a&before=20261126T000000.0.1", "words=a&before=nan_20261126T000000.0.1", "words=a&before=1_x.1"),
    ],
)
def test_what_cannot_be_read_is_told(cast: Cast, sign_in: Sign, query: str) -> None:
    assert sign_in(cast.asha).get(f"/timeline?{query}").status_code == 400


def test_the_pages_hold_everything_once(
    cast: Cast, sign_in: Sign, article: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(timeline, "PAGE", 2)
    keys = [article(cast.asha, title=f"Hour {number}", at=NOW) for number in range(5)]
    browser, path, seen = sign_in(cast.asha), "/timeline", []
    while path:
        text = browser.get(path).text
        seen += [int(key) for key in re.findall(r'href="/activities/(\d+)"', text)]
        more = re.search(r'href="(/timeline\?before=[^"]+)">Older', text)
        path = more[1].replace("&amp;", "&") if more else ""
    assert seen == sorted(keys, reverse=True)


def test_what_fits_best_stands_first_unless_the_newest_is_asked_for(cast: Cast, sign_in: Sign, article: Write) -> None:
    article(cast.asha, title="Quorum and etcd", text="etcd, etcd on Kubernetes", at=NOW - timedelta(days=3))
    article(cast.asha, title="Backups", text="Of etcd on Kubernetes", at=NOW - timedelta(days=2))
    article(cast.asha, title="Kubernetes", text="x " * 400 + "etcdctl", at=NOW - timedelta(days=1))
    browser, best = sign_in(cast.asha), ["Quorum and etcd", "Backups", "Kubernetes"]
    orders = [_titles(browser, query) for query in ("words=etcd", "words=etcd&order=newest", "order=best")]
    assert orders == [best, best[::-1], best[::-1]]


@pytest.mark.parametrize("order", ["", "&order=newest"])
def test_pages_of_what_was_asked_hold_everything_once_and_as_the_sheet(
    cast: Cast, sign_in: Sign, article: Write, monkeypatch: pytest.MonkeyPatch, order: str
) -> None:
    monkeypatch.setattr(timeline, "PAGE", 2)
    for number in range(7):
        article(cast.asha, title=f"{'etcd ' * (number % 3)}{number}", text="etcd on Kubernetes", at=NOW)
    browser, path, seen = sign_in(cast.asha), f"/timeline?words=etcd{order}", []
    while path:
        text = browser.get(path).text
        seen += [unescape(re.sub("<[^>]+>", "", title)) for title in re.findall(r"<h2><a [^>]+>(.*?)</a></h2>", text)]
        more = re.search(r'href="(/timeline\?before=[^"]+)">Older', text)
        path = unescape(more[1]) if more else ""
    assert seen == _titles(browser, f"words=etcd{order}")
    assert len(set(seen)) == 7


def test_more_than_are_put_in_order_are_told_and_the_sheet_has_the_others_behind(
    cast: Cast, sign_in: Sign, article: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (timeline, timeline_filter):
        monkeypatch.setattr(module, "SAMPLE", 2)
    for number in range(4):
        article(cast.asha, title=f"Hour {number} of etcd", at=NOW - timedelta(days=number))
    browser = sign_in(cast.asha)
    assert "More than 2 fit." in browser.get("/timeline?words=etcd").text
    assert _titles(browser, "words=etcd") == [f"Hour {number} of etcd" for number in range(4)]


def test_what_was_asked_is_marked_and_a_hostile_title_stays_text(cast: Cast, sign_in: Sign, article: Write) -> None:
    article(cast.asha, title="<b>etcd</b>", text="<i>etcd</i> on Kubernetes")
    page = sign_in(cast.asha).get("/timeline?words=etcd").text
    assert "&lt;b&gt;<mark>etcd</mark>&lt;/b&gt;" in page
    assert "&lt;i&gt;<mark>etcd</mark>&lt;/i&gt;" in page


def test_each_filter_and_all_together_leave_what_fits(
    cast: Cast, sign_in: Sign, article: Write, rules: Rules, connected: int
) -> None:
    """Of an item from a source and one that was logged, each filter leaves the one it speaks of."""
    article(cast.asha, title="A post on etcd", at=NOW - timedelta(days=9), account=connected)
    entry = logbook.save(Draft(kind=LogKind.LEARNING, said={"topic": "etcd"}, day=NOW.date()), cast.asha, NOW, rules)
    db.session.commit()
    browser, learned = sign_in(cast.asha), _titles(sign_in(cast.asha), "kind=learning")
    sentence = db.session.scalars(
        sa.select(Evidence.expectation_id).where(Evidence.activity_id == entry.activity_id).limit(1)
    ).one()
    here, day = ["A post on etcd"], NOW.date()
    cases = {
        "kind=article": here,
        "platform=feed": here,
        "platform=manual": learned,
        f"account={connected}": here,
        f"until={day - timedelta(days=2)}": here,
        f"since={day - timedelta(days=2)}": learned,
        f"expectation={sentence}": learned,
        "channel=nowhere": [],
        "state=rejected": [],
        f"words=etcd&kind=article&platform=feed&account={connected}&until={day}": here,
        f"words=etcd&kind=learning&account={connected}": [],
    }
    assert {query: _titles(browser, query) for query in cases} == cases
