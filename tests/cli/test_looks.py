"""`advocacy ingest run` looks again at what is due, and says what that came to."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
import sqlalchemy as sa

from advocacy.domain.activity import Platform
from advocacy.models.activities import ActivityRow
from advocacy.models.base import db
from ingest import registry
from ingest.look_figures import Looked, looked
from ingest.source import Misconfigured
from tests.cli.console import Console
from tests.conftest import NOW
from tests.ingest.lookers import Forum


@pytest.fixture
def forum(monkeypatch: pytest.MonkeyPatch) -> Forum:
    """Reddit, as the only source there is."""
    forum = Forum()
    forum.writes("asha_k", 3)
    monkeypatch.setattr(registry, "build", lambda *given: registry.Registry({Platform.REDDIT: forum}, {}))
    return forum


@pytest.fixture
def due(console: Console, asha: str, forum: Forum) -> Iterator[None]:
    """Asha's three posts, read once, and due to be looked at again."""
    console.says("accounts", "add", asha, "reddit", "asha_k")
    console.says("ingest", "run")
    with console.app.app_context():
        db.session.execute(sa.update(ActivityRow).values(look_at=NOW - timedelta(hours=1)))
        db.session.commit()
        yield


def test_the_figures_of_looks(console: Console, due: None, forum: Forum) -> None:
    forum.deleted.add("reddit:t3_asha_k0")
    lines = console.says("ingest", "run").splitlines()
    assert [line.split() for line in lines[-2:]] == [
        ["looked", "at", "again", "requests", "asked", "seen", "changed", "deleted", "dropped", "cost_usd"],
        ["reddit", "1", "3", "2", "0", "1", "0", "0.0"],
    ]
    assert [looked(1), looked(2)] == [[], [Looked("reddit", 1, 1000, 0.0, 3, 2, 0, 1, 0, "")]]


def test_nothing_is_said_of_looks_where_nothing_was_due(console: Console, due: None, forum: Forum) -> None:
    console.says("ingest", "run")
    assert "looked at again" not in console.says("ingest", "run")


def test_looks_are_left_out_where_single_accounts_or_other_platforms_are_named(
    console: Console, due: None, asha: str, forum: Forum
) -> None:
    console.says("ingest", "run", "--account", asha)
    console.says("ingest", "run", "--platform", "feed")
    assert forum.looked == []


def test_what_broke_looks_off_is_said(
    console: Console, due: None, forum: Forum, capsys: pytest.CaptureFixture[str]
) -> None:
    forum.trouble = Misconfigured("ADVOCACY_REDDIT__CLIENT_SECRET is refused")
    console.says("ingest", "run")
    assert looked(2)[0].message == "ADVOCACY_REDDIT__CLIENT_SECRET is refused"


def test_a_text_that_was_not_looked_at_in_time_is_dropped_by_a_run_too(
    console: Console, due: None, forum: Forum
) -> None:
    forum.trouble = Misconfigured("ADVOCACY_REDDIT__CLIENT_SECRET is refused")
    long_ago = NOW - timedelta(hours=49)
    db.session.execute(sa.update(ActivityRow).values(looked_at=long_ago))
    db.session.commit()
    console.says("ingest", "run")
    assert {row.text for row in db.session.scalars(sa.select(ActivityRow))} == {""}
