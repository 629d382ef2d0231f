"""The page of one activity: everything known of it in words, and what one can say of its work and its numbers."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from advocacy.domain.activity import Kind, Thread, ThreadRole
from advocacy.models.activities import ActivityRow, MetricSnapshot
from advocacy.models.base import db
from advocacy.models.people import Person
from advocacy.rules import Rules
from tests.cast import Cast
from tests.conftest import NOW
from tests.ingest.scene import expectation, rows
from tests.journey import Browser
from tests.models.stage import POST, TITLE, Stage, family, said
from tests.test_journeys import words_of

SignIn = Callable[[Person], Browser]
AT = datetime(2026, 11, 2, 9, tzinfo=UTC)


@pytest.fixture
def stage(app: Flask, cast: Cast, rules: Rules) -> Stage:
    return Stage(rules, NOW)


@pytest.fixture
def asha(cast: Cast, sign_in: SignIn) -> Browser:
    return sign_in(cast.asha)


def read(browser: Browser, activity_id: int, more: str = "") -> str:
    answer = browser.get(f"/activities/{activity_id}{more}")
    assert answer.status_code == 200
    return words_of(answer.text)


def test_it_tells_what_was_said_where_when_and_what_it_counts_for(stage: Stage, cast: Cast, asha: Browser) -> None:
    [number] = stage.says(cast.asha, said("feed:post", AT, url=POST, title=TITLE, channel="blog.example"))
    page = read(asha, number)
    assert TITLE in page
    assert "kubectl get pvc" in page
    assert "3 weeks ago , Mon 2 Nov 2026, 14:30" in page, "in Asha's zone"
    assert f'href="{POST}"' in asha.get(f"/activities/{number}").text
    assert f"/expectations/{expectation('advocacy')}#item-{number}" in asha.get(f"/activities/{number}").text
    assert "A work of its own" in page


def test_nobody_but_its_people_finds_it(stage: Stage, cast: Cast, sign_in: SignIn) -> None:
    [number] = stage.says(cast.asha, said("feed:post", AT, url=POST, title=TITLE))
    for other in (cast.lena, cast.mark, cast.adam, cast.sven):
        assert sign_in(other).get(f"/activities/{number}").status_code == 404


def test_why_there_is_no_text_is_said(stage: Stage, cast: Cast, asha: Browser) -> None:
    [number] = stage.says(cast.asha, said("feed:post", AT, url=POST, title=TITLE))
    for column, words in (("dropped_at", "may only be kept while"), ("deleted_at", "Deleted where it was posted")):
        db.session.execute(sa.update(ActivityRow).values({"text": "", column: NOW}))
        db.session.commit()
        assert words in read(asha, number)


def test_the_thread_is_told_in_words_and_what_is_not_told_too(stage: Stage, cast: Cast, asha: Browser) -> None:
    thread = Thread(key="q", role=ThreadRole.ANSWERED, accepted=True, rank=2, replies=None)
    answer = said(
        "stackexchange:so/a/1", AT, kind=Kind.ANSWER, thread=thread, metrics={"answers": 5}, authors=("Asha",)
    )
    [number] = stage.says(cast.asha, answer)
    page = read(asha, number)
    assert "you answered accepted 2nd of 5 answers how many replied is not told by Stack Exchange" in page
    assert "CC BY-SA 4.0 , by Asha , from Stack Exchange." in page


def test_numbers_have_a_history_and_what_was_gained_is_told_or_unknown(stage: Stage, cast: Cast, asha: Browser) -> None:
    old = said("feed:old", AT - timedelta(days=90), url=POST, title=TITLE, metrics={"views": 30})
    [number] = stage.says(cast.asha, old)
    assert "30 views What it gained in 2026-Q4 is unknown: no number from before 1 Oct 2026 was told." in read(
        asha, number
    )
    db.session.add(MetricSnapshot(activity_id=number, metric="views", day=date(2026, 9, 30), by_hand=False, value=18))
    db.session.commit()
    page = read(asha, number)
    assert "Gained in 2026-Q4: +12 since 1 Oct 2026." in page
    assert "23 Nov 2026 30 blog 30 Sep 2026 18 blog" in page
    assert "Gained in 2026-Q3: +18 since 4 Aug 2026." in read(asha, number, "?period=2026-Q3")


def test_a_number_by_hand_is_kept_shown_as_ones_own_and_taken_back(stage: Stage, cast: Cast, asha: Browser) -> None:
    [number] = stage.says(cast.asha, said("feed:post", AT, url=POST, title=TITLE))
    path = f"/activities/{number}/numbers"
    answer = asha.post(path, metric="attendees", value="42", day="2026-11-20")
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/activities/{number}#numbers")
    page = read(asha, number)
    assert "42 attendees Gained in 2026-Q4: +42 since 2 Nov 2026." in page
    assert "20 Nov 2026 42 you" in page
    assert asha.post(path, metric="attendees", value="", day="2026-11-20").status_code == 303
    assert "attendees" not in read(asha, number)


@pytest.mark.parametrize(
    "form",
    [
        {"metric": "views", "value": "many", "day": "2026-11-20"},
        {"metric": "views", "value": "-1", "day": "2026-11-20"},
        {"metric": "views", "value": "9" * 30, "day": "2026-11-20"},
        {"metric": "views", "value": "1", "day": "soon"},
        {"metric": "views", "value": "1", "day": "2031-01-01"},
        {"metric": " ", "value": "1", "day": "2026-11-20"},
    ],
)
def test_what_is_no_number_of_a_day_is_refused_in_words(
    stage: Stage, cast: Cast, asha: Browser, form: dict[str, Any]
) -> None:
    [number] = stage.says(cast.asha, said("feed:post", AT, url=POST, title=TITLE))
    answer = asha.post(f"/activities/{number}/numbers", **form)
    assert (answer.status_code, rows(MetricSnapshot)) == (400, [])


def test_the_places_of_a_work_are_listed_with_reasons(stage: Stage, cast: Cast, asha: Browser) -> None:
    numbers = [stage.says(cast.asha, one)[0] for one in family(AT).values()]
    page = read(asha, numbers[2])
    assert "One work in 5 places: it counts once" in page
    assert "links to blog.example/chaos-for-an-sre" in page
    assert "same title, 9 days apart" in page


def test_split_undo_and_put_together_through_the_page(stage: Stage, cast: Cast, asha: Browser) -> None:
    numbers = {name: stage.says(cast.asha, one)[0] for name, one in family(AT).items()}
    tweet, post = numbers["tweet"], numbers["post"]

    def counted() -> int:
        return stage.progress(cast.asha).counted

    assert counted() == 1
    assert asha.post(f"/activities/{tweet}/split").status_code == 303
    page = asha.get(f"/activities/{tweet}").text
    assert f'action="/activities/{tweet}/undo"' in page
    assert ("You said that it stands for itself." in page, counted()) == (True, 2)
    assert asha.post(f"/activities/{tweet}/undo").status_code == 303
    assert ("One work in 5 places" in read(asha, tweet), counted()) == (True, 1)
    asha.post(f"/activities/{tweet}/split")
    assert asha.post(f"/activities/{tweet}/merge", activity=str(post)).status_code == 303
    assert counted() == 1


@pytest.mark.parametrize("words", ["", "x", "99999999999", "-1"])
def test_what_is_no_item_cannot_be_put_together(stage: Stage, cast: Cast, asha: Browser, words: str) -> None:
    [number] = stage.says(cast.asha, said("feed:post", AT, url=POST, title=TITLE))
    assert asha.post(f"/activities/{number}/merge", activity=words).status_code == 400
    assert asha.post(f"/activities/{number}/merge", activity=str(number)).status_code == 400


def test_an_expectation_shows_a_work_once_with_its_copies(stage: Stage, cast: Cast, asha: Browser) -> None:
    for one in family(AT).values():
        stage.says(cast.asha, replace(one, channel={"reddit": "r/kubernetes"}.get(one.platform, one.channel)))
    page = words_of(asha.get(f"/expectations/{expectation('advocacy')}").text)
    assert "1 piece of evidence in 2026-Q4" in page
    assert "One work with X , r/kubernetes , DEV , KubeCon : it counts once" in page


def test_hostile_and_right_to_left_titles_are_shown_as_text(stage: Stage, cast: Cast, asha: Browser) -> None:
    title = "<script>alert(1)</script> كيف بدأت مع OpenEBS " + "W" * 200
    [number] = stage.says(cast.asha, said("feed:post", AT, url="javascript:alert(1)", title=title))
    page = asha.get(f"/activities/{number}").text
    assert "<script>alert" not in page
    assert "javascript:" not in page
    assert "كيف بدأت" in page
