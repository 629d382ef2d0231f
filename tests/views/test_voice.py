"""The public voice: tables of what was released, the works behind a cell, what is missing and who could fill it."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from advocacy.domain.activity import Kind, Platform
from advocacy.domain.profile import Told
from advocacy.models import db, looks, profile
from advocacy.models.activities import ActivityRow
from advocacy.models.people import Person
from advocacy.models.public_voice import wishes
from advocacy.models.words import Visibility
from advocacy.rules import Rules
from tests.cast import Cast
from tests.conftest import NOW
from tests.journey import Browser
from tests.markup import opened
from tests.plain import text
from tests.views.voice_stage import SECRETS, cells, release, say, with_secrets

SignIn = Callable[[Person], Browser]
Publish = Callable[..., int]
PAGES = ("/voice", "/voice/behind", "/voice/voice.csv", "/voice/behind.csv", "/voice/works", "/voice/works/works.csv")


def test_nothing_that_was_not_released_is_shown_counted_or_hinted_at(
    cast: Cast, article: Publish, sign_in: SignIn
) -> None:
    with_secrets(cast, article)
    browser = sign_in(cast.mark)
    told = {path: browser.get(path).text for path in PAGES}
    assert {path: [one for one in (*SECRETS, "Asha", "Gerd") if one in body] for path, body in told.items()} == {
        path: [] for path in PAGES
    }
    assert "0 works in 12 months" in text(told["/voice"])
    assert "0 works to amplify in 12 months" in text(told["/voice/works"])
    assert set(cells(told["/voice/voice.csv"]).values()) == {"0"}
    assert "of this week released to marketing" not in text(browser.get("/").text)


def test_secrets_change_no_figure_beside_what_is_released(cast: Cast, article: Publish, sign_in: SignIn) -> None:
    with_secrets(cast, article)
    release(cast.asha, article(cast.asha, "For marketing"))
    found = cells(sign_in(cast.mark).get("/voice/voice.csv").text)
    assert found["persona by format", "SRE", "", "article"] == "1"
    assert sorted(value for key, value in found.items() if key[0] == "persona by format" and key[1] == "SRE") == [
        *("0", "0", "0", "0", "1"),
    ]


@pytest.mark.parametrize("nick", ["sven", "asha", "lena", "adam"])
def test_only_marketing_opens_it(cast: Cast, sign_in: SignIn, nick: str) -> None:
    browser = sign_in(getattr(cast, nick))
    assert [browser.get(path).status_code for path in PAGES] == [403] * len(PAGES)
    home = browser.get("/").text
    assert ('href="/voice' in home, "released to marketing" in home) == (False, False)


def test_a_cell_leads_to_the_works_that_it_counts_and_whose_they_are_is_told_that_somebody_looked(
    cast: Cast, article: Publish, rules: Rules, sign_in: SignIn
) -> None:
    release(cast.asha, article(cast.asha, "For marketing", at=NOW - timedelta(days=9)))
    answer = say(rules, cast.lena, Kind.ANSWER, Platform.STACKEXCHANGE, "An answer for an SRE")
    release(cast.lena, answer, Visibility.PUBLIC)
    browser = sign_in(cast.mark)
    page = opened(browser, "/voice")
    assert "2 works in 12 months" in page
    assert "what 2 people confirmed and released" in page
    assert "people who let marketing find them" not in page
    behind = opened(browser, "/voice/behind?persona=sre&format=article")
    assert ("1 article for SREs in 12 months" in behind, "For marketing" in behind) == (True, True)
    assert "An answer" not in behind
    assert "1 answer for SREs" in opened(browser, "/voice/behind?persona=sre&format=answer")
    db.session.rollback()
    assert [(one.who, one.audience) for one in looks.at(cast.asha.id)] == [("Mark O’Neil", "marketing")]


def test_one_work_in_two_places_counts_once_in_its_first_form(
    cast: Cast, article: Publish, rules: Rules, sign_in: SignIn
) -> None:
    first = release(cast.asha, article(cast.asha, "For marketing", at=NOW - timedelta(days=9)))
    url = "https://blog.example/For%20marketing"
    release(cast.asha, say(rules, cast.asha, Kind.POST, Platform.REDDIT, "For marketing", url=url))
    assert db.session.query(ActivityRow).filter_by(work_id=first).count() >= 1
    browser = sign_in(cast.mark)
    found = cells(browser.get("/voice/voice.csv").text)
    told = {key[3]: value for key, value in found.items() if key[0] == "persona by format" and key[1] == "SRE"}
    assert told == {"talk": "0", "webinar or video": "0", "article": "1", "answer": "0", "post": "0"}
    assert "Also on Reddit" in opened(browser, "/voice/works")


def test_a_gap_names_who_said_something_near_it_and_wants_to_be_found(
    cast: Cast, article: Publish, sign_in: SignIn
) -> None:
    for person in (cast.asha, cast.lena):
        release(person, article(person, f"By {person.name}"))
    browser = sign_in(cast.mark)
    path = "/voice/behind?topic=kubernetes&persona=sre&format=talk"
    alone = opened(browser, path)
    assert "No talk on Kubernetes for SREs in 12 months" in alone
    assert ("Asha Rao" in alone, "Nobody who lets marketing find them" in alone) == (False, True)
    profile.save(cast.asha, Told(name="Asha Rao"), NOW, listed=True)
    db.session.commit()
    found = opened(browser, path)
    assert ("Asha Rao" in found, "Lena Fischer" in found) == (True, False)
    assert 'href="/speakers?q=Kubernetes"' in browser.get(path).text
    assert "Asha Rao could fill it" in opened(browser, "/voice?topic=kubernetes")


def test_the_share_of_those_who_want_to_be_found_is_told_from_three_on(
    cast: Cast, article: Publish, sign_in: SignIn
) -> None:
    release(cast.asha, article(cast.asha))
    for number, person in enumerate((cast.asha, cast.lena, cast.sven), 1):
        profile.save(person, Told(name=person.name), NOW, listed=True)
        db.session.commit()
        told = "1 of the 3 people who let marketing find them is among them" in text(
            sign_in(cast.mark).get("/voice").text
        )
        assert told is (number == 3)


def test_the_days_are_those_of_the_address(cast: Cast, article: Publish, sign_in: SignIn) -> None:
    release(cast.asha, article(cast.asha, at=NOW - timedelta(days=200)))
    browser = sign_in(cast.mark)
    spans = ("", "?months=6", "?until=2026-08-31&months=6", "?until=2026-03-01")
    assert [text(browser.get(f"/voice{one}").text).partition("Public voice: ")[2][:6] for one in spans] == [
        *("1 work", "0 work", "1 work", "0 work"),
    ]
    assert "in the 6 months to 31 Aug 2026" in text(browser.get("/voice?until=2026-08-31&months=6").text)


@pytest.mark.parametrize(
    "query", ["months=5", "until=never", "persona=%3Cb%3E", "format=song", "person=x", "before=x", "within=year"]
)
def test_what_no_address_of_ours_says_is_refused_in_words(cast: Cast, sign_in: SignIn, query: str) -> None:
    answer = sign_in(cast.mark).get(f"/voice/behind?{query}")
    assert answer.status_code == 400
    assert query.partition("=")[0].replace("before", "first page") in answer.text.lower()


def test_what_is_not_to_be_promoted_counts_and_says_so(cast: Cast, article: Publish, sign_in: SignIn) -> None:
    wishes.say(cast.asha.id, release(cast.asha, article(cast.asha)), quiet=True)
    db.session.commit()
    browser = sign_in(cast.mark)
    assert "please do not promote" in opened(browser, "/voice/behind?persona=sre")
    assert "please do not promote" in browser.get("/voice/behind.csv").text
    assert "please do not promote" in opened(browser, f"/people/{cast.asha.id}/released")
    assert cells(browser.get("/voice/voice.csv").text)["persona by format", "SRE", "", "article"] == "1"
    assert date(2026, 11, 23).isoformat() in browser.get("/voice/behind.csv").text
