from datetime import date

import pytest

from advocacy.domain.measure import Tally, measured
from advocacy.domain.period import parse
from advocacy.domain.target import Counting, Measure, Unit

Q4 = parse("2026-Q4")
ALWAYS = ((date.min, date.max),)


def reach(measure: Measure, *tallies: Tally, words: str = "2026-Q4", personas: tuple[str, ...] = ()) -> tuple[int, int]:
    ((found,),) = measured(((measure,),), tallies, parse(words), ALWAYS, personas)
    return found.count, found.need


def on(day: int, work: int, facet: str = "", medium: str = "x", month: int = 10) -> Tally:
    return Tally(day=date(2026, month, day), work=work, facet=facet, medium=medium)


@pytest.mark.parametrize(
    ("words", "unit", "need"),
    [
        ("2026-Q4", Unit.WEEK, 13),
        ("2026-Q4", Unit.MONTH, 3),
        ("2026-10", Unit.WEEK, 4),
        ("2026-10", Unit.QUARTER, 1),
        ("2026", Unit.QUARTER, 4),
        ("2026-Q4", Unit.YEAR, 1),
    ],
)
def test_a_rate_becomes_a_number_for_the_period(words: str, unit: Unit, need: int) -> None:
    assert reach(Measure(at_least=1, per=unit), words=words) == (0, need)


def test_a_work_counts_once_whatever_its_facets() -> None:
    measure = Measure(at_least=1, per=Unit.WEEK)
    assert reach(measure, on(1, 7, "company"), on(1, 7, "product"), on(2, 8, "product")) == (2, 13)


def test_what_waits_for_a_word_is_not_counted() -> None:
    waiting = Tally(day=date(2026, 10, 1), work=1, counted=False)
    assert reach(Measure(), waiting, on(2, 2)) == (1, 1)


def test_each_category_must_be_reached_by_itself() -> None:
    measure = Measure(counting=Counting.EACH, each=("learning", "company"), at_least=1, per=Unit.MONTH)
    three = [on(day, day, "learning") for day in (1, 2, 3)]
    assert reach(measure, *three, on(4, 4, "company")) == (1, 2)


def test_each_persona_of_the_vocabulary() -> None:
    measure = Measure(counting=Counting.EACH, each=("*",), per=Unit.QUARTER)
    assert reach(measure, on(1, 1, "sre"), personas=("sre", "dba")) == (1, 2)


def test_breadth_does_not_grow_with_the_period() -> None:
    measure = Measure(counting=Counting.PLATFORMS, at_least=3, per=Unit.HALF_YEAR)
    spread = (on(1, 1, medium="x"), on(2, 2, medium="reddit"), on(3, 3, medium="reddit"))
    assert [reach(measure, *spread, words=words) for words in ("2026-Q4", "2026")] == [(2, 3), (2, 3)]


def test_breadth_of_a_half_year_looks_back_beyond_the_quarter() -> None:
    measure = Measure(counting=Counting.PLATFORMS, at_least=3, per=Unit.HALF_YEAR)
    assert reach(measure, on(1, 1, medium="feed", month=8), on(1, 2, medium="x")) == (2, 3)


@pytest.mark.parametrize(
    ("learned", "taught", "pairs"), [(1, 2, 1), (2, 2, 1), (3, 2, 0)], ids=["before", "same day", "after"]
)
def test_a_pair_is_learned_first_and_taught_then(learned: int, taught: int, pairs: int) -> None:
    tallies = (on(learned, 1, "learned/rust"), on(taught, 2, "taught/rust"), on(taught, 3, "taught/go"))
    assert reach(Measure(counting=Counting.PAIRS), *tallies) == (pairs, 1)


def test_learned_twice_counts_from_the_first_time() -> None:
    tallies = (on(1, 1, "learned/rust"), on(9, 2, "learned/rust"), on(5, 3, "taught/rust"))
    assert reach(Measure(counting=Counting.PAIRS), *tallies) == (1, 1)


def test_half_a_quarter_away_halves_the_need_and_never_below_one() -> None:
    here = ((date(2026, 11, 16), date(2026, 12, 31)),)
    ((six,), (one,)) = measured(((Measure(at_least=6),), (Measure(at_least=1),)), (), Q4, here)
    assert (six.need, one.need) == (3, 1)


def test_a_survey_that_nobody_asked_for_is_no_debt() -> None:
    ((found,),) = measured(((Measure(counting=Counting.ASKED),),), (), Q4, ALWAYS)
    assert (found.met, found.note) == (True, "no survey was asked of you")
