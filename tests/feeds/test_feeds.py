"""What programs read by a token: parsed by others' readers, however hostile the titles."""

import io
import json
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from typing import Any

import feedparser
import pytest
import sqlalchemy as sa
from flask import Flask
from lxml import etree

from advocacy import recording
from advocacy.domain.activity import Activity, Kind, Platform
from advocacy.domain.proposal import ProposalState, Step
from advocacy.domain.training import ClassState
from advocacy.models import db, fed, feed_tokens, leaving
from advocacy.models.activities import ActivityRow
from advocacy.models.feed_tokens import FeedToken, Opens
from advocacy.models.people import Person
from advocacy.models.release import items
from advocacy.models.talks import events, proposals
from advocacy.models.talks.proposals import Proposal
from advocacy.models.trainings import classes, trainers
from advocacy.models.trainings.classes import Class
from advocacy.models.words import Part, Visibility
from advocacy.rules import Rules
from tests.cast import Cast
from tests.conftest import NOW, SRE
from tests.feeds.calendar_reader import events_of
from tests.journey import Browser
from tests.naughty import NAUGHTY
from tests.views.test_privacy import confirm

ATOM, JSON, ICS = "activity.atom", "activity.json", "activity.ics"
Open = Callable[..., str]


@pytest.fixture
def token(app: Flask) -> Open:
    """Make a token for a person."""

    def make(person: Person, opens: Opens = Opens.ACTIVITY) -> str:
        made = feed_tokens.make(person.id, opens, "My reader", NOW)
        db.session.commit()
        return made

    return make


@pytest.fixture
def read(app: Flask) -> Callable[..., Any]:
    """Ask as a program does: with no cookie."""

    def get(token: str, name: str, **headers: str) -> Any:
        with Browser(app.test_client()).served():
            return app.test_client().get(f"/feeds/{token}/{name}", headers=headers)

    return get


def tree(data: bytes) -> Any:
    """What a parser that is not ours makes of XML."""
    return etree.fromstring(data)


def logged(rules: Rules, person: Person, number: int, **more: Any) -> int:
    given = {"text": "", "kind": Kind.ARTICLE, "platform": Platform.FEED, "at": NOW - timedelta(days=number), **more}
    one = Activity(ref=f"hand:{person.id * 1000 + number:032x}", **given)
    made = recording.record(one, {person.id: Part.AUTHOR}, NOW, rules)
    db.session.commit()
    return made


def test_atom_as_a_reader_sees_it(cast: Cast, rules: Rules, token: Open, read: Callable[..., Any]) -> None:
    number = logged(rules, cast.asha, 1, title="Ünïcode & <b>", text="A < B", url="https://blog.example/1?a=1&b=2")
    answer = read(token(cast.asha), ATOM)
    told = feedparser.parse(io.BytesIO(answer.data), response_headers={"content-type": answer.content_type})
    (entry,) = told.entries
    assert (told.bozo, told.version, told.feed.title) == (False, "atom10", "Asha Rao: activity")
    assert (entry.id, entry.link) == (f"tag:127.0.0.1,2026:activity/{number}", "https://blog.example/1?a=1&b=2")
    assert (entry.title_detail.type, entry.title) == ("text/plain", "Ünïcode & <b>")
    assert (entry.content[0].type, entry.content[0].value) == ("text/plain", "A < B")
    assert entry.published_parsed[:6] == (2026, 11, 22, 9, 0, 0)
    assert [tag.term for tag in entry.tags] == ["article", "blog"]
    assert [link.href for link in entry.links if link.rel == "related"] == [
        f"http://127.0.0.1:8000/activities/{number}"
    ]


def test_atom_has_what_the_standard_asks_for(cast: Cast, rules: Rules, token: Open, read: Callable[..., Any]) -> None:
    """RFC 4287, 4.1.1 and 4.1.2: one id, one title, one updated; an author; of an entry without content a link."""
    key = token(cast.asha)
    for _ in range(2):
        root = tree(read(key, ATOM).data)
        ns = {"a": "http://www.w3.org/2005/Atom"}
        for element in [root, *root.findall("a:entry", ns)]:
            for name in ("id", "title", "updated"):
                (one,) = element.findall(f"a:{name}", ns)
                assert one.text
            datetime.fromisoformat(element.find("a:updated", ns).text)
            assert len(element.findall("a:link[@rel='alternate']", ns)) <= 1
        assert root.find("a:author/a:name", ns).text == "Asha Rao"
        logged(rules, cast.asha, 1)


def test_json_feed_as_its_standard_asks(cast: Cast, rules: Rules, token: Open, read: Callable[..., Any]) -> None:
    number = logged(rules, cast.asha, 1, title="One", text="Words", url="https://blog.example/1")
    answer = read(token(cast.asha), JSON)
    assert answer.mimetype == "application/feed+json"
    assert json.loads(answer.data) == {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Asha Rao: activity",
        "home_page_url": "http://127.0.0.1:8000/",
        "authors": [{"name": "Asha Rao"}],
        "items": [
            {
                "id": f"tag:127.0.0.1,2026:activity/{number}",
                "url": f"http://127.0.0.1:8000/activities/{number}",
                "external_url": "https://blog.example/1",
                "title": "One",
                "content_text": "Words",
                "date_published": "2026-11-22T09:00:00+00:00",
                "date_modified": "2026-11-23T09:00:00+00:00",
                "tags": ["article", "blog"],
            }
        ],
    }


@pytest.mark.parametrize("words", NAUGHTY.values(), ids=NAUGHTY)
def test_a_hostile_title_is_a_title(
    cast: Cast, rules: Rules, token: Open, read: Callable[..., Any], words: str
) -> None:
    logged(rules, cast.asha, 1, title=words, text=words, channel=words)
    key = token(cast.asha)
    atom, told = read(key, ATOM), json.loads(read(key, JSON).data)
    stored = db.session.scalars(sa.select(ActivityRow.title)).one()
    root = tree(atom.data)
    title = root.find("{*}entry/{*}title").text
    assert "".join((title or "").split()) == "".join(told["items"][0]["title"].replace("\r", "\n").split())
    assert {one.tag.rpartition("}")[2] for one in root.iter()} <= {
        *("feed", "entry", "id", "title", "updated", "published", "author", "name", "link", "category", "content")
    }
    assert not stored.strip() or title


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "ftp://x.example/1", "", "//x.example"])
def test_only_web_addresses_are_links(
    cast: Cast, rules: Rules, token: Open, read: Callable[..., Any], url: str
) -> None:
    logged(rules, cast.asha, 1, title="One")
    db.session.execute(sa.update(ActivityRow).values(url=url))
    db.session.commit()
    key = token(cast.asha)
    links = {one.get("href") for one in tree(read(key, ATOM).data).iter("{*}link")}
    assert [link.startswith("http://127.0.0.1:8000/activities/") for link in links] == [True]
    assert "external_url" not in json.loads(read(key, JSON).data)["items"][0]


def test_only_ones_own_and_what_is_there(cast: Cast, rules: Rules, token: Open, read: Callable[..., Any]) -> None:
    logged(rules, cast.lena, 1, title="Lena's")
    logged(rules, cast.asha, 2, title="Gone")
    db.session.execute(sa.update(ActivityRow).where(ActivityRow.title == "Gone").values(deleted_at=NOW))
    logged(rules, cast.asha, 3, title="Not to be kept")
    db.session.execute(sa.update(ActivityRow).where(ActivityRow.title == "Not to be kept").values(dropped_at=NOW))
    logged(rules, cast.asha, 4, title="Asha's")
    assert [one["title"] for one in json.loads(read(token(cast.asha), JSON).data)["items"]] == ["Asha's"]


def test_what_is_public_alone_and_without_our_pages(
    cast: Cast, rules: Rules, token: Open, read: Callable[..., Any]
) -> None:
    """And confirmed: to release it is not enough, on this road as on the pages."""
    released = logged(rules, cast.asha, 1, title="Released", url="https://blog.example/1")
    confirm(cast.asha, released)
    confirm(cast.asha, logged(rules, cast.asha, 2, title="Private"))
    unconfirmed = logged(rules, cast.asha, 3, title="Released, not confirmed", text=SRE)
    for number in (released, unconfirmed):
        items.say(cast.asha.id, number, Visibility.PUBLIC, NOW)
    db.session.commit()
    key = token(cast.asha, Opens.PUBLIC)
    (item,) = json.loads(read(key, JSON).data)["items"]
    assert (item["title"], item["external_url"], "url" in item) == ("Released", "https://blog.example/1", False)
    assert read(key, ICS).status_code == 404


def test_a_feed_is_no_archive(
    cast: Cast, rules: Rules, token: Open, read: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fed, "MOST", 2)
    for number in range(1, 4):
        logged(rules, cast.asha, number, title=f"{number}")
    assert [one["title"] for one in json.loads(read(token(cast.asha), JSON).data)["items"]] == ["1", "2"]


@pytest.mark.parametrize("name", [ATOM, JSON, ICS])
def test_nothing_new_is_told_without_the_content(
    cast: Cast, rules: Rules, token: Open, read: Callable[..., Any], name: str
) -> None:
    logged(rules, cast.asha, 1, title="One", kind=Kind.TALK)
    key = token(cast.asha)
    first = read(key, name)
    again = read(key, name, **{"If-None-Match": first.headers["ETag"]})
    assert (first.status_code, again.status_code, again.data) == (200, 304, b"")
    logged(rules, cast.asha, 2, title="Two", kind=Kind.TALK)
    assert read(key, name, **{"If-None-Match": first.headers["ETag"]}).status_code == 200


@pytest.mark.parametrize("name", [ATOM, JSON, ICS])
def test_nobody_between_may_keep_it_and_no_machine_lists_it(
    cast: Cast, token: Open, read: Callable[..., Any], name: str
) -> None:
    headers = read(token(cast.asha), name).headers
    assert (headers["Cache-Control"], headers["X-Robots-Tag"]) == ("private, max-age=900", "noindex, nofollow")
    assert (headers["X-Content-Type-Options"], "Set-Cookie" in headers) == ("nosniff", False)


@pytest.mark.parametrize("name", [ATOM, JSON, ICS])
def test_a_token_that_opens_nothing_is_answered_as_an_address_that_is_not_there(
    app: Flask, cast: Cast, token: Open, read: Callable[..., Any], name: str
) -> None:
    revoked, disabled = token(cast.asha), token(cast.lena)
    feed_tokens.revoke(feed_tokens.of_person(cast.asha.id)[0].id, cast.asha.id, NOW)
    leaving.disable(cast.lena, NOW)
    db.session.commit()
    answers = [read(one, name) for one in (revoked, disabled, "unknown", "x" * 500, "Ünknown")]
    assert [(one.status_code, one.data) for one in answers] == [(404, answers[2].data)] * 5
    assert answers[0].headers["Cache-Control"] == "no-store"


def test_the_table_holds_only_a_hash_and_the_day_it_was_used(cast: Cast, token: Open, read: Callable[..., Any]) -> None:
    key = token(cast.asha)
    read(key, ATOM)
    row = db.session.execute(sa.select(FeedToken.__table__)).mappings().one()
    assert key not in repr(dict(row))
    assert (len(row["token_hash"]), row["used_on"]) == (32, NOW.date())


def test_reading_twice_a_day_writes_once(app: Flask, cast: Cast, token: Open, read: Callable[..., Any]) -> None:
    key = token(cast.asha)
    with _statements() as first:
        read(key, JSON)
    with _statements() as second:
        read(key, JSON)
    assert sum(words.startswith("UPDATE") for words in first) == 1
    assert (len(second), sum(words.startswith("UPDATE") for words in second)) == (3, 0)


@contextmanager
def _statements() -> Iterator[list[str]]:
    said: list[str] = []

    def note(connection: Any, cursor: Any, statement: str, *rest: Any) -> None:
        if not statement.startswith(("BEGIN", "SAVEPOINT", "RELEASE")):
            said.append(statement)

    sa.event.listen(db.engine, "before_cursor_execute", note)
    yield said
    sa.event.remove(db.engine, "before_cursor_execute", note)


def test_a_token_stands_in_no_log_even_when_something_breaks(
    app: Flask,
    cast: Cast,
    token: Open,
    read: Callable[..., Any],
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def broken(*more: Any, **others: Any) -> None:
        raise RuntimeError("broken")

    key = token(cast.asha)
    app.testing, app.config["PROPAGATE_EXCEPTIONS"] = False, False
    monkeypatch.setattr(fed, "newest", broken)
    with caplog.at_level(logging.DEBUG):
        assert read(key, ATOM).status_code == 500
    told = "\n".join(logging.Formatter().format(record) for record in caplog.records)
    assert "a fault of ours in GET /feeds/<token>/activity.atom" in told
    assert key not in told


def planned(person: Person, rules: Rules) -> None:
    """A talk that was accepted, one whose call is open, a class that was cancelled, and a talk from an archive."""
    conference = events.named("KubeCon; Oslo", person.id, None, NOW)
    conference.starts, conference.ends, conference.place = date(2027, 3, 1), date(2027, 3, 3), "Oslo, Norway"
    other = events.named("FOSDEM", person.id, None, NOW)
    other.cfp_closes, other.url = date(2026, 12, 1), "javascript:alert(1)"
    for event, state, title in (
        (conference, ProposalState.ACCEPTED, "Chaos,\r\nEND:VEVENT"),
        (other, ProposalState.IDEA, "Rook"),
    ):
        one = Proposal(owner_id=person.id, event_id=event.id, title=title, created_at=NOW)
        proposals.add(one, Step(state, NOW.date()), NOW.date(), NOW)
    held = classes.add(
        Class(by_id=person.id, title="etcd", state=ClassState.CANCELLED, day=date(2026, 12, 5), created_at=NOW)
    )
    trainers.put(held.id, person.id, NOW, own=True)
    logged(rules, person, 3, kind=Kind.TALK, platform=Platform.MANUAL, title="On stage", channel="DevConf")
    db.session.commit()


def test_the_calendar_as_another_reader_sees_it(
    cast: Cast, rules: Rules, token: Open, read: Callable[..., Any]
) -> None:
    planned(cast.asha, rules)
    planned(cast.lena, rules)
    answer = read(token(cast.asha, Opens.PLANS), ICS)
    assert answer.content_type == "text/calendar; charset=utf-8"
    told = {one["SUMMARY"]: one for one in events_of(answer.data)}
    assert {name: (one["DTSTART"], one["DTEND"], one["STATUS"]) for name, one in told.items()} == {
        "On stage – DevConf": ("20261120T090000Z", "20261120T100000Z", "CONFIRMED"),
        "Call for proposals closes: FOSDEM": ("20261201", "20261202", "CONFIRMED"),
        "Class: etcd": ("20261205", "20261206", "CANCELLED"),
        "Chaos,\nEND:VEVENT – KubeCon; Oslo (accepted)": ("20270301", "20270304", "CONFIRMED"),
    }
    assert {one["DTSTAMP"] for one in told.values()} == {"20261123T090000Z"}
    assert len({one["UID"] for one in told.values()}) == 4
    assert all(one["UID"].endswith("@127.0.0.1") for one in told.values())
    assert told["Call for proposals closes: FOSDEM"]["URL"].startswith("http://127.0.0.1:8000/proposals/")
    assert told["Chaos,\nEND:VEVENT – KubeCon; Oslo (accepted)"]["LOCATION"] == "Oslo, Norway"


def test_a_calendar_token_opens_no_feed(cast: Cast, token: Open, read: Callable[..., Any]) -> None:
    key = token(cast.asha, Opens.PLANS)
    assert [read(key, name).status_code for name in (ATOM, JSON, ICS)] == [404, 404, 200]


def test_names_stay_when_the_day_moves(cast: Cast, rules: Rules, token: Open, read: Callable[..., Any]) -> None:
    planned(cast.asha, rules)
    key = token(cast.asha, Opens.PLANS)
    before = {one["UID"] for one in events_of(read(key, ICS).data)}
    db.session.execute(sa.update(Class).values(day=date(2026, 12, 9)))
    db.session.commit()
    assert {one["UID"] for one in events_of(read(key, ICS).data)} == before
