"""What a site of the network holds: people, posts and comments, as values that the API's answers are made of."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class Owner:
    """Who wrote something: a user, or somebody whose account is gone (`id` None), of whom at most a name is left."""

    id: int | None
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A user of the site; `about` is HTML."""

    id: int
    name: str
    about: str
    joined: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """A question (`parent` None) or an answer; `body` is HTML, `tags` and `title` stand on questions."""

    id: int
    parent: int | None
    owner: Owner
    at: datetime
    active_at: datetime
    edited_at: datetime | None
    body: str
    score: int
    title: str = ""
    tags: tuple[str, ...] = ()
    accepted: int | None = None  #: of a question, the answer that was accepted
    views: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Comment:
    """A remark below a post; `body` is HTML."""

    id: int
    post: int
    owner: Owner
    at: datetime
    body: str
    score: int


class StackSite(Protocol):
    """One site as it stands at a moment."""

    def people(self, ids: Iterable[int]) -> Iterator[Person]:
        """The users of these numbers, as far as there are."""

    def posts_of(self, people: Iterable[int]) -> Iterator[Post]:
        """All questions and answers of these users."""

    def posts(self, ids: Iterable[int]) -> Iterator[Post]:
        """The questions and answers of these numbers."""

    def answers_to(self, question: int) -> list[Post]:
        """The answers below a question."""

    def comments_of(self, people: Iterable[int]) -> Iterator[Comment]:
        """All comments of these users."""

    def comments(self, ids: Iterable[int]) -> Iterator[Comment]:
        """The comments of these numbers."""


class SiteAt(Protocol):
    """A site that can be shown as of any moment."""

    def __call__(self, now: datetime) -> StackSite:
        """The site as it stands then."""
