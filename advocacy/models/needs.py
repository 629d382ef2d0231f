"""What wants a person, gathered from every room: for the strip at the top of Home, and the weekly letter."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from advocacy.domain.matrix import OPEN
from advocacy.domain.next_things import Opening
from advocacy.domain.period import Period, day_of
from advocacy.domain.speaking import SpeakingState, is_awake
from advocacy.models import attention, drafts, offers, openings, speaking_lists, surveys, voices, witnesses
from advocacy.models.base import Row
from advocacy.models.people import Person
from advocacy.models.surveys import Call
from advocacy.models.talks import approvals, proposals, watching
from advocacy.models.trainings import attendance, invited, matrix, trainers

NEWS = timedelta(days=14)  #: how long what a lead said is news


@dataclass(frozen=True, slots=True, kw_only=True)
class Needs:
    """What waits for the person's word or deed; the strip shows what is not empty."""

    waiting: int  #: activities of the period with suggestions
    edited: Sequence[Row]  #: confirmed, and changed since
    offered: int  #: items that colleagues logged for them
    asked: int  #: colleagues who ask whether they were there
    news: Sequence[Row]  #: sentences that their lead spoke of lately
    surveys: Sequence[Call]
    proposals: Sequence[Row]  #: drafts whose call closes soon, and accepted talks that are over
    calls: Sequence[Row]  #: events they watch whose call closes soon
    attended: Sequence[Row]  #: classes that others say they were at
    invited: Sequence[Row]  #: classes to come to that they did not answer for
    teaching: Sequence[Row]  #: classes that others say they give
    speaking: Sequence[Row]  #: requests to speak that they did not answer, or put off to this very day
    agreed: Sequence[Row]  #: requests to speak that they said yes to, whose call closes; the strip is silent of them
    approvals: int  #: proposals of colleagues that wait for their yes
    drafts: int  #: colleagues' drafts that wait for their review
    required: int  #: required trainings that they have not had

    def __bool__(self) -> bool:
        return any(getattr(self, name) for name in self.__slots__ if name != "agreed")

    @property
    def openings(self) -> list[Opening]:
        """What of it has a day."""
        calls = openings.calls_of(self.proposals) + openings.watched_of(self.calls)
        return openings.surveys_of(self.surveys) + calls + openings.agreed_of(self.agreed)


def of(person: Person, period: Period, now: datetime, since: datetime | None = None) -> Needs:
    """Ask every room once; since when a lead's word is news can be said."""
    today = day_of(now, person.zone)
    asked = speaking_lists.waiting(person.id, today)
    return Needs(
        waiting=attention.waiting(person.id, period.start, period.end, today),
        edited=attention.edited(person.id),
        offered=len(offers.waiting(person.id)),
        asked=witnesses.waiting(person.id),
        news=voices.news(person.id, since or now - NEWS),
        surveys=surveys.due(person.id, now),
        proposals=proposals.pending(person.id, today),
        calls=watching.calls(person.id, today),
        attended=attendance.to_confirm(person.id),
        invited=invited.unanswered(person.id),
        teaching=trainers.unanswered(person.id),
        speaking=[one for one in asked if is_awake(one.state, one.until, today)],
        agreed=[one for one in asked if one.state is SpeakingState.ACCEPTED and one.cfp_closes],
        approvals=approvals.number(person, today),
        drafts=drafts.waiting(person.id),
        required=sum(one.need in OPEN for _, _, one in matrix.required_of(person.id, today)),
    )
