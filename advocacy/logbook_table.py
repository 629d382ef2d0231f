"""A table taken into somebody's log: good lines kept, bad ones told, and the same table twice changes nothing."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from advocacy import logbook
from advocacy.domain.logbook.table import Bad, Good, key_of, lines
from advocacy.domain.period import day_of
from advocacy.logbook import Draft
from advocacy.models import log_entries
from advocacy.models.log_entries import LogEntry
from advocacy.models.people import Person
from advocacy.rules import Rules


@dataclass(slots=True)
class Taken:
    """How many lines were new, how many were in the log already, and those that could not be taken."""

    new: int = 0
    same: int = 0
    bad: list[Bad] = field(default_factory=list)


def take_in(text: str, person: Person, now: datetime, rules: Rules) -> Taken:
    """Take a table in; raise NoTable for what is none."""
    taken = Taken()
    known = _known(log_entries.every(person.id))
    for line in lines(text, day_of(now, person.zone), rules.vocabulary):
        if isinstance(line, Bad):
            taken.bad.append(line)
        elif line.key in known:
            taken.same += 1
        else:
            logbook.save(_draft(line), person, now, rules)
            taken.new += 1
    return taken


def _draft(line: Good) -> Draft:
    return Draft(kind=line.kind, said=line.said, day=line.day, row=line.key)


def _known(there: Iterable[LogEntry]) -> set[bytes]:
    """By what a line is known to be in the log: it came from this line, or says just the same."""
    found: set[bytes] = set()
    seen: Counter[bytes] = Counter()
    for one in there:
        days: tuple[date | None, ...] = (one.day,) if one.day_said else (one.day, None)
        for day in days:
            first = key_of(one.kind, day, one.entry.says)
            seen[first] += 1
            found.add(key_of(one.kind, day, one.entry.says, seen[first]))
        if one.row_hash:
            found.add(one.row_hash)
    return found
