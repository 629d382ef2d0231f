"""Which of one's items a form or an address speaks of, read field by field; 400 with words for what is none."""

from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from typing import TypeVar

from flask import abort
from werkzeug.datastructures import MultiDict

from advocacy import forms
from advocacy.domain.activity import Kind, Platform
from advocacy.models.release.caught import Wanted
from advocacy.models.words import Visibility

Choice = TypeVar("Choice", bound=StrEnum)


def wanted(said: MultiDict[str, str]) -> Wanted:
    """The parts that are filled in."""
    account, channel = said.get("account", ""), said.get("channel", "").strip()
    if account and not forms.is_key(account):
        abort(400, "account must be a number.")
    if len(channel) > 200:
        abort(400, "channel is too long: at most 200 characters.")
    return Wanted(
        kinds=_chosen("kind", said.getlist("kind"), Kind),
        platforms=_chosen("platform", said.getlist("platform"), Platform),
        account_id=int(account) if account else None,
        channel=channel,
        first=_day("first", said.get("first", "")),
        last=_day("last", said.get("last", "")),
        visibility=next(iter(_chosen("seen", [said.get("seen", "")], Visibility)), None),
    )


def fields(one: Wanted) -> dict[str, list[str]]:
    """The same as fields of a form or an address."""
    told = {
        "kind": list(one.kinds),
        "platform": list(one.platforms),
        "account": [str(one.account_id)] if one.account_id else [],
        "channel": [one.channel] if one.channel else [],
        "first": [one.first.isoformat()] if one.first else [],
        "last": [one.last.isoformat()] if one.last else [],
        "seen": [one.visibility.value] if one.visibility else [],
    }
    return {name: values for name, values in told.items() if values}


def _chosen(name: str, said: Iterable[str], words: type[Choice]) -> tuple[Choice, ...]:
    given = [one for one in dict.fromkeys(said) if one]
    if any(one not in [*words] for one in given):
        abort(400, f"{name} must be of {', '.join(words)}.")
    return tuple(words(one) for one in given)


def _day(name: str, words: str) -> date | None:
    try:
        return date.fromisoformat(words) if words else None
    except ValueError:
        abort(400, f"Give {name} as a day like 2026-11-23.")
