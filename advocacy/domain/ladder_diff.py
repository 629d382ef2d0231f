"""What became of each expectation when a page was read again: identities outlive typing slips and rewordings."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from enum import StrEnum
from functools import lru_cache

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA, Levenshtein

from advocacy.domain.role_page import Bullet, Names, RolePage
from advocacy.domain.wording import joined, normal, stem

SAME = 0.50  #: within a section; tried on the real pages: no two of its bullets come nearer than 0.46
ELSEWHERE = 0.66  #: in another section, where two bullets of a page come as near as 0.60
NEAR = 0.05  #: what the same section and the same place in it add, so that the nearer of two is taken
_normal = lru_cache(maxsize=4096)(normal)
_SMALL = frozenset("a an the and or of to in on for with at by as is are be our your their its etc like".split())


class ChangeState(StrEnum):
    """What became of an expectation."""

    UNCHANGED = "unchanged"
    REWORDED = "reworded"
    MOVED = "moved"
    NEW = "new"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class Wording:
    """An expectation as it is stored: its identity and how it stood on the last page.

    Positions need only rise within a section.
    """

    key: str
    text: str
    section: str
    section_title: str
    position: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One expectation before and after; `minor` says that no look is needed."""

    state: ChangeState
    key: str
    old: Wording | None
    new: Bullet | None
    score: float
    minor: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class LadderDiff:
    """All changes: in the order of the new page, what was dropped last."""

    changes: tuple[Change, ...]


def compare(old: Sequence[Wording], page: RolePage, taken: Collection[str] = ()) -> LadderDiff:
    """Tell what became of the stored wordings; `taken` are keys of older versions, never given out again."""
    sections = _renamed_sections(old, page)
    pairs = _pairs(old, page.bullets, sections)
    names = Names((*taken, *(wording.key for wording in old)))
    changes = [
        _changed(old[pairs[index]], bullet, sections) if index in pairs else _new(bullet, names)
        for index, bullet in enumerate(page.bullets)
    ]
    met = set(pairs.values())
    dropped = [
        Change(state=ChangeState.DROPPED, key=wording.key, old=wording, new=None, score=0.0, minor=False)
        for index, wording in enumerate(old)
        if index not in met
    ]
    return LadderDiff(changes=(*changes, *dropped))


def rename(page: RolePage, diff: LadderDiff) -> RolePage:
    """The page with the identities that the diff found."""
    keys = {change.new.key: change.key for change in diff.changes if change.new}
    sections = tuple(
        replace(section, bullets=tuple(replace(bullet, key=keys[bullet.key]) for bullet in section.bullets))
        for section in page.sections
    )
    return replace(page, sections=sections)


def similarity(one: str, other: str) -> float:
    """How alike two wordings are, 0 to 1: by their letters and by their words, in whatever order."""
    first, second = _normal(one), _normal(other)
    if first == second:
        return 1.0
    letters = Levenshtein.normalized_similarity(first, second)
    sorted_letters = fuzz.token_sort_ratio(first, second) / 100
    return min(0.999, 0.25 * letters + 0.25 * sorted_letters + 0.5 * _shared(one, other))


def is_minor(one: str, other: str) -> bool:
    """Whether only the spelling differs: no word came or went, no number changed, no word became another."""
    first, second = normal(one).split(), normal(other).split()
    blocks = SequenceMatcher(None, first, second, autojunk=False).get_opcodes()
    return all(tag == "equal" or _slip("".join(first[a:b]), "".join(second[c:d])) for tag, a, b, c, d in blocks)


def _slip(one: str, other: str) -> bool:
    if one == other:
        return True
    if not one or not other or re.search(r"\d", one + other):
        return False
    apart = OSA.distance(one, other)
    shorter = min(len(one), len(other))
    return apart <= 2 and apart * 4 <= shorter and one[0] == other[0]


def _shared(one: str, other: str) -> float:
    first, second = _telling(one), _telling(other)
    if not first or not second:
        return 0.0
    rest = list(second)
    met = 0.0
    for word in first:
        best = max(rest, key=lambda candidate: Levenshtein.normalized_similarity(word, candidate), default=None)
        alike = Levenshtein.normalized_similarity(word, best) if best else 0.0
        if best and alike >= 0.75:
            met += alike
            rest.remove(best)
    shorter, longer = sorted((len(first), len(second)))
    return met / (0.5 * shorter + 0.5 * longer) if shorter > 2 else met / longer


@lru_cache(maxsize=4096)
def _telling(text: str) -> tuple[str, ...]:
    return tuple(stem(word) for word in joined(text) if word not in _SMALL)


def _renamed_sections(old: Sequence[Wording], page: RolePage) -> dict[str, str]:
    """Where the bullets of a section went whose name is gone: old slug to new slug."""
    fresh = {section.slug for section in page.sections} - {wording.section for wording in old}
    there = {normal(bullet.text): bullet.section for bullet in page.bullets}
    votes: dict[tuple[str, str], int] = {}
    for wording in old:
        to = there.get(normal(wording.text))
        if to in fresh and all(wording.section != section.slug for section in page.sections):
            votes[wording.section, to] = votes.get((wording.section, to), 0) + 1
    found: dict[str, str] = {}
    for (was, to), _ in sorted(votes.items(), key=lambda vote: (-vote[1], vote[0])):
        if was not in found and to not in found.values():
            found[was] = to
    return found


def _pairs(old: Sequence[Wording], bullets: Sequence[Bullet], sections: dict[str, str]) -> dict[int, int]:
    """Index of the new bullet to index of its old wording, the surest pairs first."""
    pairs: dict[int, int] = {}
    met: set[int] = set()
    for _, was, now in sorted(_candidates(old, bullets, sections), key=lambda c: (-c[0], c[1], c[2])):
        if was not in met and now not in pairs:
            pairs[now] = was
            met.add(was)
    return pairs


def _candidates(
    old: Sequence[Wording], bullets: Sequence[Bullet], sections: dict[str, str]
) -> Iterator[tuple[float, int, int]]:
    places = _places(old)
    known = {wording.text for wording in old} & {bullet.text for bullet in bullets}
    for was, wording in enumerate(old):
        for now, bullet in enumerate(bullets):
            near = _near(wording, places[was], bullet, sections)
            if bullet.explicit and bullet.key == wording.key:
                yield 3.0, was, now
            elif wording.text == bullet.text or _normal(wording.text) == _normal(bullet.text):
                yield 2.0 + near, was, now
            elif wording.text not in known and bullet.text not in known:
                score = similarity(wording.text, bullet.text)
                if score >= (SAME if near else ELSEWHERE):
                    yield score + near, was, now


def _places(old: Sequence[Wording]) -> list[int]:
    """For each stored wording, how many stand before it in its section."""
    return [
        sum(other.section == wording.section and other.position < wording.position for other in old) for wording in old
    ]


def _near(wording: Wording, place: int, bullet: Bullet, sections: dict[str, str]) -> float:
    if sections.get(wording.section, wording.section) != bullet.section:
        return 0.0
    return NEAR if place == bullet.position else NEAR * 0.8


def _changed(old: Wording, new: Bullet, sections: dict[str, str]) -> Change:
    stayed = sections.get(old.section, old.section) == new.section
    if old.text == new.text:
        state = ChangeState.UNCHANGED if stayed else ChangeState.MOVED
        return Change(state=state, key=old.key, old=old, new=new, score=1.0, minor=True)
    return Change(
        state=ChangeState.REWORDED,
        key=old.key,
        old=old,
        new=new,
        score=round(similarity(old.text, new.text), 3),
        minor=is_minor(old.text, new.text),
    )


def _new(bullet: Bullet, names: Names) -> Change:
    return Change(state=ChangeState.NEW, key=names.free(bullet.key), old=None, new=bullet, score=0.0, minor=False)
