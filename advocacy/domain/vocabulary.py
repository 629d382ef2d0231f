"""The organisation's words: topics, personas, components, own places and word lists, and tagging by them."""

import hashlib
import json
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from advocacy.domain.own_places import OwnPlaces
from advocacy.domain.patterns import Hit, Pattern, Patterns

_SECTIONS = ("topics", "personas", "components", "company", "words")
_TERM_KEYS = {"name": str, "aliases": list, "exact": list, "case": bool, "not_before": list, "homonym": bool}
OPENING = 900  #: characters; what a long text is about, it says in these
_OFTEN = 3  #: mentions that make a topic a subject of a long text, wherever they stand
_COMPANY_KEYS = {"names": list, "own_places": list, "personas": list}
_LIST_KEYS = {"any": list, "exact": list, "except": list}


class VocabularyError(Exception):
    """The vocabulary cannot be used; the message says where and how to mend it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A thing with a name and other spellings; `exact` ones keep their case, so does the name with `case`.

    A `homonym` is also something outside the trade: its bare name counts only where something technical stands by.
    """

    id: str
    name: str
    aliases: tuple[str, ...] = ()
    exact: tuple[str, ...] = ()
    case: bool = False
    not_before: tuple[str, ...] = ()
    homonym: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Tags:
    """What a text names, in order of appearance.

    `words` gives each word list's first hit as written; `places` tells where in the text each term and each
    list (as `words/…`) first stands.
    """

    topics: tuple[str, ...] = ()
    personas: tuple[str, ...] = ()
    components: tuple[str, ...] = ()
    company: tuple[str, ...] = ()
    words: Mapping[str, str] = field(default_factory=dict)
    surfaces: Mapping[str, str] = field(default_factory=dict)
    places: Mapping[str, int] = field(default_factory=dict)

    def any(self) -> bool:
        """Whether the text is about the organisation's world at all."""
        return bool(self.topics or self.personas or self.components or self.company)


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """The words as values, and the search built from them."""

    topics: Mapping[str, Term]
    personas: Mapping[str, Term]
    components: Mapping[str, Term]
    company: tuple[str, ...]
    own_places: OwnPlaces = field(compare=False, repr=False)
    own_personas: tuple[str, ...]
    lists: frozenset[str]
    fingerprint: str
    patterns: tuple[Pattern, ...] = field(compare=False, repr=False)
    _searches: dict[frozenset[str], Patterns] = field(default_factory=dict, compare=False, repr=False)

    @classmethod
    def read(cls, toml_text: str) -> "Vocabulary":
        """Read vocabulary.toml; VocabularyError names the table and key that is wrong."""
        try:
            data = tomllib.loads(toml_text)
        except tomllib.TOMLDecodeError as error:
            raise VocabularyError(f"The vocabulary is no TOML: {error}. Mend that line.") from error
        _known(data, dict.fromkeys(_SECTIONS, dict), "the vocabulary")
        terms = {group: _terms(group, data.get(group, {})) for group in ("topics", "personas", "components")}
        company = _known(data.get("company", {}), _COMPANY_KEYS, "[company]")
        words = data.get("words", {})
        lists = {name: _known(value, _LIST_KEYS, f"[words.{name}]") for name, value in words.items()}
        names = tuple(company.get("names", ()))
        return cls(
            topics=terms["topics"],
            personas=terms["personas"],
            components=terms["components"],
            company=names,
            own_personas=_own_personas(company, terms["personas"]),
            own_places=OwnPlaces(company.get("own_places", ())),
            lists=frozenset(lists),
            fingerprint=hashlib.sha256(json.dumps(data, sort_keys=True).encode()).hexdigest()[:16],
            patterns=tuple(_patterns(terms, names, lists)),
        )

    def tag(self, text: str, lists: frozenset[str] | None = None) -> Tags:
        """Name what the text speaks of; a topic named late and seldom in a long text is none of its topics.

        `lists` are the word lists that anybody will ask for, None for all: what is not looked for costs nothing.
        """
        found: dict[str, dict[str, str]] = {"topics": {}, "personas": {}, "components": {}, "company": {}}
        words: dict[str, str] = {}
        places: dict[str, int] = {}
        mentions: Counter[str] = Counter()
        shown, kept = self._search(self.lists if lists is None else lists).places(text)
        for start, end, pattern in kept:
            if not pattern.id:
                continue
            seen = found.get(pattern.group, words)
            if pattern.id not in seen:
                seen[pattern.id] = shown[start:end]
                places.setdefault(pattern.group if seen is words else pattern.id, start)
            if seen is not words:
                mentions[pattern.id] += 1
        return Tags(
            topics=tuple(t for t in found["topics"] if places[t] < OPENING or mentions[t] >= _OFTEN),
            personas=tuple(found["personas"]),
            components=tuple(found["components"]),
            company=tuple(found["company"]),
            words=words,
            surfaces={k: v for group in found.values() for k, v in group.items()},
            places=places,
        )

    def hits(self, text: str) -> list[Hit]:
        """Every place where a word of any list or any term stands, in the order of the text."""
        return list(self._search(self.lists).find(text))

    def _search(self, lists: frozenset[str]) -> Patterns:
        """The search for the terms and those lists, built when first asked for."""
        found = self._searches.get(lists)
        if found is None:
            wanted = {f"words/{name}" for name in lists}
            found = self._searches[lists] = Patterns(
                one for one in self.patterns if one.group in wanted or not one.group.startswith("words/")
            )
        return found

    def name(self, term_id: str) -> str:
        """The name to show for a topic, persona or component; the id itself when the vocabulary lost it."""
        for terms in (self.topics, self.personas, self.components):
            if term_id in terms:
                return terms[term_id].name
        return term_id


def _own_personas(company: Mapping[str, Any], known: Mapping[str, Term]) -> tuple[str, ...]:
    """The personas of the company's own product; all of them when it names none."""
    named = tuple(company.get("personas", known))
    for persona in named:
        if persona not in known:
            raise VocabularyError(
                f"[company] personas names {persona!r}, which stands not under [personas]. Add it there."
            )
    return named


def _terms(group: str, table: Mapping[str, Any]) -> dict[str, Term]:
    terms = {}
    for key, value in table.items():
        entry = _known(value, _TERM_KEYS, f"[{group}] {key}")
        if "name" not in entry:
            raise VocabularyError(f'[{group}] {key} has no name. Write {key} = {{ name = "…" }}.')
        listed: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in entry.items()}
        terms[key] = Term(id=key, **listed)
    return terms


def _known(value: object, keys: Mapping[str, type], where: str) -> dict[str, Any]:
    """The table, every key of it known and of its type."""
    if not isinstance(value, dict):
        raise VocabularyError(f"{where} must be a table, not {value!r}.")
    for key, part in value.items():
        if key not in keys:
            raise VocabularyError(f"{where} has an unknown key {key!r}. Known are: {', '.join(keys)}.")
        if not isinstance(part, keys[key]):
            raise VocabularyError(f"{where}: {key} must be a {keys[key].__name__}, not {part!r}.")
        if isinstance(part, list) and not all(isinstance(word, str) and word.strip() for word in part):
            raise VocabularyError(f"{where}: {key} must list words in quotes, none empty.")
    return value


def _patterns(
    terms: Mapping[str, Mapping[str, Term]],
    company: Iterable[str],
    lists: Mapping[str, Mapping[str, list[str]]],
) -> Iterator[Pattern]:
    for group, members in terms.items():
        for term in members.values():
            yield from _term_patterns(group, term)
    for name in company:
        yield Pattern(group="company", id=name, text=name)
    for name, words in lists.items():
        for key, spellings in words.items():
            for text in spellings:
                found = "" if key == "except" else name  # takes the longer place, counts for nothing
                yield Pattern(group=f"words/{name}", id=found, text=text, exact=key == "exact")


def _term_patterns(group: str, term: Term) -> Iterator[Pattern]:
    followers = frozenset(word.lower() for word in term.not_before)
    loose = term.aliases if term.case else (term.name, *term.aliases)
    exact = (term.name, *term.exact) if term.case else term.exact
    for spellings, keeps_case in ((loose, False), (exact, True)):
        for text in spellings:
            yield Pattern(group=group, id=term.id, text=text, exact=keeps_case, not_before=followers)
