"""Portraits: handed in, kept without what the file told, seen by whom their person shows them, taken back."""

from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
import sqlalchemy as sa
from flask import Flask

from advocacy import uploads
from advocacy.models import db, portraits, profile
from advocacy.models.people import Person
from advocacy.models.portraits import Portrait
from advocacy.models.words import Visibility
from tests.cast import Cast
from tests.conftest import NOW
from tests.journey import Browser
from tests.markup import opened
from tests.pictures import opened as unpacked
from tests.pictures import picture
from tests.plain import text
from tests.speakers import publish
from tests.views.test_privacy import undo

SignIn = Callable[[Person], Browser]
WORDS: dict[str, Any] = {"alt": "Asha laughing", "credit": "Zoë Lens"}


def hand_in(browser: Browser, content: bytes, **words: Any) -> int:
    return browser.post("/profile/portrait", file=(BytesIO(content), "a.png"), **(WORDS | words)).status_code


def shown(browser: Browser, person: Person, query: str = "") -> int:
    return browser.get(f"/people/{person.id}/portrait{query}").status_code


def test_a_portrait_stands_on_the_profile_with_its_words(cast: Cast, sign_in: SignIn) -> None:
    asha = sign_in(cast.asha)
    assert "up to 8 MB" in opened(asha, "/profile/portrait")
    assert hand_in(asha, picture("PNG")) == 303
    page = asha.get("/profile/").text
    assert ('alt="Asha laughing"' in page, 'Photo: <span dir="auto">Zoë Lens' in page) == (True, True)
    assert "Nobody else sees it until you show it" in text(page)
    opened(asha, "/profile/", "/profile/one-pager", "/profile/portrait", "/profile/edit")


def test_the_picture_is_given_in_two_sizes_for_its_person_to_keep(cast: Cast, sign_in: SignIn) -> None:
    asha = sign_in(cast.asha)
    hand_in(asha, picture())
    answer = asha.get(f"/people/{cast.asha.id}/portrait")
    small = asha.get(f"/people/{cast.asha.id}/portrait?size=small")
    assert [unpacked(one.data).size for one in (answer, small)] == [(512, 512), (128, 128)]
    named = ("Content-Type", "Cache-Control", "X-Content-Type-Options")
    assert [answer.headers[name] for name in named] == ["image/jpeg", "private, max-age=3600", "nosniff"]
    mark = {"If-None-Match": answer.headers["ETag"]}
    again = asha.client.get(f"/people/{cast.asha.id}/portrait", headers=mark)
    assert (again.status_code, again.data) == (304, b"")
    assert small.headers["ETag"] != answer.headers["ETag"]


@pytest.mark.parametrize(
    ("to", "seen"),
    [
        (Visibility.PRIVATE, []),
        (Visibility.LEAD, ["lena"]),
        (Visibility.MARKETING, ["lena", "mark"]),
        (Visibility.PUBLIC, ["lena", "mark", "adam", "sven"]),
    ],
)
def test_it_is_seen_by_whom_its_person_shows_it(cast: Cast, sign_in: SignIn, to: Visibility, seen: list[str]) -> None:
    publish(cast.asha, {"bio": Visibility.PUBLIC, "portrait": to})
    nicks = ("lena", "mark", "adam", "sven")
    found = {nick: shown(sign_in(getattr(cast, nick)), cast.asha) for nick in nicks}
    assert found == {nick: 200 if nick in seen else 404 for nick in nicks}
    pages = {nick: sign_in(getattr(cast, nick)).get(f"/people/{cast.asha.id}/profile").text for nick in nicks}
    assert [nick for nick in nicks if "Portrait of" in pages[nick] or "Zoë Lens" in pages[nick]] == seen
    assert shown(sign_in(cast.asha), cast.asha) == 200


def test_who_has_none_shows_none(cast: Cast, sign_in: SignIn, stranger: Browser) -> None:
    profile.save(cast.asha, profile.of(cast.asha).told, NOW, seen_by={"portrait": Visibility.PUBLIC})
    db.session.commit()
    assert [shown(sign_in(one), cast.asha) for one in (cast.asha, cast.mark)] == [404, 404]
    assert stranger.get(f"/people/{cast.asha.id}/portrait").status_code == 303


def test_a_new_portrait_is_published_with_the_next_approval(cast: Cast, sign_in: SignIn) -> None:
    publish(cast.asha)
    asha, mark = sign_in(cast.asha), sign_in(cast.mark)
    assert 'class="portrait"' in mark.get("/speakers/directory").text
    hand_in(asha, picture("WEBP"))
    assert 'class="portrait"' not in mark.get("/speakers/directory").text
    assert "Your profile changed since you approved it." in text(asha.get("/profile/").text)
    asha.post("/profile/portrait/undo")
    assert 'class="portrait"' in mark.get("/speakers/directory").text


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"%PDF-1.7", "This is no PNG, JPEG or WebP picture."),
        (picture()[:300], "The picture is damaged and cannot be read."),
        (picture(size=(20, 20)), "The picture is too small: 20 × 20"),
    ],
)
def test_what_is_no_portrait_comes_back_with_words_and_nothing_typed_is_lost(
    cast: Cast, sign_in: SignIn, content: bytes, words: str
) -> None:
    answer = sign_in(cast.asha).post("/profile/portrait", file=(BytesIO(content), "a.png"), **WORDS)
    page = text(answer.text)
    assert (answer.status_code, words in page, 'value="Zoë Lens"' in answer.text) == (422, True, True)
    assert portraits.of(cast.asha.id) is None


def test_far_too_much_is_refused_before_it_is_read(
    app: Flask, cast: Cast, sign_in: SignIn, stranger: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    app.config["MAX_CONTENT_LENGTH"] = 10_000
    monkeypatch.setattr(uploads, "MOST_BYTES", 30_000)
    monkeypatch.setattr(uploads, "SLACK", 1_000)
    asha = sign_in(cast.asha)
    assert hand_in(asha, picture() + bytes(15_000)) == 303
    answer = asha.post("/profile/portrait", file=(BytesIO(bytes(40_000)), "a.png"), **WORDS)
    assert (answer.status_code, "a portrait 8 MB" in answer.text) == (413, True)
    assert hand_in(stranger, bytes(15_000)) == 413


def test_words_are_needed_and_can_be_changed_alone(cast: Cast, sign_in: SignIn) -> None:
    asha = sign_in(cast.asha)
    nothing = asha.post("/profile/portrait", alt="", credit="")
    assert "Choose a picture." in text(nothing.text)
    assert hand_in(asha, picture(), alt="") == 422
    hand_in(asha, picture())
    assert asha.post("/profile/portrait", alt="Asha at sea", credit="").status_code == 303
    db.session.rollback()
    face = portraits.of(cast.asha.id)
    assert face is not None
    assert (face.alt, face.credit) == ("Asha at sea", "")


def test_each_step_is_taken_back_and_only_one_picture_waits(cast: Cast, sign_in: SignIn) -> None:
    asha = sign_in(cast.asha)
    for number in range(3):
        hand_in(asha, picture(), alt=f"Number {number}")

    def standing() -> str:
        db.session.rollback()
        face = portraits.of(cast.asha.id)
        return face.alt if face else ""

    assert (standing(), db.session.scalar(sa.select(sa.func.count()).select_from(Portrait))) == ("Number 2", 2)
    undo(asha, asha.get("/profile/").text)
    assert standing() == "Number 1"
    assert asha.post("/profile/portrait/remove").status_code == 303
    assert standing() == ""
    undo(asha, asha.get("/profile/").text)
    assert standing() == "Number 1"


def test_ones_own_copy_holds_the_pictures(cast: Cast, sign_in: SignIn) -> None:
    asha = sign_in(cast.asha)
    for alt in ("before", "now"):
        hand_in(asha, picture(), alt=alt)
    pack = ZipFile(BytesIO(asha.post("/privacy/copy").data))
    pictures = [unpacked(pack.read(name)) for name in pack.namelist() if name.startswith("portraits/")]
    assert [one.size for one in pictures] == [(512, 512), (512, 512)]
    assert "Zoë Lens" in pack.read("tables/portrait.csv").decode()


def test_what_was_taken_off_is_gone_after_a_day(cast: Cast, sign_in: SignIn) -> None:
    asha = sign_in(cast.asha)
    hand_in(asha, picture())
    portraits.forget(NOW + timedelta(days=1))
    assert portraits.of(cast.asha.id) is not None
    asha.post("/profile/portrait/remove")
    portraits.forget(NOW + timedelta(seconds=1))
    db.session.commit()
    assert asha.post("/profile/portrait/undo").status_code == 404
    assert asha.post("/profile/portrait/remove").status_code == 404
