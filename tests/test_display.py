"""How values read."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from advocacy import display
from advocacy.domain.coverage import Coverage, Hole
from advocacy.domain.measure import Reached
from advocacy.domain.period import parse
from advocacy.domain.progress import Progress, State
from advocacy.domain.target import Counting, Measure, Unit

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
Q4 = parse("2026-Q4")


@pytest.mark.parametrize(
    ("ago", "words"),
    [
        (timedelta(seconds=5), "just now"),
        (timedelta(minutes=1), "1 minute ago"),
        (timedelta(hours=25), "1 day ago"),
        (timedelta(days=40), "1 month ago"),
        (timedelta(days=-3), "in 3 days"),
        (timedelta(seconds=-9), "in a moment"),
    ],
)
def test_moments_are_told_from_now(ago: timedelta, words: str) -> None:
    assert display.relative(NOW - ago, NOW) == words


@pytest.mark.parametrize(
    ("days", "words"), [(0, "today"), (1, "yesterday"), (-1, "tomorrow"), (6, "6 days ago"), (15, "2 weeks ago")]
)
def test_days_are_told_from_today(days: int, words: str) -> None:
    assert display.relative_day(NOW.date() - timedelta(days=days), NOW.date()) == words


def test_the_clock_is_the_persons_own() -> None:
    assert display.exact(NOW, "Asia/Kolkata") == "Mon 23 Nov 2026, 14:30"


def test_a_figure_has_its_denominator_and_its_stretch() -> None:
    measure = Measure(at_least=2, per=Unit.MONTH, noun="threads led")
    inside = Reached(measure=measure, window=(Q4.start, Q4.end), count=2, need=6)
    longer = Reached(measure=measure, window=(date(2026, 7, 1), Q4.end), count=2, need=12)
    assert display.figure(inside, Q4) == "2 of 6 threads led in 2026-Q4"
    assert display.figure(longer, Q4) == "2 of 12 threads led in the 6 months to 31 Dec 2026"
    assert display.rate(inside) == "target: 2 a month"


def test_a_single_one_has_a_noun_of_its_own() -> None:
    measure = Measure(noun="sessions evaluated", one="session evaluated")
    single = Reached(measure=measure, window=(Q4.start, Q4.end), count=0, need=1)
    assert display.figure(single, Q4) == "0 of 1 session evaluated in 2026-Q4"
    assert display.figure(replace(single, need=2), Q4) == "0 of 2 sessions evaluated in 2026-Q4"


def test_how_many_targets_are_reached_is_told_of_several_only() -> None:
    one = Reached(measure=Measure(), window=(Q4.start, Q4.end), count=1, need=1)
    group = ((one,), (replace(one, count=0),))
    assert display.reached(Progress(state=State.GETTING_THERE, count=1, measures=group)) == "1 of 2 targets reached"
    assert display.reached(Progress(state=State.COVERED, count=1, measures=group[:1])) == "how this is counted"


def test_each_is_told_by_times() -> None:
    each = Measure(counting=Counting.EACH, at_least=1, per=Unit.MONTH)
    assert display.rate(Reached(measure=each, window=(Q4.start, Q4.end), count=0, need=3)) == (
        "target: each once a month"
    )


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "//evil.example", ""])
def test_only_web_addresses_become_links(url: str) -> None:
    assert display.link(url) == ""


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        ("Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/142.0 Safari/537.36", "Chrome on Linux"),
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/142.0 Safari/537.36 Edg/142.0", "Edge on Windows"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1 Safari/604.1", "Safari on iOS"),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox on macOS"),
        ("", "a browser on another system"),
    ],
)  # fmt: skip
def test_a_browser_is_named_as_its_owner_would(agent: str, words: str) -> None:
    assert display.browser(agent) == words


def test_what_a_measure_lacks_is_told_by_name() -> None:
    measure = Measure(at_least=1, per=Unit.QUARTER, noun="personas", counting=Counting.EACH)
    some = Reached(measure=measure, window=(Q4.start, Q4.end), count=0, need=2, note="missing: sre", lacking=("sre",))
    none = Reached(measure=measure, window=(Q4.start, Q4.end), count=0, need=0, note="away for all of it")
    names = {"sre": "Site reliability engineer"}
    assert display.note(some, names.__getitem__) == "missing: Site reliability engineer"
    assert display.note(none, names.__getitem__) == "away for all of it"


@pytest.mark.parametrize(
    ("coverage", "words"),
    [
        (Coverage(), "not known yet"),
        (Coverage(before="the plan does not allow it"), "not known yet: the plan does not allow it"),
        (Coverage(date(2026, 10, 5), date(2026, 11, 23)), "from 5 Oct 2026 to 23 Nov 2026"),
        (
            Coverage(
                date(2026, 10, 5),
                date(2026, 11, 20),
                (Hole(date(2026, 11, 3), date(2026, 11, 9), "the month's budget was used up"),),
                "a feed shows only its newest items",
                "reading was paused",
            ),
            "from 5 Oct 2026 to 20 Nov 2026; nothing is known of 3–9 November: the month's budget was used up; "
            "not from earlier: a feed shows only its newest items; reading was paused",
        ),
    ],
)
def test_coverage_is_told_with_what_is_missing_and_why(coverage: Coverage, words: str) -> None:
    assert display.complete(coverage) == words


def test_what_numbers_gained_is_told_with_its_sign() -> None:
    assert (
        display.gained({"like_count": 12, "score": -3, "views": 1340})
        == "like +12, score \N{MINUS SIGN}3, views +1,340"
    )


@pytest.mark.parametrize(
    ("figures", "words"),
    [
        ({"requests": 1, "seen": 27, "new": 2, "same": 25}, "27 read in 1 request: 2 new, 25 the same"),
        ({"seen": 3, "changed": 1, "deleted": 1, "skipped": 1, "cost_usd": 0.015},
         "3 read in a request shared with others: 1 changed, 1 deleted, 1 not kept; $0.01"),
        ({"requests": 2}, "nothing new in 2 requests"),
    ],
)  # fmt: skip
def test_a_visit_is_told_in_figures(figures: dict[str, Any], words: str) -> None:
    names = ("requests", "seen", "new", "changed", "same", "deleted", "skipped", "poison", "cost_usd")
    assert display.visit(SimpleNamespace(**dict.fromkeys(names, 0) | figures)) == words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Two words", "Two words"),
        ("x" * 90, "x" * 80 + " …"),
        ("TIL that kubectl debug keeps its container in the pod spec for ever. One more word", None),
        ("", ""),
    ],
)
def test_what_has_no_title_is_called_by_its_first_words(text: str, words: str | None) -> None:
    told = "TIL that kubectl debug keeps its container in the pod spec for ever. One more …" if words is None else words
    assert display.beginning(text) == told
