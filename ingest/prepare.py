"""A page's items sorted before anything is written: normalised, attributed, judged. Pure, and the dear part."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeAlias

from advocacy.domain.activity import Activity
from advocacy.domain.attribution import is_by
from advocacy.domain.ignoring import ignored
from advocacy.domain.matching import Judgement, relevant
from advocacy.domain.normal import Unstorable, content_hash, normal, ref_hash
from advocacy.domain.period import day_of
from advocacy.domain.vocabulary import Tags
from advocacy.models.fact import NOTHING_SETTLED, Fact, Item, Owner, Settled
from advocacy.rules import Rules
from ingest.raw import raw_form
from ingest.source import Unreadable

Said: TypeAlias = tuple[int, str]
"""A person, and the key of a thread in which they wrote."""


@dataclass(frozen=True, slots=True)
class Reader:
    """An account that the address is polled for: whose, which author's entries, from which day on, without which."""

    owner: Owner
    author: str = ""
    start_on: date | None = None
    ignore: tuple[str, ...] = ()  #: words of the person's own: what says one of them is not kept

    def wants(self, activity: Activity) -> bool:
        """Whether the item is this person's, not from before the start date, and without a word they ignore."""
        return self._is_its(activity) and not ignored(activity, self.ignore)

    def ignores(self, activity: Activity) -> bool:
        """Whether the item is this person's and says a word they ignore."""
        return bool(self.ignore) and self._is_its(activity) and ignored(activity, self.ignore)

    def _is_its(self, activity: Activity) -> bool:
        started = self.start_on is None or day_of(activity.at, self.owner.zone) >= self.start_on
        return started and is_by(self.author, activity.authors)


@dataclass(frozen=True, slots=True)
class Sorted:
    """What is kept, what is passed over for its topic, what belongs to nobody here, what cannot be stored.

    `ignored` is what its person does not want to be read, by words of their own; nobody judged it.
    """

    kept: tuple[Fact, ...]
    passed: tuple[Fact, ...]
    strangers: int
    poison: tuple[Unreadable, ...]
    settled: Settled = NOTHING_SETTLED
    ignored: tuple[Fact, ...] = ()
    judge: Callable[[Activity], Judgement] | None = None  #: by which these were judged

    @property
    def seen(self) -> int:
        """How many items the page had that could be read."""
        told = (self.kept, self.passed, self.ignored, self.poison, self.settled.kept, self.settled.passed)
        return sum(map(len, told)) + self.strangers


def prepare(
    activities: Iterable[Activity],
    readers: Sequence[Reader],
    rules: Rules,
    settle: Callable[[Mapping[bytes, Item]], Settled] = lambda items: NOTHING_SETTLED,
    in_threads: Callable[[Collection[str], Collection[int]], frozenset[Said]] = lambda keys, people: frozenset(),
) -> Sorted:
    """Sort a page's items; `settle` says which of them stand as they are and need no judging again.

    Facts come in the order of their hashes, so that two writers never wait in a circle. An own message in a thread
    that matters stays, though it names nothing itself: `in_threads` says in which of these threads something of
    these people is kept.
    """
    judge = rules.judge
    items, poison, others = _items(activities, readers)
    owned = {key: item for key, item in items.items() if item.owners}
    unwanted = _unwanted(items, readers)
    settled = settle(owned | unwanted)
    facts = [_fact(key, owned[key], judge) for key in sorted(owned.keys() - settled.kept - settled.passed)]
    on_topic = [fact for fact in facts if relevant(fact.judgement)]
    matter = _that_matter(facts, on_topic, in_threads) if len(on_topic) < len(facts) else frozenset()
    stays = {fact.ref_hash for fact in on_topic} | {fact.ref_hash for fact in facts if _said_in(fact) & matter}
    return Sorted(
        kept=tuple(fact for fact in facts if fact.ref_hash in stays),
        passed=tuple(fact for fact in facts if fact.ref_hash not in stays),
        strangers=len(items) - len(owned.keys() | unwanted.keys()) + others,
        poison=tuple(poison),
        settled=settled,
        ignored=tuple(_unjudged(key, unwanted[key]) for key in sorted(unwanted.keys() - settled.passed)),
        judge=judge,
    )


def _that_matter(
    facts: Sequence[Fact],
    on_topic: Sequence[Fact],
    in_threads: Callable[[Collection[str], Collection[int]], frozenset[Said]],
) -> frozenset[Said]:
    """The threads in which something of somebody is kept, on this page or before; asked only when one could help."""
    here = frozenset(said for fact in on_topic for said in _said_in(fact))
    unsure = frozenset(said for fact in facts for said in _said_in(fact)) - here
    if not unsure:
        return here
    return here | in_threads({key for _, key in unsure}, {person for person, _ in unsure})


def _said_in(fact: Fact) -> frozenset[Said]:
    key = fact.activity.thread.key
    return frozenset((owner.person_id, key) for owner in fact.owners) if key else frozenset()


def _unwanted(items: Mapping[bytes, Item], readers: Sequence[Reader]) -> dict[bytes, Item]:
    """The items that everybody whose they are does not want to be read."""
    found: dict[bytes, Item] = {}
    for key, item in items.items():
        if not item.owners and (whose := tuple(reader.owner for reader in readers if reader.ignores(item.activity))):
            found[key] = replace(item, owners=whose)
    return found


def _unjudged(key: bytes, item: Item) -> Fact:
    return Fact(item.activity, Judgement(matches=(), tags=Tags()), item.owners, key, item.content_hash)


def _items(
    activities: Iterable[Activity], readers: Sequence[Reader]
) -> tuple[dict[bytes, Item], list[Unreadable], int]:
    """The items by the hash of their ref, of two with one ref the later; and those that nothing could store.

    Of a stranger's that nothing could store no form is kept; how many they are comes last.
    """
    items: dict[bytes, Item] = {}
    poison: list[Unreadable] = []
    others = 0
    for activity in activities:
        try:
            clean = normal(activity)
        except Unstorable as error:
            if any(is_by(reader.author, activity.authors) for reader in readers):
                poison.append(Unreadable(ref=activity.ref, reason=str(error), raw=raw_form(activity)))
            else:
                others += 1
            continue
        owners = tuple(reader.owner for reader in readers if reader.wants(clean))
        items[ref_hash(clean.ref)] = Item(clean, content_hash(clean), owners)
    return items, poison, others


def _fact(key: bytes, item: Item, judge: Callable[[Activity], Judgement]) -> Fact:
    return Fact(
        activity=item.activity,
        judgement=judge(item.activity),
        owners=item.owners,
        ref_hash=key,
        content_hash=item.content_hash,
    )
