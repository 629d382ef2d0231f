"""Things become a page: activities, what is deleted, and what cannot be read."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from advocacy.domain.activity import Activity, Thread
from ingest.source import Unreadable
from ingest.sources.reddit_items import Thing, activity

_RAW = 32_768
_ADVERTISEMENT = "an advertisement"


@dataclass(frozen=True, slots=True, kw_only=True)
class Translated:
    """What a page's things came to; of each ref the first."""

    activities: tuple[Activity, ...] = ()
    unreadable: tuple[Unreadable, ...] = ()
    gone: tuple[str, ...] = ()


def translated(things: Iterable[Thing], known: Mapping[str, Thread] = {}) -> Translated:
    """Translate things; `known` are facts of threads, by the name of the thing, that a listing does not tell."""
    made, poison, gone = dict[str, Activity](), list[Unreadable](), list[str]()
    for thing in things:
        one = activity(thing)
        if isinstance(one, Activity):
            found = known.get(one.ref.removeprefix("reddit:"))
            made.setdefault(one.ref, one if found is None else replace(one, thread=_more(one.thread, found)))
        elif one.gone is not None:
            gone.append(one.ref)
        elif one.reason != _ADVERTISEMENT:
            poison.append(Unreadable(ref=one.ref, reason=one.reason, raw=raw(thing)))
    return Translated(activities=tuple(made.values()), unreadable=tuple(poison), gone=tuple(gone))


def raw(thing: Thing) -> str:
    """The thing as it came, to be read again after a fix."""
    return json.dumps(thing, ensure_ascii=True, default=str)[:_RAW]


def _more(told: Thread, found: Thread) -> Thread:
    """What the listing tells, filled up with what was found out beside."""
    return replace(
        told,
        replies=told.replies if found.replies is None else found.replies,
        participants=told.participants if found.participants is None else found.participants,
    )
