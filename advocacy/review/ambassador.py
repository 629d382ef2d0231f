"""What ambassador programmes ask for each year: a row a work, with a quantity, a second quantity and the reach."""

from collections.abc import Iterator, Mapping, Sequence

from advocacy import display
from advocacy.domain.activity import Kind
from advocacy.models.pack import Number, Piece
from advocacy.review.gather import Pack

COLUMNS = (
    *("date", "activity_type", "title", "link", "where"),
    *("quantity", "quantity_of", "second_quantity", "second_quantity_of", "reach", "reach_of", "reach_as_of"),
)
TYPES: Mapping[Kind, tuple[str, str]] = {
    Kind.ARTICLE: ("Blog post", "articles"),
    Kind.TALK: ("Speaking", "talks"),
    Kind.PROPOSAL: ("Speaking proposal", "proposals"),
    Kind.TRAINING_GIVEN: ("Workshop or training", "sessions"),
    Kind.ANSWER: ("Forum answer", "answers"),
    Kind.QUESTION: ("Forum question", "questions"),
    Kind.REPLY: ("Forum reply", "replies"),
    Kind.POST: ("Social media post", "posts"),
    Kind.REVIEW: ("Review", "reviews"),
}
REACH = ("attendees", "audience", "impressions", "impression_count", "views", "view_count", "listens")
"""What is a reach, the most telling first."""
SECOND = ("score", "upvotes", "likes", "like_count", "comments", "reply_count", "replies", "retweet_count", "answers")


def rows(pack: Pack) -> Iterator[tuple[object, ...]]:
    """Each work once, newest first; what no programme asks about is left out, and an unknown number stays empty."""
    return (_row(one, *TYPES[one.kind]) for one in pack.works if one.kind in TYPES)


def _row(one: Piece, name: str, noun: str) -> tuple[object, ...]:
    reach, second = _first(one.numbers, REACH), _first(one.numbers, SECOND)
    title = display.heading(one.title, one.excerpt, one.kind, one.platform)
    where = one.channel or display.platform(one.platform)
    return (
        *(one.day.isoformat(), name, title, display.link(one.url), where, 1, noun),
        *((second.value, _said(second.metric)) if second else ("", "")),
        *((reach.value, _said(reach.metric), reach.day.isoformat()) if reach else ("", "", "")),
    )


def _first(numbers: Sequence[Number], wanted: Sequence[str]) -> Number | None:
    by_name = {number.metric: number for number in numbers}
    return next((by_name[name] for name in wanted if name in by_name), None)


def _said(metric: str) -> str:
    return metric.removesuffix("_count").replace("_", " ")
