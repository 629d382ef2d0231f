"""No page, claim or look-up reads a table from end to end that grows with people, items or time."""

import secrets
from collections.abc import Callable, Iterator
from dataclasses import fields
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.engine import make_url

from advocacy import config
from advocacy.app import create_app
from advocacy.domain.activity import Activity, Kind, Platform
from advocacy.domain.period import parse
from advocacy.models import (
    connect,
    db,
    facts,
    gains,
    generations,
    jobs,
    logins,
    look_again,
    numbers,
    roster,
    sentences,
    verdicts,
)
from advocacy.models.activities import ActivityRow
from advocacy.models.evidence import Evidence
from advocacy.models.fact import Item, Owner
from advocacy.models.people import Person
from advocacy.models.words import Word
from benchmarks import company
from ingest import chores, claims, look_claims
from ingest import jobs as ingest_jobs
from ingest.selection import Selection
from tests.cast import Cast
from tests.conftest import NOW, postgres
from tests.journey import Browser
from tests.models.plans import Plans, explained

LARGE = {
    *("activity", "activity_person", "provenance", "metric_snapshot", "passed_over"),
    *("evidence", "verdict", "person", "account", "subscription", "login", "pull", "role_held", "audit"),
}


@pytest.fixture(scope="module")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Here the database that is copied for each test has a company in it."""
    with postgres() as url:
        _grow(url, tmp_path_factory.mktemp("grown"))
        yield str(make_url(url).database)


@pytest.fixture(scope="module")
def furnished_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same for SQLite."""
    folder = tmp_path_factory.mktemp("grown")
    _grow(f"sqlite:///{folder / 'advocacy.db'}", folder)
    return folder / "advocacy.db"


def _grow(url: str, folder: Path) -> None:
    """A company that has some of everything, as the benchmarks grow theirs."""
    environ = {"ADVOCACY_SECRET_KEY": secrets.token_hex(32), "ADVOCACY_DATA_DIR": str(folder)}
    app = create_app(config.load({**environ, "ADVOCACY_DATABASE_URL": url}, folder))
    with app.app_context():
        db.create_all()
        generations.ensure(app.extensions["advocacy.rules"].fingerprint, NOW)
        Cast.enter(app)
        company.found(people=30, visits=48)
        company.grow(600)
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def grown(app: Flask) -> Cast:
    """The people of that company whom tests know by name."""
    return Cast(*(roster.by_email(f"{one.name}@tern.example") for one in fields(Cast)))


def large(plans: Plans) -> set[str]:
    assert plans.statements
    return plans.scanned & LARGE


PATHS = [
    *("/", "/expectations/{sentence}", "/sources", "/ladder", "/logins"),
    *("/privacy/", "/privacy/items?kind=article", "/people/{me}/released", "/profile/", "/profile/edit"),
]


@pytest.mark.parametrize("path", PATHS)
def test_a_page_reads_no_growing_table_from_end_to_end(
    grown: Cast, sign_in: Callable[[Person], Browser], article: Callable[..., int], path: str
) -> None:
    article(grown.asha)
    connect.add(grown.asha.id, Platform.FEED, "https://asha.example/feed", by=grown.asha.id, now=NOW)
    page = sentences.of_page(sentences.pages(grown.asha.id)[0].id)
    path = path.format(sentence=next(one.expectation_id for one in page if one.rule == "personas"), me=grown.asha.id)
    browser = sign_in(grown.asha)
    with explained(db.engine) as plans:
        assert browser.get(path).status_code == 200
    assert large(plans) == set()


LEADS_PATHS = [
    *("/team", "/team?view=topics", "/trainings/planner", "/trainings/planner/kubernetes", "/trainings/required"),
    *("/people/{asha}/since", "/writing", "/team/report"),
]


@pytest.mark.parametrize("path", LEADS_PATHS)
def test_a_leads_page_reads_no_growing_table_from_end_to_end(
    grown: Cast, sign_in: Callable[[Person], Browser], path: str
) -> None:
    browser = sign_in(grown.lena)
    with explained(db.engine) as plans:
        assert browser.get(path.format(asha=grown.asha.id)).status_code == 200
    assert large(plans) == set()


def test_homes_evidence_and_days_come_from_their_indexes_alone(
    grown: Cast, sign_in: Callable[[Person], Browser]
) -> None:
    browser = sign_in(grown.asha)
    with explained(db.engine) as plans:
        browser.get("/")
    assert {"ix_evidence_reading", "ix_activity_person_timeline"} <= plans.alone


def test_days_readings_come_from_their_index_alone(grown: Cast, sign_in: Callable[[Person], Browser]) -> None:
    connect.add(grown.asha.id, Platform.FEED, "https://asha.example/feed", by=grown.asha.id, now=NOW)
    browser = sign_in(grown.asha)
    with explained(db.engine) as plans:
        browser.get("/sources")
    assert "ix_pull_strip" in plans.alone


def test_what_stands_already_is_found_by_its_hash(grown: Cast) -> None:
    hashes = db.session.scalars(sa.select(ActivityRow.ref_hash).limit(3)).all()
    items = {key: _item(key, number) for number, key in enumerate(hashes)}
    with explained(db.engine) as plans:
        facts.settled(items)
    assert large(plans) == set()


def test_second_looks_and_what_may_not_be_kept_are_found_by_their_indexes(grown: Cast) -> None:
    with explained(db.engine) as plans:
        look_claims.claim(Platform.REDDIT, 100, NOW, patient=True)
        chores.drop_stale(NOW)
        look_again.wanted_on([1, 2])
        gains.gained_in(grown.asha.id, parse("2026-Q4"))
        gains.gained_of({1: NOW.date()}, parse("2026-Q4"))
        numbers.history(1)
    assert large(plans) == set()


def test_a_claim_looks_only_at_what_is_due(grown: Cast) -> None:
    before = NOW - timedelta(days=1)
    connect.add(grown.asha.id, Platform.FEED, "https://asha.example/feed", by=grown.asha.id, now=before)
    db.session.commit()
    with explained(db.engine) as plans:
        assert claims.any_free(Selection(), before)
    assert large(plans) == set()


def test_a_job_is_asked_for_and_found_without_a_scan_of_people_or_items(grown: Cast) -> None:
    with explained(db.engine) as plans:
        jobs.ask(jobs.PULL, "1", {}, grown.asha.id, NOW)
        ingest_jobs.claim(NOW, 4, timedelta(minutes=1))
        jobs.forget_previews(NOW)
    assert large(plans) == set()


def test_a_verdict_touches_only_its_own_rows(grown: Cast, article: Callable[..., int]) -> None:
    activity_id = article(grown.asha)
    sentence = db.session.scalars(sa.select(Evidence.expectation_id).where(Evidence.activity_id == activity_id)).first()
    assert sentence
    me = grown.asha.id
    with explained(db.engine) as plans:
        verdicts.decide(
            person_id=me, activity_id=activity_id, expectation_id=sentence, word=Word.CONFIRMED, by=me, now=NOW
        )
        db.session.commit()
    assert large(plans) == set()


def test_who_is_signed_in_is_found_by_the_tokens_hash(grown: Cast) -> None:
    token = logins.begin(grown.asha.id, NOW)
    db.session.commit()
    with explained(db.engine) as plans:
        assert logins.of_token(token, NOW)
    assert large(plans) == set()


def _item(key: bytes, number: int) -> Item:
    one = Activity(ref=f"feed:{number}", kind=Kind.POST, platform=Platform.FEED, at=NOW, text="said")
    return Item(one, key, (Owner(1, 1, "UTC"),))
