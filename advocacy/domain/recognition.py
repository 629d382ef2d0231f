"""Which rule stands behind a sentence of a role page, how surely, and why."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from advocacy.domain.phrase import Lexicon, Phrase, parse, slips
from advocacy.domain.role_page import RolePage
from advocacy.domain.rulebook import Rulebook
from advocacy.domain.wording import joined

ENOUGH = 0.72  #: all words of a phrase met is 0.8 and more; three of four only in a short sentence
CLEAR = 0.02  #: how far ahead of another rule the best must be, unless more of its words were met
_PHRASE, _SENTENCE, _SECTION = 0.8, 0.15, 0.05


@dataclass(frozen=True, slots=True, kw_only=True)
class Recognition:
    """The rule and reading behind a bullet (`rule` None where there is none), 0 to 1 how surely, and why."""

    rule: str | None
    reading: str
    score: float
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Fit:
    rule: str
    reading: str
    phrase: Phrase
    score: float
    met: tuple[str, ...]
    missing: tuple[str, ...]


def recognise(page: RolePage, rulebook: Rulebook) -> dict[str, Recognition]:
    """The recognition of every bullet of the page, by its key."""
    phrases = [
        (rule.id, reading.id, parse(phrase))
        for rule in rulebook.rules.values()
        for reading in rule.readings
        for phrase in reading.recognised_by
    ]
    lexicon = Lexicon(phrase for _, _, phrase in phrases)
    found: dict[str, Recognition] = {}
    for section in page.sections:
        near = {
            rule.id: fuzz.token_set_ratio(rule.section.casefold(), section.title.casefold()) > 80
            for rule in rulebook.rules.values()
            if rule.section
        }
        for bullet in section.bullets:
            found[bullet.key] = _recognised(lexicon.meanings(joined(bullet.text)), phrases, near)
    return found


def _recognised(
    meanings: Mapping[str, frozenset[str]], phrases: Sequence[tuple[str, str, Phrase]], near: Mapping[str, bool]
) -> Recognition:
    fits = [
        fit
        for rule, reading, phrase in phrases
        if (fit := _fit(rule, reading, phrase, meanings, near.get(rule, False)))
    ]
    fits.sort(key=lambda fit: (-fit.score, -len(fit.met)))  # equal ones stay in the rulebook's order: strictest first
    if not fits:
        return Recognition(rule=None, reading="", score=0.0, reason="No rule has a word in common with it.")
    best = fits[0]
    if best.score < ENOUGH:
        return Recognition(
            rule=None,
            reading="",
            score=round(best.score, 3),
            reason=f"Nearest is {best.rule}, “{best.phrase}”, but {_absent(best.missing)} not in it.",
        )
    rival = next((fit for fit in fits if fit.rule != best.rule), None)
    if rival and best.score - rival.score < CLEAR and len(rival.met) >= len(best.met):
        return Recognition(
            rule=None,
            reading="",
            score=round(best.score, 3),
            reason=f"It reads like {best.rule} as much as like {rival.rule}: please choose.",
        )
    return Recognition(rule=best.rule, reading=best.reading, score=round(best.score, 3), reason=_reason(best, meanings))


def _fit(rule: str, reading: str, phrase: Phrase, meanings: Mapping[str, frozenset[str]], near: bool) -> _Fit | None:
    senses = frozenset[str]().union(*meanings.values())
    if not phrase.needed or phrase.unwanted & senses:
        return None
    met = [slot for slot in phrase.needed if slot.stems & senses]
    if not met:
        return None
    explained = [word for word, sense in meanings.items() if sense & phrase.stems]
    share = len(met) / len(phrase.needed)
    score = _PHRASE * share + _SENTENCE * len(explained) / len(meanings) + _SECTION * near * share
    return _Fit(
        rule=rule,
        reading=reading,
        phrase=phrase,
        score=min(1.0, score),
        met=tuple(explained),
        missing=tuple(slot.shown for slot in phrase.needed if not slot.stems & senses),
    )


def _reason(fit: _Fit, meanings: Mapping[str, frozenset[str]]) -> str:
    slipped = [f"“{word}” as {meant}" for word, meant in slips(fit.met, meanings, fit.phrase)]
    read_as = f"; read {_list(slipped)}" if slipped else ""
    return f"Like “{fit.phrase}”: it has {_list(fit.met)}{read_as}."


def _absent(parts: Sequence[str]) -> str:
    return f"{_list(parts)} {'are' if len(parts) > 1 else 'is'}"


def _list(parts: Sequence[str]) -> str:
    return " and ".join(filter(None, [", ".join(parts[:-1]), parts[-1]])) if parts else "a word"
