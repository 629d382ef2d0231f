"""Talk seeds: what somebody answered again and again without a talk on it, as an outline of what people asked."""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from rapidfuzz import fuzz, process

from advocacy.domain.activity import Kind, ThreadRole
from advocacy.domain.vocabulary import Vocabulary

WORKS = 5
"""Works of one's own on a topic below which nothing is suggested: fewer are an interest, not yet something to tell."""

QUESTIONS = 3
"""Different questions among them below which nothing is suggested: a talk of two questions is a lightning talk."""

MONTHS = 24  #: so far back works count: what is older is about versions that nobody runs any more
SHOWN = 12  #: questions of an outline; a talk answers no more
COMPARED = 500  #: newest threads on one topic whose titles are compared with each other
ALIKE = 85  #: how alike two titles are, in hundredths, that ask the same

KINDS = (Kind.ANSWER, Kind.REPLY, Kind.POST, Kind.ARTICLE)
_ANSWERS = (Kind.ANSWER, Kind.REPLY)
_REPLIED = re.compile(r"^(?:(?:re|aw|fwd?)\s*:\s*)+", re.I)
_WORD = re.compile(r"[\w.+#-]*\w")
_SMALL = frozenset(
    "a an and are as at be by can do does for from have how i in is it its me my of on or should so that the there "
    "this to vs was what when where which while why will with would you your".split()
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """One item of a person's: `work` is the same for copies of one work, `thread` names the thread, if it is in one."""

    work: int
    kind: Kind
    day: date
    title: str
    url: str
    topics: tuple[str, ...]
    thread: str = ""
    role: ThreadRole = ThreadRole.UNKNOWN


@dataclass(frozen=True, slots=True)
class Question:
    """What people asked, as the newest of them put it, and in how many threads."""

    words: str
    day: date
    url: str
    times: int


@dataclass(frozen=True, slots=True)
class Seed:
    """One topic without a talk: how many works of one's own there are, and the questions that they answer."""

    topic: str
    works: int
    questions: tuple[Question, ...]

    @property
    def is_enough(self) -> bool:
        """Whether it is something to tell."""
        return self.works >= WORKS and len(self.questions) >= QUESTIONS

    @property
    def missing(self) -> tuple[int, int]:
        """How many works and how many questions it lacks."""
        return max(WORKS - self.works, 0), max(QUESTIONS - len(self.questions), 0)

    @property
    def outline(self) -> str:
        """The questions as a list, in their order; nothing is added to what people asked."""
        return "\n".join(f"- {one.words}" for one in self.questions[:SHOWN])


def talked_about(talks: Iterable[tuple[str, Collection[str]]], vocabulary: Vocabulary) -> frozenset[str]:
    """The topics that talks are about, by their titles and by what their person says of them, ids or names."""
    called = {one.name.casefold(): one.id for one in vocabulary.topics.values()}
    found = set[str]()
    for title, topics in talks:
        found |= {called.get(one.casefold(), one) for one in topics}
        found |= {*vocabulary.tag(" · ".join((title, *topics)), frozenset()).topics}
    return frozenset(found)


def seeds(pieces: Iterable[Piece], talked: Collection[str]) -> tuple[Seed, ...]:
    """Every topic with at least one question and no talk, also those below the minimum; what is asked most comes first.

    Whatever the order of the pieces, the answer is the same.
    """
    works = _folded(pieces)
    opened = {one.thread for one in works if one.thread and one.role is ThreadRole.OPENED}
    by_topic: dict[str, list[Piece]] = {}
    for one in works:
        for topic in one.topics:
            if topic not in talked:
                by_topic.setdefault(topic, []).append(one)
    found = [Seed(topic, len(own), _questions(own, opened)) for topic, own in by_topic.items()]
    asked = [one for one in found if one.questions]
    return tuple(sorted(asked, key=lambda one: (*one.missing, -len(one.questions), -one.works, one.topic)))


def _folded(pieces: Iterable[Piece]) -> list[Piece]:
    """Each work once, the oldest of its copies; the oldest work first."""
    found: dict[int, Piece] = {}
    for one in sorted((one for one in pieces if one.kind in KINDS), key=_age):
        found.setdefault(one.work, one)
    return list(found.values())


def _age(one: Piece) -> tuple[date, int, str, str]:
    return one.day, one.work, one.url, one.title


def _questions(own: Sequence[Piece], opened: Collection[str]) -> tuple[Question, ...]:
    """What others asked in the threads that these works answer, each question once."""
    threads: dict[str, Piece] = {}
    for one in own:
        if one.kind in _ANSWERS and one.thread not in opened and one.role is not ThreadRole.OPENED and _asked(one):
            threads.setdefault(one.thread or f"work {one.work}", one)
    newest = sorted(threads.values(), key=_age)[-COMPARED:]
    groups: dict[str, list[Piece]] = {}
    for one in newest:
        key = _key(_asked(one))
        alike = process.extractOne(key, groups.keys(), scorer=fuzz.ratio, score_cutoff=ALIKE)
        groups.setdefault(alike[0] if alike else key, []).append(one)
    found = [Question(_asked(some[-1]), some[-1].day, some[-1].url, len(some)) for some in groups.values()]
    return tuple(sorted(found, key=lambda one: (-one.times, -one.day.toordinal(), one.words, one.url)))


def _asked(one: Piece) -> str:
    return " ".join(_REPLIED.sub("", one.title).split())


def _key(title: str) -> str:
    """What two wordings of one question share: its words of weight, in the order of the alphabet."""
    said = _WORD.findall(title.casefold())
    return " ".join(sorted(word for word in said if word not in _SMALL) or sorted(said)) or title.casefold()
