"""What an operator tells the reader of X: the key, and the prices, limits and windows that X may change."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from math import isfinite
from typing import Self

from advocacy.domain.activity import Platform
from ingest.source import Misconfigured, options

KNOWN: Mapping[str, str] = {
    "bearer_token": "",
    "base_url": "https://api.x.com",
    "monthly_budget_usd": "",
    "price_post_usd": "0.005",
    "price_user_usd": "0.010",
    "backfill_days": "30",
    "recheck_days": "30",
    "replies": "0",
    "reposts": "0",
    "query_chars": "512",
    "search_window_days": "7",
    "page_posts": "100",
    "timeline_posts": "3200",
    "timeline_posts_without_replies": "800",
}
"""Each option with its default: X's own price list and limits of November 2026, and our own habits."""


@dataclass(frozen=True, slots=True, kw_only=True)
class XOptions:
    """The options as values, checked."""

    bearer_token: str
    base_url: str
    price_post: float  #: what X charges for a post that it returns, in dollars
    price_user: float  #: the same for a user
    backfill: timedelta  #: how far the first reading of an account goes back
    recheck: timedelta  #: after so much silence it is asked whether the handle is still the same person's
    replies: bool
    reposts: bool
    query_chars: int
    window: timedelta  #: how far the search looks back
    page_posts: int
    timeline_posts: int  #: the newest posts of an account that X shows at all

    @classmethod
    def of(cls, config: Mapping[str, str]) -> Self:
        """Read them; raise Misconfigured naming the one that is missing, unknown or no number."""
        told = options(Platform.X, config, KNOWN, needed=("bearer_token", "base_url"))
        if told["monthly_budget_usd"]:
            _number(told, "monthly_budget_usd", 0)
        replies = _flag(told, "replies")
        return cls(
            bearer_token=told["bearer_token"],
            base_url=told["base_url"].rstrip("/"),
            price_post=_number(told, "price_post_usd", 0),
            price_user=_number(told, "price_user_usd", 0),
            backfill=timedelta(days=_number(told, "backfill_days", 0)),
            recheck=timedelta(days=_number(told, "recheck_days", 1)),
            replies=replies,
            reposts=_flag(told, "reposts"),
            query_chars=int(_number(told, "query_chars", 64)),
            window=timedelta(days=_number(told, "search_window_days", 1)),
            page_posts=int(_number(told, "page_posts", 10)),
            timeline_posts=int(_number(told, "timeline_posts" if replies else "timeline_posts_without_replies", 1)),
        )

    @property
    def only(self) -> str:
        """What the search is told to leave out, for every post that it returns is paid."""
        return " ".join([*["-is:retweet"] * (not self.reposts), *["-is:reply"] * (not self.replies)])

    @property
    def exclude(self) -> list[str]:
        """The same for the posts of one account."""
        return [*["retweets"] * (not self.reposts), *["replies"] * (not self.replies)]


def _number(told: Mapping[str, str], name: str, least: float) -> float:
    try:
        number = float(told[name])
    except ValueError:
        number = float("nan")
    if not (isfinite(number) and least <= number <= 1e6):
        raise Misconfigured(f"ADVOCACY_X__{name.upper()} is to be a number from {least:g} to a million")
    return number


def _flag(told: Mapping[str, str], name: str) -> bool:
    if told[name] not in ("0", "1"):
        raise Misconfigured(f"ADVOCACY_X__{name.upper()} is 0 or 1")
    return told[name] == "1"
