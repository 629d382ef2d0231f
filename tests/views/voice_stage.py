"""What the tests of the public voice stand on: things released, and things that marketing may not know."""

import csv
import io
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from advocacy.domain.activity import Activity, Kind, Platform
from advocacy.models import db, facts, leaving, roster
from advocacy.models.activities import ActivityRow
from advocacy.models.fact import Owner
from advocacy.models.people import Person
from advocacy.models.release import items
from advocacy.models.words import Visibility, Word
from advocacy.rules import Rules
from ingest.prepare import Reader, prepare
from tests.cast import ROLE, Cast
from tests.conftest import NOW, SRE
from tests.views.test_privacy import confirm

Publish = Callable[..., int]
SECRETS = (
    *("Private and confirmed", "For the lead", "Released, not confirmed", "Rejected", "Deleted where it stood"),
    "Confirmed by who left",
)


def cells(body: str) -> dict[tuple[str, ...], str]:
    """The rows of a CSV by all but their last column."""
    found = list(csv.reader(io.StringIO(body)))[1:]
    return {tuple(row[:-1]): row[-1] for row in found}


def release(person: Person, activity_id: int, to: Visibility = Visibility.MARKETING) -> int:
    items.say(person.id, activity_id, to, NOW)
    confirm(person, activity_id)
    return activity_id


def with_secrets(cast: Cast, article: Publish) -> None:
    """Let there be what marketing may not know: it would be counted if anybody forgot to ask whether it may be."""
    private, lead, open_, rejected, deleted = (article(cast.asha, title) for title in SECRETS[:5])
    confirm(cast.asha, private)
    release(cast.asha, lead, Visibility.LEAD)
    items.say(cast.asha.id, open_, Visibility.PUBLIC, NOW)
    release(cast.asha, rejected, Visibility.PUBLIC)
    confirm(cast.asha, rejected, word=Word.REJECTED)
    release(cast.asha, deleted, Visibility.PUBLIC)
    db.session.get_one(ActivityRow, deleted).deleted_at = NOW
    gone = roster.add("gone@tern.example", "Gerd Gone", NOW)
    roster.give_role(gone.id, ROLE, roster.EVER)
    release(gone, article(gone, SECRETS[5]))
    leaving.disable(gone, NOW)
    db.session.commit()


def say(rules: Rules, person: Person, kind: Kind, platform: Platform, title: str, **more: Any) -> int:
    """Let somebody have said something in another form, for an SRE: its activity's number."""
    given = {"at": NOW - timedelta(days=3), "url": f"https://{platform}.example/{len(title)}", "text": SRE, **more}
    one = Activity(ref=f"hand:{title}", kind=kind, platform=platform, title=title, **given)
    facts.keep(prepare([one], [Reader(Owner(None, person.id, person.zone), "")], rules).kept, NOW)
    db.session.commit()
    return db.session.scalars(sa.select(ActivityRow.id).where(ActivityRow.ref == one.ref)).one()
