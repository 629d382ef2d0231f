"""What would help next: with a name, a number or a date, never something general."""

from collections.abc import Sequence
from datetime import date

from advocacy.domain.insights import Stand
from advocacy.domain.measure import Tally, measured
from advocacy.domain.next_things import Opening, Way, next_things
from advocacy.domain.period import parse
from advocacy.domain.progress import Progress, State
from advocacy.domain.target import Counting, Measure, Unit

TODAY = date(2026, 11, 23)
Q4 = parse("2026-Q4")
NAMES = {"sre": "SRE", "etcd": "etcd", "x": "X/Twitter"}


def row(
    rule: str, measure: Measure, tallies: Sequence[Tally] = (), state: State = State.GETTING_THERE, waiting: int = 0
) -> tuple[Stand, str, Sequence[Tally]]:
    groups = measured(((measure,),), tallies, Q4, [(date(2020, 1, 1), date.max)])
    progress = Progress(state=state, count=0, measures=groups, waiting=waiting)
    return Stand(7, "Train the team", progress), rule, tallies


def told(*rows: tuple[Stand, str, Sequence[Tally]], openings: Sequence[Opening] = ()) -> list[str]:
    return [one.text for one in next_things(rows, openings, lambda name: NAMES.get(name, name), TODAY)]


PAIRS = Measure(counting=Counting.PAIRS)
LEARNED = Tally(date(2026, 10, 3), 1, "learned/etcd")


def test_what_was_learned_is_to_be_taught() -> None:
    (thing,) = next_things([row("learn-train", PAIRS, [LEARNED])], (), str, TODAY)
    assert (thing.way, thing.topic, thing.expectation_id) == (Way.TEACH, "etcd", 7)
    assert thing.text == "You learned etcd (3 Oct) and have not taught it yet: one class makes it a pair."


def test_a_missing_category_is_named() -> None:
    measure = Measure(counting=Counting.EACH, each=("learning", "company"), per=Unit.QUARTER)
    tallies = [Tally(date(2026, 10, 3), 1, "learning")]
    assert told(row("tweets", measure, tallies)) == [
        "Nothing yet for company under “Train the team”: one item of each is enough."
    ]


def test_missing_places_are_counted_beside_those_that_are_there() -> None:
    measure = Measure(counting=Counting.PLATFORMS, at_least=3, per=Unit.HALF_YEAR)
    assert told(row("advocacy", measure, [Tally(date(2026, 10, 3), 1, "", "x")])) == [
        "“Train the team” asks for 2 more places; heard so far: X/Twitter."
    ]


def test_suggestions_come_before_work() -> None:
    assert told(row("learn-train", PAIRS, [LEARNED], waiting=1))[0] == (
        "1 suggestion waits for your word under “Train the team”."
    )


def test_what_is_covered_asks_for_nothing() -> None:
    assert told(row("learn-train", PAIRS, [LEARNED], state=State.COVERED, waiting=3)) == []


def test_what_closes_soon_comes_first_what_closes_late_last_and_what_is_over_not_at_all() -> None:
    openings = [
        Opening(Way.PROPOSE, "KubeCon", date(2027, 2, 1), "talks"),
        Opening(Way.SURVEY, "CNCF survey", date(2026, 11, 24), "surveys"),
        Opening(Way.PROPOSE, "FOSDEM", date(2026, 11, 1), "talks"),
    ]
    assert told(row("learn-train", PAIRS, [], waiting=1), openings=openings) == [
        "“CNCF survey” is due tomorrow.",
        "1 suggestion waits for your word under “Train the team”.",
        "“KubeCon” closes in 70 days.",
    ]
