"""Proposals that others may follow, and what is like them: nothing private is seen, counted or inferred."""

import csv
import io
import re
from collections.abc import Callable

import pytest

from advocacy.domain.proposal import ProposalState, Step
from advocacy.models import db, looks, roster
from advocacy.models.people import Person
from advocacy.models.talks import events, followed, proposals
from advocacy.models.talks.proposals import Proposal
from advocacy.models.words import Capability, Visibility
from tests.cast import Cast
from tests.conftest import NOW
from tests.journey import Browser
from tests.markup import opened
from tests.views.test_talks import CHAOS, place

SignIn = Callable[[Person], Browser]


def titles(browser: Browser, query: str = "") -> list[str]:
    return [row["title"] for row in csv.DictReader(io.StringIO(browser.get(f"/proposals/proposals.csv{query}").text))]


@pytest.fixture
def four(app: object, cast: Cast) -> dict[Visibility, int]:
    """Asha's proposals, one for each who may follow it; by that."""
    found = {}
    for number, visibility in enumerate(Visibility):
        event = events.named(f"Event {number}", cast.asha.id, None, NOW)
        one = Proposal(owner_id=cast.asha.id, event_id=event.id, title=f"{visibility}", created_at=NOW)
        one.visibility, one.feedback = visibility, "A word for me alone"
        proposals.add(one, Step(ProposalState.DRAFTED, NOW.date()), NOW.date(), NOW, "A note for me alone")
        found[visibility] = one.id
    db.session.commit()
    return found


def test_each_may_follow_what_is_open_to_them_and_change_nothing(
    four: dict[Visibility, int], cast: Cast, sign_in: SignIn
) -> None:
    olga = roster.add("olga@tern.example", "Olga Other", NOW, can=[Capability.LEAD])
    roster.join_team(olga.id, "Network", roster.EVER, leads=True)
    db.session.commit()
    seen = {
        person.name: titles(sign_in(person)) for person in (cast.lena, cast.mark, cast.sven, cast.adam, olga, cast.asha)
    }
    assert seen == {
        "Lena Fischer": ["public", "marketing", "lead"],
        "Mark O’Neil": ["public", "marketing"],
        "Sven Stranger": ["public"],
        "Adam Admin": ["public"],
        "Olga Other": ["public"],
        "Asha Rao": [],
    }
    for person in (cast.lena, cast.mark, cast.sven):
        browser = sign_in(person)
        for visibility, number in four.items():
            may = f"{visibility}" in seen[person.name]
            assert browser.get(f"/proposals/{number}").status_code == (200 if may else 404)
            assert browser.post(f"/proposals/{number}", title="Mine now", day="2026-11-20").status_code == 404
            assert browser.post(f"/proposals/{number}/steps", state="submitted").status_code == 404
            assert browser.post(f"/proposals/{number}/approvals", kind="marketing").status_code == 404


def test_who_follows_is_told_no_note_and_no_feedback_and_the_owner_who_looked(
    four: dict[Visibility, int], cast: Cast, sign_in: SignIn
) -> None:
    told = opened(sign_in(cast.mark), f"/proposals/{four[Visibility.MARKETING]}", "/proposals")
    assert ("for me alone" in told, "2 proposals of colleagues" in told) == (False, True)
    whats = {(look.who, look.audience, look.what) for look in looks.at(cast.asha.id)}
    assert whats == {
        ("Mark O’Neil", "marketing", "your proposal “marketing”"),
        ("Mark O’Neil", "marketing", "proposals that you let others follow"),
    }


def test_the_list_is_narrowed_by_its_address(four: dict[Visibility, int], cast: Cast, sign_in: SignIn) -> None:
    one = db.session.get_one(Proposal, four[Visibility.MARKETING])
    event = db.session.get_one(events.Event, one.event_id)
    event.cfp_closes = NOW.date().replace(day=30)
    db.session.commit()
    browser = sign_in(cast.mark)
    told = {
        query: titles(browser, query)
        for query in ("?closes=7", "?closes=6", "?event=EVENT+3", "?words=mark", "?state=submitted")
    }
    assert told == {
        "?closes=7": ["marketing"],
        "?closes=6": [],
        "?event=EVENT+3": ["public"],
        "?words=mark": ["marketing"],
        "?state=submitted": [],
    }
    assert titles(browser, f"?person={cast.asha.id}&state=drafted") == ["public", "marketing"]
    for query in ("?closes=soon", "?person=asha", "?state=sent", "?after=x"):
        assert browser.get(f"/proposals{query}").status_code == 400


def test_pages_hold_every_one_once(
    four: dict[Visibility, int], cast: Cast, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(followed, "SIZE", 1)
    browser, path, seen = sign_in(cast.lena), "/proposals", []
    while path:
        text = browser.get(path).text
        seen += re.findall(r'<a href="/proposals/\d+" dir="auto">(\w+)</a>', text)
        more = re.search(r'href="(/proposals\?after=[^"]+)">Older', text)
        path = more[1].replace("&amp;", "&") if more else ""
    assert seen == ["public", "marketing", "lead"]


def test_what_is_like_it_is_said_once_and_never_of_what_is_private(cast: Cast, sign_in: SignIn) -> None:
    asha, sven = sign_in(cast.asha), sign_in(cast.sven)
    place(asha.post("/talks/propose", **CHAOS))
    where = place(sven.post("/talks/propose", **{**CHAOS, "title": "Chaos on  Etcd"}))
    assert "Something like it" not in opened(sven, where)
    other = place(asha.post("/talks/propose", **{**CHAOS, "title": "etcd in chaos, live", "visibility": "public"}))
    assert "Something like it" not in opened(sven, where)
    asha.post(other, title="Chaos on Etcd", day="2026-11-20", visibility="public")
    told = opened(sven, where)
    assert ("Something like it" in told, "Asha Rao" in told, told.count("the same event")) == (True, True, 1)
    again = sven.post("/talks/propose", **{**CHAOS, "abstract": "Typed with care"})
    assert (again.status_code, "Typed with care" in again.text, "Keep it all the same" in again.text) == (
        422,
        *2 * [True],
    )
    numbers = re.findall(r'name="told" value="(\d+)"', again.text)
    assert len(numbers) == 2
    place(sven.post("/talks/propose", **CHAOS, told=numbers))


def test_ones_own_elsewhere_is_told_with_its_state(cast: Cast, sign_in: SignIn) -> None:
    browser = sign_in(cast.asha)
    browser.post("/talks/propose", **{**CHAOS, "state": "accepted"})
    answer = browser.post("/talks/propose", **{**CHAOS, "event": "FOSDEM"})
    told = " ".join(re.sub("<[^>]+>", " ", answer.text).split())
    assert "accepted at KubeCon Oslo since 20 Nov 2026 – many events want first showings" in told
