"""What the page of a proposal shows: all of it to who proposed it and who speaks, the outside to who may follow it."""

from flask import render_template
from werkzeug.datastructures import MultiDict

from advocacy.context import me, settings, today
from advocacy.domain.approval import Stand, mark, missing, questions, stands
from advocacy.domain.proposal import FOLLOWS, OPEN, ProposalState
from advocacy.entry import Entry
from advocacy.models import colleagues, db, leadership, roster
from advocacy.models.talks import alike, approvals, audience_numbers, followed, proposals, speakers
from advocacy.models.talks.events import Event
from advocacy.models.talks.proposals import Proposal

TEXTS = ("title", "abstract", "slides", "recording", "feedback")


def filled(one: Proposal) -> Entry:
    """The form as it is kept."""
    said = {name: getattr(one, name) for name in TEXTS}
    return Entry(MultiDict({**said, "day": one.day.isoformat(), "visibility": one.visibility.value}))


def page(
    one: Proposal, entry: Entry | None = None, *, asking: Entry | None = None, refused: Entry | None = None
) -> str:
    """For who proposed it and who speaks; `asking` and `refused` are forms that could not be kept."""
    event, needed, words = db.session.get_one(Event, one.event_id), settings().approvals, approvals.of(one.id)
    asked, mine = questions(words, mark(one.title, one.abstract)), one.owner_id == me().id
    return render_template(
        "proposals/show.html",
        one=one,
        entry=entry or filled(one),
        asking=asking or Entry(MultiDict()),
        refused=refused,
        event=event,
        follows=FOLLOWS[one.state],
        history=proposals.history(one.id),
        speakers=speakers.of(one.id),
        numbers=[(number, audience_numbers.words(number)) for number in audience_numbers.of(one.id)],
        people=colleagues.near(me().id, today()),
        asked=asked,
        stands=stands(asked, needed),
        needed=needed,
        wants=next((kind for kind, stand in missing(asked, needed).items() if stand is not Stand.WAITING), None),
        words=words,
        leads=leadership.leads_of(one.owner_id, today()) if mine else [],
        alike=alike.to_proposal(one, event, me(), today()) if mine and one.state is not ProposalState.DELIVERED else [],
        is_open=one.state in OPEN,
        mine=mine,
        today=today(),
    )


def outside(one: Proposal, asked: int | None = None) -> str:
    """For who may follow it; `asked` is the question about it that waits for them."""
    event = db.session.get_one(Event, one.event_id)
    near = alike.to_proposal(one, event, me(), today()) if followed.may(one, me(), today()) else []
    return render_template(
        "proposals/followed.html",
        one=one,
        event=event,
        owner=roster.by_id(one.owner_id),
        steps=proposals.steps_in_force(one.id),
        speakers=speakers.confirmed([one.id]).get(one.id, []),
        numbers=[(number, audience_numbers.words(number)) for number in audience_numbers.of(one.id)],
        alike=[found for found in near if found.at_same_event],
        asked=asked,
        today=today(),
    )
