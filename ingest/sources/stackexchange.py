"""Stack Exchange, all sites of the network: a thin client of our own for its API 2.3.

A hundred people of a site are read in two requests, their answers and their questions; where something is new, a third
tells how it stands among others' answers. Comments are a request more for everybody, every time, and bring little that
rules ask for: they are an option, off unless told otherwise.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Self

from advocacy.domain.activity import Platform
from advocacy.domain.stack_sites import NoProfile, site_of, stack_user
from ingest.fetch import Http
from ingest.prose import html_to_text
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
    options,
)
from ingest.sources.stackexchange_ask import hundreds, people_of
from ingest.sources.stackexchange_client import AT_ONCE, Client, Limits
from ingest.sources.stackexchange_json import words
from ingest.sources.stackexchange_look import look
from ingest.sources.stackexchange_memory import Memory
from ingest.sources.stackexchange_posts import line_of
from ingest.sources.stackexchange_refs import ANSWERS, COMMENTS, QUESTIONS
from ingest.sources.stackexchange_visit import Visit

KNOWN = {"key": "", "base_url": "https://api.stackexchange.com", "comments": "0"}


class StackExchangeSource:
    """Reads a hundred people of a site at a time; a key (10,000 requests a day instead of 300) is optional."""

    platform = Platform.STACKEXCHANGE
    batch_size = AT_ONCE
    look_size = AT_ONCE

    def __init__(self, http: Http, base: str, key: str = "", comments: bool = False) -> None:
        self._http, self._base, self._key = http, base, key
        self._methods = (ANSWERS, QUESTIONS, COMMENTS) if comments else (ANSWERS, QUESTIONS)
        self._limits = Limits()

    @classmethod
    def from_config(cls, config: Mapping[str, str], http: Http, purse: Purse = FreeOfCharge()) -> Self:
        """Make the reader ready; raise Misconfigured naming an option that is unknown or makes no sense."""
        told = options(cls.platform, config, KNOWN)
        if told["comments"] not in ("0", "1"):
            raise Misconfigured("ADVOCACY_STACKEXCHANGE__COMMENTS is 1 (read them) or 0")
        base = told["base_url"].rstrip("/").removesuffix("/2.3")
        return cls(http, base, told["key"], told["comments"] == "1")

    def fetch(self, batch: Sequence[Polled], now: datetime) -> Iterator[Page]:
        """Yield what is new of these people, site by site; what is no profile there is refused alone."""
        sites: dict[str, dict[int, Polled]] = {}
        for polled in batch:
            try:
                who = stack_user(polled.address)
            except NoProfile as error:
                yield Page(address=polled.address, activities=(), error=Refused(str(error)))
            else:
                sites.setdefault(who.host, {})[who.id] = polled
        client = self._client(now)
        for host, people in sites.items():
            for lot in hundreds(people):
                yield from self._visited(client, host, {one: people[one] for one in lot})

    def look(self, refs: Sequence[str], now: datetime) -> Look:
        """Ask for up to a hundred items again; those that the API does not give any more were deleted."""
        return look(self._client(now), refs)

    def profile(self, address: str, now: datetime) -> Profile:
        """Read what a person says of themselves on a site."""
        try:
            who = stack_user(address)
        except NoProfile as error:
            raise Refused(str(error)) from error
        client = self._client(now)
        found = people_of(client, site_of(who.host), [who.id]).get(who.id)
        if found is None:
            raise AccountGone(f"nobody has the number {who.id} on {who.host}", cost=client.taken())
        return Profile(
            id=str(who.id),
            name=line_of(found.get("display_name")),
            about=html_to_text(words(found.get("about_me"))),
            url=who.address,
            cost=client.taken(),
        )

    def _client(self, now: datetime) -> Client:
        return Client(self._http, self._base, self._key, self._limits, now)

    def _visited(self, client: Client, host: str, people: Mapping[int, Polled]) -> Iterator[Page]:
        """Read some people of one site; a site that is none is told of its people alone."""
        memories = {one: Memory.of(polled) for one, polled in people.items()}
        for memory in memories.values():
            client.recall(memory.filters)
        addresses = {one: polled.address for one, polled in people.items()}
        try:
            yield from Visit(client, host, site_of(host), addresses, memories).pages(self._methods)
        except Refused as error:
            for address in addresses.values():
                yield Page(address=address, activities=(), error=Refused(str(error), cost=client.taken()))
