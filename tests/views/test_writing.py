"""Drafts: read by a colleague before they go out; a review is the reviewer's evidence, what was published nobody's."""

from collections.abc import Callable

import pytest
import sqlalchemy as sa

from advocacy.models import db
from advocacy.models.activities import ActivityPerson, ActivityRow
from advocacy.models.people import Person
from tests.cast import Cast
from tests.journey import Browser
from tests.plain import text

SignIn = Callable[[Person], Browser]


@pytest.fixture
def asha(cast: Cast, sign_in: SignIn) -> Browser:
    """Asha, whose draft Lena is to read."""
    browser = sign_in(cast.asha)
    form = {"title": "Chaos on etcd", "url": "https://docs.example/1", "reviewer": "Lena Fischer"}
    assert browser.post("/writing", headers=None, **form).status_code == 303
    return browser


def reviews(person: Person) -> list[str]:
    mine = ActivityPerson
    query = sa.select(ActivityRow.title).join(mine, mine.activity_id == ActivityRow.id)
    db.session.rollback()
    return list(
        db.session.scalars(query.where(mine.person_id == person.id, ActivityRow.ref.startswith("draft-review:")))
    )


def test_a_draft_waits_for_its_reader_and_goes_on_by_their_word(asha: Browser, cast: Cast, sign_in: SignIn) -> None:
    lena = sign_in(cast.lena)
    assert "1 draft waits for your review" in text(lena.get("/").text)
    assert "Writing: 1 draft waits for you" in text(lena.get("/writing").text)
    lena.post("/writing/1/state", state="edit", note="Say what breaks first.")
    assert reviews(cast.lena) == ["Reviewed a draft: Chaos on etcd"]
    assert "Say what breaks first." in asha.get("/writing/1").text
    asha.post("/writing/1/state", state="published")
    assert "Published" in asha.get("/writing/1").text
    assert reviews(cast.asha) == []


def test_a_review_is_evidence_of_the_rule_and_stands_beside_what_was_published(
    asha: Browser, cast: Cast, sign_in: SignIn
) -> None:
    lena = sign_in(cast.lena)
    lena.post("/writing/1/state", state="draft", note="Shorter, please.")
    page = text(lena.get("/writing").text)
    assert "1 thing you did so that others write" in page
    assert "Reviewed a draft: Chaos on etcd" in page


def test_a_step_taken_back_takes_the_review_back(asha: Browser, cast: Cast, sign_in: SignIn) -> None:
    lena = sign_in(cast.lena)
    lena.post("/writing/1/state", state="edit")
    lena.post("/writing/1/back")
    assert reviews(cast.lena) == []
    assert "taken back" in lena.get("/writing/1").text


def test_what_the_author_moves_on_is_nobodys_review(asha: Browser, cast: Cast) -> None:
    asha.post("/writing/1/state", state="edit")
    assert reviews(cast.lena) == []


def test_nobody_else_sees_a_draft_and_only_the_author_changes_it(asha: Browser, cast: Cast, sign_in: SignIn) -> None:
    assert [sign_in(one).get("/writing/1").status_code for one in (cast.sven, cast.mark, cast.adam)] == [404] * 3
    lena = sign_in(cast.lena)
    assert lena.post("/writing/1", title="Mine now").status_code == 404
    asha.post("/writing/1", title="Chaos on etcd, second try", url="", reviewer="")
    assert lena.get("/writing/1").status_code == 404


@pytest.mark.parametrize(("state", "words"), [("draft", "Kept."), ("published", "Kept."), ("technical_review", "Not")])
def test_what_may_follow_is_said(asha: Browser, state: str, words: str) -> None:
    asha.post("/writing/1/state", state=state)
    assert words in asha.get("/writing/1").text


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ({"title": ""}, "Give it a title."),
        ({"reviewer": "Nobody Known"}, "Nobody here has this name"),
        ({"url": "javascript:alert(1)"}, "beginning with https://"),
    ],
)
def test_what_is_to_be_mended_is_said(cast: Cast, sign_in: SignIn, form: dict[str, str], words: str) -> None:
    answer = sign_in(cast.asha).post("/writing", headers=None, **{"title": "Chaos", **form})
    assert (answer.status_code, words in answer.text) == (422, True)
