"""Find a speaker: the right person with receipts, and nothing that is not released is found, counted or told."""

import csv
import io
from collections.abc import Callable
from dataclasses import replace
from typing import Any
from urllib.parse import quote

import pytest
import sqlalchemy as sa
from flask import Flask

from advocacy.domain.activity import Kind, Platform
from advocacy.domain.profile import Told
from advocacy.models import db, looks, profile, roster
from advocacy.models.findable.tables import FindableStale
from advocacy.models.people import Person
from advocacy.models.words import Visibility, Word
from advocacy.rules import Rules
from tests.cast import Cast
from tests.conftest import NOW
from tests.journey import Browser
from tests.models.stage import Stage, said
from tests.models.test_findable import confirm, release
from tests.plain import text

SignIn = Callable[[Person], Browser]
ETCD = "How etcd keeps its quorum on Kubernetes, for an SRE who was woken up.\n```\nkubectl get pods\n```\nThat is all."
SECRET = "zanzibar"


@pytest.fixture
def stage(app: Flask, rules: Rules) -> Stage:
    return Stage(rules, NOW)


def tell(person: Person, *, listed: bool = True, to: Visibility = Visibility.MARKETING, **told: Any) -> None:
    """What a person tells of themselves."""
    seen_by = dict.fromkeys(("place", "languages", "availability", "bio"), to)
    profile.save(person, Told(name=person.name, **told), NOW, seen_by=seen_by, listed=listed)
    db.session.commit()


def gives(stage: Stage, person: Person, title: str, to: Visibility | None = Visibility.MARKETING, **more: Any) -> int:
    """Something of the person's, confirmed, and released unless `to` is None."""
    kind = more.pop("kind", Kind.ARTICLE)
    platform = Platform.MANUAL if kind is Kind.TALK else Platform.FEED
    one = said(f"{platform}:{person.id}-{title}", NOW, kind=kind, title=title, text=more.pop("text", ETCD), **more)
    number = stage.says(person, replace(one, url=f"https://blog.example/{person.id}/{quote(title)}"))[0]
    confirm(person, number)
    if to:
        release(person, number, to=to)
    return number


@pytest.fixture
def company(cast: Cast, stage: Stage) -> Cast:
    """Asha spoke about etcd, Sven wrote on it; both let marketing find them."""
    gives(stage, cast.asha, "Quorum at noon", kind=Kind.TALK, channel="KubeCon")
    gives(stage, cast.asha, "etcd, part two", days=-40)
    gives(stage, cast.sven, "What etcd forgets", days=-20)
    tell(
        cast.asha, residence="Bangalore, India, Asia", languages=("Kannada", "English"), speaks=True, travels="country"
    )
    tell(cast.sven, residence="Oslo, Norway, Europe", languages=("Norwegian",))
    return cast


def names(page: str) -> list[str]:
    """Who is found, in order."""
    cards = page.split('<div class="found-head">')[1:]
    return [text(card.partition("</h2>")[0]).strip() for card in cards]


def test_the_right_person_comes_with_receipts_in_one_action(company: Cast, sign_in: SignIn) -> None:
    page = sign_in(company.mark).get("/speakers?q=etcd").text
    assert names(page) == ["Asha Rao", "Sven Stranger"]
    words = text(page)
    assert "2 people can speak about etcd" in words
    assert "Quorum at noon" in words
    assert "part two" in words
    assert "2 works on it, 1 of them talk or training" in words
    assert "1 new voice" in words
    assert "Asha Rao could speak beside one of them" in words
    assert "<mark>etcd</mark>" in page


def test_each_factor_is_told_with_its_arithmetic_and_they_add_up(company: Cast, sign_in: SignIn) -> None:
    rows = list(csv.DictReader(io.StringIO(sign_in(company.mark).get("/speakers/speakers.csv?q=etcd").text)))
    first = rows[0]
    assert (first["name"], first["works"], first["delivered"], first["new_voice"]) == ("Asha Rao", "2", "1", "")
    assert rows[1]["new_voice"] == "yes"
    parts = [float(first[name]) for name in ("match", "depth", "recency", "delivery")]
    assert sum(parts) == pytest.approx(float(first["score"]))
    page = text(sign_in(company.mark).get("/speakers?q=etcd").text)
    assert "etcd: 2 works that come to" in page


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ("q=etcd%2C+Bangalore", ["Asha Rao"]),
        ("q=etcd&place=India", ["Asha Rao"]),
        ("q=etcd+in+Oslo", ["Sven Stranger"]),
        ("q=etcd&language=norw", ["Sven Stranger"]),
        ("q=etcd&willing=1", ["Asha Rao"]),
        ("q=etcd&given=1", ["Asha Rao"]),
        ("q=etcd&zone=Asia/Colombo", ["Asha Rao"]),
        ("q=etcd&form=workshop", []),
        ("q=etcdd&months=3", ["Asha Rao", "Sven Stranger"]),
        ("q=quorum", ["Asha Rao", "Sven Stranger"]),
        ('q="part two"', ["Asha Rao"]),
        ("q=nothing-of-the-kind", []),
    ],
)
def test_filters_leave_whom_they_should(company: Cast, sign_in: SignIn, filters: str, found: list[str]) -> None:
    assert names(sign_in(company.mark).get(f"/speakers?{filters}").text) == found


def test_a_slip_of_the_pen_is_read_and_said(company: Cast, sign_in: SignIn) -> None:
    page = text(sign_in(company.mark).get("/speakers?q=kuberntes").text)
    assert "“kuberntes” was read as Kubernetes" in page
    assert names(sign_in(company.mark).get('/speakers?q="kuberntes"').text) == []


def test_of_two_who_are_equal_whoever_has_less_ahead_comes_first(cast: Cast, stage: Stage, sign_in: SignIn) -> None:
    for person in (cast.asha, cast.sven):
        gives(stage, person, "Quorum", kind=Kind.TALK, channel="KubeCon")
        tell(person)
    mark = sign_in(cast.mark)
    assert names(mark.get("/speakers?q=etcd").text) == ["Asha Rao", "Sven Stranger"]
    mark.post(f"/people/{cast.asha.id}/ask", name="FOSDEM", topic="etcd", format="talk")
    assert names(mark.get("/speakers?q=etcd").text) == ["Sven Stranger", "Asha Rao"]


def test_two_are_compared_side_by_side(company: Cast, sign_in: SignIn) -> None:
    mark = sign_in(company.mark)
    page = text(mark.get(f"/speakers/compare?q=etcd&person={company.sven.id}&person={company.asha.id}").text)
    assert page.index("Sven Stranger") < page.index("Asha Rao")
    assert "Bangalore, India, Asia" in page
    assert "What etcd forgets" in page
    assert "Tick two to four" in text(mark.get(f"/speakers/compare?q=etcd&person={company.sven.id}").text)


def test_a_shortlist_is_kept_taken_back_and_taken_away_as_a_file(company: Cast, sign_in: SignIn) -> None:
    mark = sign_in(company.mark)
    mark.post("/speakers/shortlist", person=company.asha.id, q="etcd")
    mark.post("/speakers/shortlist", person=company.asha.id, q="etcd")
    assert "Asha Rao is on the shortlist for “etcd”" in text(mark.get("/speakers?q=etcd").text)
    assert len(list(csv.reader(io.StringIO(mark.get("/speakers/shortlist.csv").text)))) == 2
    told = mark.get("/speakers/shortlist.md").text
    assert told.startswith("# etcd\n\n## Asha Rao\n")
    assert "Quorum at noon" in told
    mark.post("/speakers/shortlist", person=company.asha.id, q="etcd", off="1", back="1")
    assert "Nobody is on a shortlist of yours" in text(mark.get("/speakers/shortlist").text)


def test_a_search_is_kept_and_forgotten_and_brought_back(company: Cast, sign_in: SignIn) -> None:
    mark = sign_in(company.mark)
    mark.post("/speakers/saved", q="etcd", language="Kannada", name="etcd in Kannada")
    page = mark.get("/speakers").text
    assert "?q=etcd&amp;language=Kannada" in page
    action = page.partition("/speakers/saved/")[2].partition('"')[0]
    mark.post(f"/speakers/saved/{action}")
    page = mark.get("/speakers").text
    assert "“etcd in Kannada” is forgotten." in text(page)
    assert "Undo" in text(page)


def test_who_was_found_sees_who_looked(company: Cast, sign_in: SignIn) -> None:
    mark = sign_in(company.mark)
    for _ in range(2):
        mark.get("/speakers?q=etcd")
    db.session.rollback()
    assert [(one.who, one.what) for one in looks.at(company.asha.id)] == [("Mark O’Neil", "you as a speaker on etcd")]


PATHS = (
    *("/speakers?q={}", "/speakers/speakers.csv?q={}", "/speakers/compare?q={}&person=1&person=2&person=3"),
    *("/speakers/shortlist", "/speakers/shortlist.csv", "/speakers/shortlist.md"),
)


@pytest.mark.parametrize("hidden", ["private", "lead", "unconfirmed", "rejected", "unlisted", "disabled"])
@pytest.mark.parametrize("words", [SECRET, "etcd", f'"{SECRET} falls"', f"etcd {SECRET}"])
def test_nothing_unreleased_is_found_counted_or_told(
    company: Cast, stage: Stage, sign_in: SignIn, hidden: str, words: str
) -> None:
    """Whatever keeps it back: pages, files, highlights, counts and shortlists are the same as if it were not there."""
    mark = sign_in(company.mark)
    mark.post("/speakers/shortlist", person=company.asha.id, q="etcd")
    mark.get("/speakers")  # says once what was just done
    before = seen(mark, words)
    number = gives(stage, company.lena, f"{SECRET} falls", None, text=f"{ETCD} {SECRET}")
    if hidden == "lead":
        release(company.lena, number, to=Visibility.LEAD)
    elif hidden in ("unconfirmed", "rejected"):
        confirm(company.lena, number, None if hidden == "unconfirmed" else Word.REJECTED)
        release(company.lena, number)
    elif hidden in ("unlisted", "disabled"):
        release(company.lena, number)
    tell(company.lena, listed=hidden != "unlisted", bio=SECRET, to=Visibility.LEAD)
    if hidden == "disabled":
        roster.by_id(company.lena.id).disabled_at = NOW
        db.session.commit()
    assert seen(mark, words) == before


def seen(browser: Browser, words: str) -> list[str]:
    """All that the pages and files tell, without what is new in every answer."""
    return [text(browser.get(path.format(words)).text) for path in PATHS]


def test_a_hidden_block_of_a_profile_finds_nobody(cast: Cast, stage: Stage, sign_in: SignIn) -> None:
    gives(stage, cast.asha, "Quorum", kind=Kind.TALK, channel="KubeCon")
    tell(cast.asha, to=Visibility.LEAD, residence="Bangalore, India", languages=("Kannada",), speaks=True)
    mark = sign_in(cast.mark)
    for filters in ("language=Kannada", "place=Bangalore", "willing=1", "zone=Asia/Kolkata"):
        assert names(mark.get(f"/speakers?q=etcd&{filters}").text) == []
    page = mark.get("/speakers?q=etcd, Bangalore").text
    assert "Bangalore, India" not in page


def test_private_people_are_counted_from_three_on_and_only_on_a_bare_topic(
    cast: Cast, stage: Stage, sign_in: SignIn
) -> None:
    mark, told = sign_in(cast.mark), "matching people are private"
    for count, person in enumerate((cast.asha, cast.lena, cast.adam), 1):
        gives(stage, person, "Quorum", to=Visibility.LEAD)
        assert (f"{count} {told}" in text(mark.get("/speakers?q=etcd").text)) is (count >= 3)
    for narrowed in ("language=Kannada", "place=India", "willing=1", "months=12", "given=1", "zone=UTC"):
        assert told not in text(mark.get(f"/speakers?q=etcd&{narrowed}").text)
    for words in ("etcd kubernetes", "etcd next month", "noon"):
        assert told not in text(mark.get(f"/speakers?q={words}").text)


def test_what_is_taken_back_is_gone_at_once_and_nobody_waits_for_the_worker(
    company: Cast, stage: Stage, sign_in: SignIn
) -> None:
    mark = sign_in(company.mark)
    assert "Quorum at noon" in mark.get("/speakers?q=etcd").text
    number = stage.number(f"manual:{company.asha.id}-Quorum at noon")
    release(company.asha, number, to=Visibility.PRIVATE)
    assert db.session.scalar(sa.select(sa.func.count(FindableStale.id)))
    assert "Quorum at noon" not in mark.get("/speakers?q=etcd").text


@pytest.mark.parametrize("address", ["months=x", "zone=Mars", "form=dance", "given=99999999999", "months=-1"])
def test_an_address_that_says_nothing_we_know_is_refused_in_words(cast: Cast, sign_in: SignIn, address: str) -> None:
    answer = sign_in(cast.mark).get(f"/speakers?q=etcd&{address}")
    assert (answer.status_code, "must be" in answer.text or "is no time zone" in answer.text) == (400, True)
