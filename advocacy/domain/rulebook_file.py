"""Reading rulebook.toml and recognised_by.toml: strict, so that a slip is told by table and key."""

import hashlib
import json
import tomllib
from collections.abc import Callable, Collection, Mapping
from enum import StrEnum
from string import Formatter
from typing import Any, TypeVar

from advocacy.domain.activity import Kind, Platform, ThreadRole
from advocacy.domain.rulebook import Condition, Reading, Rule, Rulebook, Strength
from advocacy.domain.target import Counting, Measure, Target, Unit

_Enum = TypeVar("_Enum", bound=StrEnum)
_RULE_KEYS = frozenset({"title", "section", "sources", "alone", "by_hand"})
_READING_KEYS = frozenset({"target", "when", "includes"})
_FLAGS = frozenset(
    {"accepted", "component", "company", "relevant", "topic", "persona", "example", "outside", "own", "upfront"}
) | {"compares", "rate", "ticket"}
_NUMBERS = frozenset({"min_others", "min_own_messages", "max_rank", "min_rivals", "min_words", "measured"})
_SETS: Mapping[str, type[StrEnum]] = {
    "kinds": Kind,
    "platforms": Platform,
    "not_platforms": Platform,
    "roles": ThreadRole,
}
_CONDITION_KEYS = _FLAGS | _NUMBERS | frozenset(_SETS) | {"why", "strength", "words", "not_words", "facet"}
_MEASURE_KEYS = frozenset({"counting", "at_least", "per", "facet", "each", "noun", "one"})
_PLACES = frozenset({"replies", "participants", "others", "rank", "own_messages", "channel", "platform", "topic"})
#: placeholder → the key that must be asked for, or there may be nothing to put in its place
_NEEDED = {"persona": "persona", "component": "component", "company": "company", "example": "example", "word": "words"}


class RulebookError(Exception):
    """The rulebook cannot be used; the message names the table and the key."""


def load(rulebook_toml: str, phrases_toml: str, lists: Collection[str] | None = None) -> Rulebook:
    """Merge the rules with their phrases; `lists` are the word lists that exist, if known."""
    rules, phrases = _parse(rulebook_toml, "rulebook.toml"), _parse(phrases_toml, "recognised_by.toml")
    _check_phrases(rules, phrases)
    made = {key: _rule(key, table, phrases.get(key, {}), lists) for key, table in rules.items()}
    print_of = json.dumps([rules, phrases], sort_keys=True).encode()
    return Rulebook(rules=made, fingerprint=hashlib.sha256(print_of).hexdigest()[:16])


def _parse(text: str, name: str) -> dict[str, dict[str, Any]]:
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise RulebookError(f"{name} is no TOML: {error}") from error
    for key, value in data.items():
        if not isinstance(value, dict):
            raise RulebookError(f"{name}: {key} must be a table [{key}]")
    return data


def _check_phrases(rules: Mapping[str, Mapping[str, Any]], phrases: Mapping[str, Mapping[str, Any]]) -> None:
    for rule_id, readings in phrases.items():
        if rule_id not in rules:
            raise RulebookError(f"[{rule_id}] in recognised_by.toml: there is no such rule")
        for reading_id, table in readings.items():
            where = f"[{rule_id}.{reading_id}] in recognised_by.toml"
            if not isinstance(rules[rule_id].get(reading_id), dict):
                raise RulebookError(f"{where}: the rule has no such reading")
            _only(table, {"recognised_by"}, where)
            _texts(table.get("recognised_by", []), f"{where}: recognised_by")


def _rule(rule_id: str, table: Mapping[str, Any], phrases: Mapping[str, Any], lists: Collection[str] | None) -> Rule:
    where = f"[{rule_id}]"
    tables = {key: value for key, value in table.items() if isinstance(value, dict)}
    head = {key: value for key, value in table.items() if key not in tables}
    _only(head, _RULE_KEYS, where)
    for key in ("title", "section"):
        if not isinstance(head.get(key), str) or not head[key]:
            raise RulebookError(f"{where}: {key} is missing")
    if not tables:
        raise RulebookError(f"{where}: a rule needs a reading, a table such as [{rule_id}.all]")
    if not any(reading.get("recognised_by") for reading in phrases.values()):
        raise RulebookError(f"{where}: recognised_by.toml has no phrase for any reading of it")
    alone = head.get("alone")
    return Rule(
        id=rule_id,
        title=head["title"],
        section=head["section"],
        readings=_readings(rule_id, tables, phrases, lists),
        sources=tuple(_enum(Platform, s, f"{where}: sources") for s in head.get("sources", ())),
        alone=_enum(Platform, alone, f"{where}: alone") if alone is not None else None,
        by_hand=head.get("by_hand", ""),
    )


def _readings(
    rule_id: str, tables: Mapping[str, Any], phrases: Mapping[str, Any], lists: Collection[str] | None
) -> tuple[Reading, ...]:
    own = {}
    for reading_id, table in tables.items():
        where = f"[{rule_id}.{reading_id}]"
        _only(table, _READING_KEYS, where)
        own[reading_id] = tuple(
            _condition(when, f"[[{rule_id}.{reading_id}.when]] {n}", lists)
            for n, when in enumerate(table.get("when", []), start=1)
        )
    return tuple(
        _reading(reading_id, table, own, phrases.get(reading_id, {}), f"[{rule_id}.{reading_id}]")
        for reading_id, table in tables.items()
    )


def _reading(
    reading_id: str,
    table: Mapping[str, Any],
    own: Mapping[str, tuple[Condition, ...]],
    phrases: Mapping[str, Any],
    where: str,
) -> Reading:
    conditions = own[reading_id]
    for other in _texts(table.get("includes", []), f"{where}: includes"):
        if other not in own:
            raise RulebookError(f"{where}: includes names an unknown reading {other!r}")
        conditions += own[other]
    if not conditions:
        raise RulebookError(f"{where}: when is missing; nothing could ever be evidence")
    return Reading(
        id=reading_id,
        recognised_by=_texts(phrases.get("recognised_by", []), where),
        conditions=conditions,
        target=_target(table.get("target"), where),
    )


def _condition(table: Mapping[str, Any], where: str, lists: Collection[str] | None) -> Condition:
    _only(table, _CONDITION_KEYS, where)
    _check_why(table, where)
    parts: dict[str, Any] = dict(table)
    for key, enum in _SETS.items():
        parts[key] = frozenset(_enum(enum, v, f"{where}: {key}") for v in table.get(key, ()))
    for key in ("words", "not_words"):
        parts[key] = _texts(table.get(key, []), f"{where}: {key}")
        unknown = [] if lists is None else [name for name in parts[key] if name not in lists]
        if unknown:
            raise RulebookError(f"{where}: {key} names no word list of the vocabulary: {unknown[0]!r}")
    for keys, kind in ((_FLAGS, bool), (_NUMBERS, int)):
        for key in keys & table.keys():
            if type(table[key]) is not kind:
                raise RulebookError(f"{where}: {key} must be a {kind.__name__}, not {table[key]!r}")
    parts["strength"] = _enum(Strength, table.get("strength", "strong"), f"{where}: strength")
    _check_places(table.get("facet", ""), frozenset({"persona", "topic"}), f"{where}: facet")
    return Condition(**parts)


def _check_why(table: Mapping[str, Any], where: str) -> None:
    why = table.get("why")
    if not isinstance(why, str) or not why.strip():
        raise RulebookError(f"{where}: why is missing; say in a sentence what the engineer will read")
    _check_places(why, _PLACES | frozenset(_NEEDED), f"{where}: why")
    for place, key in _NEEDED.items():
        if f"{{{place}}}" in why and not table.get(key):
            raise RulebookError(f"{where}: why uses {{{place}}}, so {key} must be asked for")


def _check_places(text: str, known: Collection[str], where: str) -> None:
    try:
        places = [name for _, name, _, _ in Formatter().parse(text) if name is not None]
    except ValueError as error:
        raise RulebookError(f"{where}: {error}") from error
    for place in places:
        if place not in known:
            raise RulebookError(f"{where}: unknown placeholder {{{place}}}; known: {', '.join(sorted(known))}")


def _target(groups: object, where: str) -> Target:
    if not isinstance(groups, list) or not groups or not all(isinstance(g, list) and g for g in groups):
        raise RulebookError(f"{where}: target must be lists of measures in a list, [[{{ at_least = 1 }}]]")
    return tuple(tuple(_measure(m, f"{where}: target") for m in group) for group in groups)


def _measure(table: Mapping[str, Any], where: str) -> Measure:
    _only(table, _MEASURE_KEYS, where)
    parts: dict[str, Any] = dict(table)
    parts["counting"] = _enum(Counting, table.get("counting", "items"), f"{where}: counting")
    parts["per"] = _enum(Unit, table.get("per", "quarter"), f"{where}: per")
    parts["each"] = _texts(table.get("each", []), f"{where}: each")
    at_least = table.get("at_least", 1)
    if type(at_least) is not int or at_least < 1:
        raise RulebookError(f"{where}: at_least must be a whole number from 1, not {at_least!r}")
    return Measure(**parts)


def _only(table: object, known: Collection[str], where: str) -> None:
    if not isinstance(table, dict):
        raise RulebookError(f"{where} must be a table, not {table!r}")
    for key in table:
        if key not in known:
            raise RulebookError(f"{where}: unknown key {key!r}; known are {', '.join(sorted(known))}")


def _enum(enum: Callable[[str], _Enum], value: str, where: str) -> _Enum:
    try:
        return enum(value)
    except ValueError as error:
        raise RulebookError(f"{where}: {error}") from error


def _texts(value: object, where: str) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(v, str) and v for v in value):
        raise RulebookError(f"{where} must be a list of texts, not {value!r}")
    return tuple(value)
