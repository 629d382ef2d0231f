"""People publish here and there, and what the tables make of it."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from advocacy.domain.activity import Activity, Kind, Platform, Thread
from advocacy.domain.period import parse
from advocacy.domain.progress import Progress
from advocacy.models import facts
from advocacy.models.accounts import Account
from advocacy.models.activities import ActivityRow
from advocacy.models.base import db
from advocacy.models.board import board
from advocacy.models.evidence import Evidence
from advocacy.models.fact import Owner
from advocacy.models.people import Person
from advocacy.rules import Rules
from ingest.prepare import Reader, prepare

SAID = "How OpenEBS Mayastor serves stateful workloads on Kubernetes, for an SRE.\n```\nkubectl get pvc\n```\nTry it."
POST = "https://blog.example/chaos-for-an-sre"
TITLE = "Chaos engineering for an SRE"


@dataclass
class Stage:
    """Where somebody published what, told to the tables as a pull would tell it."""

    rules: Rules
    now: datetime
    accounts: dict[tuple[int, Platform], int] = field(default_factory=dict)

    def says(self, person: Person, *said: Activity) -> list[int]:
        """The person publishes these at once; their numbers."""
        reader = Reader(Owner(self._account(person, said[0].platform), person.id, person.zone))
        page = prepare(said, [reader], self.rules, facts.settled)
        facts.keep(page.kept, self.now, page.judge)
        db.session.commit()
        return [self.number(one.ref) for one in said]

    def number(self, ref: str) -> int:
        return db.session.scalars(sa.select(ActivityRow.id).where(ActivityRow.ref == ref)).one()

    def works(self) -> dict[str, tuple[str, str | None]]:
        """Every activity that stands in a work with others: the ref of the lead, and why."""
        db.session.rollback()
        rows = db.session.execute(sa.select(ActivityRow.id, ActivityRow.ref, ActivityRow.work_id, ActivityRow.work_why))
        found = {row.id: row for row in rows}
        return {row.ref: (found[row.work_id].ref, row.work_why) for row in found.values() if row.work_id is not None}

    def together(self) -> set[frozenset[str]]:
        """Who stands together, the lonely left out."""
        groups: dict[str, set[str]] = {}
        for ref, (lead, _) in self.works().items():
            groups.setdefault(lead, set()).add(ref)
        return {frozenset(group) for group in groups.values()}

    def evidence(self) -> set[tuple[str, str]]:
        """What the evidence counts for: (activity, the lead of its work)."""
        db.session.rollback()
        refs = {row.id: row.ref for row in db.session.execute(sa.select(ActivityRow.id, ActivityRow.ref))}
        query = sa.select(Evidence.activity_id, Evidence.work_id)
        return {(refs[one], refs[work]) for one, work in db.session.execute(query)}

    def progress(self, person: Person, rule: str = "advocacy") -> Progress:
        db.session.rollback()
        lines = board(person, parse("2026-Q4"), self.now, self.rules).lines
        return next(line.progress for line in lines if line.rule == rule)

    def _account(self, person: Person, platform: Platform) -> int:
        key = (person.id, platform)
        if key not in self.accounts:
            account = Account(
                person_id=person.id, platform=platform, handle=f"{person.id}", author="", created_at=self.now
            )
            account.accepted_at = self.now
            db.session.add(account)
            db.session.flush()
            self.accounts[key] = account.id
        return self.accounts[key]


def said(ref: str, at: datetime, **more: Any) -> Activity:
    """Something about our product, on the platform that its ref names."""
    platform = Platform(ref.partition(":")[0])
    days = more.pop("days", 0)
    kind = more.pop("kind", Kind.ARTICLE if platform is Platform.FEED else Kind.POST)
    thread = more.pop("thread", Thread())
    text = more.pop("text", SAID)
    return Activity(
        ref=ref, kind=kind, platform=platform, at=at + timedelta(days=days), text=text, thread=thread, **more
    )


def family(at: datetime) -> dict[str, Activity]:
    """A post, its copy, a tweet, a share and a talk: one work in five places."""
    return {
        "post": said("feed:post", at, url=POST, title=TITLE),
        "copy": said("dev:copy", at, days=3, url="https://dev.example/asha/chaos", title=TITLE, shares=(POST,)),
        "tweet": said("x:1", at, days=1, url="https://x.example/asha/status/1", shares=(POST,)),
        "share": said("reddit:t3_1", at, days=2, url="https://reddit.example/r/k8s/comments/1", shares=(POST,)),
        "talk": said("manual:talk", at, days=9, kind=Kind.TALK, title=TITLE, channel="KubeCon"),
    }
