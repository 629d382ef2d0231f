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
    (None, "talks.show", "Talks and proposals"),
    (None, "trainings.show", "Trainings"),
    (None, "writing.show", "Writing"),
    (None, "surveys.show", "Surveys"),
    (None, "profile.show", "Profile"),
    (None, "privacy.show", "Privacy"),
    (None, "away.show", "Roles and time away"),
    (None, "letters.show", "Letters and feeds"),
    (None, "ladder.show", "Role pages"),
    (Capability.ADMIN, "ladder.read", "Import a role page"),
    (Capability.ADMIN, "admin.sources", "Health"),
)


LEADS: tuple[Entry, ...] = (("team.show", "Team"),)
"""What leads open every day, too."""


def main(person: Person) -> list[Entry]:
    """The pages of every day, six at most."""
    return [*MAIN, *(LEADS if person.can(Capability.LEAD) else ())]


def more(person: Person) -> list[Entry]:
    """The other pages, as far as the person may open them."""
    return [(endpoint, words) for capability, endpoint, words in MORE if capability is None or person.can(capability)]
