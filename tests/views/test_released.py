"""What others see of a person: confirmed and released only, by whoever may; every look is written down."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from advocacy.domain.profile import Told
from advocacy.models import audience, db, exhibits, leadership, looks, pack, profile, roster
from advocacy.models.audience import Audience
from advocacy.models.board import board, default_period
from advocacy.models.people import Membership, Person
from advocacy.models.release import items
from advocacy.models.words import Visibility
from advocacy.rules import Rules
from tests.cast import Cast
from tests.conftest import NOW
from tests.ingest.scene import expectation
from tests.journey import Browser
from tests.plain import text
from tests.views.test_privacy import confirm

SignIn = Callable[[Person], Browser]
Publish = Callable[..., int]
TITLES = ("Private and confirmed", "For the lead", "For marketing", "For everybody", "Released, not confirmed")
SEEN = {
    Audience.LEAD: ["For the lead", "For marketing", "For everybody"],
    Audience.MARKETING: ["For marketing", "For everybody"],
    Audience.EVERYBODY: ["For everybody"],
}


@pytest.fixture
def asha(cast: Cast, article: Publish) -> Person:
    """Somebody with one item of each kind of openness."""
    wanted = (None, Visibility.LEAD, Visibility.MARKETING, Visibility.PUBLIC, Visibility.PUBLIC)
    for number, (title, to) in enumerate(zip(TITLES, wanted, strict=True)):
        activity_id = article(cast.asha, title, at=NOW - timedelta(days=number))
        if to:
            items.say(cast.asha.id, activity_id, to, NOW)
        if number < 4:
            confirm(cast.asha, activity_id)
    db.session.commit()
    return cast.asha


def titles(page: str) -> list[str]:
    return [title for title in TITLES if title in page]


@pytest.mark.parametrize("who", SEEN)
def test_each_audience_sees_what_is_confirmed_and_released_to_it(asha: Person, sign_in: SignIn, who: Audience) -> None:
    page = sign_in(asha).get(f"/people/{asha.id}/released?as={who}").text
    assert titles(page) == SEEN[who]
    assert f"{len(SEEN[who])} work" in text(page)
    assert looks.at(asha.id) == []


def test_the_lead_sees_the_same_and_its_owner_that_they_looked(asha: Person, cast: Cast, sign_in: SignIn) -> None:
    path = f"/people/{asha.id}/released"
    own, hers = sign_in(asha).get(path).text, sign_in(cast.lena).get(path).text
    assert (titles(own), titles(hers)) == (SEEN[Audience.LEAD],) * 2
    assert "All figures count what was confirmed and released, and nothing else" in text(hers)
    assert "3 of 3 items in 2026-Q4" in text(hers)
    db.session.rollback()
    told = [(one.who, one.audience, one.what) for one in looks.at(asha.id)]
    assert told == [("Lena Fischer", "lead", "what was released of 2026-Q4")]


def test_the_lead_is_not_told_that_surveys_are_covered_of_which_nothing_is_known(asha: Person, rules: Rules) -> None:
    period = default_period(asha, NOW)
    stands = {
        audience: next(
            one.progress for one in board(asha, period, NOW, rules, audience=audience).lines if one.rule == "surveys"
        )
        for audience in (Audience.OWNER, Audience.LEAD)
    }
    assert {audience: one.state.value for audience, one in stands.items()} == {
        Audience.OWNER: "covered",
        Audience.LEAD: "cant_tell",
    }
    assert [one.note for group in stands[Audience.LEAD].measures for one in group] == [""]


def test_marketing_sees_works_and_no_sentence_of_the_role_page(asha: Person, cast: Cast, sign_in: SignIn) -> None:
    page = sign_in(cast.mark).get(f"/people/{asha.id}/released").text
    assert (titles(page), "personas" in page, "covered" in page) == (SEEN[Audience.MARKETING], False, False)


@pytest.mark.parametrize("nick", ["sven", "adam"])
def test_nobody_else_sees_the_page_and_no_look_is_written(asha: Person, cast: Cast, sign_in: SignIn, nick: str) -> None:
    assert sign_in(getattr(cast, nick)).get(f"/people/{asha.id}/released").status_code == 404
    assert sign_in(getattr(cast, nick)).get("/people/99999/released").status_code == 404
    db.session.rollback()
    assert looks.count(asha.id) == 0


def test_what_tells_of_sources_or_of_what_is_not_released_is_on_no_page_of_others(
    asha: Person, cast: Cast, sign_in: SignIn
) -> None:
    page = text(sign_in(cast.lena).get(f"/people/{asha.id}/released").text)
    assert [word for word in ("not connected", "may be more", "wait", "no evidence yet") if word in page] == []


def test_a_lead_of_before_or_of_another_team_is_none(asha: Person, cast: Cast, sign_in: SignIn) -> None:
    roster.join_team(cast.sven.id, "Others", date(2026, 1, 1), leads=True)
    assert not leadership.leads(cast.sven.id, asha.id, date(2026, 11, 23))
    assert leadership.leads(cast.lena.id, asha.id, date(2026, 11, 23))
    for one in db.session.query(Membership).filter_by(person_id=cast.lena.id):
        one.until = date(2026, 10, 31)
    db.session.commit()
    assert sign_in(cast.lena).get(f"/people/{asha.id}/released").status_code == 404
    assert leadership.leads(cast.lena.id, asha.id, date(2026, 10, 31))


def test_whoever_leads_and_is_in_marketing_sees_as_the_lead(asha: Person, cast: Cast) -> None:
    day = date(2026, 11, 23)
    found = [audience.of(one, asha.id, day) for one in (asha, cast.lena, cast.mark, cast.sven, cast.adam)]
    assert found == [Audience.OWNER, Audience.LEAD, Audience.MARKETING, Audience.EVERYBODY, Audience.EVERYBODY]
    assert audience.of(cast.lena, cast.lena.id, day) is Audience.OWNER


def test_another_word_than_lead_marketing_or_everybody_is_refused(asha: Person, sign_in: SignIn) -> None:
    assert sign_in(asha).get(f"/people/{asha.id}/released?as=owner").status_code == 400


def test_the_same_evidence_is_read_for_every_audience(asha: Person) -> None:
    first, last = date(2026, 10, 1), date(2026, 12, 31)
    own = pack.pieces(asha.id, first, last, confirmed_only=True)
    lead = pack.pieces(asha.id, first, last, confirmed_only=True, audience=Audience.LEAD)
    sentence = expectation("personas")
    assert [one.title for one in own[sentence]] == list(TITLES[:4])
    assert [one for one in own[sentence] if one.visibility is not Visibility.PRIVATE] == lead[sentence]
    assert len(exhibits.of(asha.id, sentence, first, last)) == 5


def test_whom_one_leads_and_who_wants_to_be_found_are_listed(asha: Person, cast: Cast, sign_in: SignIn) -> None:
    def named(who: Person) -> bool:
        return "Asha Rao: what they released" in text(sign_in(who).get("/people/").text)

    assert {nick: named(getattr(cast, nick)) for nick in ("lena", "mark", "sven")} == {
        "lena": True,
        "mark": False,
        "sven": False,
    }
    profile.save(asha, Told(name="Asha Rao"), NOW, listed=True)
    db.session.commit()
    assert (named(cast.mark), named(cast.sven)) == (True, False)
