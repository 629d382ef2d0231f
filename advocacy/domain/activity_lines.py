"""An activity as one line of JSON, the form that `rulebook try` and the labelled sets speak."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, TypeVar

from advocacy.domain.activity import Activity, Kind, Platform, Thread, ThreadRole

Words = TypeVar("Words", bound=StrEnum)


class BadLine(ValueError):
    """The line is no activity; the words say which field is wrong and what it may be."""


def read_line(line: str, ref: str, now: datetime) -> tuple[Activity, list[str]]:
    """The activity of a line, and what had to be read as unknown; `ref` and `now` stand in for what is not given."""
    try:
        given = json.loads(line)
    except (json.JSONDecodeError, RecursionError) as error:
        raise BadLine(f"no JSON: {error}") from error
    if not isinstance(given, dict):
        raise BadLine("no JSON object")
    doubts: list[str] = []
    activity = Activity(
        ref=_text(given, "ref") or ref,
        kind=_word(given, "kind", Kind),
        platform=_word(given, "platform", Platform),
        channel=_text(given, "channel"),
        at=_moment(given, now),
        url=_text(given, "url"),
        title=_text(given, "title"),
        text=_needed_text(given),
        lang=_text(given, "lang"),
        thread=_thread(given.get("thread"), doubts),
        metrics={str(k): v for k, v in (given.get("metrics") or {}).items() if type(v) is int},
    )
    return activity, doubts


def _text(given: Mapping[str, Any], name: str) -> str:
    value = given.get(name)
    if value is None:
        return ""
    if not isinstance(value, str | int):
        raise BadLine(f"{name} must be text")
    return str(value)


def _needed_text(given: Mapping[str, Any]) -> str:
    if "text" not in given:
        raise BadLine("text is missing")
    return _text(given, "text")


def _word(given: Mapping[str, Any], name: str, words: type[Words]) -> Words:
    value = given.get(name)
    try:
        return words(str(value))
    except ValueError as error:
        raise BadLine(f"{name} {value!r} is none of: {', '.join(words)}") from error


def _moment(given: Mapping[str, Any], now: datetime) -> datetime:
    value = given.get("at")
    if value is None or value == "":
        return now
    try:
        at = datetime.fromisoformat(str(value))
    except ValueError as error:
        raise BadLine(f"at {value!r} is no date like 2026-10-31T09:30:00Z") from error
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def _thread(given: Any, doubts: list[str]) -> Thread:
    if not isinstance(given, dict):
        return Thread()
    role = given.get("role") or ThreadRole.UNKNOWN
    if role not in set(ThreadRole):
        doubts.append(f"thread.role {role!r} is read as unknown; known: {', '.join(ThreadRole)}")
        role = ThreadRole.UNKNOWN
    accepted = given.get("accepted")
    return Thread(
        role=ThreadRole(role),
        replies=_number(given, "replies"),
        participants=_number(given, "participants"),
        accepted=accepted if isinstance(accepted, bool) else None,
        rank=_number(given, "rank"),
        own_messages=_number(given, "own_messages"),
    )


def _number(given: Mapping[str, Any], name: str) -> int | None:
    value = given.get(name)
    return value if type(value) is int else None
