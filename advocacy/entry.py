"""What somebody filled in, read field by field: what cannot be read is told beside its field, and nothing is lost."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, time
from enum import StrEnum
from typing import TypeVar
from zoneinfo import available_timezones

from werkzeug.datastructures import MultiDict

from advocacy.domain.normal import INT_LIMIT, TITLE_LIMIT, URL_LIMIT, storable
from advocacy.forms import is_key

Choice = TypeVar("Choice", bound=StrEnum)
FIRST = date(1995, 1, 1)
TEXT = 10_000  #: characters of an abstract or a note


def begun(address: Mapping[str, str], fields: Collection[str], **first: str) -> "Entry":
    """An empty form with what its address says of these fields; of the others it says what is said first."""
    return Entry(MultiDict({**first, **{name: said for name in fields if (said := address.get(name, ""))}}))


class Entry:
    """A form as it was filled in; `wrong` says by field what is to be mended."""

    def __init__(self, given: "MultiDict[str, str]", wrong: dict[str, str] | None = None) -> None:
        self._given = given
        self.wrong = wrong or {}

    def __call__(self, name: str) -> str:
        """What stands in a field, as it was typed."""
        return self._given.get(name, "")

    def many(self, name: str) -> list[int]:
        """The rows that were ticked or chosen."""
        return list(dict.fromkeys(int(one) for one in self._given.getlist(name) if is_key(one)))

    def line(self, name: str, needed: str = "") -> str:
        """One line; `needed` is what is said when there is none."""
        return storable(" ".join(self._text(name, TITLE_LIMIT, needed).split()), TITLE_LIMIT)

    def words(self, name: str) -> str:
        """A text of several lines."""
        return storable(self._text(name, TEXT, "").replace("\r\n", "\n"), TEXT)

    def link(self, name: str) -> str:
        """An address that a browser may follow, or nothing."""
        said = storable(self._text(name, URL_LIMIT, ""), URL_LIMIT)
        if said and not said.lower().startswith(("https://", "http://")):
            self.wrong[name] = "Give the whole address, beginning with https://."
        return said

    def day(self, name: str, *, until: date | None = None, needed: str = "") -> date | None:
        """A day, not later than `until`."""
        said = self(name).strip()
        if not said:
            self._miss(name, needed)
            return None
        try:
            found = date.fromisoformat(said)
        except ValueError:
            self.wrong[name] = "Give the day as 2026-11-23."
            return None
        if not FIRST <= found < date(2200, 1, 1):
            self.wrong[name] = "Give a day of this century."
        elif until and found > until:
            self.wrong[name] = "That day has not come yet: give the day it happened."
        return found

    def hour(self, name: str) -> time | None:
        """An hour of the day."""
        said = self(name).strip()
        try:
            return time.fromisoformat(said) if said else None
        except ValueError:
            self.wrong[name] = "Give the hour as 15:30."
            return None

    def zone(self, name: str, otherwise: str) -> str:
        """A time zone, by its name."""
        said = self(name).strip() or otherwise
        if said not in available_timezones():
            self.wrong[name] = "Give a time zone like Asia/Kolkata or UTC."
            return otherwise
        return said

    def whole(self, name: str, needed: str = "") -> int | None:
        """A whole number of 0 or more."""
        said = self(name).strip()
        if not said:
            self._miss(name, needed)
            return None
        if not (said.isascii() and said.isdigit() and len(said) < 10):
            self.wrong[name] = "Give the number in digits, like 45."
            return None
        return min(int(said), INT_LIMIT)

    def score(self, name: str) -> float | None:
        """A number with or without a point."""
        said = self(name).strip().replace(",", ".")
        if not said:
            return None
        if not (said.isascii() and said.replace(".", "", 1).isdigit() and len(said) < 8):
            self.wrong[name] = "Give the score as a number, like 4.4."
            return None
        return float(said)

    def choice(self, name: str, words: type[Choice], otherwise: Choice) -> Choice:
        """One of a closed list of words."""
        said = self(name) or otherwise.value
        if said not in list(words):
            self.wrong[name] = f"Choose one of: {', '.join(words)}."
            return otherwise
        return words(said)

    def ticked(self, name: str) -> bool:
        """Whether a box is ticked."""
        return bool(self(name))

    def topics(self, name: str) -> list[str]:
        """Words between commas."""
        said = (" ".join(one.split()) for one in self._text(name, TITLE_LIMIT, "").split(","))
        return list(dict.fromkeys(storable(one, TITLE_LIMIT) for one in said if one))

    def chosen(self, name: str, known: Sequence[int], needed: str) -> int | None:
        """One of the rows that a form offered."""
        found = next((one for one in self.many(name) if one in known), None)
        if found is None:
            self._miss(name, needed)
        return found

    def _text(self, name: str, most: int, needed: str) -> str:
        said = self(name).strip()
        if not said:
            self._miss(name, needed)
        if len(said) > most:
            self.wrong[name] = f"That is too long: at most {most} characters, these are {len(said)}."
        return said

    def _miss(self, name: str, needed: str) -> None:
        if needed:
            self.wrong[name] = needed
