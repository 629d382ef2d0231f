"""A platform that serves many people with one request: quiet ones cost nothing, and each can fail alone."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Self

import sqlalchemy as sa

from advocacy.domain.activity import Activity, Platform
from advocacy.domain.health import Health
from advocacy.models.accounts import Account, Subscription
from advocacy.models.base import db
from ingest.fetch import Http
from ingest.source import Cost, FreeOfCharge, Page, Polled, Purse, SourceError
from tests.ingest.platform import post
from tests.ingest.scene import Scene

HOST = "crowd.example"
REQUEST = Cost(requests=1, bytes=1000, usd=0.01)


def address(n: int, host: str = HOST) -> str:
    return f"https://{host}/users/{n}"


@dataclass
class Crowd:
    """What its people say is read once, on from the cursor; all of a batch by one request."""

    platform: Platform = Platform.FEED
    batch_size: int = 100
    log: dict[str, list[Activity]] = field(default_factory=dict)
    errors: dict[str, SourceError] = field(default_factory=dict)
    refuses: Exception | None = None  #: whatever it is asked
    batches: list[list[str]] = field(default_factory=list)
    asked: dict[str, Polled] = field(default_factory=dict)
    between: Callable[[], object] = lambda: None  #: happens while a request is under way

    @classmethod
    def from_config(cls, config: Mapping[str, str], http: Http, purse: Purse = FreeOfCharge()) -> Self:
        return cls()

    def says(self, name: str, count: int = 1, **more: object) -> None:
        log = self.log.setdefault(name, [])
        log += [post(n, address=name, **more) for n in range(len(log), len(log) + count)]  # type: ignore[arg-type]

    def fetch(self, batch: Sequence[Polled], now: datetime) -> Iterator[Page]:
        self.batches.append([polled.address for polled in batch])
        self.asked |= {polled.address: polled for polled in batch}
        self.between()
        if self.refuses is not None:
            raise self.refuses
        cost = REQUEST
        for page in [page for polled in batch for page in self._page(polled)]:
            yield replace(page, cost=cost)
            cost = Cost()
        if cost.requests:
            yield Page(address=batch[0].address, activities=(), cost=cost)

    def _page(self, polled: Polled) -> Iterator[Page]:
        log, read = self.log.get(polled.address, []), int(str(polled.cursor.get("read", 0)))
        if error := self.errors.get(polled.address):
            yield Page(address=polled.address, activities=(), error=error)
        elif log[read:]:
            yield Page(address=polled.address, activities=tuple(log[read:]), cursor={"read": len(log)})


def gather(scene: Scene, person: int, numbers: Sequence[int], host: str = HOST, *, known: bool = True) -> None:
    """So many people's addresses, all due; those known were read an hour ago."""
    read = scene.now - timedelta(hours=1) if known else None
    row = {"platform": Platform.FEED, "state_since": scene.now, "next_due": scene.now, "cursor": {}}
    row |= {"last_ok_at": read, "vocabulary": scene.rules.fingerprint if known else ""}
    row |= {"state": Health.HEALTHY if known else Health.NEW, "complete_from": read, "complete_to": read}
    db.session.execute(sa.insert(Subscription), [{**row, "address": address(n, host)} for n in numbers])
    joined = {"platform": Platform.FEED, "person_id": person, "created_at": scene.now, "accepted_at": scene.now}
    mine = sa.select(Subscription.id, Subscription.address).where(Subscription.host == host)
    mine = mine.where(~sa.exists().where(Account.subscription_id == Subscription.id))
    ids = db.session.execute(mine).all()
    db.session.execute(sa.insert(Account), [{**joined, "subscription_id": key, "handle": at} for key, at in ids])
    db.session.commit()
