"""Communities read as a whole, for many people at once: a page shows a hundred things, whoever wrote them."""

import math
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from ingest.source import Misconfigured
from ingest.sources.reddit_client import Client, Unfit
from ingest.sources.reddit_items import Thing, text_of
from ingest.sources.reddit_listing import Listing, created, read

OVERLAP = 600
"""Seconds that are read twice: two listings are not read in the same moment."""

MOST_PAGES = 10  #: Reddit's ceiling: a listing does not reach further back
_NAME = re.compile(r"[A-Za-z0-9_]{2,24}")


@dataclass(frozen=True, slots=True)
class Heard:
    """What was heard in the communities.

    `newest` is the second of the newest thing there, by Reddit's own clock: the next reading has to come down to it.
    `by` are the things by their author in lower case; None when the people's own pages are to be read instead.
    """

    newest: int
    by: Mapping[str, Sequence[Thing]] | None = None


def communities(option: str) -> tuple[str, ...]:
    """The names in `r/a+r/b`, commas or spaces between them as well; raise Misconfigured for what is no name."""
    names = tuple(dict.fromkeys(name.removeprefix("/").removeprefix("r/") for name in re.split(r"[+,\s]+", option)))
    for name in names:
        if name and not _NAME.fullmatch(name):
            raise Misconfigured(f"ADVOCACY_REDDIT__COMMUNITIES: {name!r} is no community; write r/kubernetes+r/openebs")
    return tuple(filter(None, names))


def is_cheaper(people: int, tops: Sequence[Listing], since: int) -> bool:
    """Whether the communities cost no more requests than the people, one each, judged by the first pages' pace.

    Never, when a listing would end at Reddit's ceiling before it comes down to the last visit.
    """
    needed = [pages_to(top, since) for top in tops]
    return max(needed) <= MOST_PAGES and sum(needed) <= people


def pages_to(top: Listing, since: int) -> int:
    """How many pages a listing needs down to a moment, this first one included, if it goes on at the same pace."""
    if not top.after or top.oldest <= since:
        return 1
    return math.ceil((top.newest - since) / max(top.newest - top.oldest, 1))


def heard(client: Client, names: Sequence[str], people: Collection[str], since: int, now: datetime) -> Heard:
    """What these people (lower case) said in the communities since then, unless it is cheaper to ask for each.

    Nor when the listings turn out not to reach back so far: then only the people's own pages are complete.
    """
    paths = [f"r/{'+'.join(names)}/{kind}" for kind in ("comments", "new")]
    try:
        tops = [read(client, path, now) for path in paths]
        newest = max(since, *(top.newest for top in tops))
        if not is_cheaper(len(people), tops, since):
            return Heard(newest)
        walks = [list(_down(client, path, top, since, now)) for path, top in zip(paths, tops, strict=True)]
    except Unfit as error:
        raise _not_shown(names, error) from error
    if not all(_is_whole(walk, since) for walk in walks):
        return Heard(newest)
    by: dict[str, list[Thing]] = {}
    for thing in (thing for walk in walks for page in walk for thing in page.things if created(thing) > since):
        author = text_of(thing, "author").lower()
        if author in people:
            by.setdefault(author, []).append(thing)
    return Heard(newest, by)


def moment(client: Client, names: Sequence[str], now: datetime) -> int:
    """The second of the newest comment there, else post: what is read after this moment misses nothing before it."""
    where = f"r/{'+'.join(names)}"
    try:
        newest = read(client, f"{where}/comments", now, limit=1).newest
        return newest or read(client, f"{where}/new", now, limit=1).newest
    except Unfit as error:
        raise _not_shown(names, error) from error


def _not_shown(names: Sequence[str], error: Unfit) -> Misconfigured:
    where = f"r/{', r/'.join(names)}"
    return Misconfigured(f"ADVOCACY_REDDIT__COMMUNITIES: Reddit does not show {where} ({error.status})")


def _down(client: Client, path: str, page: Listing, since: int, now: datetime) -> Iterator[Listing]:
    """The pages down to a moment; given up at the ceiling."""
    yield page
    for _ in range(MOST_PAGES - 1):
        if not page.after or page.oldest <= since:
            return
        page = read(client, path, now, page.after)
        yield page


def _is_whole(walk: Sequence[Listing], since: int) -> bool:
    """Whether a walk came down to the moment, or to the end of what there is, and not to Reddit's ceiling."""
    last = walk[-1]
    return (bool(last.things) and last.oldest <= since) or (not last.after and len(walk) < MOST_PAGES)
