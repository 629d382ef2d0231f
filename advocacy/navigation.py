"""Which pages are named at the top of every page, and for whom."""

from typing import TypeAlias

from advocacy.models.people import Person
from advocacy.models.words import Capability

Entry: TypeAlias = tuple[str, str]
"""A route and what it is called."""

MAIN: tuple[Entry, ...] = (
    ("home.show", "Home"),
    ("inbox.show", "Inbox"),
    ("add.ask", "Add"),
    ("timeline.show", "Timeline"),
    ("pack.ask", "Review pack"),
)
MORE: tuple[tuple[Capability | None, str, str], ...] = (
    (Capability.LEAD, "planner.show", "Training planner"),
    (Capability.MARKETING, "voice.show", "Public voice"),
    (Capability.MARKETING, "voice_works.show", "Works to amplify"),
    (None, "sources.show", "Sources"),
    (Capability.MARKETING, "asks.sent", "Asked to speak"),
    (None, "talks.show", "Talks and proposals"),
    (None, "answering.show", "Requests to speak"),
    (None, "events.show", "Events and calls"),
    (None, "board.show", "Board of proposals"),
    (None, "library.show", "Talks of the company"),
    (None, "followed.show", "Proposals of the company"),
    (None, "trainings.show", "Trainings"),
    (None, "writing.show", "Writing"),
    (None, "surveys.show", "Surveys"),
    (None, "profile.show", "Profile"),
    (None, "directory.show", "Speakers directory"),
    (None, "privacy.show", "Privacy"),
    (None, "away.show", "Roles and time away"),
    (None, "letters.show", "Letters and feeds"),
    (None, "ladder.show", "Role pages"),
    (Capability.ADMIN, "ladder.read", "Import a role page"),
    (Capability.ADMIN, "admin.sources", "Health"),
)


LEADS: tuple[Entry, ...] = (("team.show", "Team"),)
"""What leads open every day, too."""


MARKETING: tuple[Entry, ...] = (("speakers.find", "Find a speaker"),)
"""What marketing opens every day, too."""

MOST = 6  #: pages at the top; what is last of one's own moves behind "More" for another


def main(person: Person) -> list[Entry]:
    """The pages of every day, six at most."""
    more = [*(LEADS if person.can(Capability.LEAD) else ()), *(MARKETING if person.can(Capability.MARKETING) else ())]
    return [*MAIN[: MOST - len(more)], *more]


def more(person: Person) -> list[Entry]:
    """The other pages, as far as the person may open them."""
    there = [(endpoint, words) for capability, endpoint, words in MORE if capability is None or person.can(capability)]
    return [*(one for one in MAIN if one not in main(person)), *there]
