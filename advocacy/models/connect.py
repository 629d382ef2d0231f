"""Accounts connected and left: consent is per account, given by its person, and can be taken back."""

from collections.abc import Sequence
from datetime import date, datetime
from urllib.parse import urlsplit

import sqlalchemy as sa

from advocacy.domain.activity import Platform
from advocacy.domain.handles import NotAHandle, handle_of
from advocacy.models.accounts import Account, Subscription
from advocacy.models.audit import record
from advocacy.models.base import Missing, db
from advocacy.models.erasure import erase, erase_what_says
from advocacy.models.upsert import insert_new

BY_HAND = frozenset({Platform.MANUAL, Platform.SLACK, Platform.LINKEDIN})
"""Platforms that nothing can be polled on; what is there comes by hand or from an archive."""

LONGEST = 1800  #: bytes of an address: with an author's name it still fits a row of PostgreSQL's indexes


class BadHandle(ValueError):
    """The handle cannot be one of that platform; the words say what one looks like."""


def add(
    person_id: int,
    platform: Platform,
    handle: str,
    author: str = "",
    *,
    by: int | None,
    now: datetime,
    start_on: date | None = None,
    agreed: bool = False,
    proved_at: datetime | None = None,
) -> Account:
    """Connect a handle; one that somebody else connects is shown to the person, who can refuse it.

    `agreed` says that an operator has the person's word for it, on paper or by mail; `proved_at` when the person's
    code was seen there.
    """
    handle, author = _handle(platform, handle), " ".join(author.split())[:200]
    polled = None if platform in BY_HAND else _subscription(platform, handle, now)  # whoever connects it waits here
    account = _taken(person_id, platform, handle, author)
    if account is None:
        account = Account(
            person_id=person_id, platform=platform, handle=handle, author=author, added_by_id=by, created_at=now
        )
        db.session.add(account)
    elif account.subscription_id or polled is None or (account.refused_at and by != person_id):
        raise BadHandle(f"{handle} is connected already")
    account.refused_at = None
    account.accepted_at = now if agreed or by == person_id else account.accepted_at
    account.proved_at, account.start_on, account.subscription_id = proved_at, start_on, polled
    db.session.flush()
    told = {"agreed": True} if agreed else {}
    record("account.added", now, actor=by, about=person_id, platform=platform, handle=handle, **told)
    return account


def accept(account_id: int, person_id: int, now: datetime) -> None:
    """The person agrees to what somebody else connected."""
    account = own(account_id, person_id)
    account.accepted_at, account.refused_at = now, None
    wake(account.subscription_id, now)
    record("account.accepted", now, actor=person_id, about=person_id, handle=account.handle)


def refuse(account_id: int, person_id: int, now: datetime) -> None:
    """The person does not agree: nothing is read for them, and what came is erased."""
    account = own(account_id, person_id)
    account.refused_at = now
    erase(account)
    _rest(account)
    record("account.refused", now, actor=person_id, about=person_id, handle=account.handle)


def pause(account_id: int, person_id: int, now: datetime) -> None:
    """Stop reading for now; what is there stays."""
    account = own(account_id, person_id)
    account.paused_at = now
    _rest(account)
    record("account.paused", now, actor=person_id, about=person_id, handle=account.handle)


def resume(account_id: int, person_id: int, now: datetime) -> None:
    """Read on."""
    account = own(account_id, person_id)
    account.paused_at = None
    wake(account.subscription_id, now)
    record("account.resumed", now, actor=person_id, about=person_id, handle=account.handle)


def begin_on(account_id: int, person_id: int, day: date | None, now: datetime) -> None:
    """Keep nothing from before that day; an earlier day than before is read again."""
    account = own(account_id, person_id)
    account.start_on = day
    wake(account.subscription_id, now)
    record("account.start_changed", now, actor=person_id, about=person_id, handle=account.handle)


def ignore(account_id: int, person_id: int, words: Sequence[str], now: datetime) -> int:
    """Keep nothing that says one of these words; what did is taken away, unless the person confirmed it. How many."""
    account = own(account_id, person_id)
    account.ignore_words = list(words)
    gone = erase_what_says(account, words) if words else 0
    wake(account.subscription_id, now)
    record("account.words_ignored", now, actor=person_id, about=person_id, handle=account.handle)
    return gone


def prove(account: Account, now: datetime) -> None:
    """The person's code was seen in the profile or the feed."""
    account.proved_at = now
    record(
        "account.proved",
        now,
        actor=account.person_id,
        about=account.person_id,
        platform=account.platform,
        handle=account.handle,
    )


def forget(account_id: int, person_id: int, now: datetime) -> None:
    """Disconnect and erase what only this account brought."""
    account = own(account_id, person_id)
    erase(account)
    _rest(account)
    record("account.forgotten", now, actor=person_id, about=person_id, platform=account.platform)
    db.session.delete(account)
    db.session.flush()


def wake(subscription_id: int | None, now: datetime) -> None:
    """Let an address be read at once, with all it shows.

    Both columns whatever they seem to hold: a pull that ends at this moment writes them too.
    """
    woken = sa.update(Subscription).where(Subscription.id == subscription_id)
    db.session.execute(woken.values(next_due=now, vocabulary=""))


def own(account_id: int, person_id: int) -> Account:
    """The person's own account; raise Missing for anybody else's."""
    query = sa.select(Account).where(Account.id == account_id, Account.person_id == person_id)
    # Locked: a pull that is under way writes for this account before us, or not any more.
    account = db.session.scalar(query.with_for_update())
    if account is None:
        raise Missing("there is no such account of yours")
    return account


def address(platform: Platform, words: str) -> str:
    """What is polled for the words that a person gave; raise BadHandle for what is no address or handle there."""
    return _handle(platform, words)


def _handle(platform: Platform, handle: str) -> str:
    handle = handle.strip()
    if platform in (Platform.FEED, Platform.YOUTUBE):
        return _web_address(handle)
    try:
        return handle_of(platform, handle)
    except NotAHandle as error:
        raise BadHandle(str(error)) from error


def _web_address(words: str) -> str:
    wrong = BadHandle(f"{words!r} is no web address: write the blog's or the feed's, like https://example.org/blog")
    try:
        parts = urlsplit(words if "://" in words else f"https://{words}")
        hopeless = parts.port == 0  # a port that is no number is found out here
    except ValueError as error:
        raise wrong from error
    if "@" in parts.netloc:
        raise BadHandle("the address holds a user name or password: give the address of a public feed")
    if hopeless or parts.scheme not in ("http", "https") or not _is_host(parts.hostname):
        raise wrong
    if not words.isprintable() or len(words.encode()) > LONGEST:
        raise wrong
    return parts.geturl()


def _is_host(name: str | None) -> bool:
    return bool(name) and not any(c.isspace() for c in name or "")


def _taken(person_id: int, platform: Platform, handle: str, author: str) -> Account | None:
    """The account of that handle that is there; an archive makes one from which nothing is polled."""
    query = sa.select(Account).where(
        Account.person_id == person_id,
        Account.platform == platform,
        Account.handle == handle,
        Account.author == author,
    )
    return db.session.scalar(query)


def _subscription(platform: Platform, address: str, now: datetime) -> int:
    """The polled address, shared with whoever else has it; due at once, with all it shows (a newcomer missed it)."""
    key = {"platform": platform, "address": address}
    insert_new(Subscription, [{**key, "state_since": now, "cursor": {}}], list(key))
    found = db.session.scalars(sa.select(Subscription.id).filter_by(**key)).one()
    wake(found, now)
    return found


def _rest(account: Account) -> None:
    """Nobody polls an address that no account wants; locked, so that whoever comes meanwhile wakes it after us."""
    if account.subscription:
        db.session.refresh(account.subscription, with_for_update=True)
    if account.subscription and not any(
        a.paused_at is None and a.refused_at is None for a in account.subscription.accounts if a.id != account.id
    ):
        account.subscription.next_due = None
