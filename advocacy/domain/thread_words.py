"""What somebody was in a conversation, told in words; what the platform does not tell is said to be so."""

from collections.abc import Iterator, Mapping
from typing import Any

from advocacy.domain.activity import NO_THREAD, Activity, Kind, Thread, ThreadRole

_PARTS = {
    ThreadRole.OPENED: "you opened it",
    ThreadRole.ANSWERED: "you answered",
    ThreadRole.SUSTAINED: "you kept it going",
    ThreadRole.MODERATED: "you moderated it",
    ThreadRole.JOINED: "you joined in",
}
_SPOKEN = frozenset({Kind.REPLY, Kind.QUESTION, Kind.ANSWER})
_ENDS = {1: "st", 2: "nd", 3: "rd"}


def told(one: Activity, platform: str, answered: int | None = None) -> list[str]:
    """The facts of the thread that an activity stands in, each a few words; none where there is no conversation.

    `platform` is what people call it; `answered` of the own messages others replied to.
    """
    if one.thread == NO_THREAD and one.kind not in _SPOKEN:
        return []
    return [*_part(one.thread, platform), *_answer(one, platform), *_others(one.thread, platform, answered)]


def ordinal(number: int) -> str:
    """`1st`, `2nd`, `11th`."""
    end = "th" if number % 100 in (11, 12, 13) else _ENDS.get(number % 10, "th")
    return f"{number}{end}"


def _part(thread: Thread, platform: str) -> Iterator[str]:
    yield _PARTS.get(thread.role, f"your part in it is not told by {platform}")


def _answer(one: Activity, platform: str) -> Iterator[str]:
    if one.kind is not Kind.ANSWER:
        return
    yield {True: "accepted", False: "not accepted", None: f"whether it was accepted is not told by {platform}"}[
        one.thread.accepted
    ]
    all_of_them = _answers(one.metrics)
    if one.thread.rank is None:
        yield f"its place among the answers is not told by {platform}"
    elif all_of_them is None:
        yield f"{ordinal(one.thread.rank)} among the answers"
    else:
        yield f"{ordinal(one.thread.rank)} of {_counted(all_of_them, 'answer', 'answers')}"


def _others(thread: Thread, platform: str, answered: int | None) -> Iterator[str]:
    if thread.replies is None:
        yield f"how many replied is not told by {platform}"
    else:
        yield _counted(thread.replies, "reply", "replies")
    if thread.participants is not None:
        yield f"{_counted(thread.participants, 'person', 'people')} took part"
    if thread.own_messages is not None and thread.own_messages > 1:
        yield f"{thread.own_messages} messages of yours"
        known = f"others replied to {answered} of them"
        yield known if answered is not None else f"how many of them others replied to is not told by {platform}"


def _answers(metrics: Mapping[str, Any]) -> int | None:
    found: int | None = metrics.get("answers", metrics.get("answer_count"))
    return found


def _counted(count: int, one: str, many: str) -> str:
    return f"{count} {one if count == 1 else many}"
