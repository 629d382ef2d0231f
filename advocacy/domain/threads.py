"""What somebody was in a thread, as plain facts: opened it, answered, kept it going, moderated, joined in.

What a platform does not tell stays None, and a role that nobody can know is `unknown`: unknown is not zero.
"""

import re
from collections.abc import Iterable
from dataclasses import replace

from advocacy.domain.activity import Thread, ThreadRole

SUSTAINED_FROM = 3
"""So many own messages that others replied to, and a thread counts as kept going."""

_LESS = frozenset({ThreadRole.ANSWERED, ThreadRole.JOINED, ThreadRole.UNKNOWN})
"""Roles that say less than having kept the thread going."""

_MARKS = ("?", "\N{FULLWIDTH QUESTION MARK}", "\N{ARABIC QUESTION MARK}")
_ASKING = re.compile(
    r"\W*+(?:question|help|eli5|how (?:do|does|can|to|should|would|are|is)|what(?:'s| is| are| do| does)|why|which"
    r"|where|when (?:do|should|is)|who|is there|are there|does any|has any|anyone"
    r"|any (?:way|idea|advice|recommendation)"
    r"|can (?:i|we|you|someone)|should (?:i|we)|need help|looking for)\b",
    re.IGNORECASE,
)


def opened(key: str, replies: int | None, participants: int | None = None) -> Thread:
    """The thread of a message that began it; `participants` counts the author too."""
    return Thread(key=key, role=ThreadRole.OPENED, replies=replies, participants=participants)


def answered(key: str, replies: int | None = None, *, accepted: bool | None = None, rank: int | None = None) -> Thread:
    """The thread of a direct answer to somebody else's question; `replies` are those to the answer."""
    return Thread(key=key, role=ThreadRole.ANSWERED, replies=replies, accepted=accepted, rank=rank)


def moderated(key: str, replies: int | None = None) -> Thread:
    """The thread of a message that was written as its moderator."""
    return Thread(key=key, role=ThreadRole.MODERATED, replies=replies)


def joined(key: str, replies: int | None = None) -> Thread:
    """The thread of any other message in somebody's conversation; `replies` are those to the message."""
    return Thread(key=key, role=ThreadRole.JOINED, replies=replies)


def unknown(key: str, replies: int | None = None) -> Thread:
    """The thread of a message whose context is not to be had."""
    return Thread(key=key, replies=replies)


def with_siblings(thread: Thread, own: int | None, replied_to: int | None) -> Thread:
    """What becomes of these facts when so many own messages stand in the thread, and others replied to so many of them.

    Both count this message too; None where nobody can count. Who joined, answered or is unknown kept the thread going
    from `SUSTAINED_FROM` replied-to messages on, and `own_messages` is then their number, which is what the role
    claims. Who opened the thread, moderated it or has the accepted answer stays that, and own messages are told.
    """
    if thread.role in _LESS and not thread.accepted and replied_to is not None and replied_to >= SUSTAINED_FROM:
        return replace(thread, role=ThreadRole.SUSTAINED, own_messages=replied_to)
    return thread if own is None else replace(thread, own_messages=own)


def rank_of(score: int | None, others: Iterable[int | None]) -> int | None:
    """The rank of an answer with this score among others, 1 the best, equals sharing it; None when one is not known."""
    rivals = list(others)
    if score is None or None in rivals:
        return None
    return 1 + sum(1 for rival in rivals if rival is not None and rival > score)


def asks(title: str) -> bool:
    """Whether a thread with this title was begun with a question, so that a direct reply is an answer."""
    return any(mark in title for mark in _MARKS) or _ASKING.match(title.strip()) is not None
