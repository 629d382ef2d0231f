"""One site read for up to a hundred of its people: who is there, what they wrote, what became of it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime

from ingest.source import AccountGone, Page, TryLater
from ingest.sources.stackexchange_ask import people_of, threads_of
from ingest.sources.stackexchange_basket import Basket, owner_of
from ingest.sources.stackexchange_client import AT_ONCE, Client
from ingest.sources.stackexchange_groups import groups
from ingest.sources.stackexchange_json import inner, moment
from ingest.sources.stackexchange_memory import Memory
from ingest.sources.stackexchange_posts import identity_of, line_of, question_of
from ingest.sources.stackexchange_walk import Stretch, at_of, walk

_WANTED_FROM = "nothing from before that day was asked for"


class Visit:
    """Reads method by method; a person's page goes out when it is known what became of the threads on it."""

    def __init__(
        self, client: Client, host: str, site: str, addresses: Mapping[int, str], memories: Mapping[int, Memory]
    ) -> None:
        self._client, self._site, self._host = client, site, host
        self._addresses, self._memories = addresses, dict(memories)
        self._titles: dict[int, str] = {}
        self._basket = Basket(host, client.now)

    def pages(self, methods: Sequence[str]) -> Iterator[Page]:
        """Yield what is new; what was read before the API wanted a pause goes out before the pause is told."""
        yield from self._strangers()
        try:
            for method in methods if self._memories else ():
                starts = {one: memory.start(method) for one, memory in self._memories.items()}
                for ids, since in groups(starts):
                    for stretch in walk(self._client, self._site, method, ids, since):
                        yield from self._room_for(method, stretch)
                        self._put(method, ids, stretch)
        except TryLater as cut:
            if cut.ours:
                yield from self._given(self._memories)
            raise
        yield from self._given(self._memories, is_end=True)

    def _strangers(self) -> Iterator[Page]:
        """Ask once for those that nobody asked for yet; whoever is not there is gone, and nobody else with them."""
        new = [one for one, memory in self._memories.items() if memory.born is None]
        there = people_of(self._client, self._site, new)
        if not there and sum(self._memories[one].was_there for one in new) > 1:
            raise TryLater("the Stack Exchange API knows nobody any more of whom it knew", cost=self._client.taken())
        for one in new:
            if one in there:
                self._titles[one] = line_of(there[one].get("display_name"))
                self._memories[one].born = moment(there[one].get("creation_date"), self._client.now) or 0
                continue
            del self._memories[one]
            gone = AccountGone(f"nobody has the number {one} on {self._host}", cost=self._client.taken())
            yield Page(address=self._addresses[one], activities=(), error=gone)

    def _room_for(self, method: str, stretch: Stretch) -> Iterator[Page]:
        """Give away what there is before more threads would be in it than one request can name."""
        coming = {question_of(method, inner(item)) for item in stretch.items}
        if len(self._basket.questions | coming) > AT_ONCE:
            yield from self._given(self._basket.people)

    def _put(self, method: str, ids: Sequence[int], stretch: Stretch) -> None:
        for item in stretch.items:
            identity, person = identity_of(method, inner(item)), owner_of(item, ids)
            if identity is None:
                self._basket.put_aside(person or ids[0], method, item, "it has no number")
            elif person is None:
                self._basket.put_aside(ids[0], method, item, "it is by nobody that was asked for")
            elif self._memories[person].take(method, identity, at_of(method, inner(item), self._client)):
                self._basket.put(person, method, inner(item))
        for one in ids:
            self._memories[one].reached(method, stretch.reached)

    def _given(self, people: Iterable[int], is_end: bool = False) -> Iterator[Page]:
        """Yield the pages of these people, with what became of the threads in them."""
        threads = threads_of(self._client, self._site, self._basket.questions)
        wish = self._client.wish() if is_end else None
        for one in list(people):
            memory = self._memories[one]
            told = is_end and not memory.whole
            memory.whole |= is_end
            made, odd = self._basket.take(one, threads)
            since = max(memory.born or 0, memory.wanted)
            yield Page(
                address=self._addresses[one],
                activities=tuple(made),
                unreadable=tuple(odd),
                cursor=memory.cursor(self._client.filter_lines()),
                covers_from=datetime.fromtimestamp(since, UTC) if told else None,
                covers_why=_WANTED_FROM if told and since > (memory.born or 0) else "",
                cost=self._client.taken(),
                next_at=wish,
                title=self._titles.pop(one, ""),
            )
