"""A role page as values: its sections, its bullets, its parents, and what was odd about it."""

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Something odd about a page: where, what, and how to mend it."""

    line: int | None
    what: str
    mend: str

    def __str__(self) -> str:
        where = f"line {self.line}: " if self.line else ""
        return f"{where}{self.what}; {self.mend}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Bullet:
    """One expectation; `key` is its identity, `explicit` that the page itself gave it (`{#key}`).

    `position` counts from 0 within its section.
    """

    key: str
    text: str
    section: str
    position: int
    explicit: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A heading with the bullets below it; `about` is what is said before them."""

    slug: str
    title: str
    about: str
    bullets: tuple[Bullet, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RolePage:
    """A role page as read; `parents` are the slugs of the pages that it also asks for."""

    slug: str
    title: str
    overview: str
    parents: tuple[str, ...]
    sections: tuple[Section, ...]
    problems: tuple[Problem, ...]

    @property
    def bullets(self) -> tuple[Bullet, ...]:
        """All expectations in the order of the page."""
        return tuple(bullet for section in self.sections for bullet in section.bullets)


class LadderError(ValueError):
    """A text that is no role page; `problems` tell what was met on the way."""

    def __init__(self, name: str, what: str, mend: str, problems: tuple[Problem, ...] = ()) -> None:
        super().__init__(f"{name}: {what}. {mend}")
        self.name = name
        self.what = what
        self.mend = mend
        self.problems = problems


class Names:
    """Hands out names, each once: the second `talks` is `talks-2`."""

    def __init__(self, taken: Iterator[str] | tuple[str, ...] = ()) -> None:
        self._taken = set(taken)
        self._next: dict[str, int] = {}

    def free(self, wanted: str) -> str:
        """The wanted name, or the first free one after it."""
        name, number = wanted, self._next.get(wanted, 2)
        while name in self._taken:
            name, number = f"{wanted}-{number}", number + 1
        self._next[wanted] = number
        self._taken.add(name)
        return name
