"""Second looks: items asked for again by their refs, for their newest numbers, their edits and their end."""

import logging
from collections.abc import Callable, Collection, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from advocacy.domain.activity import Platform
from advocacy.models import burial, facts, look_again, sqlite
from advocacy.models.base import db
from advocacy.models.fact import Item, Settled
from advocacy.rules import Rules
from ingest import look_claims
from ingest.hands import Hands
from ingest.look_claims import Held
from ingest.look_readers import readers
from ingest.pipeline import store
from ingest.prepare import prepare
from ingest.source import Cost, Look, Looker, SourceError, TryLater

log = logging.getLogger(__name__)

PAUSE = timedelta(minutes=15)  #: how long a platform is left alone that did not say for how long
TILL_MENDED = timedelta(hours=1)  #: how long one is left alone that somebody has to mend


@dataclass(frozen=True, slots=True)
class Seen:
    """What one look came to."""

    asked: int
    seen: int = 0
    changed: int = 0
    deleted: int = 0
    dropped: int = 0


def look(
    hands: Hands,
    run_of: Callable[[], int],
    platforms: Collection[Platform] | None = None,
    *,
    patient: bool = False,
    stops: Callable[[], bool] = lambda: False,
) -> None:
    """Look at all that is due, a request at a time.

    `run_of` gives the run whose record the figures go to, and is asked only when there is something to look at. Who
    is `patient` waits for full requests.
    """
    for platform, source in hands.sources.items():
        if isinstance(source, Looker) and (platforms is None or platform in platforms):
            while not stops() and _look_once(hands, platform, source, run_of, patient):
                pass


def _look_once(hands: Hands, platform: Platform, source: Looker, run_of: Callable[[], int], patient: bool) -> bool:
    """One request, when there is enough to ask for and the platform is not left alone; whether it could go on."""
    now = hands.clock()
    with sqlite.reading():
        is_held = platform in look_again.held(now)
        db.session.rollback()
    held = None if is_held else look_claims.claim(platform, source.look_size, now, patient=patient)
    if held is None:
        return False
    run_id = run_of()
    try:
        _keep(held, source.look(list(held.ids), now), hands.rules, run_id, now)
        return True
    except SourceError as error:
        _leave(held, run_id, error, hands.clock())
    except sa.exc.OperationalError as error:
        db.session.rollback()
        log.error("our database does not take what a look at %s brought (%s); it is made again", platform, _said(error))
    except Exception as error:
        db.session.rollback()
        log.exception("a fault of ours while looking at %s again", platform)
        _leave(held, run_id, SourceError(f"a fault of ours, it is in the log: {type(error).__name__}"), hands.clock())
    return False


def _keep(held: Held, look: Look, rules: Rules, run_id: int, now: datetime) -> None:
    """Store what was shown and follow what is gone, in one transaction, for whoever wants it at that moment.

    Only of what is still ours: what somebody else looks at meanwhile, or was erased, is let be.
    """
    with sqlite.reading():
        audience = readers(held)
        db.session.rollback()
    ready = prepare(look.activities, audience, rules, _settled)
    wanted, rows = readers(held, lock=True), look_claims.fence(held)
    ours = {row.ref for row in rows}
    there = [one for one in look.activities if one.ref in ours]
    if wanted != audience or len(there) < len(look.activities):
        ready = prepare(there, wanted, rules)
    counts = store(ready, (), None, now)
    if counts.poison:
        log.warning("%s of the items that %s showed again cannot be stored", counts.poison, held.platform)
    ended = [one.ref for one in look.gone if one.for_good and one.ref in ours]
    hidden = [one.ref for one in look.gone if not one.for_good and one.ref in ours]
    deleted, dropped = burial.bury(ended, now), burial.bury(hidden, now, for_good=False)
    look_claims.settle(held, rows, {one.ref for one in there} - {*hidden}, {*hidden}, now)
    look_again.lift(held.platform)
    seen = Seen(len(held.ids), len(look.activities), counts.changed, deleted, dropped)
    look_again.tell(run_id, held.platform, {**asdict(seen), **_figures(look.cost)})
    db.session.commit()


def _settled(items: Mapping[bytes, Item]) -> Settled:
    """What needs no judging again; the reading transaction ends before the judging begins."""
    with sqlite.reading():
        found = facts.settled(items)
        db.session.rollback()
    return found


def _leave(held: Held, run_id: int, error: SourceError, now: datetime) -> None:
    """Leave the platform alone as long as it wants, or until somebody can have mended what is wrong; commit."""
    later = error.at or now + PAUSE if isinstance(error, TryLater) else now + TILL_MENDED
    look_claims.postpone(held, later)
    look_again.hold(held.platform, later, str(error))
    look_again.tell(run_id, held.platform, {"asked": len(held.ids), **_figures(error.cost)}, str(error))
    db.session.commit()


def _figures(cost: Cost) -> dict[str, float]:
    return {"requests": cost.requests, "bytes": cost.bytes, "cost_usd": cost.usd}


def _said(error: sa.exc.OperationalError) -> str:
    return str(error.orig).strip().partition("\n")[0]
