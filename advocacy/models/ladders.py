"""Role pages, their versions, and the expectations whose identity outlives every rewording."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from advocacy.models.base import Base


class RolePageRow(Base):
    """A role: its slug stays, its wording comes in versions; `current_id` is the one in force."""

    __tablename__ = "role_page"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(unique=True)
    title: Mapped[str]
    parents: Mapped[list[str]] = mapped_column(default=list)  #: slugs of the roles it says to fill as well
    current_id: Mapped[int | None]  #: a ladder_version; no foreign key, for the two tables would point at each other


class LadderVersion(Base):
    """One import of a role page, as it was read."""

    __tablename__ = "ladder_version"
    __table_args__ = (sa.UniqueConstraint("page_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    page_id: Mapped[int] = mapped_column(sa.ForeignKey("role_page.id"))
    number: Mapped[int]
    overview: Mapped[str]
    source: Mapped[str]
    source_hash: Mapped[bytes]
    imported_at: Mapped[datetime]
    imported_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id", ondelete="SET NULL"))


class Expectation(Base):
    """One sentence of a role page through all its wordings, with the rule it was recognised as.

    A person's correction (`corrected_at` is set) stands against every later machine recognition.
    """

    __tablename__ = "expectation"
    __table_args__ = (sa.UniqueConstraint("page_id", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    page_id: Mapped[int] = mapped_column(sa.ForeignKey("role_page.id"))
    key: Mapped[str] = mapped_column(sa.String(200))
    rule: Mapped[str | None]
    reading: Mapped[str] = mapped_column(default="")
    score: Mapped[float] = mapped_column(default=0.0)
    reason: Mapped[str] = mapped_column(default="")
    corrected_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id", ondelete="SET NULL"))
    corrected_at: Mapped[datetime | None]


class Wording(Base):
    """How an expectation reads in one version, and where it stands."""

    __tablename__ = "wording"

    version_id: Mapped[int] = mapped_column(sa.ForeignKey("ladder_version.id"), primary_key=True)
    expectation_id: Mapped[int] = mapped_column(sa.ForeignKey("expectation.id"), primary_key=True, index=True)
    section: Mapped[str]
    section_title: Mapped[str]
    position: Mapped[int]
    text: Mapped[str]
    minor: Mapped[bool] = mapped_column(default=True)  #: False: reworded so far that evidence wants a look
