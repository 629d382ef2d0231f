"""X: many accounts in one search, each post paid once, and a word for whatever could not be seen."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Self

from advocacy.domain.activity import Platform
from ingest.fetch import Http
from ingest.source import AccountGone, FreeOfCharge, Look, Page, Polled, Profile, Purse, SourceError
from ingest.sources.x_account import Account
from ingest.sources.x_line import USERS_AT_ONCE, Line
from ingest.sources.x_look import looked
from ingest.sources.x_options import XOptions
from ingest.sources.x_people import NO_HANDLE
from ingest.sources.x_visit import Visit


class XSource:
    """Reads X through tweepy. Addresses are handles without the @; a batch costs as many searches as its length takes.

    A search holds about 26 handles, so that a batch of 1,000 leaves no more than one of its 40 searches half filled.
    """

    platform = Platform.X
    batch_size = 1000
    look_size = USERS_AT_ONCE

    def __init__(self, options: XOptions, http: Http, purse: Purse) -> None:
        self._options, self._http, self._purse = options, http, purse

    @classmethod
    def from_config(cls, config: Mapping[str, str], http: Http, purse: Purse = FreeOfCharge()) -> Self:
        """Make the reader ready; raise Misconfigured naming the option that is missing, unknown or no number."""
        return cls(XOptions.of(config), http, purse)

    def fetch(self, batch: Sequence[Polled], now: datetime) -> Iterator[Page]:
        """Yield what came since the cursors, the newest first; raise the contract's errors only."""
        accounts = [Account.of(polled, self._options.backfill, now) for polled in batch]
        return Visit(self._line(now), accounts).pages()

    def look(self, refs: Sequence[str], now: datetime) -> Look:
        """Ask for up to 100 posts again; each that is still there is paid."""
        line = self._line(now)
        try:
            return looked(line, refs)
        except SourceError as error:
            error.cost += line.paid()
            raise

    def profile(self, address: str, now: datetime) -> Profile:
        """Read who has this handle and what they say of themselves; raise AccountGone when nobody does."""
        line, account = self._line(now), Account(address=address)
        if not account.is_named_well:
            raise AccountGone(f"@{address} {NO_HANDLE}")
        try:
            found = line.user(address).data
        except SourceError as error:
            error.cost += line.paid()
            raise
        if not found:
            raise AccountGone(f"@{address} does not exist on X, or is suspended there", cost=line.paid())
        user = {name: str(found[0].get(name) or "") for name in ("id", "name", "username", "description")}
        url = f"https://x.com/{user['username'] or address}"
        return Profile(id=user["id"], name=user["name"], about=user["description"], url=url, cost=line.paid())

    def _line(self, now: datetime) -> Line:
        return Line(self._options, self._http, self._purse, now)
