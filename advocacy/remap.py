"""All evidence derived anew after the ladder or the rules changed: a new generation fills beside the live one."""

from collections.abc import Callable
from datetime import datetime

import sqlalchemy as sa

from advocacy.models import generations, jobs, turns, works
from advocacy.models.activities import ActivityPerson, ActivityRow
from advocacy.models.base import db
from advocacy.models.derivation import Judged, derive
from advocacy.models.evidence import Evidence, Generation
from advocacy.models.fact import value_of
from advocacy.models.words import WorkState
from advocacy.rules import Rules

BATCH = 200  #: activities a transaction; other writers wait for one


def remap(rules: Rules, clock: Callable[[], datetime], on_progress: Callable[[int, int], None]) -> int:
    """Derive everything anew and swap it in at once; goes on where a killed one stopped. How many activities."""
    _catch_up()
    generation = _filling(rules, clock())
    done = 0
    while batch := _next(generation):
        _fill(batch, generation, rules)
        done += len(batch)
        on_progress(done, _left(generation.walked_to))
    _swap(generation, clock())
    return done


def _catch_up() -> None:
    """Fold what was stored before works were known, before evidence says what counts once; nothing when all is."""
    last: int | None = 0
    while last is not None:
        last = works.catch_up(last)
        db.session.commit()


def remap_if_stale(rules: Rules, clock: Callable[[], datetime], on_progress: Callable[[int, int], None]) -> int:
    """Derive anew what was derived by other rules: whoever was killed after the swap is asked again, for nothing."""
    if generations.is_stale(rules.fingerprint):
        return remap(rules, clock, on_progress)
    generations.drop_filling(clock())
    db.session.commit()
    return 0


def _filling(rules: Rules, now: datetime) -> Generation:
    """The generation being filled with today's rules; one begun with other rules is dropped."""
    wanted = generations.fingerprint(rules.fingerprint)
    query = sa.select(Generation).where(Generation.live_at.is_(None), Generation.retired_at.is_(None))
    for started in db.session.scalars(query).all():
        if started.fingerprint == wanted:
            return started
        started.retired_at = now
    generations.await_writers()
    generation = generations.begin(rules.fingerprint, now)
    db.session.commit()
    return generation


def _next(generation: Generation) -> list[ActivityRow]:
    """The next activities, locked, so that no pull changes one between our reading and our writing.

    Their people's turn is ours until the batch is committed: a rule that one of them makes meanwhile would not see it.
    """
    ahead = sa.select(ActivityRow.id).order_by(ActivityRow.id).limit(BATCH)
    while ids := db.session.scalars(ahead.where(ActivityRow.id > generation.walked_to)).all():
        whose = sa.select(ActivityPerson.person_id).where(ActivityPerson.activity_id.in_(ids)).distinct()
        turns.take(db.session.scalars(whose).all())
        query = sa.select(ActivityRow).where(ActivityRow.id.in_(ids)).order_by(ActivityRow.id)
        if rows := db.session.scalars(query.with_for_update()).all():
            return list(rows)
        generation.walked_to = ids[-1]  # deleted before we held them
    return []


def _fill(batch: list[ActivityRow], generation: Generation, rules: Rules) -> None:
    judged = [Judged(row.id, rules.judge(value_of(row))) for row in batch]
    derive(judged, [generation.id])
    for row, one in zip(batch, judged, strict=True):
        tags = one.judgement.tags
        fresh = {"topics": [*tags.topics], "personas": [*tags.personas], "components": [*tags.components]}
        if row.tags != fresh and not (row.dropped_at or row.deleted_at):
            row.tags = fresh
    generation.walked_to = batch[-1].id
    db.session.commit()
    for row in batch:
        db.session.expunge(row)


def _left(walked_to: int) -> int:
    return db.session.scalar(sa.select(sa.func.count()).where(ActivityRow.id > walked_to)) or 0


def _swap(generation: Generation, now: datetime) -> None:
    """Pages read the old generation until this commit, and the new one after it.

    One that somebody dropped meanwhile (we lost the job, and the rules are others now) stays dropped.
    """
    db.session.refresh(generation, with_for_update=True)
    if generation.retired_at is not None:
        db.session.rollback()
        return
    others = sa.and_(Generation.id != generation.id, Generation.retired_at.is_(None))
    db.session.execute(sa.update(Generation).where(others).values(retired_at=now))
    generation.live_at = now
    db.session.commit()
    forget_retired()


def forget_retired() -> None:
    """Drop the evidence that no page reads any more, and commit: what a swap does, or what a killed one left."""
    retired = sa.select(Generation.id).where(Generation.retired_at.is_not(None))
    db.session.execute(sa.delete(Evidence).where(Evidence.generation_id.in_(retired)))
    db.session.commit()


def remap_now(rules: Rules, clock: Callable[[], datetime], on_progress: Callable[[int, int], None]) -> int:
    """Derive anew at once when the live evidence is stale, and close the job that asked for it."""
    generations.ensure(rules.fingerprint, clock())
    forget_retired()
    done = remap_if_stale(rules, clock, on_progress)
    job = jobs.open_job(jobs.REMAP, "")
    if job and job.state is WorkState.WAITING:
        job.state, job.ended_at, job.line = WorkState.DONE, clock(), f"{done} activities derived anew"
    db.session.commit()
    return done
