"""From a thing as Reddit's API sends it, the `data` of a submission (t3) or a comment (t1), to an activity."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, TypeAlias
from urllib.parse import urljoin

from advocacy.domain.activity import Activity, Kind, Platform, Thread
from advocacy.domain.links import canonical, site_of
from advocacy.domain.threads import answered, asks, joined, moderated, opened, unknown
from ingest.prose import one_line, plain_text
from ingest.source import Gone, told
from ingest.sources.reddit_text import plain

Thing: TypeAlias = Mapping[str, Any]
"""The `data` of one thing, as JSON gave it."""

HOME = "https://www.reddit.com"
BEGAN = datetime(2005, 6, 23, tzinfo=UTC)
"""Nothing on Reddit is older."""

_NAME = re.compile(r"t[13]_[0-9a-z]{1,13}")
_NOBODY = frozenset({"", "[deleted]"})
_TAKEN = frozenset({"[deleted]", "[removed]", "[deleted by user]", "[ removed by reddit ]"})
_BY_ITS_AUTHOR = frozenset({"author", "deleted"})
_MEDIA = ("redd.it", "reddit.com/gallery")


@dataclass(frozen=True, slots=True, kw_only=True)
class Skipped:
    """A thing that becomes no activity, and why; `gone` when the platform says that it was deleted or removed."""

    ref: str
    reason: str
    gone: Gone | None = None


def activity(thing: Thing) -> Activity | Skipped:
    """Translate a thing; never raises, whatever it holds."""
    name = text_of(thing, "name")
    if not _NAME.fullmatch(name):
        return Skipped(ref=f"reddit:{told(name)[:40]}", reason="neither a post nor a comment")
    ref, at = f"reddit:{name}", moment(thing)
    if thing.get("promoted"):
        return Skipped(ref=ref, reason="an advertisement")
    if taken := _taken(thing, ref):
        return taken
    if at is None:
        return Skipped(ref=ref, reason="no usable date")
    return _comment(thing, ref, at) if name.startswith("t1_") else _submission(thing, ref, at)


def moment(thing: Thing) -> datetime | None:
    """When it was written; None when that is told in no usable way."""
    seconds = thing.get("created_utc")
    if not isinstance(seconds, int | float) or not BEGAN.timestamp() <= seconds < 2**33:
        return None
    return datetime.fromtimestamp(int(seconds), UTC)


def text_of(thing: Thing, key: str) -> str:
    """The text under a key, '' for what is none."""
    value = thing.get(key)
    return value if isinstance(value, str) else ""


def number_of(thing: Thing, key: str) -> int | None:
    """The whole number under a key; None for what is none."""
    value = thing.get(key)
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _taken(thing: Thing, ref: str) -> Skipped | None:
    """Deleted by its author, or taken away by moderators or Reddit; a link post that only was hidden may come back."""
    words = (text_of(thing, "body") or text_of(thing, "selftext")).strip().lower()
    if text_of(thing, "author") in _NOBODY:
        return Skipped(ref=ref, reason="deleted", gone=Gone(ref=ref))
    if words in _TAKEN:
        return Skipped(ref=ref, reason="deleted" if words == "[deleted]" else "removed", gone=Gone(ref=ref))
    if by := text_of(thing, "removed_by_category"):
        return Skipped(ref=ref, reason="removed", gone=Gone(ref=ref, for_good=by in _BY_ITS_AUTHOR))
    return None


def _submission(thing: Thing, ref: str, at: datetime) -> Activity:
    replies = number_of(thing, "num_comments")
    return Activity(
        ref=ref,
        kind=Kind.POST,
        platform=Platform.REDDIT,
        at=at,
        text=plain(text_of(thing, "selftext")),
        channel=_channel(thing),
        url=_address(thing, f"/comments/{ref.removeprefix('reddit:t3_')}/"),
        title=one_line(text_of(thing, "title")),
        thread=opened(ref, replies),
        metrics=_numbers(thing, replies),
        authors=(_author(thing),),
        shares=_shares(thing),
    )


def _comment(thing: Thing, ref: str, at: datetime) -> Activity:
    link = text_of(thing, "link_id").removeprefix("t3_")
    return Activity(
        ref=ref,
        kind=Kind.REPLY,
        platform=Platform.REDDIT,
        at=at,
        text=plain(text_of(thing, "body")),
        channel=_channel(thing),
        url=_address(thing, f"/comments/{link}/_/{ref.removeprefix('reddit:t1_')}/"),
        title=one_line(text_of(thing, "link_title")),
        thread=_thread(thing),
        metrics=_numbers(thing, None),
        authors=(_author(thing),),
    )


def _thread(thing: Thing) -> Thread:
    """What a comment is in its thread: a direct answer to somebody else's question answers it, any other joins in.

    A listing tells the title and the author of what was answered, a bare comment does not: then a direct reply may
    have been either, and is unknown. How many replied to a comment no listing tells: None.
    """
    link = text_of(thing, "link_id")
    key = f"reddit:{link}" if link else ""
    if text_of(thing, "distinguished") == "moderator":
        return moderated(key)
    opener = text_of(thing, "link_author")
    is_opener = bool(thing.get("is_submitter")) or opener.lower() == text_of(thing, "author").lower()
    if is_opener or text_of(thing, "parent_id") != link:
        return joined(key)
    if not text_of(thing, "link_title"):
        return unknown(key)
    return answered(key) if asks(text_of(thing, "link_title")) else joined(key)


def _channel(thing: Thing) -> str:
    """`r/kubernetes`, or `u/asha_k` for what stands on a person's own page; '' when Reddit does not tell."""
    community = text_of(thing, "subreddit")
    named = text_of(thing, "subreddit_name_prefixed") or (community and f"r/{community}")
    return plain_text(f"u/{named[4:]}" if named.startswith("r/u_") else named, 80)


def _address(thing: Thing, otherwise: str) -> str:
    where = text_of(thing, "permalink") or otherwise
    return urljoin(HOME, where) if where.startswith("/") else f"{HOME}{otherwise}"


def _author(thing: Thing) -> str:
    return plain_text(text_of(thing, "author"), 80)


def _numbers(thing: Thing, replies: int | None) -> dict[str, int]:
    """Score and replies; a score that Reddit hides for the first hours reads 1, and is not known."""
    score = None if thing.get("score_hidden") or thing.get("hide_score") else number_of(thing, "score")
    told = {"score": score, "replies": replies}
    return {name: number for name, number in told.items() if number is not None}


def _shares(thing: Thing) -> tuple[str, ...]:
    """Where a link post leads, and a crosspost's original; pictures and films that lie on Reddit are no links."""
    if thing.get("is_self"):
        return ()
    address = text_of(thing, "url_overridden_by_dest") or text_of(thing, "url")
    link = canonical(urljoin(HOME, address) if address.startswith("/") else address)
    lies_here = f".{site_of(link)}".endswith(f".{_MEDIA[0]}") or _MEDIA[1] in link
    return () if not link or lies_here else (link,)
