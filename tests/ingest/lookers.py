"""A platform that can be asked about single items again: people edit, delete, hide, vote. A fake, no mock."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

import sqlalchemy as sa

from advocacy.domain.activity import Kind, Platform
from advocacy.models import connect
from advocacy.models.accounts import Account
from advocacy.models.activities import ActivityRow
from advocacy.models.base import db
from advocacy.models.look_again import LookRecord
from advocacy.models.people import Person
from ingest import chores, looks, sweep
from ingest.hands import Hands
from ingest.source import Cost, Gone, Look
from tests.ingest.platform import ON_TOPIC, Blogs
from tests.ingest.scene import Scene

PREFIX = {Platform.REDDIT: "reddit:t3_", Platform.X: "x:", Platform.STACKEXCHANGE: "stackexchange:stackoverflow.com/q/"}
PRICE = 0.005  #: dollars for a post that is shown, where it costs


@dataclass
class Forum(Blogs):
    """A platform of people's posts, each found by its ref as it stands now."""

    platform: Platform = Platform.REDDIT
    look_size: int = 100
    deleted: set[str] = field(default_factory=set)
    hidden: set[str] = field(default_factory=set)
    mute: set[str] = field(default_factory=set)  #: the platform says nothing of them
    looked: list[tuple[str, ...]] = field(default_factory=list)
    trouble: Exception | None = None
    in_between: list[Callable[[], object]] = field(default_factory=list)

    def writes(self, handle: str, count: int = 1, text: str = ON_TOPIC, **more: object) -> list[str]:
        """Somebody posts; the refs."""
        log = self.log.setdefault(handle, [])
        start = len({one.ref for one in log})
        kind = {"kind": Kind.POST, "platform": self.platform, "title": "", "metrics": {"score": 1}, **more}
        fresh = [
            replace(one, ref=f"{PREFIX[self.platform]}{handle}{number}", **{"url": self.url(handle, number), **kind})  # type: ignore[arg-type]
            for number, one in enumerate(self.posts("scratch", count, text), start)
        ]
        del self.log["scratch"]
        log += fresh
        return [one.ref for one in fresh]

    def url(self, handle: str, number: int) -> str:
        return f"https://forum.example/{handle}/{number}"

    def now(self, ref: str, **changes: object) -> None:
        """The post is another now."""
        handle = next(name for name, log in self.log.items() if any(one.ref == ref for one in log))
        newest = {one.ref: one for one in self.log[handle]}[ref]
        self.log[handle].append(replace(newest, **changes))  # type: ignore[arg-type]

    def look(self, refs: Sequence[str], now: datetime) -> Look:
        """What there is of them; each post that is shown has its price."""
        self.looked.append(tuple(refs))
        while self.in_between:
            self.in_between.pop()()
        if self.trouble is not None:
            raise self.trouble
        there = {one.ref: one for log in self.log.values() for one in log}
        gone = [Gone(ref=ref) for ref in refs if ref in self.deleted]
        gone += [Gone(ref=ref, for_good=False) for ref in refs if ref in self.hidden]
        shown = [there[ref] for ref in refs if ref in there and ref not in self.deleted | self.hidden | self.mute]
        cost = Cost(requests=1, bytes=1000, usd=PRICE * len(shown) if self.platform is Platform.X else 0.0)
        return Look(activities=tuple(shown), gone=tuple(gone), cost=cost)


@dataclass
class Stage(Scene):
    """The scene with a forum on it instead of blogs."""

    forum: Forum = field(default_factory=Forum)

    @property
    def hands(self) -> Hands:
        return replace(super().hands, sources={self.forum.platform: self.forum})

    def joins(self, person: Person, handle: str, start_on: date | None = None) -> Account:
        made = connect.add(person.id, self.forum.platform, handle, by=person.id, now=self.now, start_on=start_on)
        db.session.commit()
        return made

    def looks(self, *, patient: bool = False) -> LookRecord | None:
        """Look at all that is due; the record of it, when there is one."""
        run_id = sweep.begin(self.hands, "a test")
        looks.look(self.hands, lambda: run_id, patient=patient)
        db.session.rollback()
        return db.session.scalar(sa.select(LookRecord).where(LookRecord.run_id == run_id))

    def ages(self) -> None:
        """Drop what was not looked at in time."""
        chores.drop_stale(self.now)
        db.session.commit()

    def row(self, ref: str) -> ActivityRow:
        db.session.rollback()
        return db.session.scalars(sa.select(ActivityRow).where(ActivityRow.ref == ref)).one()


def value(row: ActivityRow) -> tuple[str, str]:
    """What is left to be read of an activity."""
    return row.title, row.text


def in_hours(moment: datetime | None, now: datetime) -> float | None:
    """How long until then."""
    return None if moment is None else (moment - now) / timedelta(hours=1)
