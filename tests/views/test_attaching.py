"""Evidence put to a sentence by its person: found, counted as they say, pinned."""

from collections.abc import Callable, Mapping

import pytest

from advocacy.domain.period import parse
from advocacy.models import db, pins, sentences
from advocacy.models.board import Line, board
from advocacy.models.people import Person
from advocacy.rules import Rules
from tests.cast import Cast
from tests.conftest import NOW
from tests.journey import Browser

SignIn = Callable[[Person], Browser]


@pytest.fixture
def page(cast: Cast) -> Mapping[str, int]:
    """The sentences by their rules; the one without a rule is the first of them."""
    found = sentences.of_page(sentences.pages(cast.asha.id)[0].id)
    return {one.rule or "none": one.expectation_id for one in reversed(found)}


def line(cast: Cast, rules: Rules, expectation: int) -> Line:
    db.session.expire_all()
    (found,) = board(cast.asha, parse("2026-Q4"), NOW, rules, only=expectation).lines
    return found


def test_an_item_is_found_by_all_its_words_and_attached_to_what_no_rule_measures(
    cast: Cast, rules: Rules, page: Mapping[str, int], sign_in: SignIn, article: Callable[..., int]
) -> None:
    article(cast.asha, title="Of other things")
    activity, browser = article(cast.asha, title="Handing work over"), sign_in(cast.asha)
    shown = browser.get(f"/expectations/{page['none']}/attach?words=OVER+handing").text
    assert ("Handing work over" in shown, "Of other things" in shown) == (True, False)
    browser.post(f"/expectations/{page['none']}/attach", activity=f"{activity}")
    assert line(cast, rules, page["none"]).progress.count == 1
    assert "Handing work over" not in browser.get(f"/expectations/{page['none']}/attach?words=handing").text


def test_wildcards_are_plain_words(
    cast: Cast, page: Mapping[str, int], sign_in: SignIn, article: Callable[..., int]
) -> None:
    article(cast.asha, title="Half of it")
    assert "Nothing of yours" in sign_in(cast.asha).get(f"/expectations/{page['none']}/attach?words=%25").text


def test_a_persona_that_the_rules_did_not_see_counts_when_the_person_says_so(
    cast: Cast, rules: Rules, page: Mapping[str, int], sign_in: SignIn, article: Callable[..., int]
) -> None:
    activity, browser = article(cast.asha, title="A day on call"), sign_in(cast.asha)
    assert "platform-engineer" in line(cast, rules, page["personas"]).progress.measures[1][0].lacking
    shown = browser.get(f"/expectations/{page['personas']}/as/{activity}").text
    assert "It counts as" in shown
    browser.post(f"/expectations/{page['personas']}/attach", activity=f"{activity}", facet="platform-engineer")
    lacking = line(cast, rules, page["personas"]).progress.measures[1][0].lacking
    assert ("platform-engineer" in lacking, "sre" in lacking) == (False, True)


def test_what_is_learned_is_said_with_its_topic(
    cast: Cast, rules: Rules, page: Mapping[str, int], sign_in: SignIn, article: Callable[..., int]
) -> None:
    activity = article(cast.asha, title="A weekend with it")
    sign_in(cast.asha).post(
        f"/expectations/{page['learn-train']}/attach", activity=f"{activity}", facet="learned", topic="etcd"
    )
    assert "learned/etcd" in [t.facet for t in line(cast, rules, page["learn-train"]).tallies]


@pytest.mark.parametrize("form", [{"facet": "hero"}, {"facet": "learned", "topic": "alchemy"}])
def test_what_the_sentence_does_not_count_cannot_be_chosen(
    cast: Cast, page: Mapping[str, int], sign_in: SignIn, article: Callable[..., int], form: Mapping[str, str]
) -> None:
    activity = article(cast.asha)
    answer = sign_in(cast.asha).post(
        f"/expectations/{page['learn-train']}/attach", activity=f"{activity}", headers=None, **form
    )
    assert answer.status_code == 400


def test_three_are_pinned_and_the_fourth_waits_for_a_place(
    cast: Cast, page: Mapping[str, int], sign_in: SignIn, article: Callable[..., int]
) -> None:
    browser, sentence = sign_in(cast.asha), page["personas"]
    four = [article(cast.asha, title=f"An SRE's hour {number}") for number in range(4)]
    for activity in four:
        browser.post(f"/expectations/{sentence}/pins", activity=f"{activity}")
    assert pins.of(cast.asha.id, sentence) == four[:3]
    assert "3 are pinned already" in browser.get("/").text
    browser.post(f"/expectations/{sentence}/pins", activity=f"{four[0]}", off="1")
    browser.post(f"/expectations/{sentence}/pins", activity=f"{four[3]}")
    assert pins.of(cast.asha.id, sentence) == four[1:]


def test_pinned_pieces_stand_first_in_the_review_pack(
    cast: Cast, page: Mapping[str, int], sign_in: SignIn, article: Callable[..., int]
) -> None:
    browser = sign_in(cast.asha)
    first, _ = article(cast.asha, title="An SRE's best hour"), article(cast.asha, title="An SRE's other hour")
    browser.post(f"/expectations/{page['personas']}/pins", activity=f"{first}")
    told = browser.get("/review/pack.json").json or {}
    (entry,) = (one for one in told["expectations"] if one["rule"] == "personas")
    assert [(one["title"], one["pinned"]) for one in entry["pieces"]] == [
        ("An SRE's best hour", True),
        ("An SRE's other hour", False),
    ]
