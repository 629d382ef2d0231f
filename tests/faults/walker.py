"""A platform that is read newest first in many pages, as an API is: a source of the tests, served over loopback."""

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, Self

from advocacy.domain.activity import Activity, Kind, Platform
from ingest.fetch import FetchError, Http
from ingest.source import Cost, FreeOfCharge, Page, Polled, Purse, TryLater

PAGE = 20
FIRST = datetime(2025, 1, 6, 9, tzinfo=UTC)
TEXT = "How OpenEBS Mayastor serves stateful workloads on Kubernetes, measured for an SRE: part {n}."


class Walker:
    """Walks back from the newest post to the mark; the mark moves only when the walk met the old one.

    Where a walk stopped stands in the cursor with its pages, so that the next visit goes on from there, and then
    looks what was posted meanwhile.
    """

    platform = Platform.YOUTUBE
    batch_size = 1

    def __init__(self, http: Http) -> None:
        self._http = http

    @classmethod
    def from_config(cls, config: Mapping[str, str], http: Http, purse: Purse = FreeOfCharge()) -> Self:
        return cls(http)

    def fetch(self, batch: Sequence[Polled], now: datetime) -> Iterator[Page]:
        for polled in batch:
            yield from self._visit(polled)

    def _visit(self, polled: Polled) -> Iterator[Page]:
        cursor = dict(polled.cursor)
        if cursor.pop("again", False) and not cursor.get("whole"):
            cursor = {"mark": 0, "whole": True}
        while True:
            resumed = "before" in cursor
            for page in self._walk(polled.address, cursor):
                cursor = dict(page.cursor or {})
                yield page
            if not resumed:
                return

    def _walk(self, address: str, cursor: Mapping[str, Any]) -> Iterator[Page]:
        mark, top, before = int(cursor.get("mark", 0)), int(cursor.get("top", 0)), cursor.get("before")
        whole = {"whole": True} if cursor.get("whole") else {}
        while True:
            posts, cost = self._ask(f"{address}/{before}" if before else address)
            new = [post for post in posts if post["n"] > mark]
            top = max([top, *(post["n"] for post in new)])
            is_last = len(new) < PAGE
            here: dict[str, Any] = {"mark": max(top, mark)}
            if not is_last:
                before = str(new[-1]["n"])
                here = {"mark": mark, "top": top, "before": before, **whole}
            yield Page(
                address=address,
                activities=tuple(_activity(address, post) for post in new),
                cursor=here,
                covers_from=FIRST if is_last else None,
                cost=cost,
            )
            if is_last:
                return

    def _ask(self, url: str) -> tuple[list[dict[str, Any]], Cost]:
        try:
            answer = self._http.get(url)
        except FetchError as error:
            raise TryLater(str(error)) from error
        if answer.status != 200:
            raise TryLater(f"the server answers {answer.status}")
        return json.loads(answer.body), Cost(requests=answer.requests, bytes=answer.bytes)


def _activity(address: str, post: Mapping[str, Any]) -> Activity:
    n = int(post["n"])
    return Activity(
        ref=f"walker:{address}/{n}",
        kind=Kind.POST,
        platform=Platform.YOUTUBE,
        at=FIRST + timedelta(hours=n),
        text=TEXT.format(n=n),
        url=f"https://walker.example/{n}",
        channel="walker.example",
    )


def pages(count: int) -> dict[str, bytes]:
    """What such a platform answers with so many posts: the end of the address → the page."""
    ends = {"": count, **{f"/{n}": n - 1 for n in range(1, count + 1)}}
    return {
        end: json.dumps([{"n": n} for n in range(newest, max(0, newest - PAGE), -1)]).encode()
        for end, newest in ends.items()
    }
