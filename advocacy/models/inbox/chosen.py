"""The item that the inbox shows beside its list, with all that helps to decide."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from advocacy.models import activity_page, history, numbers, sentences, snoozes, stood
from advocacy.models.activity_page import ActivityPage, Support, Way
from advocacy.models.base import Row
from advocacy.models.sentences import Sentence
from advocacy.models.words import Word


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """One item; `before` is how it read when the person confirmed it, `others` what nothing speaks for yet."""

    page: ActivityPage
    supports: Sequence[Support]
    others: Sequence[Sentence]
    ways: Sequence[Way]
    numbers: Sequence[tuple[str, int]]
    words: Sequence[Row]  #: what was said of it, the newest first
    before: Row | None
    snoozed: date | None

    @property
    def waiting(self) -> list[Support]:
        """The sentences that wait for a word."""
        return [one for one in self.supports if one.verdict is None]

    @property
    def decided(self) -> list[Support]:
        """The sentences that have one."""
        return [one for one in self.supports if one.verdict is not None]


def of(activity_id: int, person_id: int) -> Chosen:
    """The item; raise Missing when it is not the person's."""
    page = activity_page.of(activity_id, person_id)
    supports = activity_page.supports(activity_id, person_id)
    there = {one.expectation_id for one in supports if one.verdict is not Word.REJECTED}
    others = [one for one in sentences.held_on(person_id, page.day) if one.expectation_id not in there]
    latest = {metric: value for _, metric, value, _ in sorted(numbers.history(activity_id))}
    return Chosen(
        page=page,
        supports=supports,
        others=others,
        ways=activity_page.ways(activity_id, person_id),
        numbers=sorted(latest.items()),
        words=history.of(activity_id, person_id),
        before=stood.before(activity_id, person_id),
        snoozed=snoozes.of(person_id, [activity_id]).get(activity_id),
    )
