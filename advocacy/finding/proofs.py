"""Three receipts for each person: what their best works on it are, where they stand, and the words that show it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from advocacy.domain.activity import Kind, Platform
from advocacy.domain.asked import Piece
from advocacy.domain.finding.question import Question
from advocacy.domain.finding.receipts import Receipt, best
from advocacy.domain.relevance import around
from advocacy.finding.signals import Shown
from advocacy.models.base import Row
from advocacy.models.findable import reading
from advocacy.models.public_voice import places

EXCERPT = 200  #: characters


@dataclass(frozen=True, slots=True)
class Proof:
    """A receipt as it is shown."""

    activity_id: int
    kind: Kind
    platform: Platform
    channel: str
    day: date
    title: str
    url: str
    excerpt: str
    quiet: bool  #: its author asked not to promote it


def proofs(people: Sequence[int], question: Question, found: Shown) -> dict[int, list[Proof]]:
    """The best receipts of each of these people."""
    receipts = {one: list(found.receipts.get(one, ())) for one in people}
    for row in reading.works_on(question.topics, people):
        on = frozenset(n for n, one in enumerate(question.wanted) if row.topic in (one.topic, *one.parts))
        itself = any(row.topic == one.topic for one in question.wanted)
        receipts[row.person_id].append(Receipt(row.person_id, row.work_id, row.kind, row.day, on, float(itself)))
    chosen = {one: best(some) for one, some in receipts.items()}
    told = reading.told((each.person_id, each.work_id) for some in chosen.values() for each in some)
    quiet = places.quiet({row.activity_id for row in told.values()})
    return {
        one: [_proof(told[one, each.work_id], question.marks, quiet) for each in some if (one, each.work_id) in told]
        for one, some in chosen.items()
    }


def _proof(row: Row, marks: Sequence[Piece], quiet: Collection[int]) -> Proof:
    excerpt = around(row.text, marks, EXCERPT) if row.title else row.text[:EXCERPT]
    where = row.activity_id, row.kind, row.platform, row.channel, row.day, row.title, row.url
    return Proof(*where, excerpt, row.activity_id in quiet)
