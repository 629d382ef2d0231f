"""An archive taken in, or looked at: read as a stream, judged as a source's items are, stored page by page.

Every page is one transaction, and the same file twice changes nothing; so one that was cut off is given again.
"""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, time
from itertools import chain
from typing import Any

import sqlalchemy as sa

from advocacy import running
from advocacy.domain.activity import Activity
from advocacy.models import facts, import_accounts, import_batches, sqlite
from advocacy.models.accounts import Account
from advocacy.models.base import db
from advocacy.models.fact import Fact, Owner
from advocacy.models.people import Person
from advocacy.models.standing import Standing, standing, values
from advocacy.rules import Rules
from ingest.archive import Told
from ingest.bundle import BadArchive
from ingest.import_entries import Report, pages, silent
from ingest.import_order import Order, Whose
from ingest.import_page import SortedPage, key_of, sort
from ingest.import_tally import NEW, SAME, Tally
from ingest.pipeline import write
from ingest.prepare import Reader


class NotAgreed(BadArchive):
    """Where people are asked first, nobody's archive is taken in on an operator's word."""


def preview(order: Order, rules: Rules, now: datetime, report: Report = silent) -> dict[str, Any]:
    """What taking it in would do; nothing is written. Raises BadArchive, BadHandle."""
    whose, tally = _whose(order), Tally()
    with pages(order, whose, tally, now, report) as read:
        for page in read:
            with sqlite.reading():
                account = order.account(tally.told)
                ready = _sorted(page, _reader(whose, account), rules)
            ready.tell(tally)
    with sqlite.reading():
        found = order.account(tally.told)
        told = _told(order, tally, found.handle if found else order.called(tally.told), is_new=found is None)
        db.session.rollback()
    return told


def take(order: Order, rules: Rules, clock: Callable[[], datetime], report: Report = silent) -> dict[str, Any]:
    """Take it in; raises BadArchive, BadHandle, and Missing when its account is forgotten meanwhile.

    What was stored before an error stays, and giving the file again goes on from there.
    """
    whose, tally = _whose(order), Tally()
    with pages(order, whose, tally, clock(), report) as read:
        first = next(read)
        account_id, handle, is_new = _agreed(order, tally, clock())
        batch_id = _begun(order, account_id, clock())
        for page in chain([first], read):
            _store(page, whose, account_id, batch_id, rules, tally, clock())
    _end(tally, account_id, batch_id, clock())
    return _told(order, tally, handle, is_new=is_new, batch_id=batch_id)


def _agreed(order: Order, tally: Tally, now: datetime) -> tuple[int, str, bool]:
    """The account it comes by and whether it was made for it; raise NotAgreed while its person is to be asked."""
    account, is_new = order.account_or_new(tally.told, now)
    told, is_agreed = (account.id, account.handle, is_new), account.accepted_at is not None
    db.session.commit()
    if running.settings().opt_in and not is_agreed and order.by != order.person_id:
        raise NotAgreed("its person has not agreed yet: they are asked on their Sources page; give it again then")
    return told


def _begun(order: Order, account_id: int, now: datetime) -> int:
    account = import_accounts.hold(account_id)
    batch_id = import_batches.begin(account, order.kind, order.name, by=order.by, now=now).id
    db.session.commit()
    return batch_id


def _whose(order: Order) -> Whose:
    """The person, as known before any of the file is read."""
    with sqlite.reading():
        query = sa.select(Person.id, Person.name, Person.email, Person.zone).where(Person.id == order.person_id)
        person = db.session.execute(query).one()
        account = order.account(Told())
        handle = order.handle or (account.handle if account and account.subscription_id else "")
        db.session.rollback()
    return Whose(*person, handle)


def _reader(whose: Whose, account: Account | None) -> Reader:
    if account is None:
        return Reader(Owner(None, whose.id, whose.zone))
    ignore = tuple(account.ignore_words)
    return Reader(Owner(account.id, whose.id, whose.zone), start_on=account.start_on, ignore=ignore)


def _standing(page: Sequence[Activity], reader: Reader) -> dict[bytes, Standing]:
    return standing({key_of(one) for one in page}, reader.owner.person_id, reader.owner.account_id)


def _sorted(page: Sequence[Activity], reader: Reader, rules: Rules) -> SortedPage:
    """Sorted by what stands; the transaction that looked ends before the judging begins, which takes the longest."""
    stood = _standing(page, reader)
    said = values(stood)
    db.session.rollback()
    return sort(page, reader, rules, stood, said)


def _store(
    page: Sequence[Activity], whose: Whose, account_id: int, batch_id: int, rules: Rules, tally: Tally, now: datetime
) -> None:
    """One page in one transaction; judged before it begins, and again when something came meanwhile."""
    with sqlite.reading():
        ready = _sorted(page, _reader(whose, db.session.get(Account, account_id)), rules)
    reader = _reader(whose, import_accounts.hold(account_id))
    stood = _standing(page, reader)
    if stood != ready.stood:
        ready = sort(page, reader, rules, stood, values(stood))
    refused = write(ready.facts, now, rules.judge)[1]
    _note(ready.facts, stood, batch_id, reader)
    db.session.commit()
    ready.tell(tally, [row.ref for row in refused])


def _note(kept: Sequence[Fact], before: dict[bytes, Standing], batch_id: int, reader: Reader) -> None:
    """Write down which items the batch held, and which of them nothing had brought to its person before."""
    there = standing([fact.ref_hash for fact in kept], reader.owner.person_id, reader.owner.account_id)
    ids = {key: one.activity_id for key, one in there.items() if one.is_held}
    new = {number for key, number in ids.items() if key not in before or not before[key].is_held}
    import_batches.add(batch_id, ids.values(), new)
    facts.take_up([fact for fact in kept if ids.get(fact.ref_hash) in new])


def _end(tally: Tally, account_id: int, batch_id: int, now: datetime) -> None:
    """Say that all of it was read; what was new before it was cut off is new, not the same."""
    account = import_accounts.hold(account_id)
    early = import_batches.brought(batch_id) - tally.outcomes[NEW]
    if early > 0:
        tally.outcomes[SAME] -= early
        tally.outcomes[NEW] += early
    start = datetime.combine(account.start_on, time(), UTC) if account.start_on else None
    import_batches.end(batch_id, tally.counts, tally.span(start), now)
    db.session.commit()


def _told(order: Order, tally: Tally, handle: str, *, is_new: bool, batch_id: int | None = None) -> dict[str, Any]:
    span = tally.span(None)
    return {
        "batch": batch_id,
        "kind": order.kind,
        "name": order.name,
        "account": {"platform": order.platform.value, "handle": handle, "is_new": is_new},
        "covered": {"since": span[0].isoformat(), "until": span[1].isoformat()} if span else None,
        **tally.as_json(),
    }
