"""A page's items sorted before anything is written: normalised, attributed, judged. Pure, and the dear part."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from advocacy.domain.activity import Activity
from advocacy.domain.attribution import is_by
from advocacy.domain.matching import match, relevant
from advocacy.domain.normal import Unstorable, content_hash, normal, ref_hash
from advocacy.domain.period import day_of
from advocacy.models.fact import NOTHING_SETTLED, Fact, Item, Owner, Settled
from advocacy.rules import Rules
from ingest.raw import raw_form
from ingest.source import Unreadable


@dataclass(frozen=True, slots=True)
class Reader:
    """An account that the address is polled for: whose, which author's entries, from which day on."""

    owner: Owner
    author: str = ""
    start_on: date | None = None

    def wants(self, activity: Activity) -> bool:
        """Whether the item is this person's, and not from before the start date."""
        started = self.start_on is None or day_of(activity.at, self.owner.zone) >= self.start_on
        return started and is_by(self.author, activity.authors)


@dataclass(frozen=True, slots=True)
class Sorted:
    """What is kept, what is passed over for its topic, what belongs to nobody here, what cannot be stored."""

    kept: tuple[Fact, ...]
    passed: tuple[Fact, ...]
    strangers: int
    poison: tuple[Unreadable, ...]
    settled: Settled = NOTHING_SETTLED

    @property
    def seen(self) -> int:
        """How many items the page had that could be read."""
        told = (self.kept, self.passed, self.poison, self.settled.kept, self.settled.passed)
        return sum(map(len, told)) + self.strangers


def prepare(
    activities: Iterable[Activity],
    readers: Sequence[Reader],
    rules: Rules,
    settle: Callable[[Mapping[bytes, Item]], Settled] = lambda items: NOTHING_SETTLED,
) -> Sorted:
    """Sort a page's items; `settle` says which of them stand as they are and need no judging again.

    Facts come in the order of their hashes, so that two writers never wait in a circle.
    """
    items: dict[bytes, Item] = {}
    poison: list[Unreadable] = []
    others = 0
    for activity in activities:
        try:
            clean = normal(activity)
            items[ref_hash(clean.ref)] = Item(clean, content_hash(clean))
        except Unstorable as error:
            if not any(is_by(reader.author, activity.authors) for reader in readers):
                others += 1  # a stranger's item is kept in no form
                continue
            poison.append(Unreadable(ref=activity.ref, reason=str(error), raw=raw_form(activity)))
    owned = _owned(items, readers)
    settled = settle(owned)
    open_ones = sorted(owned.keys() - settled.kept - settled.passed)
    facts = [_fact(key, owned[key], readers, rules) for key in open_ones]
    return Sorted(
        kept=tuple(fact for fact in facts if relevant(fact.judgement)),
        passed=tuple(fact for fact in facts if not relevant(fact.judgement)),
        strangers=len(items) - len(owned) + others,
        poison=tuple(poison),
        settled=settled,
    )


def _owned(items: Mapping[bytes, Item], readers: Sequence[Reader]) -> dict[bytes, Item]:
    """The items that anybody here wants, with the accounts they are wanted for."""
    owned = {}
    for key, item in items.items():
        owners = [reader.owner for reader in readers if reader.wants(item.activity)]
        if owners:
            accounts = frozenset(owner.account_id for owner in owners if owner.account_id is not None)
            owned[key] = replace(item, accounts=accounts)
    return owned


def _fact(key: bytes, item: Item, readers: Sequence[Reader], rules: Rules) -> Fact:
    return Fact(
        activity=item.activity,
        judgement=match(item.activity, rules.rulebook, rules.vocabulary),
        owners=tuple(reader.owner for reader in readers if reader.wants(item.activity)),
        ref_hash=key,
        content_hash=item.content_hash,
    )
