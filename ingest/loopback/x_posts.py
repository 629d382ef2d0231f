"""A message of the world as X tells it: ids of its versions, short links, a long text beside a cut one."""

import html
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from zlib import crc32

from advocacy.domain.activity import Platform
from ingest.loopback.server import Ask
from ingest.loopback.world import LETTERS, X_EPOCH, Message, World

_SHORT = 280  #: characters that stand in `text`; more stand in `note_tweet`
_CUT = 275
_LOW_BITS = 2**22


def moment(at: datetime) -> str:
    """A moment as X writes it."""
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%S}.{at.microsecond // 1000:03}Z"


def least_id(at: datetime) -> int:
    """The least id that a post of that moment can have."""
    return int((at - X_EPOCH).total_seconds() * 1000) << 22


def version_ids(message: Message, now: datetime) -> list[str]:
    """The ids of a message and of its edits so far, the first first."""
    later = [str(least_id(at) + int(message.id) % _LOW_BITS) for at in message.edits(now)]
    return [message.id, *later]


class Rendering:
    """The world as one request sees it, with the fields that it asks for."""

    def __init__(self, world: World, ask: Ask) -> None:
        self.world, self.ask = world, ask
        self._wanted = set(ask.query.get("tweet.fields", "").split(","))

    def post(self, message: Message, version: int = -1) -> dict[str, Any]:
        """One message, in its newest version or an earlier one; X adds its fields in any order."""
        ids = version_ids(message, self.ask.now)
        at = [message.at, *message.edits(self.ask.now)][version]
        text, entities = _with_link(message, message.text(at))
        is_long = len(text) > _SHORT
        plain = {
            "id": ids[version],
            "text": html.escape(text[:_CUT] + "…" if is_long else text, quote=False),
            "edit_history_tweet_ids": ids,
        }
        more: dict[str, Any] = {
            "created_at": moment(at),
            "author_id": self.author_id(message.author),
            "conversation_id": ids[version] if message.root == message.id else message.root,
            "lang": message.lang,
            "public_metrics": self._metrics(message),
            "possibly_sensitive": False,
            "reply_settings": "everyone",
            "source": "X Web App",
        }
        if entities and not is_long:
            more["entities"] = entities
        if is_long:
            more["note_tweet"] = {
                "text": html.escape(text, quote=False),
                **({"entities": entities} if entities else {}),
            }
        if relations := list(self._relations(message)):
            more["referenced_tweets"] = relations
        if parent := self.world.messages.get((Platform.X, message.parent)):
            more["in_reply_to_user_id"] = self.author_id(parent.author)
        return plain | {name: value for name, value in more.items() if name in self._wanted}

    def author_id(self, author: str) -> str:
        """The number of a member, or of a stranger nobody knows more about."""
        member = self.world.members.get((Platform.X, author))
        return member.id if member else str(10**9 + crc32(author.encode()))

    def _relations(self, message: Message) -> Iterator[dict[str, str]]:
        for kind, other in (("retweeted", message.reposts), ("quoted", message.quotes), ("replied_to", message.parent)):
            if other:
                yield {"type": kind, "id": other}

    def _metrics(self, message: Message) -> dict[str, int]:
        score = message.score(self.ask.now)
        return {
            "retweet_count": score // 5,
            "reply_count": len(self.world.replies(message, self.ask.now)),
            "like_count": score,
            "quote_count": score // 20,
            "bookmark_count": score // 10,
            "impression_count": score * 40,
        }


def _with_link(message: Message, text: str) -> tuple[str, dict[str, Any]]:
    """The text with the address that it shares as X shortens it, and where that leads."""
    if message.reposts:
        text = f"RT @somebody: {text}"
    if not message.link:
        return text, {}
    short = f"https://t.co/{_code(message.link)}"
    start = len(text) + 1
    link = {
        "start": start,
        "end": start + len(short),
        "url": short,
        "expanded_url": message.link,
        "display_url": message.link.partition("://")[2][:30],
    }
    return f"{text} {short}", {"urls": [link]}


def _code(link: str) -> str:
    number = crc32(link.encode()) + (crc32(link[::-1].encode()) << 32)
    return "".join(LETTERS[number // 36**place % 36] for place in range(10))
