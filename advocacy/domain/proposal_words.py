"""What a proposal and a talk given say on the timeline, in plain words that rules and people understand."""

from collections.abc import Iterable
from dataclasses import dataclass

from advocacy.domain.activity import Activity, Kind, Platform
from advocacy.domain.noon import noon
from advocacy.domain.proposal import ProposalState, Told


@dataclass(frozen=True, slots=True, kw_only=True)
class Appearance:
    """A talk at an event as its speakers tell it; `audience` are lines like `120 in the room, says the organiser`."""

    id: int
    title: str
    abstract: str = ""
    event: str = ""
    zone: str = "UTC"
    slides: str = ""
    recording: str = ""
    speakers: tuple[str, ...] = ()
    audience: tuple[str, ...] = ()
    feedback: str = ""


def refs(proposal_id: int) -> tuple[str, str]:
    """The refs of the proposal sent and of the talk given."""
    return f"proposal:{proposal_id}", f"talk:{proposal_id}"


def activities(one: Appearance, told: Told) -> dict[str, Activity | None]:
    """What stands on the timeline by ref; None: nothing may stand there (any more)."""
    sent, given = refs(one.id)
    return {sent: _sent(one, told, sent), given: _given(one, told, given)}


def _sent(one: Appearance, told: Told, ref: str) -> Activity | None:
    if told.submitted is None:
        return None
    text = [one.abstract, f"Proposed to {one.event}.", _outcome(told), _with(one.speakers)]
    return Activity(
        ref=ref,
        kind=Kind.PROPOSAL,
        platform=Platform.MANUAL,
        at=noon(told.submitted, one.zone),
        channel=one.event,
        title=one.title,
        text=_paragraphs(text),
    )


def _given(one: Appearance, told: Told, ref: str) -> Activity | None:
    """The recording is its address; slides may serve at several events, and would make them one work."""
    if told.delivered is None:
        return None
    links = [f"Slides: {one.slides}" if one.slides else "", f"Recording: {one.recording}" if one.recording else ""]
    audience = f"Audience: {'; '.join(one.audience)}." if one.audience else ""
    feedback = f"What people said: {one.feedback}" if one.feedback else ""
    return Activity(
        ref=ref,
        kind=Kind.TALK,
        platform=Platform.MANUAL,
        at=noon(told.delivered, one.zone),
        channel=one.event,
        title=one.title,
        url=one.recording,
        text=_paragraphs([one.abstract, f"Given at {one.event}.", *links, audience, feedback, _with(one.speakers)]),
    )


def _outcome(told: Told) -> str:
    if told.outcome is None:
        return ""
    words = {ProposalState.ACCEPTED: "Accepted", ProposalState.DECLINED: "Declined"}
    return f"{words.get(told.outcome.state, 'Withdrawn')} on {told.outcome.day.isoformat()}."


def _with(speakers: Iterable[str]) -> str:
    names = ", ".join(speakers)
    return f"Speakers: {names}." if names else ""


def _paragraphs(parts: Iterable[str]) -> str:
    return "\n\n".join(part for part in parts if part)
