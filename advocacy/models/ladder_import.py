"""A role page taken in: compared with what stands, shown first, then stored as a new version."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b

import sqlalchemy as sa

from advocacy.domain import ladder, ladder_diff
from advocacy.domain.ladder_diff import ChangeState, LadderDiff
from advocacy.domain.recognition import Recognition, recognise
from advocacy.domain.role_page import RolePage
from advocacy.models import jobs
from advocacy.models.base import Missing, db
from advocacy.models.ladders import Expectation, LadderVersion, RolePageRow, Wording
from advocacy.rules import Rules


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportPlan:
    """What an import would do; `page` carries the identities the sentences will have."""

    page: RolePage
    diff: LadderDiff
    recognitions: Mapping[str, Recognition]
    existing: bool
    unchanged: bool


def preview(source: bytes, name: str, rules: Rules) -> ImportPlan:
    """Read and compare, writing nothing; raise LadderError for what is no role page."""
    read = ladder.read(source, name)
    row = db.session.scalar(sa.select(RolePageRow).where(RolePageRow.slug == read.slug))
    old = [*_stored(row), *_back(row, read)] if row else []
    diff = ladder_diff.compare(old, read, _keys(row) if row else ())
    page = ladder_diff.rename(read, diff)
    return ImportPlan(
        page=page,
        diff=diff,
        recognitions=recognise(page, rules.rulebook),
        existing=row is not None,
        unchanged=row is not None and _same_source(row, source),
    )


def apply(plan: ImportPlan, source: bytes, by: int | None, now: datetime) -> LadderVersion:
    """Store the page as a new version and ask for evidence to be derived anew; the same page again changes nothing."""
    row = db.session.scalar(sa.select(RolePageRow).where(RolePageRow.slug == plan.page.slug))
    if row and _same_source(row, source):
        return db.session.get_one(LadderVersion, row.current_id)
    row = row or RolePageRow(slug=plan.page.slug)
    row.title, row.parents = plan.page.title, list(plan.page.parents)
    db.session.add(row)
    db.session.flush()
    version = _version(row, plan, source, by, now)
    _word(version, plan, _expectations(row.id, plan))
    row.current_id = version.id
    jobs.ask(jobs.REMAP, "", {}, by, now)
    db.session.flush()
    return version


def correct(expectation_id: int, rule: str | None, reading: str, by: int | None, now: datetime) -> None:
    """A person says which rule a sentence is; no later import overrules it."""
    expectation = db.session.get(Expectation, expectation_id)
    if expectation is None:
        raise Missing("there is no such expectation")
    expectation.rule, expectation.reading = rule, reading if rule else ""
    expectation.corrected_by_id, expectation.corrected_at = by, now
    jobs.ask(jobs.REMAP, "", {}, by, now)


def wordings(page: RolePageRow) -> Sequence[Wording]:
    """The sentences of the version in force, in the page's order."""
    query = sa.select(Wording).where(Wording.version_id == page.current_id).order_by(Wording.position)
    return db.session.scalars(query).all()


def _stored(row: RolePageRow) -> list[ladder_diff.Wording]:
    """The sentences of the version in force."""
    query = (
        sa.select(Expectation.key, Wording.text, Wording.section, Wording.section_title, Wording.position)
        .join(Wording, Wording.expectation_id == Expectation.id)
        .where(Wording.version_id == row.current_id)
        .order_by(Wording.position)
    )
    return [ladder_diff.Wording(*found) for found in db.session.execute(query)]


def _back(row: RolePageRow, read: RolePage) -> list[ladder_diff.Wording]:
    """Dropped sentences that the page has again, word by word: with them their evidence and verdicts come back."""
    in_force = sa.select(Wording.expectation_id).where(Wording.version_id == row.current_id)
    query = (
        sa.select(Expectation.key, Wording.text, Wording.section, Wording.section_title, Wording.position)
        .join(Wording, Wording.expectation_id == Expectation.id)
        .where(Expectation.page_id == row.id, Expectation.id.not_in(in_force))
        .order_by(Wording.version_id)
    )
    last = {found.key: ladder_diff.Wording(*found) for found in db.session.execute(query)}
    texts = {bullet.text for bullet in read.bullets}
    return [wording for wording in last.values() if wording.text in texts]


def _keys(row: RolePageRow) -> list[str]:
    """Every identity the page ever gave; none is given twice."""
    return list(db.session.scalars(sa.select(Expectation.key).where(Expectation.page_id == row.id)))


def _same_source(row: RolePageRow, source: bytes) -> bool:
    current = db.session.get(LadderVersion, row.current_id) if row.current_id else None
    return current is not None and current.source_hash == _hash(source)


def _hash(source: bytes) -> bytes:
    return blake2b(source, digest_size=16).digest()


def _version(row: RolePageRow, plan: ImportPlan, source: bytes, by: int | None, now: datetime) -> LadderVersion:
    last = db.session.scalar(sa.select(sa.func.max(LadderVersion.number)).where(LadderVersion.page_id == row.id))
    version = LadderVersion(
        page_id=row.id,
        number=(last or 0) + 1,
        overview=plan.page.overview,
        source=source.decode("utf-8", "replace").replace("\x00", ""),
        source_hash=_hash(source),
        imported_at=now,
        imported_by_id=by,
    )
    db.session.add(version)
    db.session.flush()
    return version


def _expectations(page_id: int, plan: ImportPlan) -> dict[str, int]:
    """The id of every sentence, new ones made; a machine's recognition never replaces a person's."""
    query = sa.select(Expectation).where(Expectation.page_id == page_id)
    known = {expectation.key: expectation for expectation in db.session.scalars(query)}
    for bullet in plan.page.bullets:
        expectation = known.setdefault(bullet.key, Expectation(page_id=page_id, key=bullet.key))
        found = plan.recognitions[bullet.key]
        if expectation.corrected_at is None:
            expectation.rule, expectation.reading = found.rule, found.reading
            expectation.score, expectation.reason = found.score, found.reason
        db.session.add(expectation)
    db.session.flush()
    return {key: expectation.id for key, expectation in known.items()}


def _word(version: LadderVersion, plan: ImportPlan, ids: Mapping[str, int]) -> None:
    minor = {c.key: c.minor or c.state is not ChangeState.REWORDED for c in plan.diff.changes}
    titles = {section.slug: section.title for section in plan.page.sections}
    for position, bullet in enumerate(plan.page.bullets):
        db.session.add(
            Wording(
                version_id=version.id,
                expectation_id=ids[bullet.key],
                section=bullet.section,
                section_title=titles[bullet.section],
                position=position,
                text=bullet.text,
                minor=minor.get(bullet.key, True),
            )
        )
