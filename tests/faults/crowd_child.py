"""`python -m tests.faults.crowd_child WORDS…` is `advocacy WORDS…` with one source that serves a crowd by one request.

It asks the host of its addresses for `/batch`, once for each hundred.
"""

import sys
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Self
from urllib.parse import urljoin

from advocacy.cli.group import main
from advocacy.domain.activity import Platform
from ingest import registry
from ingest.fetch import FetchError, Http
from ingest.source import Cost, FreeOfCharge, Page, Polled, Purse, TryLater


class Served:
    """A hundred at once, over loopback."""

    platform = Platform.YOUTUBE
    batch_size = 100

    def __init__(self, http: Http) -> None:
        self._http = http

    @classmethod
    def from_config(cls, config: Mapping[str, str], http: Http, purse: Purse = FreeOfCharge()) -> Self:
        return cls(http)

    def fetch(self, batch: Sequence[Polled], now: datetime) -> Iterator[Page]:
        try:
            answer = self._http.get(urljoin(batch[0].address, "/batch"))
        except FetchError as error:
            raise TryLater(str(error)) from error
        yield Page(address=batch[0].address, activities=(), cost=Cost(requests=1, bytes=answer.bytes))


if __name__ == "__main__":
    registry.SOURCES = (*registry.SOURCES, Served)
    sys.argv[0] = "advocacy"
    main()
