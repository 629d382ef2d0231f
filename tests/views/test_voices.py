"""Two voices on a sentence: dated, side by side, and neither changes the other."""

from collections.abc import Callable

import pytest

from advocacy.domain.period import parse
from advocacy.models import sentences, voices
from advocacy.models.people import Person
from tests.cast import Cast
from tests.journey import Browser

Q3, Q4 = parse("2026-Q3"), parse("2026-Q4")
SignIn = Callable[[Person], Browser]


@pytest.fixture
def sentence(cast: Cast) -> int:
    page = sentences.of_page(sentences.pages(cast.asha.id)[0].id)
    return next(one.expectation_id for one in page if one.rule == "learn-train")


def heard(cast: Cast, sentence: int) -> list[tuple[bool, str | None, str]]:
    return [(one.as_lead, one.claim, one.words) for one in voices.heard(cast.asha.id, sentence)]


def test_both_stand_side_by_side_and_nothing_is_averaged(cast: Cast, sentence: int, sign_in: SignIn) -> None:
    asha, lena = sign_in(cast.asha), sign_in(cast.lena)
    own, led = f"/expectations/{sentence}", f"/people/{cast.asha.id}/expectations/{sentence}"
    asha.post(f"{own}/voice", claim="covered", words="Taught etcd twice.", shown="1", period="2026-Q4")
    lena.post(led, claim="getting_there", words="Once, I think.", period="2026-Q4")
    assert heard(cast, sentence) == [
        (True, "getting_there", "Once, I think."),
        (False, "covered", "Taught etcd twice."),
    ]
    for page in (asha.get(own).text, lena.get(led).text):
        assert ("Taught etcd twice." in page, "Once, I think." in page) == (True, True)


def test_what_is_not_shown_is_read_by_nobody_else(cast: Cast, sentence: int, sign_in: SignIn) -> None:
    sign_in(cast.asha).post(f"/expectations/{sentence}/voice", words="Between us: no time.")
    page = sign_in(cast.lena).get(f"/people/{cast.asha.id}/expectations/{sentence}").text
    assert ("Between us" in page, "said nothing yet" in page) == (False, True)


def test_a_new_word_leaves_the_old_one_and_taking_back_is_a_word_too(
    cast: Cast, sentence: int, sign_in: SignIn
) -> None:
    browser = sign_in(cast.asha)
    for form in ({"claim": "not_yet"}, {"claim": "covered"}, {"back": "1"}):
        browser.post(f"/expectations/{sentence}/voice", headers=None, **form)
    assert heard(cast, sentence) == [(False, None, ""), (False, "covered", ""), (False, "not_yet", "")]
    found = voices.heard(cast.asha.id, sentence)
    assert voices.standing(found, as_lead=False) is None
    assert "took back what was said" in browser.get(f"/expectations/{sentence}").text


def test_saying_nothing_is_told_and_not_kept(cast: Cast, sentence: int, sign_in: SignIn) -> None:
    browser = sign_in(cast.asha)
    browser.post(f"/expectations/{sentence}/voice", words="  ")
    assert heard(cast, sentence) == []
    assert "Nothing was said" in browser.get("/").text


@pytest.mark.parametrize("who", ["mark", "adam", "sven", "asha"])
def test_only_who_leads_her_today_speaks_as_her_lead(cast: Cast, sentence: int, sign_in: SignIn, who: str) -> None:
    browser = sign_in(getattr(cast, who))
    led = f"/people/{cast.asha.id}/expectations/{sentence}"
    assert (browser.get(led).status_code, browser.post(led, claim="covered").status_code) == (404, 404)
    assert heard(cast, sentence) == []


def test_a_word_is_of_the_period_that_it_was_said_about(cast: Cast, sentence: int, sign_in: SignIn) -> None:
    browser = sign_in(cast.asha)
    browser.post(f"/expectations/{sentence}/voice", words="Third quarter.", period="2026-Q3")
    third = voices.own_words(cast.asha.id, Q3.start, Q3.end)
    fourth = voices.own_words(cast.asha.id, Q4.start, Q4.end)
    assert ([row.words for row in third.values()], fourth) == (["Third quarter."], {})


def test_a_lead_is_shown_only_what_is_confirmed_and_released(
    cast: Cast, sign_in: SignIn, article: Callable[..., int]
) -> None:
    page = sentences.of_page(sentences.pages(cast.asha.id)[0].id)
    personas = next(one.expectation_id for one in page if one.rule == "personas")
    activity, browser = article(cast.asha, title="An SRE's own hour"), sign_in(cast.asha)
    browser.post(f"/expectations/{personas}/verdicts", activity=f"{activity}", word="confirmed")
    led = sign_in(cast.lena).get(f"/people/{cast.asha.id}/expectations/{personas}").text
    assert ("own hour" in led, "Nothing is released" in led) == (False, True)
