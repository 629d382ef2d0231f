"""What is remembered of a person between two visits: how far was read, what was shown then, where a walk broke off."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from ingest.source import Cursor
from ingest.sources.reddit_items import Thing, number_of, text_of

SHOWN = 25
"""How many of the newest things are remembered, and asked for again at a visit that expects little: the overlap."""

DRIFT, SHARE = 5, 20
"""Reddit blurs scores by a few points up and down: a change by five, or by a twentieth, is no news."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Memory:
    """All moments are Reddit's seconds; 0 and '' for none.

    `at` is the newest thing of the last walk that missed nothing, `shown` the figures of the newest things then.
    An unfinished walk has read from its own newest thing, `top`, down to the thing named `after`, `count` of them.
    """

    at: int = 0
    shown: tuple[str, ...] = ()
    top: int = 0
    top_shown: tuple[str, ...] = ()
    after: str = ""
    count: int = 0
    hidden: bool = False  #: the profile showed nothing though there is something
    asked: int = 0  #: when it was last asked whether there is something
    heard: int = 0  #: how far the communities were read for this person
    whole: int = 0  #: when the whole profile was last read

    def cursor(self) -> Cursor:
        """The same, to be stored; what says nothing is left out."""
        told: dict[str, str | int | bool | list[str]] = {}
        for name in _NAMES:
            value = getattr(self, name)
            if value:
                told[name] = list(value) if isinstance(value, tuple) else value
        return told

    def finished(self) -> "Memory":
        """After a walk that missed nothing: its newest thing is the new mark."""
        return replace(
            self, at=max(self.at, self.top), shown=self.top_shown or self.shown, top=0, top_shown=(), after="", count=0
        )

    def restarted(self) -> "Memory":
        """The same without the unfinished walk."""
        return replace(self, top=0, top_shown=(), after="", count=0)


_NAMES = tuple(Memory.__dataclass_fields__)


def memory(cursor: Cursor) -> Memory:
    """Read a cursor back; what is odd in it counts as not remembered, which costs a walk and loses nothing."""
    told: dict[str, Any] = {}
    for name in _NAMES:
        value = cursor.get(name)
        if isinstance(value, list) and name in ("shown", "top_shown"):
            told[name] = tuple(str(line) for line in value)
        elif isinstance(value, _KINDS.get(name, int)):
            told[name] = value
    return Memory(**told)


_KINDS: Mapping[str, type] = {"shown": tuple, "top_shown": tuple, "after": str, "hidden": bool}


def figures(thing: Thing) -> str:
    """One line about a thing, `t3_abc:<edited>:<replies>:<score>`, to tell later whether there is news of it."""
    edited, hidden = thing.get("edited"), thing.get("score_hidden") or thing.get("hide_score")
    seconds = int(edited) if isinstance(edited, int | float) else 0
    score = None if hidden else number_of(thing, "score")
    replies = number_of(thing, "num_comments") if text_of(thing, "name").startswith("t3_") else None
    return ":".join(
        [text_of(thing, "name"), *("" if value is None else str(value) for value in (seconds, replies, score))]
    )


def is_news(now: str, before: str) -> bool:
    """Whether a line of figures says more than that Reddit blurs scores."""
    (_, *told, score), (_, *known, earlier) = now.split(":"), before.split(":")
    if told != known or bool(score) != bool(earlier):
        return True
    return bool(score) and abs(int(score) - int(earlier)) > max(DRIFT, abs(int(earlier)) // SHARE)


def news(known: Memory, things: Sequence[Thing]) -> tuple[list[Thing], Memory]:
    """Those of some things, heard beside the profile, that there is news of; and the memory that tells them."""
    before = by_name(known.shown)
    now = {text_of(thing, "name"): figures(thing) for thing in things}
    fresh = [name for name, line in now.items() if name not in before or is_news(line, before[name])]
    told = {name: now[name] for name in fresh} | {name: line for name, line in before.items() if name not in fresh}
    return [one for one in things if text_of(one, "name") in fresh], replace(known, shown=tuple(told.values())[:SHOWN])


def by_name(lines: Sequence[str]) -> dict[str, str]:
    """Lines of figures by the name of their thing; odd ones are left out."""
    return {line.partition(":")[0]: line for line in lines if _is_sound(line)}


def _is_sound(line: str) -> bool:
    parts = line.split(":")
    return len(parts) == 4 and parts[3].removeprefix("-").isdigit() | (not parts[3])
