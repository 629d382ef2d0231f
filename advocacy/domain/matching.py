"""Which rules an activity is evidence for, and the sentence that says why."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from advocacy.domain.activity import Activity, Kind, Platform, ThreadRole
from advocacy.domain.comparing import compares
from advocacy.domain.counts import measured, rate
from advocacy.domain.examples import example
from advocacy.domain.homonyms import told_apart
from advocacy.domain.rulebook import SAID, Condition, Match, Rulebook, Strength
from advocacy.domain.tickets import ticket
from advocacy.domain.vocabulary import OPENING, Tags, Vocabulary
from advocacy.domain.word_count import word_count

_ORDER = {Strength.STRONG: 0, Strength.LIKELY: 1, Strength.WEAK: 2}
_PLACE = re.compile(r"\{(\w+)\}")
_SHOWN = {
    Platform.X: "X",
    Platform.REDDIT: "Reddit",
    Platform.STACKEXCHANGE: "Stack Exchange",
    Platform.FEED: "a blog",
    Platform.HACKERNEWS: "Hacker News",
    Platform.GITHUB: "GitHub",
    Platform.DEV: "DEV",
    Platform.YOUTUBE: "YouTube",
    Platform.LINKEDIN: "LinkedIn",
    Platform.MANUAL: "your log",
}
_RELEVANT = frozenset({"technical"})
_UNDER = (Kind.REPLY, Kind.ANSWER)


def is_own(text: str) -> bool:
    """Whether somebody says it themselves, and does not repeat what another one said."""
    opening = text.lstrip()[:60].lower()
    return not opening.startswith(("rt @", "reposted from", "repost:", "retweeted", "♻", "🔁"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """All that the rules say of one activity, in the rulebook's order, and what its text names."""

    matches: tuple[Match, ...]
    tags: Tags


def match(activity: Activity, rulebook: Rulebook, vocabulary: Vocabulary) -> Judgement:
    """Hold every condition of every reading against the activity; per facet the strongest match stays."""
    said = activity.kind in SAID
    lists = rulebook.lists_of_said | _RELEVANT if said else vocabulary.lists
    seen = _Seen(activity, vocabulary, lists, said=said)
    matches = [
        found
        for rule, reading, conditions in rulebook.asked_of(activity.kind, activity.platform)
        for found in _of_reading(rule, reading, conditions, seen)
    ]
    return Judgement(matches=tuple(matches), tags=seen.tags)


def relevant(judgement: Judgement) -> bool:
    """Whether the activity is about work at all: it names something of ours, or some rule speaks for it."""
    return judgement.tags.any() or any(m.strength is not Strength.WEAK for m in judgement.matches)


def strictest(matches: tuple[Match, ...], rulebook: Rulebook) -> tuple[Match, ...]:
    """One match per rule, the strongest, by the rule's strictest reading only (joining is no leading)."""
    best: dict[str, Match] = {}
    for found in matches:
        rule = rulebook.rules.get(found.rule)
        if rule is None or found.reading != rule.readings[0].id:
            continue
        if found.rule not in best or _ORDER[found.strength] < _ORDER[best[found.rule].strength]:
            best[found.rule] = found
    return tuple(best.values())


class _Seen:
    """One activity as the conditions ask about it; what costs time is looked up when first asked for."""

    def __init__(self, activity: Activity, vocabulary: Vocabulary, lists: frozenset[str], *, said: bool) -> None:
        self.activity = activity
        self.vocabulary = vocabulary
        self.lists = lists
        self.tags = vocabulary.tag(f"{activity.title}\n{activity.text}", lists)
        if said:
            self.tags = told_apart(self.tags, vocabulary, self.place)

    @cached_property
    def words(self) -> Mapping[str, str]:
        """Each word list's first hit; of what was logged by hand the channel speaks too: "for the support team"."""
        if self.activity.kind in SAID or not self.activity.channel:
            return self.tags.words
        return {**self.vocabulary.tag(self.activity.channel, self.lists).words, **self.tags.words}

    @cached_property
    def measured(self) -> int:
        return measured(self.activity.text)

    @cached_property
    def example(self) -> str:
        return example(self.activity.text, self.activity.title, self.activity.url)

    @cached_property
    def outside(self) -> bool:
        return not self.vocabulary.own_places.hold(self.activity.channel, self.activity.url)

    @cached_property
    def own(self) -> bool:
        return is_own(self.activity.text)

    @cached_property
    def relevant(self) -> bool:
        if self.tags.any() or "technical" in self.tags.words:
            return True
        return self.place.any() or "technical" in self.place.words

    @cached_property
    def place(self) -> Tags:
        """What the name and the address of its place speak of."""
        return self.vocabulary.tag(f"{self.activity.channel} {self.activity.url.partition('?')[0]}", self.lists)

    @cached_property
    def said(self) -> int:
        """Own words; a reply stands under a title that is somebody else's."""
        one = self.activity
        return word_count(one.text if one.kind in _UNDER else f"{one.title}\n{one.text}")

    @property
    def others(self) -> int | None:
        """People besides the author where the platform tells them, else replies."""
        thread = self.activity.thread
        return thread.replies if thread.participants is None else max(thread.participants - 1, 0)

    @property
    def rivals(self) -> int | None:
        """Other answers to the same question, where known."""
        answers = self.activity.metrics.get("answers", self.activity.metrics.get("answer_count"))
        return None if answers is None else answers - 1


def _of_reading(rule: str, reading: str, conditions: Iterable[Condition], seen: _Seen) -> Iterator[Match]:
    best: dict[str, Match] = {}
    for condition in conditions:
        if not _holds(condition, seen):
            continue
        for facet in _facets(condition.facet, seen.tags):
            held = best.get(facet)
            if held is None or _ORDER[condition.strength] < _ORDER[held.strength]:
                why = _why(condition, facet, seen)
                best[facet] = Match(rule=rule, reading=reading, facet=facet, strength=condition.strength, why=why)
    yield from best.values()


def _holds(condition: Condition, seen: _Seen) -> bool:
    """Whether every part holds; that the kind and the platform do, the rulebook has seen to."""
    return _thread_holds(condition, seen) and _text_holds(condition, seen)


def _thread_holds(condition: Condition, seen: _Seen) -> bool:
    thread = seen.activity.thread
    if condition.roles and thread.role not in condition.roles:
        return False
    if condition.accepted and thread.accepted is not True:
        return False
    if condition.min_others and (seen.others is None or seen.others < condition.min_others):
        return False
    if condition.max_rank and (thread.rank is None or thread.rank > condition.max_rank):
        return False
    if condition.min_rivals and seen.rivals is not None and seen.rivals < condition.min_rivals:
        return False
    if condition.min_words and seen.said < condition.min_words:
        return False
    return not condition.min_own_messages or _sustained(condition.min_own_messages, seen)


def _sustained(at_least: int, seen: _Seen) -> bool:
    """Enough own messages; where nobody counted them, the role's word is taken."""
    thread = seen.activity.thread
    if thread.own_messages is None:
        return thread.role is ThreadRole.SUSTAINED
    return thread.own_messages >= at_least and seen.others != 0


def _text_holds(condition: Condition, seen: _Seen) -> bool:
    tags = seen.tags
    return (
        (not condition.component or bool(tags.components))
        and (not condition.company or bool(tags.company))
        and (not condition.topic or bool(tags.topics))
        and (not condition.persona or bool(tags.personas))
        and all(name in seen.words for name in condition.words)
        and not any(name in seen.words for name in condition.not_words)
        and (not condition.own or seen.own)
        and (not condition.outside or seen.outside)
        and (not condition.relevant or seen.relevant)
        and (not condition.upfront or _upfront(condition, tags))
        and (not condition.example or bool(seen.example))
        and _shape_holds(condition, seen)
    )


def _shape_holds(condition: Condition, seen: _Seen) -> bool:
    """What no word list can say; asked last, for it reads the text again."""
    text = seen.activity.text
    return (
        (not condition.compares or compares(seen.activity.title))
        and (not condition.rate or rate(text))
        and (not condition.ticket or ticket(f"{seen.activity.title}\n{text}\n{seen.activity.url}"))
        and (not condition.measured or seen.measured >= condition.measured)
    )


def _upfront(condition: Condition, tags: Tags) -> bool:
    subjects = [f"words/{condition.words[0]}"] if condition.words else tags.personas
    return any(tags.places.get(subject, 0) < OPENING for subject in subjects)


def _facets(facet: str, tags: Tags) -> list[str]:
    """The facet filled from the tags, one for each; `learned/{topic}` is `learned` when no topic is named."""
    for place, ids in (("{persona}", tags.personas), ("{topic}", tags.topics)):
        if place in facet:
            return [facet.replace(place, i) for i in ids] or [facet.replace(place, "").rstrip("/")]
    return [facet]


def _why(condition: Condition, facet: str, seen: _Seen) -> str:
    return _PLACE.sub(lambda place: str(_VALUES[place[1]](condition, facet, seen)), condition.why)


_VALUES: Mapping[str, Callable[[Condition, str, _Seen], object]] = {
    "persona": lambda condition, facet, seen: _name(seen, facet, seen.tags.personas),
    "topic": lambda condition, facet, seen: _name(seen, facet, seen.tags.topics) or "its subject",
    "component": lambda condition, facet, seen: seen.vocabulary.name(seen.tags.components[0]),
    "company": lambda condition, facet, seen: seen.tags.company[0],
    "word": lambda condition, facet, seen: seen.words[condition.words[0]],
    "example": lambda condition, facet, seen: seen.example,
    "replies": lambda condition, facet, seen: _count(seen.activity.thread.replies),
    "participants": lambda condition, facet, seen: _count(seen.activity.thread.participants),
    "others": lambda condition, facet, seen: _count(seen.others),
    "rank": lambda condition, facet, seen: _count(seen.activity.thread.rank),
    "own_messages": lambda condition, facet, seen: _count(seen.activity.thread.own_messages),
    "channel": lambda condition, facet, seen: seen.activity.channel or _platform(seen),
    "platform": lambda condition, facet, seen: _platform(seen),
}


def _name(seen: _Seen, facet: str, ids: tuple[str, ...]) -> str:
    """The one that the facet counts, else the first."""
    counted = facet.rpartition("/")[2]
    chosen = counted if counted in ids else next(iter(ids), "")
    return seen.vocabulary.name(chosen) if chosen else ""


def _count(number: int | None) -> str:
    return "several" if number is None else str(number)


def _platform(seen: _Seen) -> str:
    platform = seen.activity.platform
    return _SHOWN.get(platform, platform.value.capitalize())
