"""How far back what was read of an account is complete, why not for longer, and what slipped out between. Pure."""

from datetime import datetime
from typing import TypedDict

from ingest.sources.x_account import Account, moment_of
from ingest.sources.x_options import XOptions


class Coverage(TypedDict, total=False):
    """What a page says of it."""

    covers_from: datetime
    covers_why: str
    gap: str


def coverage(account: Account, options: XOptions, *, posts_read: int, oldest: int) -> Coverage:
    """What the last page of a walk can say, which began at `account.since`, or at what was read before.

    `posts_read` counts the posts of the whole walk, `oldest` is the least id among them (0: none).
    """
    if posts_read >= options.timeline_posts and oldest:
        return _cut_off(account, options, moment_of(oldest))
    if account.since is None:
        return {}
    why = f"the first reading goes back {options.backfill.days} days (ADVOCACY_X__BACKFILL_DAYS)"
    return {"covers_from": account.since, "covers_why": why if account.bounded else ""}


def _cut_off(account: Account, options: XOptions, oldest: datetime) -> Coverage:
    shown = f"X shows no more than the newest {options.timeline_posts:,} posts of an account"
    if account.since is not None:
        return {"covers_from": oldest, "covers_why": shown}
    between = f"{moment_of(account.seen):%Y-%m-%d} and {oldest:%Y-%m-%d}"
    return {"covers_from": oldest, "covers_why": shown, "gap": f"{shown}; older ones between {between} cannot be had"}
