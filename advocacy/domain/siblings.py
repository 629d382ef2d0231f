"""The own messages of one conversation counted, and those of them that others replied to."""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from advocacy.domain.threads import SUSTAINED_FROM

_COUNTS = ("replies", "reply_count", "comments", "num_comments")
"""What platforms call the number of replies among an item's numbers."""


class Counted(NamedTuple):
    """How many own messages a conversation has; `answered` of them others replied to, None where nobody can know."""

    own: int | None
    answered: int | None


def was_answered(replies: int | None, metrics: Mapping[str, Any]) -> bool | None:
    """Whether others replied to a message; None where the platform does not tell."""
    told = replies if replies is not None else next((metrics[name] for name in _COUNTS if name in metrics), None)
    return None if told is None else told > 0


def count(answered: Iterable[bool | None]) -> Counted:
    """Count the messages of one person in one conversation.

    One that nobody knows about leaves the number open, unless it is enough without it.
    """
    told = list(answered)
    known = sum(one is True for one in told)
    return Counted(len(told), None if None in told and known < SUSTAINED_FROM else known)
