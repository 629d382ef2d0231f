"""Who of a directory is wanted: by topic, language, place and the form in which they speak."""

from collections.abc import Iterable
from dataclasses import dataclass

from advocacy.domain.profile import Told


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What a list of speakers is narrowed to; what is empty narrows nothing."""

    topic: str = ""
    language: str = ""
    place: str = ""
    form: str = ""


def fits(told: Told, wanted: Wanted) -> bool:
    """Whether somebody is wanted by what they tell: part of a word suffices, but for the form."""
    places = (told.residence, told.location)
    return (
        _named(wanted.topic, told.topics)
        and _named(wanted.language, told.languages)
        and _named(wanted.place, places)
        and (not wanted.form or wanted.form in told.formats)
    )


def offered(tolds: Iterable[Told], name: str) -> list[str]:
    """The topics or languages that somebody tells, each once in its first spelling, by the alphabet."""
    found: dict[str, str] = {}
    for told in tolds:
        for one in getattr(told, name):
            found.setdefault(one.casefold(), one)
    return [found[one] for one in sorted(found)]


def _named(words: str, among: Iterable[str]) -> bool:
    sought = words.casefold().split()
    return not sought or any(all(one in said.casefold() for one in sought) for said in among)
