"""What a person tells of themselves as a speaker and teacher, each block for whom they choose."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from advocacy.models.base import Base


class Profile(Base):
    """One person's profile as it stands, and how it stood before the last change."""

    __tablename__ = "profile"

    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    told: Mapped[dict[str, Any]] = mapped_column(default=dict)  #: the blocks, in the shape of domain.profile
    seen_by: Mapped[dict[str, Any]] = mapped_column(default=dict)  #: block → visibility; what is not named is private
    listed: Mapped[bool] = mapped_column(default=False)  #: marketing may find the person as a speaker
    file: Mapped[str] = mapped_column(default="")  #: the speakers file as it was read, with what we do not know
    before: Mapped[dict[str, Any]] = mapped_column(default=dict)  #: told, seen_by, listed and file before
    changed_at: Mapped[datetime]
