"""The sentences of insight: a number, a comparison, a place to go; five at most."""

from dataclasses import replace
from datetime import date, timedelta

from advocacy.domain.insights import Stand, insights
from advocacy.domain.measure import Reached
from advocacy.domain.period import parse
from advocacy.domain.progress import Progress, State
from advocacy.domain.target import Measure

TODAY = date(2026, 11, 23)
Q4 = parse("2026-Q4")


def stand(number: int, state: State, count: int = 0, need: int = 3, **facts: object) -> Stand:
    reached = Reached(measure=Measure(at_least=need), window=(Q4.start, Q4.end), count=count, need=need)
    progress = Progress(state=state, count=count, target=need, measures=((reached,),))
    return Stand(number, f"Title {number}", replace(progress, **facts))  # type: ignore[arg-type]


def said(*stands: Stand, days: dict[date, int] | None = None) -> list[str]:
    return [one.text for one in insights(stands, days or {}, Q4, TODAY)]


def test_nothing_to_say_is_said_by_nothing() -> None:
    assert said() == []


def test_the_nearest_target_comes_first() -> None:
    stands = stand(1, State.GETTING_THERE, 1, 6), stand(2, State.GETTING_THERE, 2, 3)
    assert said(*stands) == ["1 more and “Title 2” is covered: 2 of 3 items so far."]


def test_what_is_near_is_told_by_the_measures_that_are_short() -> None:
    near = stand(1, State.GETTING_THERE, 6, 6)
    (reached,) = near.progress.measures[0]
    short = replace(reached, measure=Measure(noun="mediums", one="medium"), count=1, need=3)
    progress = replace(near.progress, measures=((reached,), (short,)))
    assert said(replace(near, progress=progress)) == ["2 more and “Title 1” is covered: 1 of 3 mediums so far."]


def test_waiting_suggestions_are_counted_beside_what_counts() -> None:
    assert said(stand(1, State.NO_EVIDENCE_YET, waiting=4)) == [
        "4 suggestions wait for your word under “Title 1”, beside 0 counted."
    ]


def test_the_pace_is_compared_with_the_same_days_of_the_period_before() -> None:
    now, earlier = {date(2026, 10, 1): 1, date(2026, 11, 23): 4}, {date(2026, 6, 30): 7, date(2026, 8, 23): 2}
    days = {**now, **earlier, date(2026, 9, 21): 9}
    assert said(days=days) == ["5 items in 2026-Q4 so far, 3 more than by then in 2026-Q3 (2)."]


def test_another_period_than_the_present_has_no_pace() -> None:
    assert insights([], {date(2026, 7, 6): 2}, parse("2026-Q3"), TODAY) == ()


def test_what_was_left_alone_for_long_is_named() -> None:
    newest = TODAY - timedelta(weeks=7)
    assert said(stand(1, State.NO_EVIDENCE_YET, newest=newest)) == [
        "Nothing new for “Title 1” in 7 weeks; the newest is of 5 Oct 2026."
    ]


def test_what_cannot_be_told_is_counted_among_all() -> None:
    assert said(stand(1, State.CANT_TELL), stand(2, State.COVERED, 3)) == [
        "1 of 2 measured expectations is in the dark: a source is missing or incomplete."
    ]


def test_there_are_never_more_than_five() -> None:
    old = TODAY - timedelta(weeks=9)
    stands = [stand(n, State.GETTING_THERE, 1, waiting=1, newest=old) for n in range(9)]
    dark = [stand(10, State.CANT_TELL)]
    assert len(insights([*stands, *dark], {TODAY - timedelta(days=7): 1}, Q4, TODAY)) == 5
