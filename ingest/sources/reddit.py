"""Reddit: what people write, by their profiles, or by the communities that the organisation names when that is cheaper.

With Reddit's own library, read-only, for an app that Reddit approved. Newest first, a hundred a request, a thousand at
most; an empty profile is not a deleted one; what is told of a comment's replies costs a request, and mostly stays
unknown. Where communities are named, whole profiles are still read once a week, for what is said elsewhere.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from typing import Self

from advocacy.domain.activity import Platform
from ingest.fetch import Http
from ingest.source import (
    AccountGone,
    FreeOfCharge,
    Look,
    Misconfigured,
    Page,
    Polled,
    Profile,
    Purse,
    Refused,
    SourceError,
    options,
)
from ingest.sources.reddit_client import Client, Unfit
from ingest.sources.reddit_communities import OVERLAP, Heard, communities, heard, moment
from ingest.sources.reddit_items import Thing
from ingest.sources.reddit_limits import Allowance
from ingest.sources.reddit_look import look
from ingest.sources.reddit_memory import Memory, memory, news
from ingest.sources.reddit_pages import translated
from ingest.sources.reddit_profile import handle, profile
from ingest.sources.reddit_walk import Walk

A_FEW = 3  #: people from whom on the communities, two listings at least, can be cheaper
AT_ONCE = 1000  #: people whom one reading of the communities can serve
WHOLE_EVERY = 7 * 86_400
"""Seconds after which a profile is read whole again although the communities are read."""

KNOWN: Mapping[str, str] = {
    "client_id": "",
    "client_secret": "",
    "base_url": "",
    "user_agent": "python:advocacy:0.1 (advocacy and training tracker)",
    "communities": "",
}


class RedditSource:
    """Reads profiles and communities; keeps nothing but its token between two calls."""

    platform = Platform.REDDIT
    batch_size = 1
    look_size = 100

    @classmethod
    def from_config(cls, config: Mapping[str, str], http: Http, purse: Purse = FreeOfCharge()) -> Self:
        """Make the reader ready; raise Misconfigured naming the missing, unknown or refused option."""
        told = options(Platform.REDDIT, config, KNOWN, needed=("client_id", "client_secret"))
        if len(told["user_agent"]) < 7 or not told["user_agent"].isprintable() or not told["user_agent"].isascii():
            raise Misconfigured(
                "ADVOCACY_REDDIT__USER_AGENT is too short for Reddit: name the app and whom to write to"
            )
        allowance = Allowance()
        source = cls(lambda: Client(told, http, allowance), communities(told["communities"]))
        with source._lent():  # a library that does not start with these options says so now
            return source

    def __init__(self, make: Callable[[], Client], names: Sequence[str] = ()) -> None:
        self._make, self._names = make, tuple(names)
        self._free: list[Client] = []
        if names:
            self.batch_size = AT_ONCE

    def fetch(self, batch: Sequence[Polled], now: datetime) -> Iterator[Page]:
        """Yield what these people wrote since their cursors; what breaks the whole off carries what it cost."""
        with self._lent() as client:
            yield from self._pages(client, batch, now)

    def look(self, refs: Sequence[str], now: datetime) -> Look:
        """Ask for things again: newest numbers, edits, deletions."""
        with self._lent() as client:
            try:
                return look(client, refs, now)
            except Unfit as error:
                raise Refused(f"Reddit answers {error.status} when asked for single things") from error

    def profile(self, address: str, now: datetime) -> Profile:
        """Read the profile; raise AccountGone when there is none."""
        with self._lent() as client:
            try:
                return replace(profile(client, handle(address), now), cost=client.cost())
            except Unfit as error:
                raise _of_person(address, error) from error

    @contextmanager
    def _lent(self) -> Iterator[Client]:
        """One that nobody else uses meanwhile, with its token; a failure carries what it cost."""
        try:
            client = self._free.pop()
        except IndexError:
            client = self._make()
        client.cost()
        try:
            yield client
        except SourceError as error:
            error.cost += client.cost()
            raise
        finally:
            self._free.append(client)

    def _pages(self, client: Client, batch: Sequence[Polled], now: datetime) -> Iterator[Page]:
        together = [polled for polled in batch if self._names and _is_heard(polled, now)]
        found = self._heard(client, together, now) if len(together) >= A_FEW else Heard(0)
        if found.by is not None:
            yield from _of_communities(client, together, found.by, found.newest)
        done = {polled.address for polled in together} if found.by is not None else set()
        alone = [polled for polled in batch if polled.address not in done]
        newest = found.newest if self._names else None
        if newest == 0 and len(alone) >= A_FEW:
            newest = moment(client, self._names, now)
        for polled in alone:
            yield from _of_profile(client, polled, now, newest, is_single=len(batch) == 1)

    def _heard(self, client: Client, together: Sequence[Polled], now: datetime) -> Heard:
        since = min(memory(polled.cursor).heard for polled in together) - OVERLAP
        return heard(client, self._names, {polled.address.lower() for polled in together}, since, now)


def _of_communities(
    client: Client, together: Sequence[Polled], by: Mapping[str, Sequence[Thing]], newest: int
) -> Iterator[Page]:
    """What was heard, a page for each person; the first carries what all of it cost."""
    for polled in together:
        known = memory(polled.cursor)
        fresh, told = news(known, by.get(polled.address.lower(), ()))
        made, told = translated(fresh), replace(told, heard=newest)
        yield Page(
            address=polled.address,
            activities=made.activities,
            unreadable=made.unreadable,
            gone=made.gone,
            cursor=None if told == known else told.cursor(),
            cost=client.cost(),
        )


def _of_profile(
    client: Client, polled: Polled, now: datetime, newest: int | None, *, is_single: bool
) -> Iterator[Page]:
    """One person's profile; that it cannot be read is nobody else's trouble."""
    try:
        handle(polled.address)
        yield from Walk(client, polled, now, newest).pages()
        return
    except Unfit as error:
        failure: SourceError = _of_person(polled.address, error)
    except (AccountGone, Refused) as error:
        failure = error
    if is_single:
        raise failure
    yield Page(address=polled.address, activities=(), error=failure, cost=client.cost())


def _is_heard(polled: Polled, now: datetime) -> bool:
    """Whether the communities can stand for the profile: read whole not long ago, and nothing is left to go on with."""
    known: Memory = memory(polled.cursor)
    is_settled = bool(known.heard and known.whole) and not known.after and "again" not in polled.cursor
    return is_settled and now.timestamp() - known.whole < WHOLE_EVERY


def _of_person(address: str, error: Unfit) -> SourceError:
    """What an answer about one person means, in words for that person."""
    if error.status == 404:
        return AccountGone(f"there is no u/{address} on Reddit: deleted, suspended, or spelled otherwise")
    if error.status == 403:
        return AccountGone(f"Reddit shows nothing of u/{address}: suspended, or not to be seen by us")
    if error.where:
        return Refused(
            f"Reddit leads from u/{address} on to {error.where}; look at the profile there, and at its spelling"
        )
    return Refused(f"Reddit answers {error.status} for u/{address}")
