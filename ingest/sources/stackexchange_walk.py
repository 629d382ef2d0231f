"""What a method has of some people since a moment, in the order of activity, a page at a time.

The next page begins where the last one ended (`min`), and is the first again: an item that somebody edits meanwhile
moves to the end, and would push another one over the edge of a numbered page. It is what lets the walk go on without
end where `page` may not go beyond 25, too. Only a second in which more than a page happened is read by page numbers.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ingest.source import TryLater
from ingest.sources.stackexchange_client import Client
from ingest.sources.stackexchange_filters import POSTS
from ingest.sources.stackexchange_json import Item, inner, moment
from ingest.sources.stackexchange_posts import identity_of
from ingest.sources.stackexchange_refs import ANSWERS, COMMENTS, QUESTIONS

SORTS = {ANSWERS: "activity", QUESTIONS: "activity", COMMENTS: "creation"}
_DATES = {ANSWERS: "last_activity_date", QUESTIONS: "last_activity_date", COMMENTS: "creation_date"}

STALE = 3  #: pages in a row without anything new after which the platform goes in a circle; one is the overlap


class Stretch(NamedTuple):
    """Items that were not in the walk before, and up to which activity all was read; `done` at the end."""

    items: list[object]
    reached: int
    done: bool


def walk(client: Client, site: str, method: str, ids: Sequence[int], since: int) -> Iterator[Stretch]:
    """Yield all there is since a moment; raise TryLater when the same page comes again and again."""
    low, page, stale, seen = since, 1, 0, set[object]()
    while True:
        given = {"sort": SORTS[method], "order": "asc", "page": page, **({"min": low} if low else {})}
        answer = client.of_ids(f"users/{{}}/{method}", ids, site, POSTS, **given)
        until = int(client.begun.timestamp())
        keyed = [(_key(method, inner(one), client), one) for one in answer.items]
        fresh = [one for key, one in keyed if key not in seen]
        if not answer.more:
            yield Stretch(fresh, until, True)
            return
        stale = 0 if fresh else stale + 1
        if stale >= STALE:
            raise TryLater("the Stack Exchange API shows the same page again", cost=client.taken())
        reached = max([low, *(min(at_of(method, inner(one), client), until) for one in fresh)])
        yield Stretch(fresh, reached, False)
        seen.update(key for key, _ in keyed)
        page, low = (page + 1, low) if reached <= low else (1, reached)


def _key(method: str, item: Item, client: Client) -> object:
    """What tells two items apart, and one from itself after somebody edited it."""
    identity = identity_of(method, item)
    return repr(item) if identity is None else (identity, at_of(method, item, client))


def at_of(method: str, item: Item, client: Client) -> int:
    """By which moment a walk sorts an item; 0 when it tells none that can be believed."""
    return moment(item.get(_DATES[method]), client.now) or 0
