"""What must be known when a simulated year ends: told from the world alone, in plain loops, by the documented rules.

Nothing here asks the sources, the pipeline or the rules. Where the rules leave it to chance whether something was
seen (it lived for an hour while a platform came back), it is told as unsure.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from advocacy.domain.activity import Kind, Platform
from ingest.loopback.simulation import Person, Year
from ingest.loopback.simulation_words import LATER, is_work
from ingest.loopback.world import Message

BACK_OFF = timedelta(hours=50)  #: nothing that failed is left alone for longer than a day, and the next visit
X_FIRST = timedelta(days=30)  #: so far back X is read at first, and again when the words change
X_LOOK = timedelta(days=7)  #: posts on X are looked at again once, so long after they were said
SLACK = timedelta(days=2)
REDDIT_LOOK = timedelta(days=2)  #: text of Reddit is kept only when it was looked at so lately
STACK_LOOK = timedelta(days=30)  #: an answer is looked at after a day, a week and a month


class Fate(StrEnum):
    """How an item must stand in our tables."""

    KEPT = "kept"
    TOMBSTONE = "tombstone"
    ABSENT = "absent"
    UNSURE = "unsure"


@dataclass(slots=True, kw_only=True)
class Item:
    """One thing that a person said; None is what nobody can tell."""

    name: str  #: its ref, of an article its address
    person: str
    message: Message
    fate: Fate
    says: tuple[str, ...] = ()  #: any of these may be its text
    score: int | None = None
    replies: int | None = None
    accepted: bool | None = None
    place: tuple[int, int] | None = None  #: the best and the worst rank that equal scores leave open


@dataclass(slots=True)
class Truth:
    """All items by name, and the sets of names that are one work each."""

    items: dict[str, Item] = field(default_factory=dict)
    works: list[frozenset[str]] = field(default_factory=list)

    def of(self, fate: Fate) -> set[str]:
        """The names of all that stand so."""
        return {name for name, item in self.items.items() if item.fate is fate}


def truth(year: Year, visits: Sequence[datetime]) -> Truth:
    """What must be known after these visits."""
    told = Truth()
    for person in year.people:
        for platform, handle in person.handles:
            for message in sorted(year.world.messages.values(), key=lambda one: one.at):
                if (message.platform, message.author) == (platform, handle):
                    item = _item(year, person, message, visits)
                    told.items[item.name] = item
    told.works = list(_works(told))
    return told


def name_of(message: Message) -> str:
    """The ref by which a message is known; an article goes by its address."""
    if message.platform is Platform.X:
        return f"x:{message.id}"
    if message.platform is Platform.REDDIT:
        return f"reddit:{'t1' if message.parent else 't3'}_{message.id}"
    if message.platform is Platform.STACKEXCHANGE:
        return f"stackexchange:{message.channel}/{'q' if message.kind is Kind.QUESTION else 'a'}/{message.id}"
    return message.link


def _item(year: Year, person: Person, message: Message, visits: Sequence[datetime]) -> Item:
    item = Item(name=name_of(message), person=person.name, message=message, fate=Fate.ABSENT)
    if _is_wanted(year, person, message):
        item.fate = _fate(year, message, visits)
    if item.fate is Fate.KEPT:
        item.says = _says(year, message)
        item.score = _score(year, message)
        _thread(year, item)
    return item


def _is_wanted(year: Year, person: Person, message: Message) -> bool:
    """Whether it is of the kind that is kept at all, for this person."""
    if person.leaves_at is not None:
        return False
    if person.start_at is not None and message.at < person.start_at:
        return False
    if message.platform is Platform.X and (message.reposts or message.parent):
        return False
    whole = f"{message.title} {message.versions[0][1]}"
    if any(word in whole for word in person.ignores):
        return False
    return is_work(whole) or LATER in whole


def _fate(year: Year, message: Message, visits: Sequence[datetime]) -> Fate:
    gone = min((at for at in (message.deleted_at, message.removed_at) if at is not None), default=None)
    first = _read_from(year, message)
    if message.platform is Platform.X and message.at < first - X_FIRST + SLACK:
        return Fate.UNSURE if message.at > first - X_FIRST - SLACK else Fate.ABSENT
    seen = [at for at in visits if first <= at and (gone is None or at < gone)]
    seen = [at for at in seen if not _is_away(year, message, at)]
    if not seen:
        return Fate.ABSENT
    if not any(_is_sure(year, message, at) for at in seen):
        return Fate.UNSURE
    return Fate.KEPT if gone is None or gone > year.until else _after(year, message, gone)


def _read_from(year: Year, message: Message) -> datetime:
    """From when on a visit takes it: its own moment, the first visit, or the day on which its word became ours."""
    is_ours = is_work(f"{message.title} {message.versions[0][1]}")
    return max(message.at, year.since if is_ours else year.new_words_at)


def _after(year: Year, message: Message, gone: datetime) -> Fate:
    """Whether a deletion is noticed, which depends on when it is looked at again."""
    if message.platform is Platform.FEED:
        return Fate.KEPT  # gone from the window is not deleted
    if message.platform is Platform.X:
        if gone > message.at + X_LOOK + SLACK:
            return Fate.KEPT
        return Fate.UNSURE if message.at + X_LOOK + SLACK > year.until or _troubled(year, message) else Fate.TOMBSTONE
    look = REDDIT_LOOK if message.platform is Platform.REDDIT else STACK_LOOK
    return Fate.TOMBSTONE if gone + look + SLACK <= year.until else Fate.UNSURE


def _is_away(year: Year, message: Message, at: datetime) -> bool:
    """Whether the platform, or the profile on it, shows nothing at that moment."""
    return year.world.outage(message.platform, at) is not None or any(
        spell.since <= at < spell.until
        for spell in year.spells
        if (spell.member.platform, spell.member.handle) == (message.platform, message.author)
    )


def _is_sure(year: Year, message: Message, at: datetime) -> bool:
    """Whether nothing was wrong for so long before that the visit was made for certain."""
    if message.platform is Platform.X and _is_lean(year, at):
        return False
    hours = [at - BACK_OFF * step / 50 for step in range(51)]
    return not any(_is_away(year, message, hour) for hour in hours)


def _troubled(year: Year, message: Message) -> bool:
    """Whether the second look of a post on X fell into a time in which X could not be asked."""
    look = message.at + X_LOOK
    days = [look + timedelta(hours=6 * step) for step in range(-28, 8)]
    return any(
        _is_away(year, message, day) or _is_lean(year, day) or year.down[0] <= day < year.down[1] for day in days
    )


def _is_lean(year: Year, at: datetime) -> bool:
    """Whether the money of the month may be used up."""
    return year.lean[0] <= at < year.lean[1] + BACK_OFF


def _says(year: Year, message: Message) -> tuple[str, ...]:
    """What it may say in our tables: the newest words, when there was time to notice them."""
    texts = tuple(text for at, text in message.versions if at <= year.until)
    if message.platform is Platform.X and (message.at + X_LOOK + SLACK > year.until or _troubled(year, message)):
        return texts
    slack = REDDIT_LOOK + SLACK
    noticed = [text for at, text in message.versions if at + slack <= year.until]
    return (noticed[-1], *(text for at, text in message.versions if at + slack > year.until)) if noticed else texts


def _score(year: Year, message: Message) -> int | None:
    """Its number, where it stood still long enough before the last look."""
    if message.platform is Platform.FEED or not message.scores:
        return None
    last = message.scores[-1][0]
    if message.platform is Platform.X:
        sure = message.at + X_LOOK + SLACK <= year.until and not _troubled(year, message)
    else:
        look = REDDIT_LOOK if message.platform is Platform.REDDIT else STACK_LOOK
        sure = last + look + SLACK <= year.until
    return message.scores[-1][1] if sure else None


def _thread(year: Year, item: Item) -> None:
    """What others made of it, where the conversation has been quiet long enough."""
    message, world, until = item.message, year.world, year.until
    if message.platform is Platform.STACKEXCHANGE:
        if message.kind is Kind.QUESTION or message.at + STACK_LOOK + SLACK + X_LOOK > until:
            return
        question = world.messages[message.platform, message.parent]
        if not question.exists(until):
            return
        item.accepted = message.accepted_at is not None
        scores = [one.score(until) for one in world.replies(question, until)]
        better = sum(score > message.score(until) for score in scores)
        item.place = (better + 1, better + scores.count(message.score(until)))
    elif message.platform is Platform.X:
        if message.at + X_LOOK + SLACK <= until and not _troubled(year, message):
            item.replies = len(world.replies(message, until))
    elif message.platform is Platform.REDDIT and not message.parent:
        below = list(world.thread(message, until))
        if all(one.at + REDDIT_LOOK + SLACK <= until for one in below) and message.at + SLACK * 4 <= until:
            item.replies = len(below)


def _works(told: Truth) -> Iterator[frozenset[str]]:
    """What points at one article is one work with it."""
    by_link: dict[tuple[str, str], set[str]] = {}
    for name, item in told.items.items():
        if item.message.link and item.fate is Fate.KEPT:
            by_link.setdefault((item.person, item.message.link), set()).add(name)
    yield from (frozenset(names) for names in by_link.values() if len(names) > 1)
