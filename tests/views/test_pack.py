"""The review pack: everything that counts in a period, in the page's order, in every form."""

import csv
import io
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from markdown_it import MarkdownIt

from advocacy.domain.period import day_of
from advocacy.models import db, sentences
from advocacy.models.activities import MetricSnapshot
from advocacy.models.people import Person
from tests.cast import Cast
from tests.cli.console import check
from tests.conftest import NOW
from tests.journey import Browser

SignIn = Callable[[Person], Browser]


@pytest.fixture
def browser(cast: Cast, sign_in: SignIn) -> Browser:
    return sign_in(cast.asha)


def entry(told: dict[str, Any], rule: str) -> dict[str, Any]:
    (found,) = (one for one in told["expectations"] if one["rule"] == rule)
    return dict(found)


def titles(found: dict[str, Any]) -> list[str]:
    return [one["title"] for one in found["pieces"]]


def test_every_sentence_stands_in_the_pages_own_order(cast: Cast, browser: Browser) -> None:
    told = browser.get("/review/pack.json").json or {}
    page = sentences.of_page(sentences.pages(cast.asha.id)[0].id)
    assert [one["text"] for one in told["expectations"]] == [one.text for one in page]
    check("review", told)
    headings = [line[4:] for line in browser.get("/review/pack.md").text.splitlines() if line.startswith("### ")]
    assert len(headings) == len(page)


def test_a_number_says_of_when_it_is_and_later_ones_are_not_known_yet(
    cast: Cast, browser: Browser, article: Callable[..., int]
) -> None:
    number, today = article(cast.asha, at=NOW - timedelta(days=70)), day_of(NOW, cast.asha.zone)
    for days, value in ((60, 10), (55, 120), (1, 4000)):
        db.session.add(
            MetricSnapshot(activity_id=number, metric="views", day=today - timedelta(days=days), value=value)
        )
    db.session.commit()
    told = browser.get("/review/pack.json?period=2026-Q3").json or {}
    (piece,) = entry(told, "personas")["pieces"]
    assert piece["numbers"] == [{"metric": "views", "value": 120, "as_of": "2026-09-29", "by_hand": False}]
    assert "views 120 (as of 2026-09-29)" in browser.get("/review/pack.md?period=2026-Q3").text


def test_only_what_was_confirmed_can_be_asked_for(cast: Cast, browser: Browser, article: Callable[..., int]) -> None:
    first, _ = article(cast.asha, title="An SRE's first"), article(cast.asha, title="An SRE's second")
    told = browser.get("/review/pack.json").json or {}
    personas = next(
        one.expectation_id for one in sentences.of_page(sentences.pages(cast.asha.id)[0].id) if one.rule == "personas"
    )
    assert sorted(titles(entry(told, "personas"))) == ["An SRE's first", "An SRE's second"]
    browser.post(f"/expectations/{personas}/verdicts", activity=f"{first}", word="confirmed")
    told = browser.get("/review/pack.json?counted=confirmed").json or {}
    assert titles(entry(told, "personas")) == ["An SRE's first"]


def test_own_words_stand_above_the_evidence(cast: Cast, browser: Browser) -> None:
    page = sentences.of_page(sentences.pages(cast.asha.id)[0].id)
    trends = next(one.expectation_id for one in page if one.rule == "trends")
    browser.post(f"/expectations/{trends}/voice", claim="getting_there", words="Two *drafts* lie here.")
    lines = browser.get("/review/pack.md").text.splitlines()
    assert (r"> Two \*drafts\* lie here." in lines, "  \nSays" in "\n".join(lines)) == (True, True)
    assert "Two *drafts* lie here." in browser.get("/review/").text


@pytest.mark.parametrize(
    "title", ["a | b", "[x](javascript:alert)", "<script>", "# head", "~~~", "a\nb", "\u202egnp.exe"]
)
def test_what_people_wrote_is_text_in_markdown(
    cast: Cast, browser: Browser, article: Callable[..., int], title: str
) -> None:
    article(cast.asha, title=title)
    shown = MarkdownIt("commonmark").parse(browser.get("/review/pack.md").text)
    parts = [part for token in shown if "blog.example" in token.content for part in token.children or ()]
    links = {part.attrs["href"] for part in parts if part.type == "link_open"}
    assert len(links) == 1
    assert all(f"{link}".startswith("https://blog.example/") for link in links)
    assert {part.type for part in parts} <= {"text", "link_open", "link_close", "text_special"}
    assert " ".join(title.split()) in "".join(part.content for part in parts)
    assert not [token for token in shown if token.type.startswith("html")]


def test_the_sheet_has_a_row_for_each_piece_and_each_sentence_without_any(
    cast: Cast, browser: Browser, article: Callable[..., int]
) -> None:
    article(cast.asha)
    rows = list(csv.DictReader(io.StringIO(browser.get("/review/pack.csv").text.removeprefix("\ufeff"))))
    page = sentences.of_page(sentences.pages(cast.asha.id)[0].id)
    assert {row["expectation"] for row in rows} == {one.text for one in page}
    assert [row["title"] for row in rows if row["title"]] == ["An SRE's first hour"] * 2


def test_a_programme_gets_each_work_once_with_its_reach(
    cast: Cast, browser: Browser, article: Callable[..., int]
) -> None:
    number, today = article(cast.asha), day_of(NOW, cast.asha.zone)
    for metric, value in (("views", 812), ("likes", 7)):
        db.session.add(MetricSnapshot(activity_id=number, metric=metric, day=today, value=value))
    db.session.commit()
    (row,) = csv.DictReader(io.StringIO(browser.get("/review/activities.csv").text.removeprefix("\ufeff")))
    told = [row[name] for name in ("activity_type", "quantity", "second_quantity", "reach", "reach_as_of")]
    assert told == ["Blog post", "1", "7", "812", "2026-11-23"]


def test_nothing_of_somebody_else_is_in_it(cast: Cast, sign_in: SignIn, article: Callable[..., int]) -> None:
    article(cast.asha)
    other = sign_in(cast.lena)
    for form in ("", "pack.md", "pack.json", "pack.csv", "activities.csv"):
        assert "first hour" not in other.get(f"/review/{form}").text
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Person)) == 5
