"""A person's handles on platforms, and the addresses that are polled for them."""

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from advocacy.domain.activity import Platform
from advocacy.domain.health import Health
from advocacy.domain.outage import host_on
from advocacy.models.base import Base


class Account(Base):
    """A handle of a person on a platform, with consent: accepted, paused, from a start date on.

    `author` is the name a shared blog's entries must carry to be this person's (empty: all of them).
    """

    __tablename__ = "account"
    __table_args__ = (sa.UniqueConstraint("person_id", "platform", "handle", "author"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id", ondelete="CASCADE"))
    platform: Mapped[Platform]
    handle: Mapped[str]
    author: Mapped[str] = mapped_column(default="")
    subscription_id: Mapped[int | None] = mapped_column(sa.ForeignKey("subscription.id"), index=True)
    added_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id", ondelete="SET NULL"))
    created_at: Mapped[datetime]
    accepted_at: Mapped[datetime | None]  #: None: an operator added it and the person has not answered yet
    refused_at: Mapped[datetime | None]
    paused_at: Mapped[datetime | None]
    start_on: Mapped[date | None]
    ignore_words: Mapped[list[str]] = mapped_column(default=list, server_default="[]")  #: what holds one is not kept
    proved_at: Mapped[datetime | None]  #: when the person's code was seen in the profile or the feed
    subscription: Mapped["Subscription | None"] = relationship(back_populates="accounts")


def _host(context: Any) -> str:
    given = context.get_current_parameters()
    return host_on(given["platform"], given["address"])


class Subscription(Base):
    """What is polled: an address with its cursor, lease, health and coverage; many accounts may share it."""

    __tablename__ = "subscription"
    __table_args__ = (
        sa.UniqueConstraint("platform", "address"),
        sa.Index(None, "next_due", "id"),
        sa.Index(None, "host", "next_due", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    platform: Mapped[Platform]
    address: Mapped[str] = mapped_column(sa.String(2000))
    host: Mapped[str] = mapped_column(sa.String(255), default=_host, server_default="")
    title: Mapped[str] = mapped_column(default="")
    cursor: Mapped[dict[str, Any]] = mapped_column(default=dict)
    vocabulary: Mapped[str] = mapped_column(default="")  #: fingerprint of the words the items were last asked with

    next_due: Mapped[datetime | None]  #: None: not to be polled
    held_until: Mapped[datetime | None]  #: the platform asked us not to come before
    lease_until: Mapped[datetime | None]
    lease_token: Mapped[str | None]

    state: Mapped[Health] = mapped_column(default=Health.NEW)
    state_since: Mapped[datetime]
    failures: Mapped[int] = mapped_column(default=0)
    last_try_at: Mapped[datetime | None]
    last_ok_at: Mapped[datetime | None]
    last_error: Mapped[str] = mapped_column(default="")

    complete_from: Mapped[datetime | None]
    complete_to: Mapped[datetime | None]
    complete_why: Mapped[str] = mapped_column(default="", server_default="")  #: why it is complete from then on only
    accounts: Mapped[list[Account]] = relationship(back_populates="subscription")


class Gap(Base):
    """A stretch of time, within what is complete, of which a polled address could not show everything; and why."""

    __tablename__ = "gap"

    id: Mapped[int] = mapped_column(primary_key=True)
    subscription_id: Mapped[int] = mapped_column(sa.ForeignKey("subscription.id", ondelete="CASCADE"), index=True)
    since: Mapped[datetime]
    until: Mapped[datetime]
    why: Mapped[str]


class CoveredSpan(Base):
    """A stretch of time for which something else than polling (an archive) brought everything of an account."""

    __tablename__ = "covered_span"

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id", ondelete="CASCADE"), index=True)
    batch_id: Mapped[int] = mapped_column(sa.ForeignKey("import_batch.id", ondelete="CASCADE"), index=True)
    since: Mapped[datetime]
    until: Mapped[datetime]
