"""Coverage from real rows: gaps make counts doubtful, archives mend them, and both cost Home nothing."""

from datetime import UTC, date, datetime

import pytest

from advocacy.domain.activity import Platform
from advocacy.domain.coverage import Coverage, Hole
from advocacy.domain.period import parse
from advocacy.domain.progress import State
from advocacy.models import connect
from advocacy.models.accounts import Account, CoveredSpan, Gap
from advocacy.models.base import db
from advocacy.models.board import board
from advocacy.models.imports import ImportBatch
from advocacy.models.people import Person
from advocacy.models.reach import coverage_by_account, coverage_of
from advocacy.rules import Rules
from tests.cast import Cast
from tests.conftest import NOW
from tests.ingest.scene import statements

Q4 = parse("2026-Q4")
BUDGET = "the month's budget was used up"
SINCE = datetime(2026, 9, 1, 12, tzinfo=UTC)
NOVEMBER = datetime(2026, 11, 3, 12, tzinfo=UTC), datetime(2026, 11, 9, 9, tzinfo=UTC)


def reads(person: Person, handle: str, since: datetime | None = SINCE) -> Account:
    """An account on X that is complete from a moment to now."""
    account = connect.add(person.id, Platform.X, handle, by=person.id, now=NOW)
    assert account.subscription is not None
    if since is not None:
        account.subscription.complete_from, account.subscription.complete_to = since, NOW
    db.session.flush()
    return account


def gapes(account: Account) -> None:
    db.session.add(Gap(subscription_id=account.subscription_id, since=NOVEMBER[0], until=NOVEMBER[1], why=BUDGET))
    db.session.flush()


def brings(account: Account, since: datetime, until: datetime) -> None:
    """An archive that holds everything of that time."""
    batch = ImportBatch(person_id=account.person_id, account_id=account.id, kind="x_archive", name="x.zip", at=NOW)
    db.session.add(batch)
    db.session.flush()
    db.session.add(CoveredSpan(account_id=account.id, batch_id=batch.id, since=since, until=until))
    db.session.flush()


def tweets(person: Person, rules: Rules) -> tuple[State, tuple[str, ...]]:
    found = next(line for line in board(person, Q4, NOW, rules).lines if line.key == "tweets")
    return found.progress.state, tuple(note for note in found.progress.notes if note.startswith("not seen"))


def test_a_gap_in_mid_quarter_makes_no_evidence_doubtful_and_an_archive_mends_it(cast: Cast, rules: Rules) -> None:
    account = reads(cast.asha, "asha_k")
    assert tweets(cast.asha, rules) == (State.NO_EVIDENCE_YET, ())
    gapes(account)
    note = f"not seen: X: nothing is known of 3–9 November: {BUDGET}"
    assert tweets(cast.asha, rules) == (State.CANT_TELL, (note,))
    brings(account, SINCE, datetime(2026, 11, 10, tzinfo=UTC))
    assert tweets(cast.asha, rules) == (State.NO_EVIDENCE_YET, ())


def test_of_two_accounts_one_that_is_not_complete_makes_the_platform_doubtful(cast: Cast, rules: Rules) -> None:
    reads(cast.asha, "asha_k")
    gapes(reads(cast.asha, "asha_work"))
    assert tweets(cast.asha, rules)[0] is State.CANT_TELL
    assert coverage_of(cast.asha.id, "UTC") == {
        Platform.X: Coverage(
            date(2026, 9, 1), date(2026, 11, 23), (Hole(date(2026, 11, 3), date(2026, 11, 9), BUDGET),)
        )
    }


def test_each_account_tells_its_own(cast: Cast) -> None:
    whole, holed, unread = reads(cast.asha, "asha_k"), reads(cast.asha, "asha_work"), reads(cast.asha, "asha_2", None)
    gapes(holed)
    brings(unread, SINCE, NOW)
    reads(cast.lena, "lena")
    found = coverage_by_account(cast.asha.id, "UTC")
    assert {key: len(known.holes) for key, known in found.items()} == {whole.id: 0, holed.id: 1, unread.id: 0}
    assert found[unread.id] == found[whole.id]


def test_a_paused_account_is_complete_until_it_was_paused(cast: Cast, rules: Rules) -> None:
    account = reads(cast.asha, "asha_k")
    account.paused_at = datetime(2026, 11, 1, tzinfo=UTC)
    state, notes = tweets(cast.asha, rules)
    assert (state, notes) == (
        State.CANT_TELL,
        ("not seen: X: nothing is known of 2–23 November: reading was paused",),
    )


def test_what_is_forgotten_or_undone_covers_no_more(cast: Cast) -> None:
    account = reads(cast.asha, "asha_k", None)
    brings(account, SINCE, NOW)
    db.session.delete(db.session.query(ImportBatch).one())
    db.session.flush()
    assert coverage_of(cast.asha.id, "UTC") == {Platform.X: Coverage()}


@pytest.mark.parametrize("accounts", [1, 4])
def test_it_is_one_question_however_many_accounts_gaps_and_archives(cast: Cast, accounts: int) -> None:
    for number in range(accounts):
        account = reads(cast.asha, f"asha_{number}")
        gapes(account)
        brings(account, SINCE, NOVEMBER[0])
    with statements() as sent:
        coverage_of(cast.asha.id, "UTC")
    assert len([one for one in sent if one.startswith("SELECT")]) == 1
