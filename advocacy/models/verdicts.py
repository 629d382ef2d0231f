"""A person's word on a piece of evidence: said, changed, taken back; never overwritten by a machine."""

from datetime import datetime

import sqlalchemy as sa

from advocacy.domain.medium import medium
from advocacy.domain.rulebook import Strength
from advocacy.models import learned, stood
from advocacy.models.activities import ActivityPerson, ActivityRow
from advocacy.models.base import Missing, db
from advocacy.models.derivation import ByHand, Said
from advocacy.models.evidence import Evidence, Verdict
from advocacy.models.generations import written
from advocacy.models.ladders import Expectation, RolePageRow
from advocacy.models.look_again import follow
from advocacy.models.words import Word


def decide(
    *,
    person_id: int,
    activity_id: int,
    expectation_id: int,
    word: Word | None,
    by: int,
    now: datetime,
    reason: str = "",
    facet: str | None = None,
) -> None:
    """Record the word (None takes it back) and show it at once; raise Missing for what is not the person's.

    `facet` says as what it counts (a persona, `learning`, `given`), where the rules say something else or nothing.
    """
    activity = _own(person_id, activity_id)
    version_id = _version(expectation_id)
    _supersede(person_id, activity_id, expectation_id, now)
    db.session.add(
        Verdict(
            person_id=person_id,
            activity_id=activity_id,
            expectation_id=expectation_id,
            word=word,
            facet=facet,
            reason=reason,
            by_id=by,
            at=now,
            content_hash=activity.content_hash,
            version_id=version_id,
        )
    )
    _copy(person_id, activity, expectation_id, Said(word, facet))
    if word is Word.CONFIRMED:
        stood.keep(activity, person_id)
        follow(activity, now)


def in_force(person_id: int, activity_id: int, expectation_id: int) -> Verdict:
    """The person's word that holds; raise Missing when nothing was ever said."""
    found = db.session.scalar(sa.select(Verdict).where(*_of(person_id, activity_id, expectation_id)))
    if found is None:
        raise Missing("nothing was said of it")
    return found


def restore(said: Verdict, now: datetime) -> None:
    """Say again what was said before this word, of what it said then; a word that does not hold any more stays past."""
    if said.superseded_at is not None:
        return
    earlier = (
        sa.select(Verdict)
        .where(Verdict.person_id == said.person_id, Verdict.activity_id == said.activity_id)
        .where(Verdict.expectation_id == said.expectation_id, Verdict.id < said.id)
        .order_by(Verdict.id.desc())
        .limit(1)
    )
    before = db.session.scalar(earlier)
    key = {"person_id": said.person_id, "activity_id": said.activity_id, "expectation_id": said.expectation_id}
    word, facet, reason = (before.word, before.facet, before.reason) if before else (None, None, "")
    decide(**key, word=word, facet=facet, reason=reason, by=said.by_id or said.person_id, now=now)
    if before is not None:
        again = in_force(**key)
        again.content_hash, again.version_id = before.content_hash, before.version_id
        db.session.flush()


def _of(person_id: int, activity_id: int, expectation_id: int) -> tuple[sa.ColumnElement[bool], ...]:
    one = Verdict
    mine = one.person_id == person_id, one.activity_id == activity_id, one.expectation_id == expectation_id
    return (*mine, one.superseded_at.is_(None))


def _own(person_id: int, activity_id: int) -> ActivityRow:
    mine = sa.and_(ActivityPerson.activity_id == ActivityRow.id, ActivityPerson.person_id == person_id)
    query = sa.select(ActivityRow).join(ActivityPerson, mine).where(ActivityRow.id == activity_id)
    # Locked, so that evidence is not derived from the word before while ours is on its way.
    activity = db.session.scalar(query.with_for_update(of=ActivityRow))
    if activity is None:
        raise Missing("there is no such activity of yours")
    return activity


def _version(expectation_id: int) -> int:
    version_id = db.session.scalar(
        sa.select(RolePageRow.current_id)
        .join(Expectation, Expectation.page_id == RolePageRow.id)
        .where(Expectation.id == expectation_id)
    )
    if version_id is None:
        raise Missing("there is no such expectation")
    return version_id


def _supersede(person_id: int, activity_id: int, expectation_id: int, now: datetime) -> None:
    db.session.execute(sa.update(Verdict).where(*_of(person_id, activity_id, expectation_id)).values(superseded_at=now))


def _copy(person_id: int, activity: ActivityRow, expectation_id: int, said: Said) -> None:
    """Carry the word to the derived rows; evidence that only the person sees comes and goes with the word."""
    here = sa.and_(
        Evidence.person_id == person_id,
        Evidence.activity_id == activity.id,
        Evidence.expectation_id == expectation_id,
    )
    db.session.execute(sa.delete(Evidence).where(here, Evidence.rule.is_(None)))
    db.session.execute(sa.update(Evidence).where(here).values(verdict=said.word, hidden_by=None))
    if said.word is None:
        learned.apply([activity.id], [person_id], written())
    if said.word is not Word.CONFIRMED:
        return
    if said.facet is not None:
        db.session.execute(sa.update(Evidence).where(here, Evidence.facet != said.facet).values(verdict=Word.REJECTED))
    there = set(db.session.scalars(sa.select(Evidence.generation_id).where(here, Evidence.verdict == said.word)))
    mine = db.session.get_one(ActivityPerson, (activity.id, person_id))
    db.session.add_all(
        _by_hand(mine, activity, expectation_id, said.facet or "", generation) for generation in set(written()) - there
    )


def _by_hand(
    mine: ActivityPerson, activity: ActivityRow, expectation_id: int, facet: str, generation_id: int
) -> Evidence:
    return Evidence(
        generation_id=generation_id,
        person_id=mine.person_id,
        activity_id=activity.id,
        expectation_id=expectation_id,
        work_id=activity.work_id or activity.id,
        day=mine.day,
        medium=medium(activity.platform, activity.kind, activity.channel),
        rule=None,
        facet=facet,
        strength=Strength.STRONG,
        why=ByHand,
        visibility=mine.visibility,
        verdict=Word.CONFIRMED,
    )
