"""What people showed of each thing that is asked for: counted by topic, or told by the newest texts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import reduce

from advocacy.domain.asked import Piece
from advocacy.domain.finding.fits import Named, fit, said_together
from advocacy.domain.finding.question import Question, Wanted
from advocacy.domain.finding.ranking import FITS_WELL, Signal, merged, weighed
from advocacy.domain.finding.receipts import Receipt
from advocacy.domain.relevance import relevance
from advocacy.models.base import Row
from advocacy.models.findable import reading


@dataclass(slots=True)
class Shown:
    """Of each person the signals by the place of what is asked for, and the receipts that words gave."""

    people: dict[int, dict[int, Signal]] = field(default_factory=dict)
    receipts: dict[int, list[Receipt]] = field(default_factory=dict)

    def put(self, place: int, signals: Mapping[int, Signal]) -> None:
        """Add what people showed of one thing."""
        for person_id, signal in signals.items():
            self.people.setdefault(person_id, {})[place] = signal


def shown(question: Question) -> Shown:
    """What is known for the question of all who can be found."""
    found = Shown()
    counts = {topic: _counted(topic) for topic in question.topics}
    texts = reading.saying(question.pieces) if question.pieces else ()
    for place, one in enumerate(question.wanted):
        signals: dict[int, Signal] = {}
        if one.piece:
            receipts = _saying(one.piece, place, texts, () if one.topic else question.words_together)
            signals = _of_texts(receipts)
            for receipt in receipts:
                found.receipts.setdefault(receipt.person_id, []).append(receipt)
        if one.topic:
            signals = {**signals, **_of_topic(one, counts)}
        found.put(place, signals)
    return found


def look_closer(question: Question, found: Shown, people: Sequence[int]) -> None:
    """Weigh what these people showed of each topic by how much their newest works are on it."""
    rows: dict[tuple[int, str], list[Row]] = {}
    for row in reading.openings(question.topics, people):
        rows.setdefault((row.person_id, row.topic), []).append(row)
    for place, one in enumerate(question.wanted):
        if one.topic:
            asked, otherwise = Named([one.surface]), Named(one.spellings)
            for who in people:
                if seen := rows.get((who, one.topic)):
                    fits = [(fit(asked, otherwise, row.title, row.text), row.day) for row in seen]
                    found.people[who][place] = weighed(found.people[who][place], fits)


def _counted(topic: str) -> dict[int, Signal]:
    return {row.person_id: Signal(row.works, row.delivered, row.last) for row in reading.counted(topic)}


def _of_topic(one: Wanted, counts: Mapping[str, Mapping[int, Signal]]) -> dict[int, Signal]:
    """By the topic itself; of who has nothing on it, by all of its parts."""
    exact = counts[one.topic]
    parts = [counts[part] for part in one.parts]
    everywhere = reduce(lambda some, more: some & more.keys(), parts[1:], set(parts[0])) if parts else set[int]()
    by_parts = {who: merged((part[who] for part in parts), len(parts)) for who in everywhere - exact.keys()}
    return {**{who: signal for who, signal in by_parts.items() if signal}, **exact}


def _saying(piece: Piece, place: int, texts: Sequence[Row], together: Sequence[Piece]) -> list[Receipt]:
    found = []
    for row in texts:
        fits = relevance([piece], row.title, row.text)
        if fits > 0:
            fits *= said_together(together, row.title, row.text)
            found.append(Receipt(row.person_id, row.work_id, row.kind, row.day, frozenset({place}), fits))
    return found


def _of_texts(receipts: Sequence[Receipt]) -> dict[int, Signal]:
    people: dict[int, list[Receipt]] = {}
    for one in receipts:
        people.setdefault(one.person_id, []).append(one)
    return {who: _signal(some) for who, some in people.items()}


def _signal(some: Sequence[Receipt]) -> Signal:
    works = {one.work_id for one in some}
    delivered = {one.work_id for one in some if one.kind in reading.DELIVERED}
    fits = [(round(min(one.fits / FITS_WELL, 1.0), 2), one.day) for one in some]
    return weighed(Signal(len(works), len(delivered), max(one.day for one in some)), fits)
