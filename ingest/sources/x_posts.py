"""A post of X, as its API tells it, becomes an activity; or it is passed over for a reason. Pure."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, TypeAlias

from advocacy.domain.activity import NO_THREAD, Activity, Kind, Platform, Thread, ThreadRole
from ingest.prose import plain_text, unescaped
from ingest.source import Unreadable, told
from ingest.sources.x_account import moment_of
from ingest.sources.x_entities import status_url, targets, written_out

Post: TypeAlias = Mapping[str, Any]

_RAW_LIMIT = 32 * 1024
_FIRST_BY_TIME = 10**12
_LINKS = 100  #: short links of one post that are written out; X itself allows fewer
_ID = re.compile(r"[0-9]{1,19}\Z")
_WITHHELD = re.compile(r"@\w+['’]s \w+ has been withheld in .{1,200} in response to a legal demand")
_NO_LANGUAGE = re.compile(r"(?:und|zxx|art|q[a-z]{2})\Z")
_METRICS = {
    "like_count": "likes",
    "reply_count": "replies",
    "retweet_count": "reposts",
    "repost_count": "reposts",
    "quote_count": "quotes",
    "bookmark_count": "bookmarks",
    "impression_count": "views",
}


@dataclass(frozen=True, slots=True)
class Skipped:
    """A post that is not taken, and why; `ref` says which."""

    ref: str
    reason: str


REPOST = "a repost: somebody else's words"
WITHHELD = "withheld: X shows a notice instead of its words"


def activity(post: Post, *, reposts: bool = False) -> Activity | Skipped | Unreadable:
    """Translate one post; a repost only when wanted, and then its text says `RT @` as X writes it.

    Both spellings of the fields are read, those from before and from after the posts were called posts.
    """
    history = versions(post)
    if not history:
        return _unreadable(post, "it has no id")
    at = _written(post.get("created_at"), history)
    if at is None:
        return _unreadable(post, "it has no date that can be read")
    ref, relations = f"{Platform.X}:{history[0]}", _relations(post)
    said, links = _said(post)
    if "retweeted" in relations or "reposted" in relations:
        if not reposts or not said.startswith("RT @"):
            return Skipped(ref, REPOST)
    elif _WITHHELD.match(said):
        return Skipped(ref, WITHHELD)
    quoted = [status_url(relations["quoted"])] if "quoted" in relations else []
    return Activity(
        ref=ref,
        kind=Kind.REPLY if _answers_another(post, history, relations) else Kind.POST,
        platform=Platform.X,
        at=at,
        text=plain_text(written_out(unescaped(said), links)),
        channel="X",
        url=status_url(history[0]),
        lang=_language(post.get("lang")),
        thread=_thread(post, history, relations),
        metrics=_metrics(post),
        shares=_shared([*targets(links), *quoted], history),
    )


def versions(post: Post) -> list[str]:
    """The ids of a post and its edits, the first first; empty when it has none that can be one."""
    told = post.get("edit_history_tweet_ids") or post.get("edit_history_post_ids")
    ids = [one for one in told if _is_id(one)] if isinstance(told, list) else []
    own = post.get("id")
    return ids or ([str(own)] if _is_id(own) else [])


def author(post: Post) -> str:
    """The id of who wrote it, '' where X does not tell."""
    told = post.get("author_id")
    return str(told) if _is_id(told) else ""


def _is_id(value: object) -> bool:
    return isinstance(value, str) and _ID.match(value) is not None


def _written(value: object, history: list[str]) -> datetime | None:
    """When it was first written: of an edited post X tells when it was edited, and the first id the rest.

    Ids tell their moment ever since X counts them by time; so they do for a post that comes without its date.
    """
    try:
        at = datetime.fromisoformat(value).astimezone(UTC) if isinstance(value, str) and value[-1:] == "Z" else None
    except (ValueError, OverflowError):
        at = None
    first = moment_of(int(history[0])) if int(history[0]) > _FIRST_BY_TIME else None
    if len(history) > 1 or at is None:
        at = first or at
    return at and at.replace(microsecond=0)


def _relations(post: Post) -> dict[str, str]:
    """What it is to other posts (`replied_to`, `quoted`, `retweeted`) → their ids."""
    told = post.get("referenced_tweets") or post.get("referenced_posts")
    found = [one for one in told if isinstance(one, dict)] if isinstance(told, list) else []
    return {str(one.get("type")): str(one["id"]) for one in found if _is_id(one.get("id"))}


def _said(post: Post) -> tuple[str, list[Post]]:
    """The whole text and its links; a long one stands beside the short one that ends in the middle."""
    note = post.get("note_tweet") or post.get("note_post")
    whole = note if isinstance(note, dict) and isinstance(note.get("text"), str) else post
    text, entities = whole.get("text"), whole.get("entities")
    links = entities.get("urls") if isinstance(entities, dict) else None
    return text if isinstance(text, str) else "", [
        one for one in (links if isinstance(links, list) else [])[:_LINKS] if isinstance(one, dict)
    ]


def _answers_another(post: Post, history: list[str], relations: Mapping[str, str]) -> bool:
    """Whether it speaks to somebody else; who goes on after an own post continues it."""
    to = post.get("in_reply_to_user_id")
    if to is not None and to == post.get("author_id"):
        return False
    conversation = post.get("conversation_id")
    return "replied_to" in relations or (to is not None and conversation is not None and conversation not in history)


def _thread(post: Post, history: list[str], relations: Mapping[str, str]) -> Thread:
    """The conversation it stands in; that an edit begins a conversation of its own is not taken up."""
    conversation, role = post.get("conversation_id"), ThreadRole.UNKNOWN
    if _answers_another(post, history, relations):
        role = ThreadRole.JOINED
    elif conversation in history:
        role, conversation = ThreadRole.OPENED, history[0]
    key = f"{Platform.X}:{conversation}" if _is_id(conversation) else ""
    replies = _metrics(post).get("replies")
    return Thread(key=key, role=role, replies=replies) if key or role or replies is not None else NO_THREAD


def _metrics(post: Post) -> dict[str, int]:
    """The public numbers as told; views of 0 are those of a time when X did not count them."""
    told = post.get("public_metrics")
    found = told.items() if isinstance(told, dict) else ()
    numbers = {_METRICS[name]: value for name, value in found if name in _METRICS and type(value) is int}
    return {name: value for name, value in numbers.items() if value >= 0 and (value or name != "views")}


def _shared(links: list[str], history: list[str]) -> tuple[str, ...]:
    """The links, each once; an edited post links to itself."""
    own = set(map(status_url, history))
    return tuple(link for link in dict.fromkeys(links) if link not in own)


def _language(value: object) -> str:
    return value if isinstance(value, str) and not _NO_LANGUAGE.match(value) else ""


def _unreadable(post: Post, reason: str) -> Unreadable:
    ids = versions(post)
    raw = json.dumps(post, ensure_ascii=True, default=str)[:_RAW_LIMIT]
    return Unreadable(ref=told(f"{Platform.X}:{ids[0] if ids else post.get('id', '?')}"), reason=reason, raw=raw)
