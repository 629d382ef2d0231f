"""A tweet as X's archive writes it (the form of the API before v2), as the post that the API tells today."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from ingest.archives.x_notes import Notes

Tweet = Mapping[str, Any]

_MONTHS = {name: number for number, name in enumerate("Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(), 1)}
_CLASSIC = re.compile(r"\w{3} (\w{3}) (\d\d) (\d\d):(\d\d):(\d\d) \+0000 (\d{4})")
_REPOST = re.compile(r"RT @\w{1,20}: ")
_NUMBERS = {"favorite_count": "like_count", "retweet_count": "retweet_count"}


def moment(words: str) -> datetime | None:
    """A moment in any of the three ways that archives write it; None for what is none."""
    if found := _CLASSIC.fullmatch(words):
        month, day, hour, minute, second, year = found.groups()
        try:
            numbers = (int(year), _MONTHS[month], int(day), int(hour), int(minute), int(second))
            return datetime(*numbers, tzinfo=UTC)
        except (KeyError, ValueError):
            return None
    try:
        at = datetime.fromisoformat(words.strip())
        return at.astimezone(UTC) if at.tzinfo else None
    except (ValueError, OverflowError):
        return None


def as_post(tweet: Tweet, author: str, notes: Notes) -> dict[str, Any]:
    """The tweet as the API tells posts; what an archive does not know, like a reply's conversation, is not told."""
    own, at = _text(tweet, "id_str") or _text(tweet, "id"), moment(_text(tweet, "created_at"))
    text = _text(tweet, "full_text") or _text(tweet, "text")
    answered = _text(tweet, "in_reply_to_status_id_str") or _text(tweet, "in_reply_to_status_id")
    post: dict[str, Any] = {
        "id": own,
        "text": text,
        "created_at": f"{at:%Y-%m-%dT%H:%M:%SZ}" if at else None,
        "lang": tweet.get("lang"),
        "entities": {"urls": _links(tweet)},
        "author_id": author or _text(_part(tweet, "user"), "id_str") or None,
        "edit_history_tweet_ids": versions(tweet),
        "referenced_tweets": [{"type": "replied_to", "id": answered}] if answered else [],
        "in_reply_to_user_id": _text(tweet, "in_reply_to_user_id_str") or _text(tweet, "in_reply_to_user_id") or None,
        "public_metrics": _metrics(tweet),
    }
    if not answered:
        post["conversation_id"] = own
    if "retweeted_status" in tweet or _REPOST.match(text):
        post["referenced_tweets"].append({"type": "retweeted", "id": own})
    if at and (note := notes.of(at, text)):
        post["note_tweet"] = note
    return post


def versions(tweet: Tweet) -> list[str]:
    """The ids of the tweet and its edits, the first first; empty when it was never edited."""
    told = _part(tweet, "edit_info")
    first = _part(told, "initial") or _part(_part(told, "edit"), "editControlInitial")
    ids = first.get("editTweetIds")
    return [one for one in ids if isinstance(one, str)] if isinstance(ids, list) else []


def superseded(tweet: Tweet) -> bool:
    """Whether a later version of it stands in the archive too."""
    ids = versions(tweet)
    return bool(ids) and _text(tweet, "id_str") in ids[:-1]


def _links(tweet: Tweet) -> list[Mapping[str, Any]]:
    """Short links, and those of its own pictures."""
    found: list[Mapping[str, Any]] = []
    for group in ("entities", "extended_entities"):
        for name in ("urls", "media"):
            told = _part(tweet, group).get(name)
            found += [one for one in told if isinstance(one, dict)] if isinstance(told, list) else []
    return found


def _metrics(tweet: Tweet) -> dict[str, int]:
    """Counts are written as text."""
    told = {ours: _text(tweet, theirs) for theirs, ours in _NUMBERS.items()}
    return {name: int(words) for name, words in told.items() if words.isascii() and words.isdigit() and len(words) < 19}


def _part(tweet: Tweet, name: str) -> Mapping[str, Any]:
    found = tweet.get(name)
    return found if isinstance(found, dict) else {}


def _text(tweet: Tweet, name: str) -> str:
    """Text; whole numbers too, as the oldest archives write ids."""
    value = tweet.get(name)
    return value if isinstance(value, str) else str(value) if type(value) is int else ""
