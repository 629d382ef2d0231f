"""A site read from one of the dumps that Stack Exchange publishes: Posts.xml, Users.xml, Comments.xml.

Rows are streamed; what is kept of them is held in memory, so this is for small sites. Not every row is a post: tag
descriptions and the like are no questions or answers, and the publisher plants two rows of its own in each dump (ids
1000000001 and 1000000010), which nobody wrote. They are skipped and counted.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from html import escape
from pathlib import Path
from xml.etree.ElementTree import iterparse

from ingest.loopback.stackexchange_site import Comment, Owner, Person, Post

PLANTED = frozenset({1000000001, 1000000010})
_QUESTION, _ANSWER = "1", "2"
Row = Mapping[str, str]


class DumpSite:
    """The whole dump, whatever the moment; `skipped` says of how many rows what they were instead of posts."""

    def __init__(self, folder: Path) -> None:
        self.skipped: Counter[str] = Counter()
        self._people = {int(row["Id"]): _person(row) for row in _rows(folder / "Users.xml")}
        self._posts = {post.id: post for post in self._read(folder / "Posts.xml")}
        self._comments = {int(row["Id"]): self._comment(row) for row in _rows(folder / "Comments.xml")}
        self._below: dict[int, list[Post]] = {}
        self._by: dict[int, list[Post]] = {}
        for post in self._posts.values():
            if post.parent is not None:
                self._below.setdefault(post.parent, []).append(post)
            if post.owner.id is not None:
                self._by.setdefault(post.owner.id, []).append(post)

    def __call__(self, now: datetime) -> "DumpSite":
        """The site as it stands then: a dump is from long ago."""
        return self

    def people(self, ids: Iterable[int]) -> Iterator[Person]:
        """The users of these numbers, as far as there are."""
        yield from (self._people[one] for one in ids if one in self._people)

    def posts_of(self, people: Iterable[int]) -> Iterator[Post]:
        """All questions and answers of these users."""
        for one in people:
            yield from self._by.get(one, ())

    def posts(self, ids: Iterable[int]) -> Iterator[Post]:
        """The questions and answers of these numbers."""
        yield from (self._posts[one] for one in ids if one in self._posts)

    def answers_to(self, question: int) -> list[Post]:
        """The answers below a question."""
        return self._below.get(question, [])

    def comments_of(self, people: Iterable[int]) -> Iterator[Comment]:
        """All comments of these users."""
        wanted = set(people)
        yield from (one for one in self._comments.values() if one.owner.id in wanted)

    def comments(self, ids: Iterable[int]) -> Iterator[Comment]:
        """The comments of these numbers."""
        yield from (self._comments[one] for one in ids if one in self._comments)

    def _read(self, file: Path) -> Iterator[Post]:
        for row in _rows(file):
            if int(row["Id"]) in PLANTED:
                self.skipped["planted by the publisher"] += 1
            elif row["PostTypeId"] not in (_QUESTION, _ANSWER):
                self.skipped["neither a question nor an answer"] += 1
            else:
                yield self._post(row)

    def _post(self, row: Row) -> Post:
        edited = row.get("LastEditDate")
        return Post(
            id=int(row["Id"]),
            parent=int(row["ParentId"]) if row["PostTypeId"] == _ANSWER else None,
            owner=self._owner(row.get("OwnerUserId"), row.get("OwnerDisplayName", "")),
            at=_moment(row["CreationDate"]),
            active_at=_moment(row["LastActivityDate"]),
            edited_at=_moment(edited) if edited else None,
            body=row["Body"],
            score=int(row["Score"]),
            title=row.get("Title", ""),
            tags=tuple(row.get("Tags", "").strip("<>").split("><")) if row.get("Tags") else (),
            accepted=int(row["AcceptedAnswerId"]) if "AcceptedAnswerId" in row else None,
            views=int(row.get("ViewCount", 0)),
        )

    def _comment(self, row: Row) -> Comment:
        return Comment(
            id=int(row["Id"]),
            post=int(row["PostId"]),
            owner=self._owner(row.get("UserId"), row.get("UserDisplayName", "")),
            at=_moment(row["CreationDate"]),
            body=escape(row["Text"], quote=False),
            score=int(row["Score"]),
        )

    def _owner(self, identity: str | None, name: str) -> Owner:
        known = self._people.get(int(identity)) if identity else None
        return Owner(id=known.id, name=known.name) if known else Owner(id=None, name=name)


def _rows(file: Path) -> Iterator[Row]:
    """The attributes of each row; the tree is thrown away as it grows."""
    if not file.exists():
        return
    for _, element in iterparse(file):
        if element.tag == "row":
            yield dict(element.attrib)
        element.clear()


def _person(row: Row) -> Person:
    return Person(
        id=int(row["Id"]),
        name=row["DisplayName"],
        about=row.get("AboutMe", ""),
        joined=_moment(row["CreationDate"]),
    )


def _moment(words: str) -> datetime:
    return datetime.fromisoformat(words).replace(tzinfo=UTC)
