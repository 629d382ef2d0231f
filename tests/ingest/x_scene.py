"""The stage with X on it: accounts by handle, read through the whole line into the tables."""

from dataclasses import dataclass, field
from datetime import date

from advocacy.domain.activity import Platform
from advocacy.models import connect
from advocacy.models.accounts import Account
from advocacy.models.base import db
from advocacy.models.people import Person
from ingest.hands import Hands
from ingest.loopback.world import Member, Message, World
from ingest.source import Source
from tests.ingest.scene import Scene
from tests.ingest.x_stage import Stage

ON_TOPIC = "How OpenEBS Mayastor serves stateful workloads on Kubernetes"


@dataclass
class XScene(Scene):
    """People with handles on X, a world in which they post, and our reader between it and the tables."""

    stage: Stage = field(default_factory=Stage)
    x: Source | None = None

    @property
    def hands(self) -> Hands:
        self.stage.now = self.now
        source = self.x or self.stage.source
        return Hands(app=self.app, sources={Platform.X: source}, rules=self.rules, clock=lambda: self.now, threads=2)

    @property
    def world(self) -> World:
        return self.stage.world

    def follows(self, person: Person | int, handle: str, start_on: date | None = None) -> Account:
        """A person connects their handle."""
        mine = person if isinstance(person, int) else person.id
        account = connect.add(mine, Platform.X, handle, by=mine, now=self.now, start_on=start_on)
        db.session.commit()
        return account

    def joins(self, handle: str, **more: str) -> Member:
        return self.stage.joins(handle, **more)

    def posts(self, handle: str, text: str = ON_TOPIC, **more: object) -> Message:
        self.stage.now = self.now
        return self.stage.posts(handle, text, **more)  # type: ignore[arg-type]
