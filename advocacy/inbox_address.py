"""Where in the inbox somebody stands: read from an address or a form, and written into the next."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, TypeVar
from urllib.parse import parse_qsl

from flask import abort

from advocacy import forms, paging
from advocacy.domain.activity import Platform
from advocacy.domain.inbox import Sureness, Together, Wanted
from advocacy.domain.period import NoPeriod, Period, parse

EVER = (date(1970, 1, 1), date(9999, 12, 31))
Choice = TypeVar("Choice", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Address:
    """What is asked for, of which days, and behind which card the list begins."""

    wanted: Wanted = Wanted()
    period: Period | None = None
    before: tuple[date, int] | None = None
    put_off: bool = False  #: what was put off instead of what waits

    @property
    def days(self) -> tuple[date, date]:
        """The days it speaks of, both inside."""
        return (self.period.start, self.period.end) if self.period else EVER

    @property
    def args(self) -> dict[str, Any]:
        """The same as the end of an address."""
        wanted, before = self.wanted, self.before
        told = {
            "expectation": f"{wanted.expectation}" if wanted.expectation else "",
            "platform": wanted.platform or "",
            "strength": wanted.strength or "",
            "group": wanted.together or "",
            "period": self.period.label if self.period else "",
            "put_off": "yes" if self.put_off else "",
            "before": f"{before[0].isoformat()}.{before[1]}" if before else "",
        }
        return {name: words for name, words in told.items() if words}


def read(args: Mapping[str, str]) -> Address:
    """What an address asks for; 400 with words for what it cannot ask for."""
    expectation = args.get("expectation", "")
    if expectation and not forms.is_key(expectation):
        abort(400, "expectation must be a number.")
    wanted = Wanted(
        expectation=int(expectation) if expectation else None,
        platform=_one_of(Platform, args.get("platform", "")),
        strength=_one_of(Sureness, args.get("strength", "")),
        together=_one_of(Together, args.get("group", "")),
    )
    put_off = args.get("put_off", "") == "yes"
    return Address(wanted, _period(args.get("period", "")), paging.read(args.get("before", "")), put_off)


def from_form(words: str) -> Address:
    """What a form carries along of the address it stood at."""
    return read(dict(parse_qsl(words[:500])))


def _one_of(words: type[Choice], said: str) -> Choice | None:
    if said and said not in [*words]:
        abort(400, f"{said[:40]!r} is none of {', '.join(words)}.")
    return words(said) if said else None


def _period(words: str) -> Period | None:
    try:
        return parse(words) if words else None
    except NoPeriod as error:
        abort(400, f"{error}.")
