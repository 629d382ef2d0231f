"""What would help next on these sentences, and the page where it is done."""

from collections.abc import Iterable, Mapping
from datetime import date

from flask import url_for

from advocacy import display
from advocacy.domain.insights import Stand
from advocacy.domain.next_things import Opening, Thing, Way, next_things
from advocacy.domain.period import Period
from advocacy.models.board import Line
from advocacy.running import in_force

PAGES: Mapping[Way, str] = {Way.SURVEY: "surveys.show", Way.PROPOSE: "talks.show", Way.CALL: "events.show"}


def stand(line: Line) -> Stand:
    """A line as sentences of insight speak of it."""
    return Stand(line.expectation_id, display.short(line.text), line.progress)


def things(lines: Iterable[Line], openings: Iterable[Opening], today: date) -> tuple[Thing, ...]:
    """The most useful first, of the lines that a rule measures."""
    rows = [(stand(line), line.rule, line.tallies) for line in lines if line.rule]
    return next_things(rows, openings, in_force().vocabulary.name, today)


def way(thing: Thing, period: Period) -> str:
    """The address where it is done, its form filled in with what is known."""
    if thing.way is Way.TEACH:
        return url_for("teaching.given", title=in_force().vocabulary.name(thing.topic))
    if thing.way is Way.WRITE:
        return url_for("add.ask", expectation=thing.expectation_id)
    if thing.way in PAGES:
        return url_for(PAGES[thing.way])
    return url_for("expectations.show", expectation_id=thing.expectation_id, period=period.label, _anchor="waiting")
