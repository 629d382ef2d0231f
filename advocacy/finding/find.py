"""Who can speak about it: people in order, each with why, three receipts, and how much they have to carry."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from advocacy.domain.finding import ranking
from advocacy.domain.finding.arithmetic import Factor, factors
from advocacy.domain.finding.question import Question, understand
from advocacy.domain.finding.ranking import Ranked
from advocacy.domain.finding.wish import Candidate, Wish, fits, places, recent
from advocacy.domain.profile import Told
from advocacy.domain.speaking import Load
from advocacy.finding.proofs import Proof, proofs
from advocacy.finding.signals import Shown, look_closer, shown
from advocacy.models import roster, speaking_requests
from advocacy.models.findable import people as findable
from advocacy.models.findable import reading
from advocacy.rules import Rules

SIZE = 10  #: people on a page
AMONG = 30  #: best people whose works are looked at, among whom load decides between equals and new voices are told
FEW = 3  #: a smaller number of people who are private is not told
VOICES = 5  #: new voices that are told
NOBODY = Candidate(Told())  #: who tells nothing


@dataclass(frozen=True, slots=True, kw_only=True)
class Speaker:
    """One answer to the question."""

    person_id: int
    name: str
    ranked: Ranked
    factors: tuple[Factor, ...]
    proofs: tuple[Proof, ...]
    candidate: Candidate
    load: Load
    given: int  #: talks and trainings on whatever topic, as far as marketing sees them


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """The answer: `count` of all that fit; `private` is told on a bare topic alone, None elsewhere and for few."""

    question: Question
    count: int = 0
    speakers: tuple[Speaker, ...] = ()
    voices: tuple[Speaker, ...] = ()  #: who gave no talk yet, with something to say on it
    beside: Speaker | None = None  #: who could speak beside a new voice
    private: int | None = None


@dataclass(frozen=True, slots=True)
class Order:
    """Whom the question finds, whether or not they gave a talk yet: `best` of `count`, the best first."""

    question: Question
    living: Sequence[str]
    shown: Shown = field(default_factory=Shown)
    loads: Mapping[int, Load] = field(default_factory=dict)
    counts: Sequence[float] = ()  #: what each thing that is asked for counts
    count: int = 0
    best: Sequence[Ranked] = ()


def in_order(words: str, wish: Wish, rules: Rules, today: date, now: datetime) -> Order:
    """Understand the question and put people in order; without anything to look for nobody is found."""
    question, living = _understood(words, wish, rules, today)
    if not question.wanted:
        return Order(question, living)
    found = shown(question)
    counts = ranking.shares(found.people.values(), len(question.wanted))
    ranked = ranking.rank(found.people, counts, today)
    ranked = _fitting(ranked, wish_of(question, wish), now, today, living)
    best = _closer([one.person_id for one in ranked[:AMONG]], question, found, counts, today)
    loads = speaking_requests.load([one.person_id for one in best], today) if best else {}
    return Order(question, living, found, loads, counts, len(ranked), _by_load(best, loads))


def ask(words: str, wish: Wish, rules: Rules, today: date, now: datetime, *, size: int = SIZE) -> Found:
    """Put the question; who gave no talk yet is a new voice."""
    order = in_order(words, wish, rules, today, now)
    if not order.count:
        return Found(question=order.question, private=_private(order.question, wish, order.shown))
    given = reading.given([one.person_id for one in order.best])
    known = [one for one in order.best if given.get(one.person_id)]
    fresh = [one for one in order.best if not given.get(one.person_id)]
    chosen, voices = known[:size], fresh[:VOICES]
    told = _tell([*chosen, *voices], order, given, today)
    speakers = told[: len(chosen)]
    return Found(
        question=order.question,
        count=order.count,
        speakers=tuple(speakers),
        voices=tuple(told[len(chosen) :]),
        beside=min(speakers, key=lambda one: (one.load.total, -one.ranked.score), default=None) if voices else None,
        private=_private(order.question, wish, order.shown),
    )


def some(words: str, person_ids: Sequence[int], rules: Rules, today: date, now: datetime) -> Found:
    """The same of some people only, side by side in the order in which they were named."""
    question, living = _understood(words, Wish(), rules, today)
    found = shown(question) if question.wanted else Shown()
    counts = ranking.shares(found.people.values(), len(question.wanted))
    people = [one for one in person_ids if one in found.people]
    ranked = {one.person_id: one for one in _closer(people, question, found, counts, today)}
    loads = speaking_requests.load(people, today) if people else {}
    order = Order(question, living, found, loads, counts, len(people), [ranked[one] for one in people])
    told = _tell(order.best, order, reading.given(people), today)
    return Found(question=question, count=len(told), speakers=tuple(told))


def _closer(
    people: Sequence[int], question: Question, found: Shown, counts: Sequence[float], today: date
) -> list[Ranked]:
    """These people in order by how much their works are on it."""
    look_closer(question, found, people)
    return ranking.rank({one: found.people[one] for one in people}, counts, today)


def _understood(words: str, wish: Wish, rules: Rules, today: date) -> tuple[Question, Sequence[str]]:
    """The question; where people live is asked for only when something in it could be a place."""
    question = understand(words, rules.vocabulary, frozenset(), today)
    if not (question.words_together or question.notes or question.place or wish.place):
        return question, ()
    living = findable.residences()
    return understand(words, rules.vocabulary, places(living), today), living


def wish_of(question: Question, wish: Wish) -> Wish:
    """The wish with the place that the question itself names."""
    if wish.place or not question.place:
        return wish
    return Wish(**{**{name: getattr(wish, name) for name in Wish.__slots__}, "place": question.place})


def _fitting(ranked: list[Ranked], wish: Wish, now: datetime, today: date, living: Sequence[str]) -> list[Ranked]:
    ranked = [one for one in ranked if recent(one.last, wish, today)]
    if wish.of_profile:
        known = findable.candidates([one.person_id for one in ranked])
        ranked = [one for one in ranked if fits(known.get(one.person_id, NOBODY), wish, now, living)]
    if wish.given:
        given = reading.given([one.person_id for one in ranked])
        ranked = [one for one in ranked if given.get(one.person_id, 0) >= wish.given]
    return ranked


def _by_load(best: Sequence[Ranked], loads: Mapping[int, Load]) -> list[Ranked]:
    carried = {one: load.total for one, load in loads.items()}
    return ranking.ordered(best, carried, roster.names_of(carried))


def _tell(chosen: Sequence[Ranked], order: Order, given: Mapping[int, int], today: date) -> list[Speaker]:
    people = [one.person_id for one in chosen]
    told = proofs(people, order.question, order.shown)
    known, names = findable.candidates(people), roster.names_of(people)
    labels = [one.label for one in order.question.wanted]
    return [
        Speaker(
            person_id=one.person_id,
            name=names[one.person_id],
            ranked=one,
            factors=factors(one, labels, order.counts, today),
            proofs=tuple(told[one.person_id]),
            candidate=known.get(one.person_id, NOBODY),
            load=order.loads[one.person_id],
            given=given.get(one.person_id, 0),
        )
        for one in chosen
    ]


def _private(question: Question, wish: Wish, found: Shown) -> int | None:
    """Told on a bare topic only, and never for few: filters must not narrow it down to somebody."""
    is_bare = len(question.wanted) == 1 and question.wanted[0].topic and not (question.place or question.days)
    if not is_bare or wish != Wish():
        return None
    count = reading.known_for(question.wanted[0].topic) - len(found.people)
    return count if count >= FEW else None
