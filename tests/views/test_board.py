"""The board of proposals: one's own for each, what is released for marketing, moved by the owner alone."""

import csv
import io
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from advocacy.domain.proposal import ProposalState, Step
from advocacy.models import db, looks
from advocacy.models.people import Person
from advocacy.models.talks import board, events, proposals, watching
from advocacy.models.talks.proposals import Proposal
from advocacy.models.words import Visibility
from tests.cast import Cast
from tests.conftest import NOW
from tests.journey import Browser
from tests.markup import opened

SignIn = Callable[[Person], Browser]
TODAY = NOW.date()
FORMS = ("board", "list", "timeline")


def propose(person: Person, title: str, event: str = "KubeCon", **more: Any) -> int:
    """A draft of a person's for an event of the company's, whose call closes in 9 days."""
    there = events.of_company(event, None, NOW)
    there.starts, there.cfp_closes = TODAY + timedelta(days=40), TODAY + timedelta(days=9)
    state = more.pop("state", ProposalState.DRAFTED)
    one = Proposal(owner_id=person.id, event_id=there.id, title=title, created_at=NOW, **more)
    proposals.add(one, Step(state, TODAY), TODAY, NOW)
    db.session.commit()
    return one.id


def shown(browser: Browser, query: str = "") -> str:
    """All three forms, the sheet and the event's page together."""
    number = re.search(r'/events/(\d+)"', browser.get("/events").text)
    pages = [f"/events/board?as={form}{query}" for form in FORMS] + ([f"/events/{number[1]}"] if number else [])
    return opened(browser, *pages) + browser.get(f"/events/board/board.csv?{query.lstrip('&')}").text


def titles(browser: Browser, query: str = "") -> list[str]:
    answer = browser.get(f"/events/board/board.csv{query}")
    return sorted(row["title"] for row in csv.DictReader(io.StringIO(answer.text)))


def test_a_private_proposal_is_nobody_elses_to_see_or_count(cast: Cast, sign_in: SignIn) -> None:
    for number, visibility in enumerate((Visibility.PRIVATE, Visibility.LEAD)):
        propose(cast.asha, f"Secret {number}", visibility=visibility)
    assert titles(sign_in(cast.asha)) == ["Secret 0", "Secret 1"]
    for person in (cast.mark, cast.lena, cast.sven, cast.adam):
        browser = sign_in(person)
        words = shown(browser)
        assert ("Secret" in words, "Asha" in words, "Board: 0 proposals" in words) == (False, False, True)
        assert "0 proposals to it" in words
        assert "Board: 0 proposals" in opened(browser, f"/events/board?person={cast.asha.id}")
    assert looks.count(cast.asha.id) == 0


def test_marketing_sees_what_is_released_does_not_move_it_and_the_owner_is_told(cast: Cast, sign_in: SignIn) -> None:
    number = propose(cast.asha, "Chaos on etcd", visibility=Visibility.MARKETING)
    propose(cast.asha, "For everybody", visibility=Visibility.PUBLIC)
    propose(cast.asha, "Secret")
    propose(cast.mark, "Mark's own")
    mark = sign_in(cast.mark)
    assert titles(mark) == ["Chaos on etcd", "For everybody", "Mark's own"]
    words = shown(mark)
    assert ("Board: 3 proposals" in words, "Asha Rao" in words, "Secret" in words) == (True, True, False)
    page = mark.get("/events/board").text
    assert re.findall(r'action="(/proposals/\d+/steps)"', page) == ["/proposals/4/steps"]
    assert f"/proposals/{number}" not in page
    assert mark.post(f"/proposals/{number}/steps", state="submitted").status_code == 404
    assert titles(sign_in(cast.lena)) == []
    told = {look.what for look in looks.at(cast.asha.id)}
    assert told == {"your proposals on the board", "your proposals to KubeCon"}
    assert looks.count(cast.mark.id) == 0


def test_the_owner_moves_a_card_by_its_menu_and_takes_it_back(cast: Cast, sign_in: SignIn) -> None:
    number, asha = propose(cast.asha, "Chaos on etcd"), sign_in(cast.asha)
    page = asha.get("/events/board").text
    assert re.findall(r'<option value="(\w+)">', page.partition('class="board-move"')[2].partition("</form>")[0]) == [
        *("in_review", "submitted", "accepted", "withdrawn")
    ]
    answer = asha.post(f"/proposals/{number}/steps", state="submitted", to="board")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/events/board")
    page = asha.get("/events/board").text
    assert "It is submitted." in page
    assert asha.post(f"/proposals/{number}/back", to="board").headers["Location"] == "/events/board"
    assert db.session.scalars(sa.select(Proposal.state)).all() == [ProposalState.DRAFTED]


def test_what_is_watched_stands_first_until_something_is_proposed(cast: Cast, sign_in: SignIn) -> None:
    there = events.of_company("Rejekts", None, NOW)
    there.cfp_closes = TODAY + timedelta(days=9)
    watching.watch(cast.asha.id, there.id, NOW)
    db.session.commit()
    asha, mark = sign_in(cast.asha), sign_in(cast.mark)
    for form in FORMS:
        assert "Rejekts" in opened(asha, f"/events/board?as={form}").partition("Board:")[2]
        assert "Rejekts" not in opened(mark, f"/events/board?as={form}")
    propose(cast.asha, "Chaos", "Rejekts")
    assert board.watched(cast.asha, board.Look(), TODAY) == []


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["Chaos", "Etcd", "Rook"]),
        ("?state=submitted", ["Rook"]),
        ("?event=2", ["Etcd"]),
        ("?person=3", ["Rook"]),
        ("?topic=kubernetes", ["Etcd"]),
        ("?topic=kubernetes&state=submitted", []),
    ],
)
def test_the_address_narrows_the_board_and_its_sheet(cast: Cast, sign_in: SignIn, query: str, found: list[str]) -> None:
    propose(cast.mark, "Chaos")
    propose(cast.mark, "Etcd", "Kubernetes Day")
    propose(cast.asha, "Rook", visibility=Visibility.PUBLIC, state=ProposalState.SUBMITTED)
    events.of_company("Kubernetes Day", None, NOW).topics = ["kubernetes"]
    db.session.commit()
    mark, query = sign_in(cast.mark), query.replace("person=3", f"person={cast.asha.id}")
    assert titles(mark, query) == found
    assert f"Board: {len(found)} proposal" in opened(mark, f"/events/board{query}")


@pytest.mark.parametrize("query", ["as=cards", "state=lost", "event=x", "person=-1", "after=x"])
def test_an_address_that_says_nothing_is_refused(cast: Cast, sign_in: SignIn, query: str) -> None:
    assert sign_in(cast.asha).get(f"/events/board?{query}").status_code == 400


def test_a_long_column_leads_to_the_list_which_holds_each_card_once(
    cast: Cast, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(board, "COLUMN", 2)
    monkeypatch.setattr(board, "SIZE", 2)
    for number in range(5):
        propose(cast.asha, f"Talk {number}")
    asha = sign_in(cast.asha)
    page = asha.get("/events/board").text
    assert re.findall(r">(Talk \d)</a>", page) == ["Talk 4", "Talk 3"]
    more = re.search(r'href="([^"]+)">All 5<', page)
    path, seen = more[1].replace("&amp;", "&") if more else "", []
    while path:
        text = asha.get(path).text
        seen += re.findall(r">(Talk \d)</a>", text)
        older = re.search(r'href="([^"]+)">Older<', text)
        path = older[1].replace("&amp;", "&") if older else ""
    assert seen == [f"Talk {number}" for number in (4, 3, 2, 1, 0)]


def test_a_card_at_somebodys_own_event_names_it_and_leads_nowhere(cast: Cast, sign_in: SignIn) -> None:
    own = events.named("Meetup Pune", cast.asha.id, None, NOW)
    one = Proposal(owner_id=cast.asha.id, event_id=own.id, title="Chaos", created_at=NOW, visibility="public")
    proposals.add(one, Step(ProposalState.IDEA, TODAY), TODAY, NOW)
    db.session.commit()
    page = sign_in(cast.mark).get("/events/board").text
    assert ("Meetup Pune" in page, f'href="/events/{own.id}"' in page) == (True, False)
