"""Previews: so many of one person may be open, however they are asked for."""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import sqlalchemy as sa
from flask import Flask

from advocacy.models import db, jobs
from advocacy.models.jobs import Sight
from advocacy.models.people import Person
from advocacy.models.runs import JobRun
from advocacy.models.words import WorkState
from tests.cast import Cast
from tests.conftest import NOW
from tests.journey import Browser

SignIn = Callable[[Person], Browser]


def asked(app: Flask, person_id: int, number: int) -> str:
    with app.app_context():
        try:
            jobs.ask_preview(Sight(address=f"https://blog.example/{number}"), person_id, NOW)
        except jobs.TooMany:
            return "refused"
        db.session.commit()
        return "asked"


def test_of_twelve_asked_for_at_the_same_moment_five_are_made(app: Flask, cast: Cast) -> None:
    asha, lena = cast.asha.id, cast.lena.id
    db.session.rollback()
    with ThreadPoolExecutor(12) as pool:
        told = Counter(pool.map(lambda number: asked(app, asha, number), range(12)))
    assert told == {"asked": jobs.MOST_PREVIEWS, "refused": 12 - jobs.MOST_PREVIEWS}
    assert asked(app, lena, 1) == "asked"


def test_the_same_address_again_is_the_same_preview(app: Flask, cast: Cast) -> None:
    asha = cast.asha.id
    db.session.rollback()
    assert [asked(app, asha, number % 5) for number in range(10)] == ["asked"] * 10
    assert db.session.scalar(sa.select(sa.func.count()).where(JobRun.kind == jobs.PREVIEW)) == 5


def test_one_that_is_done_makes_room(cast: Cast, sign_in: SignIn) -> None:
    browser = sign_in(cast.asha)
    told = [look(browser, number) for number in range(6)]
    assert told == [(303, False)] * 5 + [(429, True)]
    first = sa.select(sa.func.min(JobRun.id)).where(JobRun.kind == jobs.PREVIEW).scalar_subquery()
    db.session.execute(sa.update(JobRun).where(JobRun.id == first).values(state=WorkState.DONE))
    db.session.commit()
    assert look(browser, 7) == (303, False)


def look(browser: Browser, number: int) -> tuple[int, bool]:
    answer = browser.post("/sources/connect/feed", address=f"https://blog.example/{number}")
    return answer.status_code, "5 addresses are being looked at for you; wait until one of them is done" in answer.text
