"""A site of the loopback world: questions, answers and comments among its messages."""

import html
from collections.abc import Iterable, Iterator
from datetime import datetime

from advocacy.domain.activity import Kind, Platform
from ingest.loopback.stackexchange_site import Comment, Owner, Person, Post
from ingest.loopback.world import Member, Message, World

_HERE = Platform.STACKEXCHANGE


class WorldSite:
    """The site at a host, at a moment; somebody's handle in the world is the host and their number."""

    def __init__(self, world: World, host: str, now: datetime) -> None:
        self._world, self._host, self._now = world, host, now

    def people(self, ids: Iterable[int]) -> Iterator[Person]:
        """The users of these numbers, as far as there are."""
        for one in ids:
            member = self._member(f"{self._host}/{one}")
            if member is not None:
                about = _html(member.about)
                yield Person(id=one, name=member.name or member.handle, about=about, joined=member.joined)

    def posts_of(self, people: Iterable[int]) -> Iterator[Post]:
        """All questions and answers of these users."""
        yield from (self._post(said) for said in self._said(people) if not _is_comment(said))

    def posts(self, ids: Iterable[int]) -> Iterator[Post]:
        """The questions and answers of these numbers."""
        yield from (self._post(said) for said in self._found(ids) if not _is_comment(said))

    def answers_to(self, question: int) -> list[Post]:
        """The answers below a question."""
        return [self._post(said) for asked in self._found([question]) for said in self._answers(asked)]

    def comments_of(self, people: Iterable[int]) -> Iterator[Comment]:
        """All comments of these users."""
        yield from (self._comment(said) for said in self._said(people) if _is_comment(said))

    def comments(self, ids: Iterable[int]) -> Iterator[Comment]:
        """The comments of these numbers."""
        yield from (self._comment(said) for said in self._found(ids) if _is_comment(said))

    def _member(self, handle: str) -> Member | None:
        member = self._world.members.get((_HERE, handle))
        if member is None or member.joined > self._now:
            return None
        return None if member.left_at is not None and member.left_at <= self._now else member

    def _said(self, people: Iterable[int]) -> Iterator[Message]:
        for one in people:
            if self._member(f"{self._host}/{one}") is not None:
                said = self._world.by(_HERE, f"{self._host}/{one}", self._now)
                yield from (message for message in said if self._is_below(message))

    def _found(self, ids: Iterable[int]) -> Iterator[Message]:
        for one in ids:
            said = self._world.messages.get((_HERE, str(one)))
            if said is not None and said.channel == self._host and said.exists(self._now) and self._is_below(said):
                yield said

    def _is_below(self, said: Message) -> bool:
        """Whether what it stands below is there: a deleted question takes its answers with it."""
        above = self._world.messages.get((_HERE, said.parent)) if said.parent else None
        return not said.parent or (above is not None and above.exists(self._now) and self._is_below(above))

    def _answers(self, asked: Message) -> list[Message]:
        return [said for said in self._world.replies(asked, self._now) if not _is_comment(said)]

    def _post(self, said: Message) -> Post:
        answers = [] if said.parent else self._answers(said)
        edits = said.edits(self._now)
        moved = [said.at, *edits, *(at for one in answers for at in (one.at, *one.edits(self._now)))]
        accepted = [one for one in answers if one.accepted_at is not None and one.accepted_at <= self._now]
        return Post(
            id=int(said.id),
            parent=int(said.parent) if said.parent else None,
            owner=self._owner(said),
            at=said.at,
            active_at=max(moved),
            edited_at=edits[-1] if edits else None,
            body=_html(said.text(self._now)),
            score=said.score(self._now),
            title=said.title,
            tags=said.tags,
            accepted=int(accepted[-1].id) if accepted else None,
        )

    def _comment(self, said: Message) -> Comment:
        return Comment(
            id=int(said.id),
            post=int(said.parent),
            owner=self._owner(said),
            at=said.at,
            body=_html(said.text(self._now)),
            score=said.score(self._now),
        )

    def _owner(self, said: Message) -> Owner:
        member = self._member(said.author)
        if member is None:
            return Owner(id=None, name=f"user{said.author.rpartition('/')[2]}")
        return Owner(id=int(member.id), name=member.name or member.handle)


def _is_comment(said: Message) -> bool:
    return bool(said.parent) and said.kind is not Kind.ANSWER


def _html(text: str) -> str:
    """Plain text as the site shows it: paragraphs, and code where it stood in fences."""
    parts = html.escape(text, quote=False).split("```")
    shown = []
    for place, part in enumerate(parts):
        if place % 2:
            shown.append(f"<pre><code>{part.strip(chr(10))}\n</code></pre>")
        else:
            shown += [f"<p>{paragraph.strip()}</p>" for paragraph in part.split("\n\n") if paragraph.strip()]
    return "\n".join(shown)
