"""The profile: blocks for whom their person chose, files in and out, talks from released evidence, one step back."""

from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from typing import Any

import pytest
from flask import Flask

from advocacy import recording
from advocacy.domain.activity import Activity, Kind, Platform
from advocacy.models import db, looks, profile
from advocacy.models.audience import Audience
from advocacy.models.people import Person
from advocacy.models.release import items
from advocacy.models.words import Part, Visibility
from advocacy.rules import Rules
from tests.cast import Cast
from tests.conftest import NOW
from tests.domain.test_speakers import FILE, TOLD
from tests.journey import Browser
from tests.plain import text
from tests.views.test_privacy import confirm, undo

SignIn = Callable[[Person], Browser]
FORM: dict[str, Any] = {
    "name": "Asha Rao",
    "headline": "Storage, and how it breaks",
    "topics": "OpenEBS, Chaos Engineering",
    "links": "Github: https://github.example/asha\nTwitter: @asha",
    "talks": "KubeCon EU 2026 [Volumes](https://slides.example/v)",
    "seen_topics": "public",
    "seen_links": "lead",
    "speaks": "yes",
}


@pytest.fixture
def talk(app: Flask, cast: Cast, rules: Rules) -> int:
    """A talk on Asha's timeline, about a persona."""
    words: dict[str, Any] = {
        "title": "An SRE’s volumes [2026]",
        "text": "For an SRE on Kubernetes with OpenEBS.",
        "channel": "Rejekts",
    }
    one = Activity(ref="hand:1", kind=Kind.TALK, platform=Platform.MANUAL, at=NOW, **words)
    number = recording.record(one, {cast.asha.id: Part.AUTHOR}, NOW, rules)
    db.session.commit()
    return number


def test_an_empty_profile_says_how_to_begin(cast: Cast, sign_in: SignIn) -> None:
    page = text(sign_in(cast.asha).get("/profile/").text)
    assert "Nothing is told yet." in page
    assert "Marketing does not find you when it looks for a speaker." in page


def test_what_is_kept_is_shown_to_whom_each_block_is_for(cast: Cast, sign_in: SignIn) -> None:
    browser = sign_in(cast.asha)
    assert browser.post("/profile/edit", **FORM).location == "/profile/"
    words = ("Storage, and how it breaks", "OpenEBS, Chaos Engineering", "@asha", "Volumes")
    shown = {
        who: [one for one in words if one in text(browser.get(f"/profile/?as={who}").text)]
        for who in ("owner", "lead", "marketing", "everybody")
    }
    assert shown == {
        "owner": [*words],
        "lead": ["OpenEBS, Chaos Engineering", "@asha"],
        "marketing": ["OpenEBS, Chaos Engineering"],
        "everybody": ["OpenEBS, Chaos Engineering"],
    }
    assert 'href="https://github.example/asha" rel="me noopener noreferrer external"' in browser.get("/profile/").text


def test_forms_and_journeys_are_told_with_ones_willingness(cast: Cast, sign_in: SignIn) -> None:
    browser = sign_in(cast.asha)
    said: dict[str, Any] = {
        "format_talk": "yes",
        "format_lightning_talk": "yes",
        "travels": "country",
        "seen_availability": "public",
    }
    browser.post("/profile/edit", **FORM, **said)
    page = text(sign_in(cast.sven).get(f"/people/{cast.asha.id}/profile").text)
    assert ("talk, lightning talk" in page, "travels within their country" in page) == (True, True)
    form = browser.get("/profile/edit").text
    assert form.count('value="yes" checked') == 3
    assert '<option value="country" selected>' in form
    browser.post("/profile/edit", **{**FORM, "travels": "to the moon"})
    db.session.rollback()
    told = profile.of(cast.asha).told
    assert (told.formats, told.travels) == ((), "")


def test_colleagues_see_the_same_and_are_written_down(cast: Cast, sign_in: SignIn) -> None:
    path = f"/people/{cast.asha.id}/profile"
    assert sign_in(cast.lena).get(path).status_code == 404
    sign_in(cast.asha).post("/profile/edit", **FORM)
    seen = {nick: "@asha" in sign_in(getattr(cast, nick)).get(path).text for nick in ("lena", "mark", "sven")}
    assert seen == {"lena": True, "mark": False, "sven": False}
    db.session.rollback()
    told = [(one.who, one.audience, one.what) for one in looks.at(cast.asha.id)]
    assert told == [
        ("Sven Stranger", "everybody", "your profile"),
        ("Mark O’Neil", "marketing", "your profile"),
        ("Lena Fischer", "lead", "your profile"),
    ]
    assert sign_in(cast.asha).get(path).status_code == 200
    db.session.rollback()
    assert looks.count(cast.asha.id) == 3


def test_what_cannot_be_kept_comes_back_as_it_was_typed(cast: Cast, sign_in: SignIn) -> None:
    wrong = {
        **FORM,
        "name": "",
        "links": "Web: javascript:alert(1)\nWeb: @a b",
        "talks": "X [Y](ftp://z)",
        "bio": "b" * 6001,
    }
    answer = sign_in(cast.asha).post("/profile/edit", **wrong)
    page = text(answer.text)
    assert answer.status_code == 422
    assert "A speaker needs a name." in page
    assert "Link 1 says no address: write it as “Github: https://github.com/asha” or “Twitter: @asha”." in page
    assert "Two links are called “web”: give each a name of its own." in page
    assert "Talk 1 (Y) has no web address: one begins with https:// or http://." in page
    assert "The long text is too long: at most 6000 characters, these are 6001." in page
    assert "Web: javascript:alert(1)\nWeb: @a b</textarea>" in answer.text
    assert '<option value="lead" selected>' in answer.text
    assert profile.of(cast.asha).changed_at is None


def test_one_step_is_taken_back(cast: Cast, sign_in: SignIn) -> None:
    browser = sign_in(cast.asha)
    browser.post("/profile/edit", **FORM)
    browser.post("/profile/edit", **{**FORM, "headline": "Something else", "seen_topics": "private"})
    undo(browser, browser.get("/profile/").text)
    db.session.rollback()
    found = profile.of(cast.asha)
    assert (found.told.headline, found.seen_by["topics"]) == (FORM["headline"], Visibility.PUBLIC)


def test_a_file_is_taken_in_and_comes_out_as_the_very_same(cast: Cast, sign_in: SignIn) -> None:
    browser = sign_in(cast.asha)
    for given in (FILE, FILE.replace("\n", "\r\n")):
        handed = (BytesIO(given.encode()), "asha.md")
        assert browser.post("/profile/file", file=handed, text="").status_code == 303
        assert browser.get("/profile/speaker.md").data.decode() == given
    assert browser.post("/profile/file", text=FILE.replace("\n", "\r\n")).status_code == 303
    answer = browser.get("/profile/speaker.md")
    assert (answer.text, answer.headers["Content-Disposition"]) == (FILE, "attachment; filename=asha-rao.md")
    db.session.rollback()
    assert replace(profile.of(cast.asha).told) == TOLD


def test_a_taken_in_file_is_seen_by_nobody_and_keeps_what_it_does_not_know(cast: Cast, sign_in: SignIn) -> None:
    browser = sign_in(cast.asha)
    browser.post("/profile/edit", **{**FORM, "seen_links": "private", "seen_topics": "private"})
    browser.post("/profile/file", text=FILE)
    assert "They see nothing of this page" in text(browser.get("/profile/?as=everybody").text)
    out = browser.get("/profile/speaker.md?as=everybody").text
    assert [word for word in ("Tern", "Shirt", "hallway", "OpenEBS", "manga", "Volumes") if word in out] == []
    browser.post("/profile/edit", **{**FORM, "headline": ""})
    changed = browser.get("/profile/speaker.md").text
    assert ("- Shirt size: M" in changed, "- Best hallway talk" in changed, "Tern" in changed) == (True, True, False)
    assert "speaks" not in changed


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (b"nothing", "it has no line “# Name”"),
        (b"\xff\xfe", "it is no text in UTF-8"),
        (b"# A\n\n\x00", "it holds a NUL character"),
        (b"# A\n" + b"x" * 60_001, "it is too long for a profile"),
        (b"# A\n\n## Previous Talks\n- [x](javascript:alert)\n", "“javascript:alert” in it is no web address"),
    ],
)
def test_what_is_no_speakers_file_is_refused_in_words(cast: Cast, sign_in: SignIn, given: bytes, words: str) -> None:
    answer = sign_in(cast.asha).post("/profile/file", file=(BytesIO(given), "a.md"), text="")
    assert (answer.status_code, words in text(answer.text)) == (422, True)


def test_talks_of_the_timeline_are_shown_to_others_once_confirmed_and_released(
    cast: Cast, sign_in: SignIn, talk: int
) -> None:
    browser = sign_in(cast.asha)
    browser.post("/profile/edit", **{**FORM, "seen_talks": "public"})

    def shown(who: str) -> bool:
        return "An SRE’s volumes (2026)" in browser.get(f"/profile/?as={who}").text

    assert (shown("owner"), shown("everybody")) == (True, False)
    items.say(cast.asha.id, talk, Visibility.PUBLIC, NOW)
    db.session.commit()
    assert shown("everybody") is False
    confirm(cast.asha, talk)
    assert shown("everybody") is True
    out = browser.get("/profile/speaker.md?as=everybody&talks=found").text
    assert "- Rejekts An SRE’s volumes (2026)" in out
    assert "Your confirmed evidence speaks of" in text(browser.get("/profile/edit").text)


def test_a_talk_that_was_written_down_stands_once(cast: Cast, sign_in: SignIn, talk: int) -> None:
    browser = sign_in(cast.asha)
    browser.post(
        "/profile/edit",
        **{**FORM, "talks": "Rejekts AN SRE’S VOLUMES (2026)\nRejekts [an sre’s volumes (2026)](https://x.example)"},
    )
    assert "2 talks given" in text(browser.get("/profile/").text)


def test_the_one_pager_has_no_controls_in_it(cast: Cast, sign_in: SignIn) -> None:
    browser = sign_in(cast.asha)
    browser.post("/profile/edit", **FORM)
    page = browser.get("/profile/one-pager").text
    main = page.partition("<main")[2].partition("</main")[0]
    assert ("<button" in main, "Storage, and how it breaks" in main) == (False, True)


def test_hostile_words_stay_words(cast: Cast, sign_in: SignIn) -> None:
    browser = sign_in(cast.asha)
    evil = "<script>alert(1)</script>"
    browser.post(
        "/profile/edit", **{**FORM, "name": evil, "bio": evil, "headline": evil, "talks": evil, "topics": evil}
    )
    for path in ("/profile/", "/profile/one-pager", "/profile/edit", f"/people/{cast.asha.id}/profile"):
        assert evil not in browser.get(path).text


def test_the_profile_of_an_audience_is_no_more_than_its_blocks(cast: Cast) -> None:
    profile.save(cast.asha, TOLD, NOW, seen_by={"topics": Visibility.MARKETING}, file=FILE)
    seen = profile.of(cast.asha, Audience.MARKETING)
    assert (seen.told, seen.file) == (TOLD.only(["topics"]), "")
    assert profile.of(cast.asha, Audience.EVERYBODY).told == TOLD.only([])
