"""Works to amplify: listed, filtered, counted and fed to programs; with how far they reached; never what is quiet."""

import csv
import io
import json
from collections.abc import Callable
from datetime import date, timedelta

import feedparser
import pytest
from flask import Flask

from advocacy.models import db, feed_tokens, looks, numbers
from advocacy.models.feed_tokens import Opens
from advocacy.models.people import Grant, Person
from advocacy.models.public_voice import wishes
from advocacy.models.words import Capability
from tests.cast import Cast
from tests.conftest import NOW
from tests.journey import Browser
from tests.markup import opened
from tests.plain import text
from tests.views.test_privacy import undo
from tests.views.voice_stage import SECRETS, release, with_secrets

SignIn = Callable[[Person], Browser]
Publish = Callable[..., int]
WORKS, CSV = "/voice/works", "/voice/works/works.csv"


def titles(body: str) -> list[str]:
    return [row[2] for row in list(csv.reader(io.StringIO(body)))[1:]]


def fed(app: Flask, token: str, name: str = "works.json") -> tuple[int, str]:
    with Browser(app.test_client()).served():
        answer = app.test_client().get(f"/feeds/{token}/{name}")
    return answer.status_code, answer.text


def token_of(person: Person, opens: Opens = Opens.VOICE) -> str:
    made = feed_tokens.make(person.id, opens, "My reader", NOW)
    db.session.commit()
    return made


def test_the_newest_stands_first_with_link_author_day_and_its_owner_sees_that_somebody_looked(
    cast: Cast, article: Publish, sign_in: SignIn
) -> None:
    with_secrets(cast, article)
    for title, days in (("Older", 20), ("Newer", 2), ("Oldest", 40)):
        release(cast.asha, article(cast.asha, title, at=NOW - timedelta(days=days)))
    browser = sign_in(cast.mark)
    assert titles(browser.get(CSV).text) == ["Newer", "Older", "Oldest"]
    page = opened(browser, WORKS)
    assert ("3 works to amplify in 12 months" in page, "1 work published this week" in page) == (True, True)
    assert titles(browser.get(f"{CSV}?within=month").text) == ["Newer", "Older"]
    assert titles(browser.get(f"{CSV}?within=week").text) == ["Newer"]
    assert "1 work of this week released to marketing" in opened(browser, "/")
    assert 'href="https://blog.example/Newer"' in browser.get(WORKS).text
    assert [one for one in SECRETS if one in page] == []
    db.session.rollback()
    assert [(one.who, one.audience) for one in looks.at(cast.asha.id)] == [("Mark O’Neil", "marketing")]


def test_filters_narrow_page_and_sheet_alike(cast: Cast, article: Publish, sign_in: SignIn) -> None:
    release(cast.asha, article(cast.asha, "By Asha"))
    release(cast.lena, article(cast.lena, "By Lena", text="For a platform engineer on etcd:\n```\nx\n```\n"))
    browser = sign_in(cast.mark)
    found = {
        query: (titles(browser.get(f"{CSV}?{query}").text), opened(browser, f"{WORKS}?{query}").count("rticle ·"))
        for query in (
            "persona=sre",
            "topic=etcd",
            "format=article",
            f"person={cast.lena.id}",
            "platform=x",
        )
    }
    assert [one for one, _ in found.values()] == [
        *(["By Asha"], ["By Lena"], ["By Lena", "By Asha"], ["By Lena"], []),
    ]
    assert [count for _, count in found.values()] == [1, 1, 2, 1, 0]


def test_a_long_list_goes_on_where_the_page_ended(cast: Cast, article: Publish, sign_in: SignIn) -> None:
    for number in range(52):
        release(cast.asha, article(cast.asha, f"Work {number:02}", at=NOW - timedelta(days=number // 2)))
    browser = sign_in(cast.mark)
    first = browser.get(WORKS).text
    older = first.partition("before=")[2].partition('"')[0]
    pages = [first, browser.get(f"{WORKS}?before={older}").text]
    seen = [sorted(f"Work {n:02}" for n in range(52) if f">Work {n:02}<" in page) for page in pages]
    assert [len(one) for one in seen] == [50, 2]
    assert set(seen[0]) & set(seen[1]) == set()


def test_what_is_not_to_be_promoted_is_in_no_list_sheet_count_or_feed(
    app: Flask, cast: Cast, article: Publish, sign_in: SignIn
) -> None:
    quiet, loud = (release(cast.asha, article(cast.asha, title)) for title in ("Not this one", "This one"))
    hers, his = sign_in(cast.asha), sign_in(cast.mark)
    told = hers.post(f"/privacy/items/{quiet}/promotion", quiet="1").headers["Location"]
    assert told == f"/activities/{quiet}#promotion"
    page = hers.get(f"/activities/{quiet}").text
    assert "Marketing is asked not to promote this" in text(page)
    key = token_of(cast.mark)
    for path in (WORKS, CSV):
        assert ("Not this one" in his.get(path).text, "This one" in his.get(path).text) == (False, True)
    assert "1 work to amplify" in opened(his, WORKS)
    assert "1 work of this week released to marketing" in text(his.get("/").text)
    assert [one["title"] for one in json.loads(fed(app, key)[1])["items"]] == ["This one"]
    assert "please do not promote" in opened(his, f"/people/{cast.asha.id}/released")
    undo(hers, page)
    assert sorted(titles(his.get(CSV).text)) == ["Not this one", "This one"]
    assert loud != quiet


def test_a_wish_for_everything_holds_until_it_is_taken_back(cast: Cast, article: Publish, sign_in: SignIn) -> None:
    release(cast.asha, article(cast.asha, "Hers"))
    hers, his = sign_in(cast.asha), sign_in(cast.mark)
    hers.post("/privacy/promotion", quiet="1")
    page = hers.get("/privacy/items").text
    assert "Please do not promote anything of mine" in text(page)
    assert titles(his.get(CSV).text) == []
    assert "please do not promote" in opened(his, f"/people/{cast.asha.id}/released", "/voice/behind")
    undo(hers, page)
    assert titles(his.get(CSV).text) == ["Hers"]


def test_on_the_own_page_as_marketing_sees_it_a_wish_is_one_press(
    cast: Cast, article: Publish, sign_in: SignIn
) -> None:
    number, browser = release(cast.asha, article(cast.asha)), sign_in(cast.asha)
    path = f"/people/{cast.asha.id}/released?as=marketing"
    assert f"/privacy/items/{number}/promotion" in browser.get(path).text
    assert "promotion" not in browser.get(path.replace("marketing", "lead")).text
    answer = browser.post(f"/privacy/items/{number}/promotion", quiet="1", back="released")
    assert answer.headers["Location"] == path
    assert "It may be promoted" in opened(browser, path)


def test_nobody_speaks_of_anothers_item(cast: Cast, article: Publish, sign_in: SignIn) -> None:
    number = release(cast.asha, article(cast.asha, "Hers"))
    assert sign_in(cast.sven).post(f"/privacy/items/{number}/promotion", quiet="1").status_code == 404
    assert titles(sign_in(cast.mark).get(CSV).text) == ["Hers"]


def test_a_wish_of_a_co_author_who_released_nothing_is_heeded_all_the_same(
    cast: Cast, article: Publish, sign_in: SignIn
) -> None:
    number = release(cast.asha, article(cast.asha, "Together"))
    assert article(cast.lena, "Together") == number
    wishes.say(cast.lena.id, number, quiet=True)
    db.session.commit()
    browser = sign_in(cast.mark)
    assert titles(browser.get(CSV).text) == []
    assert "Lena" not in browser.get("/voice/behind").text


def test_feeds_tell_the_same_and_end_with_the_right_the_token_and_the_person(
    app: Flask, cast: Cast, article: Publish
) -> None:
    with_secrets(cast, article)
    release(cast.asha, article(cast.asha, "For marketing"))
    key = token_of(cast.mark)
    parsed = feedparser.parse(fed(app, key, "works.atom")[1])
    (entry,) = parsed.entries
    assert (parsed.bozo, parsed.feed.title) == (False, "Works to amplify")
    assert (entry.title, entry.link, entry.author) == (
        *("For marketing", "https://blog.example/For%20marketing", "Asha Rao"),
    )
    assert [one.term for one in entry.tags][:3] == ["article", "blog", "Kubernetes"]
    (item,) = json.loads(fed(app, key)[1])["items"]
    assert (item["title"], item["authors"]) == ("For marketing", [{"name": "Asha Rao"}])
    db.session.rollback()
    assert [(one.who, one.what) for one in looks.at(cast.asha.id)] == [
        ("Mark O’Neil", "what you released, by a feed of works")
    ]
    assert [fed(app, key, "activity.atom")[0], fed(app, token_of(cast.mark, Opens.ACTIVITY))[0]] == [404, 404]
    db.session.query(Grant).filter_by(person_id=cast.mark.id).delete()
    db.session.commit()
    assert [fed(app, key, name)[0] for name in ("works.atom", "works.json")] == [404, 404]


def test_only_marketing_can_make_such_an_address(app: Flask, cast: Cast, sign_in: SignIn) -> None:
    heard = {
        nick: sign_in(getattr(cast, nick)).post("/letters/feeds", name="Works", opens="voice").status_code
        for nick in ("asha", "lena", "adam", "mark")
    }
    assert heard == {"asha": 404, "lena": 404, "adam": 404, "mark": 200}
    assert cast.mark.can(Capability.MARKETING)
    page = sign_in(cast.mark).get("/letters/").text
    assert "works to amplify" in page
    assert "works to amplify" not in sign_in(cast.asha).get("/letters/").text


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ((), "Reach: not told"),
        (((1, 90),), "stated by its author for 22 Nov 2026: 90 views"),
        (((9, 40), (1, 90)), "stated by its author for 22 Nov 2026: 90 views (+50 since 14 Nov 2026)"),
        (((400, 10), (9, 40)), "stated by its author for 14 Nov 2026: 40 views (+30 since 19 Oct 2025)"),
    ],
)
def test_reach_says_who_told_it_and_when_and_what_was_gained_where_two_days_tell(
    cast: Cast, article: Publish, sign_in: SignIn, told: tuple[tuple[int, int], ...], words: str
) -> None:
    number = release(cast.asha, article(cast.asha))
    for days, value in told:
        numbers.by_hand(cast.asha.id, number, "views", value, date(2026, 11, 23) - timedelta(days=days), NOW)
    db.session.commit()
    assert words in opened(sign_in(cast.mark), WORKS)


def test_numbers_of_several_kinds_stand_apart_each_by_its_teller(cast: Cast, article: Publish, sign_in: SignIn) -> None:
    number = release(cast.asha, article(cast.asha))
    numbers.by_hand(cast.asha.id, number, "claps", 7, date(2026, 11, 20), NOW)
    numbers.snapshot({number: {"view_count": 1204, "score": 3}}, NOW)
    db.session.commit()
    row = list(csv.reader(io.StringIO(sign_in(cast.mark).get(CSV).text)))[1]
    assert row[-1].split("; ") == [
        "stated by its author for 20 Nov 2026: 7 claps",
        "told by blog on 23 Nov 2026: 3 score, 1,204 views",
    ]
