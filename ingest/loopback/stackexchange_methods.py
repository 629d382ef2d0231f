"""The methods: which objects each is about, in what order, and which page of them."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Any, NamedTuple

from ingest.loopback.stackexchange_answers import Pen
from ingest.loopback.stackexchange_site import Comment, Person, Post, StackSite

Thing = Post | Comment | Person
PAGE_SIZE, LARGEST, LAST_PAGE_WITHOUT_KEY = 30, 100, 25


class ApiError(Exception):
    """An error that the API tells with its number and name."""

    def __init__(self, number: int, name: str, message: str) -> None:
        super().__init__(message)
        self.id, self.name = number, name


class Found(NamedTuple):
    """A site at a moment, and how its objects are written."""

    site: StackSite
    pen: Pen


@dataclass(frozen=True, slots=True)
class Method:
    """A method by its path: what it is about, and how that is written."""

    name: str
    about: Callable[[StackSite, Sequence[int]], Iterable[Thing]]
    written: Callable[[Pen], Callable[[Any], dict[str, Any]]]


def _answers(posts: Iterable[Post]) -> list[Thing]:
    return [post for post in posts if post.parent is not None]


def _questions(posts: Iterable[Post]) -> list[Thing]:
    return [post for post in posts if post.parent is None]


_ALL = (
    Method("users/{}", lambda site, ids: site.people(ids), lambda pen: pen.person),
    Method("users/{}/answers", lambda site, ids: _answers(site.posts_of(ids)), lambda pen: pen.post),
    Method("users/{}/questions", lambda site, ids: _questions(site.posts_of(ids)), lambda pen: pen.post),
    Method("users/{}/comments", lambda site, ids: site.comments_of(ids), lambda pen: pen.comment),
    Method("answers/{}", lambda site, ids: _answers(site.posts(ids)), lambda pen: pen.post),
    Method("questions/{}", lambda site, ids: _questions(site.posts(ids)), lambda pen: pen.post),
    Method(
        "questions/{}/answers",
        lambda site, ids: [answer for one in ids for answer in site.answers_to(one)],
        lambda pen: pen.post,
    ),
    Method("comments/{}", lambda site, ids: site.comments(ids), lambda pen: pen.comment),
)
METHODS: Mapping[str, Method] = MappingProxyType({method.name: method for method in _ALL})


def window(method: Method, seen: Found, ids: Sequence[int], query: Mapping[str, str], has_key: bool) -> dict[str, Any]:
    """The page of a method's objects that a query asks for, and whether there is more."""
    page, size = _whole(query, "page", 1), _whole(query, "pagesize", PAGE_SIZE)
    if not 0 <= size <= LARGEST or page < 1:
        raise ApiError(400, "bad_parameter", "pagesize" if page >= 1 else "page")
    if page > LAST_PAGE_WITHOUT_KEY and not has_key:
        raise ApiError(403, "access_denied", "page above 25 requires access token or app key")
    things = _sorted(method.about(seen.site, ids), query)
    shown = things[(page - 1) * size : page * size]
    return {"items": [method.written(seen.pen)(one) for one in shown], "has_more": len(things) > page * size}


def _sorted(things: Iterable[Thing], query: Mapping[str, str]) -> list[Thing]:
    sort, order = query.get("sort", ""), query.get("order", "desc")
    if order not in ("asc", "desc") or sort not in ("", "activity", "creation", "votes", "reputation"):
        raise ApiError(400, "bad_parameter", "order" if order not in ("asc", "desc") else "sort")
    least, most = _whole(query, "min", -(2**62)), _whole(query, "max", 2**62)
    keyed = sorted(((_key(one, sort), one.id, one) for one in things), key=lambda told: told[:2])
    within = [one for key, _, one in keyed if least <= key <= most]
    return within if order == "asc" else within[::-1]


def _key(thing: Thing, sort: str) -> int:
    if isinstance(thing, Person):
        return _seconds(thing.joined)
    if sort == "votes":
        return thing.score
    if isinstance(thing, Comment) or sort == "creation":
        return _seconds(thing.at)
    return _seconds(thing.active_at)


def _whole(query: Mapping[str, str], name: str, otherwise: int) -> int:
    told = query.get(name, "")
    if not told:
        return otherwise
    if not told.lstrip("-").isdecimal():
        raise ApiError(400, "bad_parameter", name)
    return int(told)


def _seconds(moment: datetime) -> int:
    return int(moment.timestamp())
