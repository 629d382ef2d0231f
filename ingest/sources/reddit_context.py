"""Which of somebody's comments others replied to: no listing tells, only the tree of the thread does.

A tree costs a request. It is read where it can change a role: where somebody wrote `SUSTAINED_FROM` messages or more
below one post, one of them new, and at most for `TREES` threads of a page. Elsewhere replies stay unknown.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from advocacy.domain.activity import Thread
from advocacy.domain.threads import SUSTAINED_FROM
from ingest.source import Refused, TryLater
from ingest.sources.reddit_client import Client, Unfit
from ingest.sources.reddit_items import Thing, text_of

TREES = 2
_SHOWN = 500  #: comments that Reddit shows of a tree at once


def worth_a_tree(things: Iterable[Thing], fresh: Collection[str]) -> list[str]:
    """The posts (`t3_…`) whose tree is to be read: many messages of one author below them, one of them fresh."""
    below = [thing for thing in things if text_of(thing, "name").startswith("t1_")]
    many = Counter((text_of(thing, "author"), text_of(thing, "link_id")) for thing in below)
    new = {(text_of(one, "author"), text_of(one, "link_id")) for one in below if text_of(one, "name") in fresh}
    found = [link for (_, link), number in many.items() if number >= SUSTAINED_FROM and link]
    return [link for link in dict.fromkeys(found) if any(link == where for _, where in new)][:TREES]


def threads(client: Client, links: Iterable[str], now: datetime) -> dict[str, Thread]:
    """Replies and participants by the name of each thing in these trees; a tree that is not to be had tells nothing."""
    known: dict[str, Thread] = {}
    for link in links:
        try:
            known |= facts(client.get(f"comments/{link.removeprefix('t3_')}", now, limit=_SHOWN, sort="old"))
        except (Unfit, Refused, TryLater):
            continue  # too large or too slow a thread must not keep what was written from being stored
    return known


def facts(tree: Any) -> dict[str, Thread]:
    """What a tree tells: of each comment how many others replied, of a tree that is shown whole how many took part."""
    things = list(_all(tree))
    authors = {text_of(thing, "name"): text_of(thing, "author") for _, thing in things}
    replied: Counter[str] = Counter()
    cut = {text_of(thing, "parent_id") for kind, thing in things if kind == "more"}
    for _, thing in things:
        above = text_of(thing, "parent_id")
        replied[above] += text_of(thing, "author") not in ("", authors.get(above))
    return {
        name: Thread(
            replies=None if name.startswith("t3_") or (name in cut and not replied[name]) else replied[name],
            participants=len(set(authors.values()) - {""}) if name.startswith("t3_") and not cut else None,
        )
        for name in authors
        if name[:3] in ("t1_", "t3_")
    }


def _all(tree: Any) -> Iterator[tuple[str, Thing]]:
    """All things in a tree with their kinds, however deep."""
    waiting = [tree]
    while waiting:
        one = waiting.pop()
        if isinstance(one, list):
            waiting += one
        elif isinstance(one, Mapping):
            data = one.get("data")
            if not isinstance(data, Mapping):
                continue
            if one.get("kind") in ("t1", "t3", "more"):
                yield str(one["kind"]), data
            waiting += [data.get("children"), data.get("replies")] if one.get("kind") != "more" else []
