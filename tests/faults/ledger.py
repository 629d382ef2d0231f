"""A platform whose posts can be asked for again by their refs: a source of the tests, served over loopback."""

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Self

from advocacy.domain.activity import Activity, Kind, Platform
from ingest.fetch import Http
from ingest.source import Cost, FreeOfCharge, Gone, Look, Page, Polled, Purse
from tests.faults.walker import FIRST, TEXT

EDITED, SCORED, DELETED, HIDDEN = range(3, 40, 4), range(2, 40, 5), range(5, 40, 7), range(6, 40, 9)


class Ledger:
    """Shows each post once, and any of them again when it is asked for by name."""

    platform = Platform.REDDIT
    batch_size = 1
    look_size = 15

    def __init__(self, http: Http, base: str) -> None:
        self._http, self._base = http, base

    @classmethod
    def from_config(cls, config: Mapping[str, str], http: Http, purse: Purse = FreeOfCharge()) -> Self:
        return cls(http, config.get("base_url", ""))

    def fetch(self, batch: Sequence[Polled], now: datetime) -> Iterator[Page]:
        for polled in batch:
            read = int(str(polled.cursor.get("read", 0)))
            posts = [post for post in self._posts() if post["n"] > read]
            shown = tuple(_activity(post) for post in posts)
            yield Page(address=polled.address, activities=shown, cursor={"read": read + len(posts)}, cost=ONE)

    def look(self, refs: Sequence[str], now: datetime) -> Look:
        asked = {ref(post["n"]): post for post in self._posts() if ref(post["n"]) in refs}
        there = [post for post in asked.values() if not post.get("gone")]
        gone = [Gone(ref=name, for_good=post["gone"] == "deleted") for name, post in asked.items() if post.get("gone")]
        return Look(activities=tuple(map(_activity, there)), gone=tuple(gone), cost=ONE)

    def _posts(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = json.loads(self._http.get(f"{self._base}/posts").body)
        return found


ONE = Cost(requests=1)


def ref(n: int) -> str:
    return f"reddit:t3_n{n}"


def _activity(post: Mapping[str, Any]) -> Activity:
    return Activity(
        ref=ref(post["n"]),
        kind=Kind.POST,
        platform=Platform.REDDIT,
        at=FIRST + timedelta(hours=post["n"]),
        text=post["text"],
        url=f"https://ledger.example/{post['n']}",
        channel="r/ledger",
        metrics={"score": post["score"]},
    )


def posts(count: int, *, later: bool = False) -> bytes:
    """So many posts as they are at first, and as they are when people have edited, voted, deleted and hidden."""
    return json.dumps([_post(n, later) for n in range(1, count + 1)]).encode()


def _post(n: int, later: bool) -> dict[str, Any]:
    text = TEXT.format(n=n)
    if not later:
        return {"n": n, "text": text, "score": 1}
    gone = "deleted" if n in DELETED else "hidden" if n in HIDDEN else ""
    return {"n": n, "text": f"{text} Edited." if n in EDITED else text, "score": 50 if n in SCORED else 1, "gone": gone}
