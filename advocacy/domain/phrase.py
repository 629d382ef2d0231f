"""What a sentence is recognised by: words that must occur, in any order and with typing slips.

`lead|drive` either word, `reddit?` helps but need not occur, `!internal` must not occur.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from advocacy.domain.wording import joined, stem

SMALL = frozenset(
    "a an the of to and or in on with for our your we you their they them it its is are be being by from at as that "
    "this which who so than then like such etc any all each every other others various few some about via into "
    "per within make sure do did have has had not no one s i e g".split()
)
#: Words in their own right that stand one letter from a word of the phrases: never read as a slip of it.
OWN_WORDS = frozenset(
    "person personal personally personnel process progress stable report reports lean lend wheel word words world form "
    "format trace tracks train trains trading relay read reader react reach perform platforms reports trending raining "
    "straining contrast channel change challenge server service tested testing meeting building pushed finding funding "
    "planning plant plane plain customer custom communication communications committed productive production preview "
    "overview interview reviews wide hose chose helps patch match batch watch latch".split()
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """One place of a phrase: `shown` to people, met by any of its stems."""

    shown: str
    stems: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """A phrase as it is compared."""

    needed: tuple[Slot, ...]
    unwanted: frozenset[str]
    stems: frozenset[str]  #: of all words that may stand in the sentence
    words: Mapping[str, str]  #: each word with its stem

    def __str__(self) -> str:
        return " ".join(slot.shown for slot in self.needed)


@lru_cache(maxsize=2048)
def parse(phrase: str) -> Phrase:
    """The phrase that a line of the rulebook means."""
    needed: list[Slot] = []
    unwanted: set[str] = set()
    meant: dict[str, str] = {}
    for part in phrase.split():
        if part.startswith("!"):
            unwanted |= _stems(part)
            continue
        alternatives = {word: stem(word) for word in _alternatives(part)}
        meant |= alternatives
        if alternatives and not part.endswith("?"):
            needed.append(Slot(shown=next(iter(alternatives)), stems=frozenset(alternatives.values())))
    return Phrase(needed=tuple(needed), unwanted=frozenset(unwanted), stems=frozenset(meant.values()), words=meant)


def _alternatives(part: str) -> list[str]:
    words = [word for alternative in part.strip("!?").split("|") for word in joined(alternative)]
    return [word for word in words if word not in SMALL or "|" in part]


def _stems(part: str) -> set[str]:
    return {stem(word) for word in _alternatives(part)}


class Lexicon:
    """All words that phrases speak of: tells what a word of a sentence may mean."""

    def __init__(self, phrases: Iterable[Phrase]) -> None:
        self._stem_of: dict[str, str] = {}
        for phrase in phrases:
            self._stem_of |= {**phrase.words, **{word: word for word in phrase.unwanted}}
        self._stems = frozenset(self._stem_of.values())
        self._long = [word for word in self._stem_of if len(word) >= 6]
        self._long_stems = [word for word in self._stems if len(word) >= 6]

    def meanings(self, sentence: Sequence[str]) -> dict[str, frozenset[str]]:
        """Each telling word of a sentence with the stems that it may stand for."""
        return {word: self._meaning(word) for word in sentence if word not in SMALL or word in self._stem_of}

    def _meaning(self, word: str) -> frozenset[str]:
        own = stem(word)
        if own in self._stems or len(word) < 6 or word in OWN_WORDS:
            return frozenset((own,))
        close = {self._stem_of[meant] for meant in _close(word, self._long)} | _close(own, self._long_stems)
        return frozenset((own, *close))


def _close(word: str, among: Sequence[str]) -> set[str]:
    slips = 2 if len(word) >= 9 else 1
    found = process.extract(word, among, scorer=OSA.distance, score_cutoff=slips, limit=3)
    return {meant for meant, _, _ in found if meant[0] == word[0]}


def slips(met: Sequence[str], meanings: Mapping[str, frozenset[str]], phrase: Phrase) -> Iterator[tuple[str, str]]:
    """The words of a sentence that were read as another, with that other."""
    for word in met:
        if stem(word) not in phrase.stems:
            yield word, next(meant for meant, meaning in phrase.words.items() if meaning in meanings[word])
