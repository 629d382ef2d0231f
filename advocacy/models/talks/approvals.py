"""Who says yes to a proposal before it is sent: questions and answers, each dated and only added to."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, aliased, mapped_column

from advocacy.domain.approval import ApprovalKind, Said, Word, mark, questions
from advocacy.domain.proposal import OPEN
from advocacy.models import leadership
from advocacy.models.base import Base, Missing, Row, db
from advocacy.models.people import Person
from advocacy.models.steps import NotNow
from advocacy.models.talks.events import Event
from advocacy.models.talks.proposals import Proposal
from advocacy.models.words import Capability

MOST = 200  #: of what somebody said


class Approval(Base):
    """A question whether a proposal may be sent, or the answer; what was taken back stays written."""

    __tablename__ = "approval"
    __table_args__ = (sa.Index(None, "asked_id", "said"), sa.Index(None, "by_id", "said"))

    id: Mapped[int] = mapped_column(primary_key=True)
    proposal_id: Mapped[int] = mapped_column(sa.ForeignKey("proposal.id", ondelete="CASCADE"), index=True)
    kind: Mapped[ApprovalKind]
    asked_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id", ondelete="SET NULL"))
    by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id", ondelete="SET NULL"))
    said: Mapped[Said]
    title: Mapped[str]  #: as it stood then: who answered goes on seeing this, and nothing later
    text: Mapped[str] = mapped_column(sa.String(64))  #: the mark of title and abstract as they stood then
    note: Mapped[str] = mapped_column(default="")
    at: Mapped[datetime]
    taken_back_at: Mapped[datetime | None]


def ask(one: Proposal, kind: ApprovalKind, asked_id: int | None, note: str, *, by: int, now: datetime) -> Approval:
    """Ask somebody, None: any of marketing; raise NotNow when the question stands already, or comes too late."""
    if one.state not in OPEN:
        raise NotNow("it was sent already")
    asked = questions(of(one.id), mark(one.title, one.abstract))
    if any((q.kind, q.last.asked_id, q.last.said) == (kind, asked_id, Said.ASKED) for q in asked):
        raise NotNow("they are asked already, and have not answered yet")
    return _write(one, kind, asked_id, Said.ASKED, note, by, now)


def answer(approval_id: int, viewer: Person, day: date, said: Said, note: str, now: datetime) -> Approval:
    """Answer what one is asked; raise Missing for what waits for somebody else, or for nobody any more."""
    question, one = asked(approval_id, viewer, day, to_change=True)
    return _write(one, question.kind, question.asked_id, said, note, viewer.id, now)


def take_back(approval_id: int, person_id: int, now: datetime) -> Approval:
    """Take back what one said oneself, while it is the last word in the matter and nothing was sent."""
    word, later = Approval, aliased(Approval)
    query = (
        sa.select(word)
        .join(Proposal, Proposal.id == word.proposal_id)
        .where(word.id == approval_id, word.by_id == person_id, word.taken_back_at.is_(None))
        .where(Proposal.state.in_(OPEN), ~_later(word, later))
        .with_for_update(of=Proposal)
    )
    found = db.session.scalar(query)
    if found is None:
        raise Missing("there is no such word of yours to take back")
    found.taken_back_at = now
    db.session.flush()
    return found


def asked(approval_id: int, viewer: Person, day: date, *, to_change: bool = False) -> tuple[Approval, Proposal]:
    """A question that waits for the viewer, with its proposal."""
    both: Any = sa.select(Approval, Proposal)
    query = _waiting(both, viewer, day).where(Approval.id == approval_id)
    found = db.session.execute(query.with_for_update(of=Proposal) if to_change else query).first()
    if found is None:
        raise Missing("nothing of the kind waits for your yes")
    return found[0], found[1]


def waiting(viewer: Person, day: date) -> Sequence[Row]:
    """What waits for the viewer's yes: what closes first comes first."""
    columns = sa.select(Approval.id, Approval.kind, Approval.at, Approval.note, Proposal.id.label("proposal_id"))
    columns = columns.add_columns(
        Proposal.title, Proposal.owner_id, Person.name.label("owner"), Event.name.label("event")
    )
    query = _waiting(columns.add_columns(Event.cfp_closes), viewer, day)
    query = query.join(Person, Person.id == Proposal.owner_id).join(Event, Event.id == Proposal.event_id)
    closes = sa.func.coalesce(Event.cfp_closes, date.max)
    return db.session.execute(query.order_by(closes, Approval.id)).all()


def number(viewer: Person, day: date) -> int:
    """How many questions wait for the viewer."""
    return db.session.scalar(_waiting(sa.select(sa.func.count()), viewer, day)) or 0


def of_proposal(proposal_id: int, viewer: Person, day: date) -> Sequence[int]:
    """The questions about one proposal that wait for the viewer."""
    query = _waiting(sa.select(Approval.id), viewer, day).where(Proposal.id == proposal_id)
    return db.session.scalars(query.order_by(Approval.id)).all()


def said_by(person_id: int) -> Sequence[Row]:
    """What somebody answered, the newest first: as the proposal was called then, and whether it can be taken back."""
    word, later = Approval, aliased(Approval)
    open_ = sa.and_(Proposal.state.in_(OPEN), ~_later(word, later))
    query = (
        sa.select(word.id, word.kind, word.said, word.title, word.note, word.at, word.taken_back_at)
        .add_columns(Person.name.label("owner"), open_.label("is_open"))
        .join(Proposal, Proposal.id == word.proposal_id)
        .join(Person, Person.id == Proposal.owner_id)
        .where(word.by_id == person_id, word.said != Said.ASKED)
        .order_by(word.id.desc())
        .limit(MOST)
    )
    return db.session.execute(query).all()


def of(proposal_id: int) -> list[Word]:
    """Everything that was ever said of one proposal, the oldest first."""
    return of_all([proposal_id]).get(proposal_id, [])


def of_all(proposal_ids: Collection[int]) -> dict[int, list[Word]]:
    """The same of many by number; who never asked is not in it."""
    word, to, by = Approval, aliased(Person), aliased(Person)
    query = (
        sa.select(word, to.name, by.name)
        .outerjoin(to, to.id == word.asked_id)
        .outerjoin(by, by.id == word.by_id)
        .where(word.proposal_id.in_(proposal_ids))
        .order_by(word.id)
    )
    found: dict[int, list[Word]] = {}
    for row, asked_name, by_name in db.session.execute(query):
        more = {name: getattr(row, name) for name in ("id", "kind", "said", "text", "at", "note", "taken_back_at")}
        told = Word(asked_id=row.asked_id, asked=asked_name or "", by=by_name or "", **more)
        found.setdefault(row.proposal_id, []).append(told)
    return found


def _write(
    one: Proposal, kind: ApprovalKind, to: int | None, said: Said, note: str, by: int, now: datetime
) -> Approval:
    made = Approval(proposal_id=one.id, kind=kind, asked_id=to, by_id=by, said=said, note=note, at=now)
    made.title, made.text = one.title, mark(one.title, one.abstract)
    db.session.add(made)
    db.session.flush()
    return made


def _waiting(query: sa.Select[Any], viewer: Person, day: date) -> sa.Select[Any]:
    """Whoever led the owner when asked and does not today is not asked any more."""
    word, later = Approval, aliased(Approval)
    mine = word.asked_id == viewer.id
    if viewer.can(Capability.MARKETING):
        mine = sa.or_(mine, sa.and_(word.kind == ApprovalKind.MARKETING, word.asked_id.is_(None)))
    led = leadership.led(viewer.id, day)
    return (
        query.select_from(word)
        .join(Proposal, Proposal.id == word.proposal_id)
        .where(word.said == Said.ASKED, word.taken_back_at.is_(None), mine, ~_later(word, later))
        .where(Proposal.state.in_(OPEN), Proposal.owner_id != viewer.id)
        .where(sa.or_(word.kind != ApprovalKind.MANAGER, Proposal.owner_id.in_(led)))
    )


def _later(word: type[Approval], later: Any) -> sa.Exists:
    """Whether something in force was said after it in the same matter."""
    return sa.exists().where(
        *(later.proposal_id == word.proposal_id, later.kind == word.kind, later.id > word.id),
        *(later.asked_id.is_not_distinct_from(word.asked_id), later.taken_back_at.is_(None)),
    )
