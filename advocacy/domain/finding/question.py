"""What an organiser asks: “Kubernetes storage, Bangalore, next month” in topics, words, a place and days.

Topics are found by all their spellings and by near misses; what is left is searched for in the texts.
"""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from rapidfuzz import fuzz, process

from advocacy.domain.asked import LONGEST, MOST, Piece, parse
from advocacy.domain.finding.when import Days, days_in
from advocacy.domain.patterns import Hit
from advocacy.domain.vocabulary import Term, Vocabulary

PLACE = 3  #: words of a place's name at most
NEAR = 84.0  #: percent of letters in common from which a word is a slip of the pen
SHORTEST = 5  #: letters of a word that may be one
FILLER = frozenset(
    "a about also an and any anybody anyone at by can could do for from give giving has have he here in into is it may "
    "me near of on or our please she somebody someone speak speaker speakers speaking talk talks talking that the "
    "their there they to us we what which who whom will with would".split()
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """One thing that is asked for: a topic (with its parts, where its name is made of others'), or words."""

    label: str
    topic: str = ""
    parts: tuple[str, ...] = ()
    piece: Piece | None = None
    typed: str = ""  #: what was typed where it was read as something else
    surface: str = ""  #: the topic as it was asked for
    spellings: tuple[str, ...] = ()  #: by which receipts show it


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked, understood; `place` is where somebody should live, `days` when they should speak."""

    words: str = ""
    wanted: tuple[Wanted, ...] = ()
    place: str = ""
    days: Days | None = None
    notes: tuple[str, ...] = field(default=())  #: how something was read that could be read otherwise

    @property
    def topics(self) -> tuple[str, ...]:
        """Every topic that has to be counted, each once."""
        named = (one for each in self.wanted if each.topic for one in (each.topic, *each.parts))
        return tuple(dict.fromkeys(named))

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """What is searched for in the texts."""
        return tuple(one.piece for one in self.wanted if one.piece)

    @property
    def words_together(self) -> tuple[Piece, ...]:
        """The words that name no topic: of one thing, as far as anybody can tell."""
        return tuple(one.piece for one in self.wanted if one.piece and not one.topic)

    @property
    def marks(self) -> tuple[Piece, ...]:
        """What receipts show by a mark: the words that were asked for, and a topic by all its spellings."""
        spelled = (Piece(words, whole=True) for one in self.wanted for words in one.spellings)
        return (*self.pieces, *spelled)


def understand(words: str, vocabulary: Vocabulary, places: Collection[str], today: date) -> Question:
    """Read what was asked; `places` are words of where people live, in lower case. Every input means something.

    What stands between commas in capitals, beside a topic, is a place, too: somebody may travel there.
    """
    words = " ".join(words[:LONGEST].split())
    days, rest = days_in(words, today)
    phrases, rest = _quoted(rest)
    hits = [hit for hit in vocabulary.hits(rest) if hit.group in ("topics", "components")]
    named = list(_named(hits, vocabulary))
    place, left = _place(_left(rest, hits), places)
    if not place and hits:
        place, left = _elsewhere(_left(rest, ())[1:], left, vocabulary)
    guessed, plain = _guessed(left, vocabulary)
    texts = [*(Wanted(label=one.text, piece=one) for one in phrases), *map(_word, plain)]
    wanted = [*named, *guessed, *texts]
    notes = [f"“{one.typed}” was read as {one.label}" for one in guessed]
    if place and place.casefold() not in places:
        notes.append(f"“{place}” was read as a place, in which nobody says that they live")
    return Question(words, tuple(_unique(wanted))[:MOST], place, days, tuple(notes))


def nearest(words: str, vocabulary: Vocabulary, count: int = 5) -> list[tuple[str, str]]:
    """The topics (id, name) whose names look most like what was asked."""
    names = {one.id: one.name.casefold() for one in _terms(vocabulary)}
    found = process.extract(words.casefold(), names, scorer=fuzz.WRatio, limit=count, score_cutoff=50)
    return [(key, vocabulary.name(key)) for _, _, key in found]


def _unique(wanted: Iterable[Wanted]) -> Iterable[Wanted]:
    """Each thing once, in order; of a topic asked for twice the words that are searched for beside it stay."""
    found: dict[str, Wanted] = {}
    for one in wanted:
        key = one.topic or one.label.casefold()
        same = found.setdefault(key, one)
        found[key] = replace(same, piece=same.piece or one.piece)
    return found.values()


def _terms(vocabulary: Vocabulary) -> Iterable[Term]:
    return (*vocabulary.topics.values(), *vocabulary.components.values())


def _named(hits: Iterable[Hit], vocabulary: Vocabulary) -> Iterable[Wanted]:
    for hit in hits:
        yield _topic(hit.id, vocabulary, hit.surface)


def _topic(term_id: str, vocabulary: Vocabulary, surface: str, typed: str = "") -> Wanted:
    term = next(one for one in _terms(vocabulary) if one.id == term_id)
    spellings = (term.name, *term.aliases, *term.exact)
    return Wanted(
        label=term.name,
        topic=term_id,
        parts=_parts(surface, term_id, vocabulary),
        typed=typed,
        surface=_stem(surface),
        piece=_piece(typed or surface, term),
        spellings=spellings,
    )


def _piece(said: str, term: Term) -> Piece | None:
    """What is searched for beside the topic, where it was asked for by another name of several words."""
    return Piece(_stem(said)) if len(said.split()) > 1 and said.casefold() != term.name.casefold() else None


def _parts(surface: str, term_id: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    """The topics that its words name one by one: storage on Kubernetes is Kubernetes and storage."""
    words = surface.split()
    if len(words) < 2:
        return ()
    found = [hit.id for word in words for hit in vocabulary.hits(word) if hit.group in ("topics", "components")]
    return tuple(dict.fromkeys(one for one in found if one != term_id)) if len(set(found)) > 1 else ()


def _word(word: str) -> Wanted:
    return Wanted(label=word, piece=Piece(_stem(word)))


def _stem(word: str) -> str:
    """A word without the s of its plural: words are found by their beginning."""
    return word[:-1] if len(word) > SHORTEST and word.endswith("s") and not word.endswith("ss") else word


def _quoted(words: str) -> tuple[list[Piece], str]:
    phrases = [one for one in parse(words).wanted if one.whole]
    return phrases, re.sub(r'-?"[^"]*"?|(?<!\S)-\S+', " , ", words)


def _left(words: str, hits: Sequence[Hit]) -> list[str]:
    """What no topic named, between commas."""
    for hit in reversed(hits):
        words = f"{words[: hit.start]} , {words[hit.end :]}"
    return [" ".join(part.split()) for part in re.split(r"[,;?!]", words) if part.strip()]


def _place(parts: Sequence[str], places: Collection[str]) -> tuple[str, list[str]]:
    """Where they should live, if a part or a word names a place that somebody told; and the other words."""
    place, left = "", []
    for part in parts:
        bare = " ".join(word for word in part.split() if word.casefold() not in FILLER)
        if bare.casefold() in places and not place:
            place = bare
            continue
        for word in bare.split():
            if word.casefold() in places and not place:
                place = word
            elif any(sign.isalnum() for sign in word) and not word.startswith("-"):
                left.append(word)
    return place, left


def _elsewhere(parts: Sequence[str], left: Sequence[str], vocabulary: Vocabulary) -> tuple[str, list[str]]:
    """A place where nobody lives, and the words without it: a part in capitals that is no slip of a topic."""
    for part in parts:
        words = part.split()
        is_name = len(words) <= PLACE and all(word[0].isupper() and word[1:].islower() for word in words)
        is_name = is_name and not any(word.casefold() in FILLER for word in words)
        if is_name and not _guessed(words, vocabulary)[0]:
            return part, [word for word in left if word not in words]
    return "", list(left)


def _guessed(words: Sequence[str], vocabulary: Vocabulary) -> tuple[list[Wanted], list[str]]:
    """Slips of the pen read as topics, the longest first, and the words that stay words."""
    names = {spelling.casefold(): one.id for one in _terms(vocabulary) for spelling in (one.name, *one.aliases)}
    guessed, plain, left = [], [], list(words)
    while left:
        for length in (3, 2, 1):
            typed = " ".join(left[:length])
            near = process.extractOne(typed.casefold(), names.keys(), scorer=fuzz.ratio, score_cutoff=NEAR)
            if near and len(typed) >= SHORTEST:
                guessed.append(_topic(names[near[0]], vocabulary, near[0], typed=typed))
                left = left[length:]
                break
        else:
            plain.append(left.pop(0))
    return guessed, plain
