"""feedparser's 1,850 feeds – ill-formed, in all encodings, hostile – through the whole line twice, and onto pages."""

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from html import unescape
from pathlib import Path
from typing import Self, TypeAlias

import pytest
import sqlalchemy as sa
from flask import Flask

from advocacy.domain.activity import Activity, Platform
from advocacy.domain.health import Outcome
from advocacy.models import connect
from advocacy.models.accounts import Account, Subscription
from advocacy.models.activities import ActivityPerson
from advocacy.models.base import db
from advocacy.models.people import Person
from advocacy.rules import Rules
from ingest.fetch import Http
from ingest.registry import build
from ingest.source import FreeOfCharge, Page, Polled, Purse, Source
from ingest.sources.feed import FeedSource
from tests.cast import Cast
from tests.cli.console import Console
from tests.conftest import NOW
from tests.fault_server import FaultServer
from tests.ingest.platform import ON_TOPIC
from tests.ingest.scene import FACTS, Scene, dump, expectation, rows
from tests.journey import Browser
from tests.markup import foreign

CORPUS = Path(__file__).parents[3] / "shared" / "data" / "feeds" / "feedparser"
TYPE = re.compile(rb"^\s*Header:\s*Content-type:\s*(.+?)\s*$", re.MULTILINE | re.IGNORECASE)
OLDER = re.compile(r'href="([^"]+)">Older evidence')
UNSAID = re.compile(r"\d+ | \(.*?\)")
SAMPLE = 12
"""On PostgreSQL every twelfth feed: they are read alike, and what differs is what tests/ingest/test_poison.py has."""
OUTCOMES = {
    (Outcome.OK, ""),
    (Outcome.UNCHANGED, ""),  # no items: the feed tests the head alone
    (Outcome.FAILED, "none of its items could be stored"),  # items without id, link, title or text
    (Outcome.REFUSED, "this is no feed; give the feed's own address"),
}

Corpus: TypeAlias = dict[str, bytes]
SIGN_IN: TypeAlias = Callable[[Person], Browser]


@dataclass
class OnTopic:
    """The feed source with Kubernetes put before every text, so that all of it is kept, each feed's items its own."""

    feeds: Source
    platform: Platform = Platform.FEED
    batch_size: int = 1

    @classmethod
    def from_config(cls, config: Mapping[str, str], http: Http, purse: Purse = FreeOfCharge()) -> Self:
        return cls(FeedSource.from_config(config, http))

    def fetch(self, batch: Sequence[Polled], now: datetime) -> Iterator[Page]:
        for page in self.feeds.fetch(batch, now):
            yield replace(page, activities=tuple(_on_topic(one, page.address) for one in page.activities))


def _on_topic(one: Activity, address: str) -> Activity:
    return replace(one, ref=f"{one.ref} {address}", text=f"{ON_TOPIC}: {one.text}")


@pytest.fixture
def corpus(app: Flask) -> Corpus:
    if not CORPUS.is_dir():
        pytest.skip("../shared is not beside the project")
    files = sorted(CORPUS.rglob("*.xml"))
    step = 1 if db.engine.dialect.name == "sqlite" else SAMPLE
    return {str(path.relative_to(CORPUS)): path.read_bytes() for path in files[::step]}


def test_case_44_the_corpus_becomes_rows_once_and_pages_that_are_wholly_ours(
    app: Flask, bare_app: Flask, cast: Cast, rules: Rules, environ: dict[str, str], corpus: Corpus, sign_in: SIGN_IN
) -> None:
    scene = Scene(app, rules, NOW, source=OnTopic(build(app.extensions["advocacy.settings"]).ready[Platform.FEED]))
    with FaultServer() as server:
        publish(server, corpus, cast.asha)
        first = scene.sweeps()
        assert {(pull.outcome, UNSAID.sub("", pull.message)) for pull in first.values()} <= OUTCOMES
        before = dump(*FACTS)
        assert len(before["activity"]) > len(corpus) / 4
        db.session.execute(sa.update(Subscription).values(vocabulary=""))  # all is read and judged again, whole
        db.session.commit()
        scene.later(hours=2)
        second = scene.sweeps()
    assert {address: pull.outcome for address, pull in second.items()} == {a: pull.outcome for a, pull in first.items()}
    assert sum(pull.new + pull.changed for pull in second.values()) == 0
    assert sum(pull.seen for pull in second.values()) == sum(pull.seen for pull in first.values())
    assert dump(*FACTS) == before

    browser = sign_in(cast.asha)
    exhibits = ours(browser, *(f"/expectations/{expectation('advocacy')}?period={year}" for year in years()))
    assert sum(page.count('class="exhibit"') for page in exhibits) == len(before["activity"])
    ours(browser, *(f"/?period={year}" for year in years()))
    leave_only_odd_titles(scene.now)
    ours(browser, "/sources")
    told = json.dumps(Console(bare_app, environ).json("progress", "progress", cast.asha.email))
    assert [word for word in ("<", "javascript:", "onerror") if word in told] == []


def publish(server: FaultServer, corpus: Corpus, person: Person) -> None:
    """Serve every feed, as the type it wants to be served as, and connect them all."""
    for name, body in corpus.items():
        told = TYPE.search(body)
        kind = {"Content_Type": told[1].decode("latin-1")} if told else {}
        address = server.answers(f"/{name}", body, 200, **kind)
        connect.add(person.id, Platform.FEED, address, by=person.id, now=NOW)
    db.session.commit()


def years() -> list[int]:
    days = db.session.scalars(sa.select(ActivityPerson.day).distinct()).all()
    db.session.rollback()
    return sorted({day.year for day in days})


def ours(browser: Browser, *paths: str) -> list[str]:
    """Open the pages and the older ones that they lead to; all of them are well and wholly ours."""
    shown, waiting = [], list(paths)
    while waiting:
        answer = browser.get(waiting.pop())
        assert (answer.status_code, foreign(answer.data)) == (200, [])
        shown.append(answer.text)
        waiting += [unescape(found) for found in OLDER.findall(answer.text)]
    return shown


def leave_only_odd_titles(now: datetime) -> None:
    """Of two thousand cards those are worth a look whose feed calls itself something strange."""
    plain = [row.id for row in rows(Subscription) if re.fullmatch(r"[\w ,.:'-]*", row.title, re.ASCII)]
    db.session.execute(sa.update(Account).where(Account.subscription_id.in_(plain)).values(refused_at=now))
    db.session.commit()
