"""Proposals on the timeline: the one that was sent, the talk that was given, and who speaks beside its owner."""

from datetime import datetime

from advocacy import recording
from advocacy.domain import proposal as order
from advocacy.domain import proposal_words as words
from advocacy.milestones.standing import number, retract
from advocacy.models import db, offers
from advocacy.models.people import Person
from advocacy.models.talks import audience_numbers, proposals, speakers
from advocacy.models.talks.events import Event
from advocacy.models.talks.proposals import Proposal
from advocacy.models.talks.speakers import Speaker
from advocacy.models.words import Part
from advocacy.rules import Rules


def tell(one: Proposal, now: datetime, rules: Rules) -> None:
    """Let the timeline say what the proposal comes to now; colleagues who speak, too, are asked to take it."""
    told = order.told(proposals.steps_in_force(one.id))
    named = speakers.of(one.id)
    for ref, activity in words.activities(_appearance(one, named), told).items():
        if activity is None:
            retract(ref)
            continue
        activity_id = recording.record(activity, {one.owner_id: Part.AUTHOR}, now, rules)
        for colleague in named:
            _ask(one, colleague, activity_id, now, rules)


def _ask(one: Proposal, colleague: Speaker, activity_id: int, now: datetime, rules: Rules) -> None:
    """Who said of the proposal that they speak need not say it again of the talk; who left is not asked again."""
    if colleague.person_id is None or colleague.taken is False:
        return
    told = f"You speak, too: {one.title}"
    offer = offers.offer(activity_id, colleague.person_id, Part.CO_SPEAKER, told, by=one.owner_id, now=now)
    if colleague.taken and offer.answered_at is None:
        offers.answer(offer.id, colleague.person_id, taken=True, now=now)
        recording.join(activity_id, colleague.person_id, Part.CO_SPEAKER, rules)
    speakers.asked(colleague.id, offer)
    db.session.flush()


def unname(one: Proposal, speaker: Speaker) -> None:
    """Somebody is named no more: what they took because of it is theirs no more, and nothing waits for them."""
    for ref in words.refs(one.id):
        activity_id = number(ref)
        if activity_id is not None and speaker.person_id is not None:
            offers.withdraw(activity_id, speaker.person_id)
            recording.leave(activity_id, speaker.person_id)


def _appearance(one: Proposal, named: list[Speaker]) -> words.Appearance:
    owner, event = db.session.get_one(Person, one.owner_id), db.session.get_one(Event, one.event_id)
    beside = [speaker.name for speaker in named if speaker.confirmed]
    return words.Appearance(
        id=one.id,
        title=one.title,
        abstract=one.abstract,
        event=event.name,
        zone=owner.zone,
        slides=one.slides,
        recording=one.recording,
        speakers=(owner.name, *beside) if beside else (),
        audience=tuple(map(audience_numbers.words, audience_numbers.of(one.id))),
        feedback=one.feedback,
    )
