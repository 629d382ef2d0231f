"""What an engineer does in a quarter, each thing by the road on which it comes: forms in a browser, or a source."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

from advocacy.domain.activity import Activity, Kind, Platform, Thread, ThreadRole
from advocacy.models import db, facts
from advocacy.models.fact import Owner
from advocacy.rules import Rules
from ingest.prepare import Reader, prepare
from tests.cast import Cast
from tests.conftest import NOW
from tests.journey import Browser

EXAMPLE = "\n```\nkubectl describe pvc\n```\n"
CHANNELS = {Platform.REDDIT: "r/kubernetes", Platform.STACKEXCHANGE: "stackoverflow.com"}


@dataclass
class Life:
    """Asha's browser, her colleagues', and a way to let sources bring what she posted."""

    cast: Cast
    rules: Rules
    sign_in: Callable[[Any], Browser]
    asha: Browser
    numbers: "count[int]" = field(default_factory=count)

    def logs(self, kind: str, day: str = "2026-11-20", **said: str) -> None:
        """Save a form of quick add."""
        answer = self.asha.post("/add/save", headers=None, kind=kind, day=day, **said)
        assert answer.status_code == 303, answer.text

    def sends(self, path: str, **said: str) -> str:
        """Save another form; where it leads."""
        answer = self.asha.post(path, headers=None, **said)
        assert answer.status_code == 303, answer.text
        return str(answer.headers["Location"])

    def posts(self, platform: str, text: str, days_ago: int = 1, **more: Any) -> None:
        """Let a source bring something of hers."""
        number, place = next(self.numbers), Platform(platform)
        told = {"kind": Kind.POST, "channel": CHANNELS.get(place, ""), "url": f"https://{place}.example/{number}"}
        at = (NOW - timedelta(days=days_ago)).replace(hour=6)
        one = Activity(ref=f"{place}:{number}", platform=place, at=at, text=text, **{**told, **more})
        reader = Reader(Owner(None, self.cast.asha.id, self.cast.asha.zone), "")
        db.session.rollback()
        facts.keep(prepare([one], [reader], self.rules).kept, NOW)
        db.session.commit()

    def leads(self, text: str, days_ago: int, others: int = 4, **more: Any) -> None:
        """Open a thread on Reddit that others reply to."""
        thread = Thread(role=ThreadRole.OPENED, replies=others, participants=others + 1)
        self.posts("reddit", text, days_ago, title=text, thread=thread, **more)


def on(month: int, day: int) -> int:
    """How many days ago that was."""
    return (NOW - datetime(NOW.year, month, day, 9, tzinfo=UTC)).days
