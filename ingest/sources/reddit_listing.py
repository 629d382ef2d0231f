"""Pages of Reddit's listings: the things on them, the newest first, and how to go on."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ingest.source import TryLater
from ingest.sources.reddit_client import Client
from ingest.sources.reddit_items import Thing

PAGE = 100  #: things that Reddit shows at once
NEARLY_ALL = 900
"""A listing that ends after so many is taken to end at Reddit's ceiling of a thousand, where deleted things count."""


@dataclass(frozen=True, slots=True)
class Listing:
    """One page: the things, and the name after which the next one goes on ('' when this is the last)."""

    things: tuple[Thing, ...]
    after: str = ""

    @property
    def newest(self) -> int:
        """The second in which the newest was written; 0 when there is none."""
        return max((created(thing) for thing in self.things), default=0)

    @property
    def oldest(self) -> int:
        """The second in which the last was written, which is where the listing has come to; 0 when there is none."""
        return next((at for thing in reversed(self.things) if (at := created(thing))), 0)


def created(thing: Thing) -> int:
    """When it was written, in Reddit's seconds; 0 when that cannot be told."""
    seconds = thing.get("created_utc")
    return int(seconds) if isinstance(seconds, int | float) and 0 <= seconds < 2**40 else 0


def read(client: Client, path: str, now: datetime, after: str = "", limit: int = PAGE) -> Listing:
    """Ask for a page of a listing, the newest first; raise Unfit, or one of the named errors."""
    more = {"after": after} if after else {}
    return listing(client.get(path, now, limit=limit, **({"sort": "new"} if path.startswith("user/") else {}), **more))


def listing(payload: Any) -> Listing:
    """A page as the API sends it; raise TryLater for what is none."""
    data = payload.get("data") if isinstance(payload, Mapping) else None
    children = data.get("children") if isinstance(data, Mapping) else None
    if not isinstance(data, Mapping) or not isinstance(children, list):
        raise TryLater("Reddit answers with something else than a listing")
    after = data.get("after")
    return Listing(tuple(_things(children)), after if isinstance(after, str) else "")


def _things(children: list[Any]) -> Iterator[Thing]:
    for child in children:
        data = child.get("data") if isinstance(child, Mapping) else None
        if isinstance(data, Mapping):
            yield data
