"""Files about somebody that others handed in: shown with their differences, taken in or left by the person alone."""

from collections.abc import Callable

import pytest

from advocacy.models import db, profile, speaker_files
from advocacy.models.people import Person
from advocacy.models.words import Visibility
from tests.cast import Cast
from tests.conftest import NOW
from tests.domain.test_speakers import FILE
from tests.journey import Browser
from tests.markup import opened
from tests.speakers import told_of
from tests.views.test_privacy import undo

SignIn = Callable[[Person], Browser]


@pytest.fixture
def handed(cast: Cast) -> int:
    """A file about Asha, who told something else herself."""
    profile.save(cast.asha, told_of(cast.asha), NOW, seen_by={"topics": Visibility.PUBLIC})
    assert speaker_files.hand(cast.asha.id, "asha-rao.md", FILE, NOW)
    db.session.commit()
    return speaker_files.waiting(cast.asha.id)[0].id


def company(cast: Cast) -> str:
    db.session.rollback()
    return profile.of(cast.asha).told.bio


def answer(browser: Browser, number: int, words: str) -> int:
    return browser.post(f"/profile/handed/{number}", answer=words).status_code


def test_a_file_is_shown_with_its_differences_and_changes_nothing(cast: Cast, sign_in: SignIn, handed: int) -> None:
    page = " ".join(opened(sign_in(cast.asha), "/profile/").split())
    assert "A file about you was handed in" in page
    assert "[new:] Chaos Engineering. [end]" in page
    assert company(cast) == "Long text of asha."
    assert "handed in" not in sign_in(cast.asha).get("/profile/?as=everybody").text


def test_it_is_taken_in_and_back(cast: Cast, sign_in: SignIn, handed: int) -> None:
    asha = sign_in(cast.asha)
    assert answer(asha, handed, "take") == 303
    assert company(cast) == "Asha builds storage. She likes manga."
    assert profile.of(cast.asha).seen_by["topics"] is Visibility.PUBLIC
    undo(asha, asha.get("/profile/").text)
    assert company(cast) == "Long text of asha."
    assert "A file about you was handed in" in asha.get("/profile/").text


def test_it_is_left_and_not_laid_before_her_again(cast: Cast, sign_in: SignIn, handed: int) -> None:
    asha = sign_in(cast.asha)
    assert answer(asha, handed, "leave") == 303
    page = asha.get("/profile/").text
    assert (company(cast), "A file about you" in page) == ("Long text of asha.", False)
    assert speaker_files.hand(cast.asha.id, "asha-rao.md", FILE, NOW) is False
    undo(asha, page)
    assert "A file about you was handed in" in asha.get("/profile/").text


def test_only_its_person_answers_and_once(cast: Cast, sign_in: SignIn, handed: int) -> None:
    assert [answer(sign_in(one), handed, "take") for one in (cast.lena, cast.mark, cast.sven)] == [404] * 3
    asha = sign_in(cast.asha)
    assert [answer(asha, handed, words) for words in ("perhaps", "again", "take", "leave")] == [400, 404, 303, 404]


def test_a_newer_file_takes_the_place_of_one_that_waits(cast: Cast, handed: int) -> None:
    assert speaker_files.hand(cast.asha.id, "asha.md", FILE.replace("Tern", "Osprey"), NOW)
    assert [one.name for one in speaker_files.waiting(cast.asha.id)] == ["asha.md"]
