"""The timeline shows one's own, by what one looks for."""

import csv
import io
import re
from collections.abc import Callable
from datetime import timedelta

import pytest

from advocacy.models.people import Person
from advocacy.views import timeline
from tests.cast import Cast
from tests.conftest import NOW
from tests.journey import Browser

Sign = Callable[[Person], Browser]
Write = Callable[..., int]


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
        ("words=0%25", ["A quiet 100%"]),
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


@pytest.mark.parametrize("query", ["kind=x", "since=soon", "account=me", "before=1", "before=20261399T000000.0.1"])
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
