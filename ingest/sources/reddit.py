"""Reddit: what people write, by their profiles, or by the communities that the organisation names when that is cheaper.

With Reddit's own library, read-only, for an app that Reddit approved. Newest first, a hundred a request, a thousand at
most; an empty profile is not a deleted one; what is told of a comment's replies costs a request, and mostly stays
unknown. Where communities are named, whole profiles are still read once a week, for what is said elsewhere.
"""

from collections.abc import Iterator, Mapping, Sequence
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
        return cls(Client(told, http), communities(told["communities"]))

    def __init__(self, client: Client, names: Sequence[str] = ()) -> None:
        self._client, self._names = client, tuple(names)
        if names:
            self.batch_size = AT_ONCE

    def fetch(self, batch: Sequence[Polled], now: datetime) -> Iterator[Page]:
        """Yield what these people wrote since their cursors; what breaks the whole off carries what it cost."""
        try:
            yield from self._pages(batch, now)
        except SourceError as error:
            error.cost += self._client.cost()
            raise

    def look(self, refs: Sequence[str], now: datetime) -> Look:
        """Ask for things again: newest numbers, edits, deletions."""
        try:
            return look(self._client, refs, now)
        except Unfit as error:
            raise Refused(
                f"Reddit answers {error.status} when asked for single things", cost=self._client.cost()
            ) from error
        except SourceError as error:
            error.cost += self._client.cost()
            raise

    def profile(self, address: str, now: datetime) -> Profile:
        """Read the profile; raise AccountGone when there is none."""
        try:
            return replace(profile(self._client, handle(address), now), cost=self._client.cost())
        except Unfit as error:
            failure = _of_person(address, error)
            failure.cost = self._client.cost()
            raise failure from error
        except SourceError as error:
            error.cost += self._client.cost()
            raise

    def _pages(self, batch: Sequence[Polled], now: datetime) -> Iterator[Page]:
        together = [polled for polled in batch if self._names and _is_heard(polled, now)]
        found = self._heard(together, now) if len(together) >= A_FEW else Heard(0)
        if found.by is not None:
            yield from self._of_communities(together, found.by, found.newest)
        done = {polled.address for polled in together} if found.by is not None else set()
        alone = [polled for polled in batch if polled.address not in done]
        newest = found.newest
        if self._names and not newest and len(alone) >= A_FEW:
            newest = moment(self._client, self._names, now)
        for polled in alone:
            yield from self._of_person(polled, now, newest, is_single=len(batch) == 1)

    def _heard(self, together: Sequence[Polled], now: datetime) -> Heard:
        since = min(memory(polled.cursor).heard for polled in together) - OVERLAP
        return heard(self._client, self._names, {polled.address.lower() for polled in together}, since, now)

    def _of_communities(
        self, together: Sequence[Polled], by: Mapping[str, Sequence[Thing]], newest: int
    ) -> Iterator[Page]:
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
                cost=self._client.cost(),
            )

    def _of_person(self, polled: Polled, now: datetime, newest: int, *, is_single: bool) -> Iterator[Page]:
        """One person's profile; that it cannot be read is nobody else's trouble."""
        try:
            handle(polled.address)
            yield from Walk(self._client, polled, now, newest if self._names else None).pages()
        except Unfit as error:
            failure: SourceError = _of_person(polled.address, error)
        except (AccountGone, Refused) as error:
            failure = error
        else:
            return
        if is_single:
            raise failure
        yield Page(address=polled.address, activities=(), error=failure, cost=self._client.cost())


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
