"""A page's items sorted before anything is written: normalised, attributed, judged. Pure, and the dear part."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import date

from advocacy.domain.activity import Activity
from advocacy.domain.attribution import is_by
from advocacy.domain.matching import match, relevant
from advocacy.domain.normal import Unstorable, content_hash, normal, ref_hash
from advocacy.domain.period import day_of
from advocacy.models.fact import Fact, Owner
from advocacy.rules import Rules
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


def prepare(activities: Iterable[Activity], readers: Sequence[Reader], rules: Rules) -> Sorted:
    """Sort a page's items; facts come in the order of their hashes, so that two writers never wait in a circle."""
    facts: dict[bytes, Fact] = {}
    poison: list[Unreadable] = []
    strangers = 0
    for activity in activities:
        try:
            fact = _fact(normal(activity), readers, rules)
        except Unstorable as error:
            poison.append(Unreadable(ref=activity.ref, reason=str(error), raw=raw_form(activity)))
            continue
        if fact.owners:
            facts[fact.ref_hash] = fact
        else:
            strangers += 1
    ordered = [facts[key] for key in sorted(facts)]
    return Sorted(
        kept=tuple(fact for fact in ordered if relevant(fact.judgement)),
        passed=tuple(fact for fact in ordered if not relevant(fact.judgement)),
        strangers=strangers,
        poison=tuple(poison),
    )


def raw_form(activity: Activity) -> str:
    """An item as text, to be read again after a fix."""
    return json.dumps(asdict(activity), default=str, ensure_ascii=True)


def _fact(activity: Activity, readers: Sequence[Reader], rules: Rules) -> Fact:
    return Fact(
        activity=activity,
        judgement=match(activity, rules.rulebook, rules.vocabulary),
        owners=tuple(reader.owner for reader in readers if reader.wants(activity)),
        ref_hash=ref_hash(activity.ref),
        content_hash=content_hash(activity),
    )
