"""Which addresses are asked for together: the longest due decides platform and host, and others come along.

One request of most platforms serves many people, so what is due soon fills the batch; visits that drifted apart meet
again. Whoever has a history to be read goes apart, for their many pages would hold up everybody else's newest.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from advocacy.domain.activity import Platform
from advocacy.models import platforms
from advocacy.models.accounts import Subscription
from advocacy.models.base import Row, db
from ingest.selection import NEWCOMER, Selection, free

PER_HOST = 4
"""How many requests somebody makes to one host at the same time."""

LOOK = 4  #: times as many rows are looked at as are wanted, to find some of other hosts
ROUNDS = 3  #: looks at most; what a host's many addresses hide is found by the next claim


class Together(NamedTuple):
    """What one call of a source serves; `is_probe` when its platform refused us and is asked whether it still does."""

    ids: list[int]
    is_probe: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """What a claimer can take: so many batches, not more than a few of a host, and of newcomers' only some.

    `busy` tells how many of each host it holds already, `newcomers` how many of them are newcomers'; `sizes` how many
    addresses one call of a source serves.
    """

    batches: int
    most_newcomers: int = PER_HOST
    busy: Mapping[str, int] = field(default_factory=dict)
    newcomers: Mapping[str, int] = field(default_factory=dict)
    sizes: Mapping[Platform, int] = field(default_factory=dict)

    def is_shared(self, platform: Platform) -> bool:
        """Whether one request of the platform serves many addresses."""
        return self.sizes.get(platform, 1) > 1


def choose(selection: Selection, room: Room, now: datetime, soon: datetime) -> list[Together]:
    """The batches of the longest due, locked, as far as their hosts are not busy with us.

    What is due until `soon` fills batches up, and makes none.
    """
    choice = _Choice(selection, room, now, soon)
    for _ in range(ROUNDS):
        if choice.left <= 0 or not choice.look():
            break
    return choice.made


class _Choice:
    def __init__(self, selection: Selection, room: Room, now: datetime, soon: datetime) -> None:
        self._selection, self._room, self._now, self._soon = selection, room, now, soon
        self._asked, self._newcomers = Counter(room.busy), Counter(room.newcomers)
        self._alone, self._emptied = set[int](), set[str]()  # of a host that is emptied all was taken that fits
        self._refusing, self._probed = platforms.to_probe(now), set[Platform]()
        self.made: list[Together] = []

    @property
    def left(self) -> int:
        return self._room.batches - len(self.made)

    def look(self) -> bool:
        """Look once at what is due on hosts that are not busy; whether there was anything."""
        one = Subscription
        full = self._emptied | {host for host in self._asked if self._is_full(host)}
        others = (one.host.not_in(full), one.id.not_in(self._alone), one.platform.not_in(self._probed))
        rows = _locked(free(self._selection, self._now).where(*others).limit(self.left * LOOK))
        for row in rows:
            if self.left > 0 and row.host not in self._emptied and not self._is_full(row.host):
                self._take(row)
        return bool(rows)

    def _is_full(self, host: str) -> bool:
        return bool(host) and self._asked[host] >= PER_HOST

    def _take(self, row: Row) -> None:
        if row.platform in self._probed:
            return
        if row.platform in self._refusing:
            self._probed.add(row.platform)
        if self._room.is_shared(row.platform):
            self._emptied.add(row.host)
            self._take_all(row)
        else:
            self._alone.add(row.id)
            self._add(row, [row.id])

    def _take_all(self, lead: Row) -> None:
        """All batches of the lead's host that there is room for: some of newcomers, the others of those known."""
        one = Subscription
        here = (one.platform == lead.platform, one.host == lead.host)
        size = self._room.sizes[lead.platform]
        room = 1 if lead.platform in self._probed else min(self.left, PER_HOST - self._asked[lead.host])
        some = min(room, PER_HOST // 2 - self._newcomers[lead.host])
        some = min(some, self._room.most_newcomers - self._newcomers.total())
        newcomers = free(self._selection, self._now).where(*here, NEWCOMER)
        known = free(self._selection, self._now, self._soon).where(*here, ~NEWCOMER)
        batches = _cut(newcomers, size, some)
        self._newcomers[lead.host] += len(batches)
        for batch in [*batches, *_cut(known, size, room - len(batches))]:
            if not self._selection.due_only or batch[0].next_due <= self._now:
                self._add(lead, [row.id for row in batch])

    def _add(self, lead: Row, ids: list[int]) -> None:
        """A platform that refused us is asked by one batch of one claimer, whoever is first."""
        is_probe = lead.platform in self._probed
        if not is_probe or platforms.take_probe(lead.platform, self._now):
            self._asked[lead.host] += 1
            self.made.append(Together(ids, is_probe))


def _locked(query: Any) -> Sequence[Row]:
    return db.session.execute(query.with_for_update(skip_locked=True, of=Subscription)).all()


def _cut(query: Any, size: int, number: int) -> list[Sequence[Row]]:
    """So many batches of what is found, at most."""
    rows = _locked(query.limit(size * number)) if number > 0 else ()
    return [rows[first : first + size] for first in range(0, len(rows), size)]
