"""Reminders of calls that close: once for each event, person and step, to whom it concerns."""

import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask

from advocacy.domain.proposal import ProposalState, Step
from advocacy.letters import closing, sending
from advocacy.models import db, feed_tokens, happenings, letter_stops, outbox
from advocacy.models.feed_tokens import Opens
from advocacy.models.people import Person
from advocacy.models.talks import events, library, proposals, watching
from advocacy.models.talks.events import Event
from advocacy.models.talks.proposals import Proposal
from advocacy.rules import Rules
from tests.cast import Cast
from tests.conftest import NOW
from tests.feeds.calendar_reader import events_of
from tests.journey import Browser
from tests.letters.test_sending import arrived, plain

DAY = timedelta(days=1)


@pytest.fixture
def oslo(cast: Cast) -> Event:
    """An event whose call closes in 20 days."""
    one = events.of_company("KubeCon Oslo", None, NOW)
    one.cfp_closes, one.cfp_url = NOW.date() + 20 * DAY, "https://kubecon.example/cfp"
    db.session.commit()
    return one


def draft(person: Person, event: Event, state: ProposalState = ProposalState.DRAFTED, title: str = "Chaos") -> None:
    one = Proposal(owner_id=person.id, event_id=event.id, title=title, created_at=NOW)
    proposals.add(one, Step(state, NOW.date()), NOW.date(), NOW)
    db.session.commit()


def watch(person: Person, event: Event) -> None:
    watching.watch(person.id, event.id, NOW)
    db.session.commit()


def subjects(folder: Path) -> list[tuple[str, str]]:
    found = [(one["To"].addresses[0].username, str(one["Subject"])) for one in arrived(folder)]
    return sorted(found)


def test_whom_it_concerns_is_told_at_each_step_once(oslo: Event, cast: Cast, folder: Path, rules: Rules) -> None:
    watch(cast.asha, oslo)
    draft(cast.lena, oslo)
    draft(cast.mark, oslo, ProposalState.SUBMITTED)
    for days in (0, 5, 6, 7, 12, 13, 14, 17, 18, 19, 20, 21):
        sending.go_round(NOW + days * DAY, rules)
    steps = ["in 14 days", "in 2 days", "in 7 days"]
    told = [(nick, f"KubeCon Oslo closes its call {when}") for nick in ("asha", "lena") for when in steps]
    assert subjects(folder) == told


def test_a_letter_names_what_is_not_sent_and_where_it_is(oslo: Event, cast: Cast, folder: Path, rules: Rules) -> None:
    watch(cast.asha, oslo)
    draft(cast.asha, oslo, title="Chaos on etcd")
    draft(cast.asha, oslo, ProposalState.IDEA, title="Rook for everybody")
    sending.go_round(NOW + 14 * DAY, rules)
    (letter,) = arrived(folder)
    words = plain(letter).replace("\r\n", "\n")
    assert str(letter["Subject"]) == "KubeCon Oslo closes its call in 6 days"
    assert "closes in 6 days, on 13 Dec 2026." in words
    assert "Not sent yet:\n- Chaos on etcd\n- Rook for everybody\n" in words
    assert f"/events/{oslo.id}\n" in words
    assert "https://kubecon.example/cfp" in words


def test_after_a_silence_only_the_last_step_is_told(oslo: Event, cast: Cast, folder: Path, rules: Rules) -> None:
    watch(cast.asha, oslo)
    for _ in range(2):
        sending.go_round(NOW + 19 * DAY, rules)
    assert subjects(folder) == [("asha", "KubeCon Oslo closes its call tomorrow")]


def test_days_are_those_where_the_person_lives(oslo: Event, cast: Cast) -> None:
    watch(cast.asha, oslo)
    watch(cast.lena, oslo)
    late = NOW.replace(hour=20) + 5 * DAY  # in Kolkata the next day has begun
    assert [(one.person.id, one.step) for one in closing.due(late)] == [(cast.asha.id, 14)]


def test_two_rounds_at_once_write_one_letter(oslo: Event, cast: Cast) -> None:
    watch(cast.asha, oslo)
    at = NOW + 6 * DAY
    (one,) = closing.due(at)
    outbox.put(cast.asha.id, outbox.CALL, one.key, {"subject": "", "text": "", "html": ""}, at)
    db.session.commit()
    assert (closing.remind(at), closing.due(at)) == (0, [])


def test_what_is_called_off_sent_or_stopped_is_not_reminded_of(oslo: Event, cast: Cast, rules: Rules) -> None:
    watch(cast.asha, oslo)
    draft(cast.lena, oslo)
    at = NOW + 6 * DAY
    letter_stops.stop(cast.asha.id, outbox.CALL, NOW)
    assert [one.person.id for one in closing.due(at)] == [cast.lena.id]
    oslo.off_at = NOW
    db.session.commit()
    assert closing.due(at) == []


def test_they_are_stopped_on_their_page_and_by_the_address_in_each(
    oslo: Event, cast: Cast, folder: Path, rules: Rules, app: Flask, sign_in: Callable[[Person], Browser]
) -> None:
    watch(cast.asha, oslo)
    sending.go_round(NOW + 6 * DAY, rules)
    (letter,) = arrived(folder)
    stop = letter["List-Unsubscribe"].strip("<>").partition("/letters/")[2]
    browser = Browser(app.test_client())
    assert "Reminders of calls for proposals" in browser.get(f"/letters/{stop}").text
    browser.post(f"/letters/{stop}")
    assert closing.due(NOW + 13 * DAY) == []
    sign_in(cast.asha).post("/letters/kinds/call", stop="0")
    assert [one.step for one in closing.due(NOW + 13 * DAY)] == [7]


def test_the_feeds_of_a_person_tell_the_same(
    oslo: Event, cast: Cast, app: Flask, sign_in: Callable[[Person], Browser]
) -> None:
    oslo.cfp_closes = NOW.date() + 6 * DAY
    watch(cast.asha, oslo)
    tokens = {one: feed_tokens.make(cast.asha.id, one, "", NOW) for one in (Opens.ACTIVITY, Opens.PUBLIC)}
    lena = feed_tokens.make(cast.lena.id, Opens.ACTIVITY, "", NOW)
    db.session.commit()
    told: dict[str, list[tuple[str, str, str]]] = {}
    for name, token in [*tokens.items(), ("lena", lena)]:
        with Browser(app.test_client()).served():
            answer = app.test_client().get(f"/feeds/{token}/activity.json")
        told[str(name)] = [(one["id"], one["title"], one["date_published"]) for one in json.loads(answer.data)["items"]]
    both = [
        (f"tag:127.0.0.1,2026:call/{oslo.id}/7", "KubeCon Oslo closes its call in 7 days", "2026-11-21T18:30:00+00:00"),
        (
            f"tag:127.0.0.1,2026:call/{oslo.id}/14",
            "KubeCon Oslo closes its call in 14 days",
            "2026-11-14T18:30:00+00:00",
        ),
    ]
    assert told == {"activity": both, "public": [], "lena": []}
    with Browser(app.test_client()).served():
        atom = app.test_client().get(f"/feeds/{tokens[Opens.ACTIVITY]}/activity.atom")
        calendar = app.test_client().get(f"/feeds/{tokens[Opens.ACTIVITY]}/activity.ics")
    assert atom.text.count("<entry>") == 2
    (one,) = events_of(calendar.data)
    assert (one["UID"], one["SUMMARY"]) == (
        f"call-{oslo.id}@127.0.0.1",
        "Call for proposals closes: KubeCon Oslo",
    )


def test_a_call_stands_in_the_calendar_once(oslo: Event, cast: Cast) -> None:
    watch(cast.asha, oslo)
    assert [one.uid for one in happenings.of(cast.asha.id, NOW)] == [f"call-{oslo.id}"]
    draft(cast.asha, oslo)
    (one,) = happenings.of(cast.asha.id, NOW)
    assert one.uid.startswith("cfp-")
    assert happenings.of(cast.sven.id, NOW) == []


def test_home_and_the_weekly_letter_tell_of_a_watched_call_and_of_one_that_a_talk_fits(
    oslo: Event, cast: Cast, sign_in: Callable[[Person], Browser]
) -> None:
    oslo.cfp_closes = NOW.date() + 9 * DAY
    other = events.of_company("Kubernetes Day", None, NOW)
    other.cfp_closes, other.topics = NOW.date() + 5 * DAY, ["kubernetes"]
    library.add(cast.asha.id, "Kubernetes in the cellar", "", NOW)
    watch(cast.asha, oslo)
    asha = sign_in(cast.asha)
    page = asha.get("/").text
    assert "which you watch: the call closes" in page
    assert "“Kubernetes Day” closes its call in 5 days: your talk “Kubernetes in the cellar” fits." in page
    assert "KubeCon Oslo" in asha.get("/letters/").text
    assert "KubeCon Oslo" not in sign_in(cast.sven).get("/").text
