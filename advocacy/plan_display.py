"""How states of proposals, classes and requests read on a page: a shape and words."""

from advocacy.domain.approval import ApprovalKind, Said, Stand
from advocacy.domain.proposal import ProposalState
from advocacy.domain.speaking import LAPSED, SpeakingState
from advocacy.domain.talk import Level
from advocacy.domain.training import Origin, Presence, RequestState
from advocacy.domain.writing import DraftState
from advocacy.models.talks.audience_numbers import Counted, Teller
from advocacy.models.words import Visibility

PROPOSALS = {
    ProposalState.IDEA: ("○", "an idea"),
    ProposalState.DRAFTED: ("◔", "drafted"),
    ProposalState.IN_REVIEW: ("◔", "in review"),
    ProposalState.SUBMITTED: ("◐", "submitted"),
    ProposalState.ACCEPTED: ("◕", "accepted"),
    ProposalState.DECLINED: ("×", "declined"),
    ProposalState.WITHDRAWN: ("×", "withdrawn"),
    ProposalState.DELIVERED: ("●", "given"),
}
REQUESTS = {
    RequestState.OPEN: ("○", "open"),
    RequestState.MERGED: ("→", "merged into another one"),
    RequestState.PLANNED: ("◐", "planned"),
    RequestState.HELD: ("●", "held"),
    RequestState.DECLINED: ("×", "declined"),
}
ORIGINS = {
    Origin.RCA: "an incident review (RCA)",
    Origin.SUPPORT: "a support question",
    Origin.ROADMAP: "the roadmap",
    Origin.CURIOSITY: "curiosity",
    Origin.OTHER: "something else",
}
PRESENCES = {
    Presence.INVITED: "invited",
    Presence.GOING: "going",
    Presence.ATTENDED: "was there",
    Presence.ABSENT: "was not there",
}
DRAFTS = {
    DraftState.DRAFT: ("○", "a draft"),
    DraftState.REVIEW: ("◐", "in technical review"),
    DraftState.EDIT: ("◕", "in the last edit"),
    DraftState.PUBLISHED: ("●", "published"),
    DraftState.DROPPED: ("×", "dropped"),
}
SPEAKING = {
    SpeakingState.ASKED.value: ("○", "asked"),
    SpeakingState.LATER.value: ("◔", "put off"),
    SpeakingState.ACCEPTED.value: ("●", "accepted"),
    SpeakingState.DECLINED.value: ("×", "declined"),
    SpeakingState.WITHDRAWN.value: ("–", "withdrawn"),
    LAPSED: ("–", "lapsed: the event is over"),
}
COUNTED = {one: one.value for one in Counted}
TELLERS = {Teller.ORGANISER: "the organiser", Teller.PLATFORM: "the platform", Teller.SELF: "my own count"}
LEVELS = {
    Level.BEGINNER: "for beginners",
    Level.INTERMEDIATE: "for who knows the basics",
    Level.ADVANCED: "for who does it every day",
}
FOLLOWED_BY = {
    Visibility.PRIVATE: "only I, and who speaks",
    Visibility.LEAD: "my lead, too",
    Visibility.MARKETING: "my lead and marketing, too",
    Visibility.PUBLIC: "everybody here",
}
FOUND_BY = {**FOLLOWED_BY, Visibility.PRIVATE: "only I"}
APPROVALS = {
    ApprovalKind.PEER: "a peer whose work is shown",
    ApprovalKind.MANAGER: "the lead",
    ApprovalKind.MARKETING: "marketing",
}
STANDS = {
    Stand.GIVEN: ("●", "said yes"),
    Stand.STALE: ("◕", "said yes, changed since"),
    Stand.WAITING: ("◐", "is asked"),
    Stand.CHANGE: ("!", "wants a change first"),
    Stand.REFUSED: ("×", "said no"),
    Stand.NOT_ASKED: ("○", "not asked yet"),
}
SAID = {Said.ASKED: "asked", Said.YES: "yes", Said.NO: "no", Said.CHANGE: "change something first"}
STEPS = {
    ProposalState.DRAFTED: "It is drafted",
    ProposalState.SUBMITTED: "It is sent",
    ProposalState.ACCEPTED: "Accepted",
    ProposalState.DECLINED: "Declined",
    ProposalState.DELIVERED: "I gave it",
}
"""What the buttons for the next step say."""
