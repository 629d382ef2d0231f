"""A round of letters by the worker, which asks for it itself, and by command."""

import json
import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

from advocacy.models import db, jobs
from advocacy.models.runs import JobRun
from advocacy.models.words import WorkState
from advocacy.rules import Rules
from ingest import chores
from ingest import jobs as work
from ingest.hands import Hands
from tests.cast import Cast
from tests.cli.console import Console, check
from tests.conftest import NOW

LEASE = timedelta(minutes=5)


def asked() -> list[str]:
    found = list(db.session.scalars(sa.select(JobRun.kind).where(JobRun.kind == jobs.LETTERS)))
    db.session.rollback()
    return found


def test_the_worker_asks_for_a_round_when_one_is_due_and_does_it_once(
    app: Flask, cast: Cast, rules: Rules, folder: Path, wants: Callable[..., None], article: Callable[..., int]
) -> None:
    article(cast.lena)
    chores.ask_for_letters(NOW)
    db.session.commit()
    assert asked() == []
    wants(cast.lena)
    for _ in range(2):
        chores.ask_for_letters(NOW)
        db.session.commit()
    assert asked() == [jobs.LETTERS]
    hands = Hands(app=app, sources={}, rules=rules, clock=lambda: NOW)
    for job_id, token in work.claim(NOW, 5, LEASE):
        work.perform(hands, job_id, token)
    job = db.session.scalars(sa.select(JobRun).where(JobRun.kind == jobs.LETTERS)).one()
    assert (job.state, job.line) == (WorkState.DONE, "1 written, 0 with nothing to say, 1 sent")
    assert len(list(folder.glob("*.eml"))) == 1
    db.session.rollback()
    chores.ask_for_letters(NOW + LEASE)
    db.session.commit()
    assert asked() == [jobs.LETTERS]


def test_without_a_way_nothing_is_asked_for(
    cast: Cast, wants: Callable[..., None], article: Callable[..., int]
) -> None:
    article(cast.lena)
    wants(cast.lena)
    chores.ask_for_letters(NOW)
    db.session.commit()
    assert asked() == []


@pytest.fixture
def console(app: Flask, environ: dict[str, str]) -> Console:
    return Console(app, environ)


def test_the_command_looks_and_sends(
    console: Console, cast: Cast, folder: Path, wants: Callable[..., None], article: Callable[..., int]
) -> None:
    article(cast.lena)
    wants(cast.lena)
    wants(cast.sven)
    looked = json.loads(console.run("digest", "--dry-run", "--json").stdout)
    check("digest", looked)
    assert [(one["person"], one["subject"]) for one in looked["letters"]] == [
        ("lena@tern.example", "Your week: 1 new, 1 waiting"),
        ("sven@tern.example", None),
    ]
    assert (looked["sent"], folder.exists()) == (0, False)
    one = console.run("digest", "--dry-run", "--person", "asha@tern.example").stdout
    assert one == "Nothing is new, nothing waits and nothing is due: no letter.\n"
    words = console.run("digest", "--dry-run", "--person", "lena@tern.example").stdout
    assert words.startswith("Your week: 1 new, 1 waiting\n")
    assert re.search(r"1 written, 1 with nothing to say, 1 sent\.\n$", console.run("digest").stdout)
    assert len(list(folder.glob("*.eml"))) == 1
    again = json.loads(console.run("digest", "--json").stdout)
    check("digest", again)
    assert again == {"dry_run": False, "letters": [], "sent": 0, "unsent": [], "faults": 0}


def test_one_persons_letter_is_sent_alone(
    console: Console, cast: Cast, folder: Path, wants: Callable[..., None], article: Callable[..., int]
) -> None:
    for number, person in enumerate((cast.lena, cast.mark)):
        article(person, title=f"An SRE's hour {number}")
        wants(person)
    console.run("digest", "--person", "mark@tern.example")
    assert len(list(folder.glob("*.eml"))) == 1


def test_the_command_says_what_is_missing(console: Console, cast: Cast) -> None:
    refused = console.run("digest")
    assert (refused.exit_code, "ADVOCACY_MAIL__URL is not set" in refused.stderr) == (3, True)
    assert console.run("digest", "--dry-run", "--person", "nobody@tern.example").exit_code == 4


def test_a_letter_that_does_not_go_is_told_by_the_exit_code(
    console: Console, cast: Cast, set_up: Callable[[str], None], wants: Callable[..., None], article: Callable[..., int]
) -> None:
    set_up("smtp://127.0.0.1:1")
    article(cast.lena)
    wants(cast.lena)
    told = console.run("digest", "--json")
    assert told.exit_code == 5
    assert json.loads(told.stdout)["unsent"][0].startswith("127.0.0.1 cannot be reached: ")
