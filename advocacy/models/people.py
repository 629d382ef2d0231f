"""People, what they may do, their teams and their dated roles."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from advocacy.models.base import Base
from advocacy.models.words import Capability, Judging


class Person(Base):
    """An engineer, a lead, somebody from marketing or an admin – or several of these."""

    __tablename__ = "person"

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(unique=True)  #: lower-case
    name: Mapped[str]
    zone: Mapped[str] = mapped_column(default="UTC")
    password_hash: Mapped[str | None]
    cycle_start: Mapped[date | None]  #: from which day their own review year is counted; None: the calendar's
    judging: Mapped[Judging] = mapped_column(server_default=Judging.AUTOMATIC)
    quiet: Mapped[bool] = mapped_column(server_default=sa.false())  #: nothing of theirs is promoted
    created_at: Mapped[datetime]
    disabled_at: Mapped[datetime | None]
    capabilities: Mapped[list["Grant"]] = relationship(lazy="selectin", cascade="all, delete-orphan")

    def can(self, capability: Capability) -> bool:
        """Whether the capability was granted."""
        return any(grant.capability == capability for grant in self.capabilities)


class Grant(Base):
    """One capability of one person."""

    __tablename__ = "capability_grant"

    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    capability: Mapped[Capability] = mapped_column(primary_key=True)


class Team(Base):
    """A group of people with a lead."""

    __tablename__ = "team"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)


class Membership(Base):
    """Somebody belongs to a team, or leads it, from a day to a day (open when None)."""

    __tablename__ = "membership"
    __table_args__ = (sa.Index(None, "team_id", "leads"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id", ondelete="CASCADE"), index=True)
    team_id: Mapped[int] = mapped_column(sa.ForeignKey("team.id", ondelete="CASCADE"))
    leads: Mapped[bool] = mapped_column(default=False)
    since: Mapped[date]
    until: Mapped[date | None]


class RoleHeld(Base):
    """The role page a person is judged by, from a day to a day: old evidence is judged by the role held then."""

    __tablename__ = "role_held"
    __table_args__ = (sa.Index(None, "person_id", "since"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id", ondelete="CASCADE"))
    page_id: Mapped[int] = mapped_column(sa.ForeignKey("role_page.id"))
    since: Mapped[date]
    until: Mapped[date | None]


class Absence(Base):
    """Leave, or expectations put on hold: these days lower the targets, and nobody asks why."""

    __tablename__ = "absence"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id", ondelete="CASCADE"), index=True)
    since: Mapped[date]
    until: Mapped[date]
