"""Talks of the company: what is released is found, with variants, and where it was given as far as that is told."""

import csv
import io
import re
from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa

from advocacy.models import db, looks
from advocacy.models.people import Person
from advocacy.models.talks import shelf
from advocacy.models.talks.library import Talk
from advocacy.models.talks.variants import TalkVariant
from tests.cast import Cast
from tests.journey import Browser
from tests.markup import opened
from tests.views.test_talks import CHAOS, place

SignIn = Callable[[Person], Browser]
TALK: dict[str, Any] = {
    "title": "Chaos on etcd",
    "abstract": "First.",
    "topics": "etcd, Größe",
    "language": "English",
    "level": "beginner",
    "minutes": "30",
    "format": "talk",
    "visibility": "marketing",
}


LIST: dict[str, Any] = {"to": "list"}


def keep(browser: Browser, **more: str) -> int:
    place(browser.post("/talks/new", **{**TALK, **more}))
    return db.session.scalars(sa.select(sa.func.max(Talk.id))).one()


def titles(browser: Browser, query: str = "") -> list[str]:
    answer = browser.get(f"/talks/library/talks.csv{query}")
    return [row["title"] for row in csv.DictReader(io.StringIO(answer.text))]


def test_a_talk_is_found_by_whom_it_is_open_to(cast: Cast, sign_in: SignIn) -> None:
    asha = sign_in(cast.asha)
    numbers = {to: keep(asha, title=to, visibility=to) for to in ("private", "lead", "marketing", "public")}
    people = cast.asha, cast.lena, cast.mark, cast.sven
    assert {person.name: titles(sign_in(person)) for person in people} == {
        "Asha Rao": ["lead", "marketing", "public"],
        "Lena Fischer": ["lead", "marketing", "public"],
        "Mark O’Neil": ["marketing", "public"],
        "Sven Stranger": ["public"],
    }
    for to, code in (("private", 404), ("lead", 404), ("marketing", 200), ("public", 200)):
        assert sign_in(cast.mark).get(f"/talks/library/{numbers[to]}").status_code == code
        assert sign_in(cast.mark).get(f"/talks/{numbers[to]}").status_code == 404
    assert {look.what for look in looks.at(cast.asha.id)} == {
        *("your talk “marketing”", "your talk “public”", "talks that you let others find")
    }


def test_it_is_narrowed_by_its_address(cast: Cast, sign_in: SignIn) -> None:
    asha, mark = sign_in(cast.asha), sign_in(cast.mark)
    keep(asha)
    keep(asha, title="Ceph", topics="ceph 100%", language="Deutsch", level="advanced", format="workshop")
    queries = (
        "topic=ETCD",
        "topic=Größe",
        "topic=0%25",
        "language=Deutsch",
        "level=beginner",
        "format=panel",
        "words=CH",
    )
    assert [titles(mark, f"?{query}") for query in queries] == [
        *(["Chaos on etcd"], ["Chaos on etcd"], ["Ceph"], ["Ceph"], ["Chaos on etcd"], [], ["Chaos on etcd"]),
    ]
    for query in ("level=easy", "format=song", "after=x"):
        assert mark.get(f"/talks/library?{query}").status_code == 400


def test_given_is_only_what_its_owner_lets_follow(cast: Cast, sign_in: SignIn) -> None:
    asha, mark = sign_in(cast.asha), sign_in(cast.mark)
    number = keep(asha)
    place(asha.post("/talks/given", title="Chaos on etcd", event="Meetup Pune", day="2026-11-20", talk=number))
    told = opened(mark, "/talks/library", f"/talks/library/{number}")
    assert ("Pune" in told, told.count("as far as is told")) == (False, 2)
    fosdem: dict[str, Any] = {"title": "Chaos", "event": "FOSDEM", "day": "2026-11-21", "talk": number}
    where = place(asha.post("/talks/given", **fosdem, visibility="public"))
    told = opened(mark, "/talks/library", f"/talks/library/{number}", where)
    assert ("FOSDEM" in told, "Pune" in told) == (True, False)
    assert ("given 1 time" in told, "Given 1 time" in told) == (True, True)


def test_pages_go_by_title_and_an_address_of_a_private_talk_is_none(
    cast: Cast, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shelf, "SIZE", 2)
    asha, mark = sign_in(cast.asha), sign_in(cast.mark)
    for title in ("d", "B", "a", "C", "e"):
        keep(asha, title=title)
    hidden = keep(asha, title="bb", visibility="private")
    path, seen = "/talks/library", []
    while path:
        text = mark.get(path).text
        seen += re.findall(r'<a href="/talks/library/\d+" dir="auto">(\w)</a>', text)
        more = re.search(r'href="(/talks/library\?after=[^"]+)">Further', text)
        path = more[1].replace("&amp;", "&") if more else ""
    assert seen == ["a", "B", "C", "d", "e"]
    assert mark.get(f"/talks/library?after={hidden}").status_code == 404


def test_a_variant_is_written_changed_chosen_and_taken_away_with_undo(cast: Cast, sign_in: SignIn) -> None:
    asha = sign_in(cast.asha)
    number = keep(asha)
    variant: dict[str, Any] = {
        "title": "Chaos in five minutes",
        "language": "Deutsch",
        "level": "advanced",
        "minutes": "5",
    }
    place(asha.post(f"/talks/{number}/variants", **variant, abstract="Kurz."))
    one = db.session.scalars(sa.select(TalkVariant)).one().id
    assert "Kurz." in asha.get(f"/talks/propose?talk={number}&variant={one}").text
    assert "5 min · Deutsch" in opened(sign_in(cast.mark), f"/talks/library/{number}")
    refused = asha.post(f"/talks/{number}/variants", variant=one, title="", minutes="0", abstract="Kürzer.")
    assert (refused.status_code, "Kürzer." in refused.text, "like 30" in refused.text) == (422, True, True)
    asha.post(f"/talks/{number}/variants", **{**variant, "variant": one, "minutes": "7"})
    assert 'value="7"' in asha.get(f"/talks/{number}/variants/{one}").text
    assert sign_in(cast.lena).get(f"/talks/{number}/variants/{one}").status_code == 404
    asha.post(f"/talks/{number}/variants/{one}/drop")
    assert "Undo" in opened(asha, f"/talks/{number}")
    assert db.session.scalars(sa.select(TalkVariant)).all() == []


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ({"minutes": "long"}, "Give the number in digits"),
        ({"minutes": "0"}, "Give the length in minutes, like 30."),
        ({"level": "easy"}, "Choose one of: beginner, intermediate, advanced."),
        ({"format": "song"}, "Choose one of: talk, lightning talk"),
        ({"language": "x" * 81}, "at most 80 characters"),
        ({"visibility": "friends"}, "Choose one of: private"),
    ],
)
def test_what_is_to_be_mended_is_said(cast: Cast, sign_in: SignIn, form: dict[str, Any], words: str) -> None:
    answer = sign_in(cast.asha).post("/talks/new", **{**TALK, **form})
    assert (answer.status_code, words in answer.text) == (422, True)
    assert db.session.scalars(sa.select(Talk.id)).all() == []


def test_versions_tell_what_changed_in_each(cast: Cast, sign_in: SignIn) -> None:
    asha = sign_in(cast.asha)
    number = keep(asha)
    asha.post(f"/talks/{number}", **{**TALK, "title": "Chaos on Ceph", "abstract": "First, and last."})
    told = opened(asha, f"/talks/{number}")
    assert ("[gone:] etcd [end]" in " ".join(told.split()), "[new:]" in told) == (True, True)


def test_numbers_stand_by_event_kind_and_teller_and_are_never_added_up(cast: Cast, sign_in: SignIn) -> None:
    asha = sign_in(cast.asha)
    number = keep(asha)
    where = place(asha.post("/talks/given", title="Chaos", event="Pune", day="2026-11-20", talk=number))
    for value, counted, teller in (
        *((97, "in the room", "organiser"), (120, "registered", "organiser")),
        *((90, "in the room", "self"), (1500, "views", "platform")),
    ):
        asha.post(f"{where}/audience", value=value, counted=counted, teller=teller)
    rows = list(csv.reader(io.StringIO(asha.get(f"/talks/{number}/numbers.csv").text)))
    assert rows[1:] == [
        ["Pune", "2026-11-20", "in the room", "organiser", "97", "120", "2026-11-23"],
        ["Pune", "2026-11-20", "in the room", "self", "90", "", "2026-11-23"],
        ["Pune", "2026-11-20", "registered", "organiser", "120", "", "2026-11-23"],
        ["Pune", "2026-11-20", "views", "platform", "1500", "", "2026-11-23"],
    ]
    told = " ".join(opened(asha, f"/talks/{number}").split())
    assert ("97 of 120 registered" in told, "from 20 Nov 2026 to 23 Nov 2026" in told) == (True, True)
    assert re.search(r"\b(187|307|1807)\b", told) is None
    assert sign_in(cast.lena).get(f"/talks/{number}/numbers.csv").status_code == 404


def test_the_next_step_is_one_click_in_the_list_and_undone_there(cast: Cast, sign_in: SignIn) -> None:
    asha = sign_in(cast.asha)
    where = place(asha.post("/talks/propose", **{**CHAOS, "visibility": "lead"}))
    assert "Accepted" in opened(asha, "/talks")
    assert place(asha.post(f"{where}/steps", state="accepted", **LIST)) == "/talks"
    assert 'name="to" value="list"' in asha.get("/talks").text
    assert place(asha.post(f"{where}/back", **LIST)) == "/talks"
    assert [row["who_may_follow"] for row in csv.DictReader(io.StringIO(asha.get("/talks/talks.csv").text))] == ["lead"]
