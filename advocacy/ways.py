"""Where a useful thing is done: the page for it, as long as there is one."""

from collections.abc import Mapping

from flask import url_for

from advocacy import navigation
from advocacy.domain.next_things import Thing, Way
from advocacy.domain.period import Period

PAGES: Mapping[Way, str] = {
    Way.SURVEY: "surveys.show",
    Way.PROPOSE: "talks.show",
    Way.CONNECT: "sources.show",
    Way.TEACH: "teaching.given",
    Way.WRITE: "add.ask",
}


def way(thing: Thing, period: Period) -> str:
    """The address where it is done; the sentence's own page when there is no other, '' for neither."""
    page = PAGES.get(thing.way, "")
    if page and navigation.exists(page):
        return url_for(page, topic=thing.topic or None, expectation=thing.expectation_id)
    if thing.expectation_id is None:
        return ""
    place = "waiting" if thing.way is Way.LOOK else None
    return url_for("expectations.show", expectation_id=thing.expectation_id, period=period.label, _anchor=place)
