"""How values read on a page: times, states, measures, names. Values in, words out."""

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from textwrap import shorten
from typing import Protocol
from zoneinfo import ZoneInfo

from advocacy.domain.activity import Kind, Platform
from advocacy.domain.coverage import Coverage
from advocacy.domain.coverage_words import unknown_in_words
from advocacy.domain.health import Health
from advocacy.domain.licence import licence_of, licence_url
from advocacy.domain.logbook.entry import Entry, activity_of
from advocacy.domain.measure import Reached
from advocacy.domain.period import Period, cycle_of
from advocacy.domain.platform_names import PLATFORM_NAMES
from advocacy.domain.progress import Progress, State
from advocacy.domain.rulebook import Strength
from advocacy.domain.target import Counting, Unit
from advocacy.models.words import Claim

SHORT = 60  #: characters of a sentence that another one speaks of
STATES = {
    State.COVERED: ("●", "covered"),
    State.GETTING_THERE: ("◐", "getting there"),
    State.NO_EVIDENCE_YET: ("○", "no evidence yet"),
    State.CANT_TELL: ("?", "can’t tell"),
    State.NOT_MEASURED: ("–", "not measured here"),
}
HEALTH = {
    Health.NEW: ("○", "not read yet"),
    Health.HEALTHY: ("●", "healthy"),
    Health.DEGRADED: ("◐", "with hiccups"),
    Health.FAILING: ("!", "failing"),
    Health.DORMANT: ("!", "silent for long"),
    Health.PAUSED: ("–", "paused"),
    Health.GONE: ("×", "gone"),
    Health.REFUSED: ("×", "not readable"),
}
CLAIMS = {
    Claim.COVERED: ("●", "covered"),
    Claim.GETTING_THERE: ("◐", "getting there"),
    Claim.NOT_YET: ("○", "not yet"),
}
STRENGTHS = {Strength.STRONG: "strong match", Strength.LIKELY: "likely match", Strength.WEAK: "weak match"}
KINDS = {
    Kind.POST: ("post", "posts"),
    Kind.REPLY: ("reply", "replies"),
    Kind.QUESTION: ("question", "questions"),
    Kind.ANSWER: ("answer", "answers"),
    Kind.ARTICLE: ("article", "articles"),
    Kind.TALK: ("talk", "talks"),
    Kind.PROPOSAL: ("proposal", "proposals"),
    Kind.TRAINING_GIVEN: ("training given", "trainings given"),
    Kind.TRAINING_ATTENDED: ("training attended", "trainings attended"),
    Kind.SURVEY: ("survey", "surveys"),
    Kind.REVIEW: ("review", "reviews"),
    Kind.NOTE: ("note", "notes"),
    Kind.LEARNING: ("learning", "learnings"),
    Kind.DECISION: ("decision", "decisions"),
    Kind.NEED: ("need", "needs"),
}
UNITS = {
    Unit.WEEK: "a week",
    Unit.MONTH: "a month",
    Unit.QUARTER: "a quarter",
    Unit.HALF_YEAR: "a half-year",
    Unit.YEAR: "a year",
}
_BROWSERS = {"Edg": "Edge", "Firefox/": "Firefox", "Chrom": "Chrome", "Safari/": "Safari"}
_SYSTEMS = {
    "Android": "Android",
    "iPhone": "iOS",
    "iPad": "iOS",
    "Mac OS": "macOS",
    "Windows": "Windows",
    "Linux": "Linux",
}
"""Marks in the order in which they decide: a browser names those it wants to be taken for, too."""
_STEPS = (
    ("year", 365 * 86400),
    ("month", 30 * 86400),
    ("week", 7 * 86400),
    ("day", 86400),
    ("hour", 3600),
    ("minute", 60),
)


class Visit(Protocol):
    """The figures of one visit of an address."""

    requests: int
    seen: int
    new: int
    changed: int
    same: int
    deleted: int
    skipped: int
    poison: int
    cost_usd: float


def relative(moment: datetime, now: datetime) -> str:
    """How long ago, or how soon: `3 hours ago`, `in 2 days`."""
    seconds = (moment - now).total_seconds()
    for noun, size in _STEPS:
        if abs(seconds) >= size:
            words = plural(int(abs(seconds) // size), noun)
            return f"in {words}" if seconds > 0 else f"{words} ago"
    return "in a moment" if seconds > 0 else "just now"


def relative_day(day: date, today: date) -> str:
    """How many days, weeks, months ago a day was."""
    days = (today - day).days
    if days in (-1, 0, 1):
        return {-1: "tomorrow", 0: "today", 1: "yesterday"}[days]
    size, noun = next(((s // 86400, n) for n, s in _STEPS if abs(days) >= s // 86400 > 0), (1, "day"))
    words = plural(abs(days) // size, noun)
    return f"{words} ago" if days > 0 else f"in {words}"


def exact(moment: datetime, zone: str) -> str:
    """The moment on the clock where the person lives: `Mon 23 Nov 2026, 14:20`."""
    local = moment.astimezone(ZoneInfo(zone))
    return f"{local:%a} {local.day} {local:%b %Y, %H:%M}"


def clock(moment: datetime, zone: str) -> str:
    """The time of day where the person lives."""
    return f"{moment.astimezone(ZoneInfo(zone)):%H:%M}"


def long_day(day: date) -> str:
    """`23 Nov 2026`."""
    return f"{day.day} {day:%b %Y}"


def local_day(moment: datetime, zone: str) -> str:
    """The day of a moment where the person lives: `23 Nov 2026`."""
    return long_day(moment.astimezone(ZoneInfo(zone)).date())


def plural(count: int, one: str, many: str = "") -> str:
    """`1 item`, `2 items`."""
    return f"{count} {one if count == 1 else many or one + 's'}"


def period_title(period: Period) -> str:
    """`October to December 2026`, `October 2026`, `2026`."""
    if period.months == 12 and period.start.month == 1:
        return f"{period.start.year}"
    if period.months == 1:
        return f"{period.start:%B %Y}"
    first = f"{period.start:%B}" if period.start.year == period.end.year else f"{period.start:%B %Y}"
    return f"{first} to {period.end:%B %Y}"


def headline(progress: Progress) -> Reached:
    """The measure to show first: of the first target that is not reached, the alternative that is nearest."""
    groups = progress.measures
    group = next((group for group in groups if not any(one.met for one in group)), groups[0])
    return max(group, key=lambda one: (one.met, one.count / one.need if one.need else 0))


def reached(progress: Progress) -> str:
    """What stands behind the figure: `1 of 2 targets reached`; of a single target the figure has told it."""
    groups = progress.measures
    if len(groups) == 1:
        return "how this is counted"
    met = sum(1 for group in groups if any(one.met for one in group))
    return f"{met} of {plural(len(groups), 'target')} reached"


def short(sentence: str) -> str:
    """The company's own words, as far as they fit into a sentence of ours."""
    return shorten(sentence, SHORT, placeholder=" …") if len(sentence) > SHORT else sentence


def own_year(start: date, day: date) -> Period:
    """The review year of somebody's own that a day lies in."""
    return cycle_of(start, day)


def notes(progress: Progress) -> list[str]:
    """What is to be said beside the measures, which say their own notes."""
    said = {one.note for group in progress.measures for one in group}
    return [note for note in progress.notes if note not in said]


def heading(title: str, excerpt: str, kind: Kind, name: Platform) -> str:
    """What an item is called in a list: its title, its beginning, or – without its text – what it was and where."""
    return title or beginning(excerpt) or f"{KINDS[kind][0]} on {platform(name)}"


def entry(one: Entry) -> str:
    """What an entry of a log is called: the title of its activity, else its beginning or its link."""
    told = activity_of(one, "hand:0", datetime.min.replace(tzinfo=UTC))
    return told.title or beginning(told.text) or beginning(told.url.partition("://")[2]) or one.kind.value


def beginning(text: str, longest: int = 80) -> str:
    """The first words of a text that has no title, cut between words."""
    words = extract(text)
    return words if len(words) <= longest else f"{words[:longest].rpartition(' ')[0] or words[:longest]} …"


def gained(numbers: Mapping[str, int]) -> str:
    """What an item's numbers gained: `likes +12, views +340`."""
    told = ((name.removesuffix("_count").replace("_", " "), value) for name, value in numbers.items())
    return ", ".join(f"{name} {value:+,}".replace("-", "\N{MINUS SIGN}") for name, value in told)


def extract(text: str) -> str:
    """Plain text in one paragraph, without the fences that code stands in."""
    return " ".join(text.replace("```", " ").split())


def stretch(one: Reached, period: Period) -> str:
    """The days a measure was read over: the period's own name, or the longer time that ends with it."""
    start, end = one.window
    if (start, end) == (period.start, period.end):
        return period.label
    months = (end.year - start.year) * 12 + end.month - start.month + 1
    return f"the {plural(months, 'month')} to {long_day(end)}"


def figure(one: Reached, period: Period) -> str:
    """A measure with numerator, denominator and stretch: `2 of 6 items in 2026-Q4`."""
    return f"{one.count} of {one.need} {one.measure.named(one.need)} in {stretch(one, period)}"


def note(one: Reached, name: Callable[[str], str]) -> str:
    """What is to be said of a measure, with terms by the names that `name` gives their ids."""
    return f"missing: {', '.join(map(name, one.lacking))}" if one.lacking else one.note


def rate(one: Reached) -> str:
    """What the organisation asks: `target: 2 a month`."""
    measure = one.measure
    if measure.counting is Counting.ASKED:
        return "target: all that were asked of you"
    if measure.counting is Counting.EACH:
        often = "once" if measure.at_least == 1 else f"{measure.at_least} times"
        return f"target: each {often} {UNITS[measure.per]}"
    return f"target: {measure.at_least} {UNITS[measure.per]}"


def platform(name: Platform) -> str:
    """The platform as people call it."""
    return PLATFORM_NAMES[name]


def medium(name: str) -> str:
    """A medium as people call it: the platform, or the place itself."""
    return PLATFORM_NAMES[Platform(name)] if name in set(Platform) else name


def complete(coverage: Coverage) -> str:
    """For which days a source shows everything: `from 5 Oct 2026 to 23 Nov 2026`, what is missing, and why."""
    if coverage.start is None or coverage.end is None:
        return f"not known yet: {coverage.before}" if coverage.before else "not known yet"
    told = [f"from {long_day(coverage.start)} to {long_day(coverage.end)}"]
    told += [unknown_in_words(coverage.holes)] if coverage.holes else []
    told += [f"not from earlier: {coverage.before}"] if coverage.before else []
    return "; ".join([*told, *filter(None, [coverage.after])])


def visit(last: Visit) -> str:
    """What the newest visit came to: `27 read in 1 request: 2 new, 25 the same; $0.12`."""
    together = plural(last.requests, "request") if last.requests else "a request shared with others"
    figures = (("new", last.new), ("changed", last.changed), ("the same", last.same), ("deleted", last.deleted))
    more = (("not kept", last.skipped), ("could not be stored", last.poison))
    told = ", ".join(f"{number} {words}" for words, number in (*figures, *more) if number)
    paid = f"; ${last.cost_usd:.2f}" if last.cost_usd else ""
    return f"{last.seen or 'nothing new'}{' read' if last.seen else ''} in {together}{': ' if told else ''}{told}{paid}"


def licence(platform: Platform, day: date) -> list[tuple[str, str]]:
    """The licence that a post of that day is shown under, and where its text stands; none for most platforms."""
    name = licence_of(platform, day)
    return [(name, licence_url(name))] if name else []


def browser(agent: str) -> str:
    """A browser as its owner would name it: `Firefox on Windows`."""
    return f"{_first(agent, _BROWSERS, 'a browser')} on {_first(agent, _SYSTEMS, 'another system')}"


def _first(agent: str, names: Mapping[str, str], other: str) -> str:
    return next((name for mark, name in names.items() if mark in agent), other)


def link(url: str) -> str:
    """The address when a browser may follow it, else nothing."""
    return url if url.lower().startswith(("https://", "http://")) else ""
