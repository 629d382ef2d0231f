"""The numbers of an item in lines."""

from datetime import date

from advocacy.domain.number_lines import Known, NumberLine, lines
from advocacy.domain.period import parse

Q4 = parse("2026-Q4")
OLD, NEW = date(2026, 6, 1), date(2026, 10, 20)


def test_each_number_is_a_line_with_its_gain_and_where_the_gain_begins() -> None:
    told = [
        Known(date(2026, 11, 1), "views", 30, False),
        Known(date(2026, 9, 1), "views", 18, False),
        Known(date(2026, 11, 1), "reply_count", 2, False),
    ]
    replies, views = lines(told, Q4, OLD)
    assert (views.metric, views.value, views.gained, views.since) == ("views", 30, 12, date(2026, 10, 1))
    assert views.history == (told[1], told[0])
    assert replies == NumberLine("reply_count", 2, None, date(2026, 10, 1), (told[2],))
    assert replies.name == "reply count"


def test_what_appeared_inside_the_period_began_at_nothing() -> None:
    [line] = lines([Known(date(2026, 11, 1), "views", 30, False)], Q4, NEW)
    assert (line.gained, line.since) == (30, NEW)


def test_of_a_day_that_both_speak_of_the_persons_word_stands() -> None:
    [line] = lines([Known(NEW, "views", 99, True), Known(NEW, "views", 30, False)], Q4, OLD)
    assert line.value == 99
