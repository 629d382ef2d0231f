"""The leases of a whole batch given back, with one statement for all that ended alike."""

import logging
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from advocacy.models.accounts import Subscription
from advocacy.models.base import db
from ingest.claims import ours
from ingest.settle import Ended, Visit, blamed, condition_of, figures, record_of, settling, tell, telling

log = logging.getLogger(__name__)

OWN = ("cursor", "title")  #: what no address of a batch shares with another


def settle_all(ends: Sequence[Ended], visit: Visit) -> None:
    """Give the leases of a batch back; one that was lost is left to whoever has it now."""
    alike, records, own = _Alike(settling), _Alike(telling), _Own()
    for held, end in blamed(_still_ours(ends), visit.now):
        values, record = condition_of(held, end, visit), record_of(end, visit)
        own.add(held.subscription_id, held.token, {name: values.pop(name) for name in OWN if name in values})
        given = {f"to_{name}": value for name, value in values.items()}
        alike.add(held.subscription_id, tuple(values), {"token": held.token, "due": held.due, **given})
        records.add(held.pull_id, tuple(record), record)
        tell(held, figures(end.cost))
    own.execute()
    alike.execute()
    records.execute()


def _still_ours(ends: Sequence[Ended]) -> list[Ended]:
    """Those whose lease nobody took, locked; what the others cost is told all the same."""
    mine = sa.select(Subscription.id).where(ours([held for held, _ in ends])).order_by(Subscription.id)
    kept = frozenset(db.session.scalars(mine.with_for_update()))
    for held, end in ends:
        if held.subscription_id not in kept:
            log.warning("somebody else works on %s now", held.address)
            tell(held, figures(end.cost))
    return [one for one in ends if one[0].subscription_id in kept]


class _Alike:
    """Rows that get the same values, with one statement for each kind."""

    def __init__(self, statement: Callable[[tuple[str, ...], bool], sa.Update]) -> None:
        self._statement = statement
        self._keys: dict[tuple[Any, ...], list[int]] = {}

    def add(self, key: int, columns: tuple[str, ...], given: Mapping[str, Any]) -> None:
        self._keys.setdefault((columns, *given.items()), []).append(key)

    def execute(self) -> None:
        for (columns, *given), keys in self._keys.items():
            db.session.execute(self._statement(columns, True), {**dict(given), "keys": keys})


class _Own:
    """Rows that get values of their own: one statement for each set of columns, sent with many rows at once."""

    def __init__(self) -> None:
        self._rows: dict[tuple[str, ...], list[dict[str, Any]]] = {}

    def add(self, key: int, token: str, values: Mapping[str, Any]) -> None:
        if values:
            given = {f"to_{name}": value for name, value in values.items()}
            self._rows.setdefault(tuple(values), []).append({"key": key, "token": token, **given})

    def execute(self) -> None:
        for columns, rows in self._rows.items():
            db.session.connection().execute(settling(columns), rows)
