"""What the company says in public: released items as works, each counted once, and which of them are wanted."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from advocacy.domain.activity import Kind, Platform


class Format(StrEnum):
    """In which form something was said; of a work in several places the first of these that it has."""

    TALK = "talk"
    VIDEO = "video"
    ARTICLE = "article"
    ANSWER = "answer"
    POST = "post"


NAMES: Mapping[Format, tuple[str, str]] = {
    Format.TALK: ("talk", "talks"),
    Format.VIDEO: ("webinar or video", "webinars and videos"),
    Format.ARTICLE: ("article", "articles"),
    Format.ANSWER: ("answer", "answers"),
    Format.POST: ("post", "posts"),
}
_FORMATS = {
    Kind.TALK: Format.TALK,
    Kind.ARTICLE: Format.ARTICLE,
    Kind.ANSWER: Format.ANSWER,
    **dict.fromkeys((Kind.POST, Kind.REPLY, Kind.QUESTION), Format.POST),
}
KINDS = frozenset(_FORMATS)
"""What is said in public; classes, notes, surveys and proposals are not."""
NONE = "none"  #: of a work that names no persona, or no topic


class Axis(StrEnum):
    """By what works are told apart."""

    PERSONA = "persona"
    TOPIC = "topic"
    FORMAT = "format"


@dataclass(frozen=True, slots=True)
class Place:
    """One released item as one person's; `quiet` says that somebody whose it is asked not to promote it."""

    work_id: int
    activity_id: int
    person_id: int
    day: date
    format: Format
    platform: Platform
    topics: tuple[str, ...] = ()
    personas: tuple[str, ...] = ()
    quiet: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """One thing said, in however many places; `day` and `last` are those of its first and its newest place."""

    id: int
    day: date
    last: date
    format: Format
    topics: frozenset[str]
    personas: frozenset[str]
    platforms: frozenset[Platform]
    people: frozenset[int]
    activities: tuple[int, ...]  #: the places, the one that has the format first
    quiet: bool = False

    def on(self, axis: Axis) -> Collection[str]:
        """What it names on an axis."""
        if axis is Axis.FORMAT:
            return (self.format.value,)
        return self.topics if axis is Axis.TOPIC else self.personas


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which works; what is empty holds for each."""

    persona: str = ""
    topic: str = ""
    format: str = ""
    person: int | None = None
    platform: str = ""

    def at(self, axis: Axis, value: str) -> "Wanted":
        """The same at one place of an axis."""
        if axis is Axis.FORMAT:
            return replace(self, format=value)
        return replace(self, topic=value) if axis is Axis.TOPIC else replace(self, persona=value)

    def fits(self, work: Work) -> bool:
        """Whether a work is one of these."""
        return (
            _named(self.persona, work.personas)
            and _named(self.topic, work.topics)
            and self.format in ("", work.format)
            and (self.person is None or self.person in work.people)
            and (not self.platform or self.platform in work.platforms)
        )


def format_of(kind: Kind, platform: Platform, *, webinar: bool = False) -> Format | None:
    """The format of an item; None: nothing that was said in public."""
    if kind in KINDS and (platform is Platform.YOUTUBE or (kind is Kind.TALK and webinar)):
        return Format.VIDEO
    return _FORMATS.get(kind)


def works(places: Iterable[Place]) -> list[Work]:
    """Each work once, by its newest day, the newest first."""
    found: dict[int, list[Place]] = {}
    for one in places:
        found.setdefault(one.work_id, []).append(one)
    return sorted((_work(some) for some in found.values()), key=lambda one: (one.day, one.id), reverse=True)


def wanted(found: Iterable[Work], of: Wanted) -> list[Work]:
    """Those that are wanted, in their order."""
    return [one for one in found if of.fits(one)]


def to_promote(found: Iterable[Work]) -> list[Work]:
    """Those that nobody asked not to promote, in their order."""
    return [one for one in found if not one.quiet]


def _work(places: Sequence[Place]) -> Work:
    order = list(Format)
    ordered = sorted(places, key=lambda one: (order.index(one.format), one.day, one.activity_id))
    return Work(
        id=places[0].work_id,
        day=min(one.day for one in places),
        last=max(one.day for one in places),
        format=ordered[0].format,
        topics=frozenset(topic for one in places for topic in one.topics),
        personas=frozenset(persona for one in places for persona in one.personas),
        platforms=frozenset(one.platform for one in places),
        people=frozenset(one.person_id for one in places),
        activities=tuple(dict.fromkeys(one.activity_id for one in ordered)),
        quiet=any(one.quiet for one in places),
    )


def _named(value: str, among: Collection[str]) -> bool:
    return not value or value in among or (value == NONE and not among)
