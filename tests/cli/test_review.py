"""`advocacy review`: the pack on paper, and for programs."""

import sqlalchemy as sa

from advocacy.models import db
from advocacy.models.audit import AuditEntry
from tests.cli.console import Console


def test_the_pack_of_a_quarter(console: Console, asha: str, blog: str) -> None:
    console.says("accounts", "add", asha, "feed", blog)
    console.says("ingest", "run")
    told = console.json("review", "review", asha)
    counts = [(one["rule"], one["state"], len(one["pieces"])) for one in told["expectations"]]
    assert counts == [("trends", "covered", 2), (None, "not_measured", 0)]
    words = console.says("review", asha)
    assert words.startswith("# Asha")
    assert words.count("\n- 2026-") == 2
    assert console.says("review", asha, "--confirmed").count("\n- 2026-") == 0


def test_that_it_was_printed_is_in_the_audit_log(console: Console, asha: str) -> None:
    console.says("review", asha)
    printed = sa.select(AuditEntry.act).where(AuditEntry.act == "review.printed")
    with console.app.app_context():
        assert db.session.scalars(printed).all() == ["review.printed"]


def test_who_has_no_role_is_told_how_to_get_one(console: Console) -> None:
    console.says("people", "add", "new@example.org", "--name", "New")
    assert "people role new@example.org" in console.refuses(4, "review", "new@example.org")
