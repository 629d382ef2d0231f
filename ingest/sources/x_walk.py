"""Posts page by page, the newest first, for one account or for many at once; the cursor only when all was read."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from typing import TypeAlias

from advocacy.domain.activity import Activity
from ingest.source import Page, TryLater, Unreadable
from ingest.sources.x_account import Account, id_at, id_until
from ingest.sources.x_line import Answer, Line
from ingest.sources.x_posts import Post, activity, author, versions

Ask: TypeAlias = Callable[[str], Answer]
"""Asks for the page that a token stands for; '' is the first."""

_LAG = timedelta(minutes=1)
"""So long after it was written a post may come up: X itself tells nothing of the last half minute."""


class Walk:
    """One walk for accounts that stand at about the same place.

    Found by handle, a post of theirs proves that the handle is still theirs; found by id it does not.
    """

    def __init__(self, line: Line, accounts: Sequence[Account], *, by_handle: bool = False) -> None:
        self._line, self._accounts, self._by_handle = line, accounts, by_handle
        self._ids = {account.id for account in accounts}
        self._newest, self._wrote = 0, set[str]()
        self._begun: datetime | None = None  #: by X's own clock
        self.strangers = False  #: whether a post came that is by none of them
        self.posts = 0  #: how many posts came
        self.oldest = 0  #: the id of the oldest post that came
        self.ends: list[tuple[Account, list[Post]]] = []  #: the last page of each account, which is not yielded here

    def pages(self, ask: Ask) -> Iterator[Page]:
        """Yield all pages but the last; raise TryLater when X leads in a circle."""
        token, used = "", set[str]()
        while True:
            answer = ask(token)
            self._begun = self._begun or answer.at
            token = answer.next_token
            by_author = self._sorted(answer)
            if not token:
                break
            if token in used:
                raise TryLater("X gives the same token for the next page twice; the walk begins anew next time")
            used.add(token)
            yield from self._middle(by_author)
        self._upto = self._read_up_to()
        self.ends = [(account, by_author.get(account.id, [])) for account in self._accounts]

    def after(self, account: Account) -> Account:
        """The account when this walk has come to its end."""
        proved = self._by_handle and account.id in self._wrote
        return account.walked(self._upto, self._line.now.date() if proved else account.checked)

    def last(self, account: Account, posts: Sequence[Post], **more: object) -> Page:
        """The page that ends an account's walk: with it the cursor may be adopted."""
        return self._page(account, posts, cursor=self.after(account).cursor(), **more)

    def _middle(self, by_author: dict[str, list[Post]]) -> Iterator[Page]:
        for account in self._accounts:
            if posts := by_author.get(account.id):
                cursor = account.walked_to(self.oldest, self._newest, self.posts).cursor()
                yield self._page(account, posts, cursor=cursor)

    def _page(self, account: Account, posts: Sequence[Post], **more: object) -> Page:
        fresh = [post for post in posts if not account.seen >= _number(post) > 0]
        made = [activity(post, reposts=self._line.options.reposts) for post in fresh]
        return Page(
            address=account.address,
            activities=tuple(one for one in made if isinstance(one, Activity)),
            unreadable=tuple(one for one in made if isinstance(one, Unreadable)),
            cost=self._line.paid(),
            **more,  # type: ignore[arg-type]
        )

    def _sorted(self, answer: Answer) -> dict[str, list[Post]]:
        by_author: dict[str, list[Post]] = {}
        for post in answer.data:
            writer, number = author(post), _number(post)
            if writer not in self._ids:
                self.strangers = True
                continue
            by_author.setdefault(writer, []).append(post)
            self._newest = max(self._newest, number)
            self.oldest = min(self.oldest or number, number or self.oldest)
            self._wrote.add(writer)
        self.posts += len(answer.data)
        return by_author

    def _read_up_to(self) -> int:
        """Up to where all is known: the newest post that came, or a minute ago by the more careful of two clocks."""
        now = self._line.now
        certain = id_at(min(now, self._begun or now) - _LAG)
        return min(max(self._newest, certain), id_until(now))


def _number(post: Post) -> int:
    """The id of the version that came, which is where it stands in the order of all posts."""
    ids = versions(post)
    own = str(post.get("id", ""))
    return int(own) if own.isascii() and own.isdigit() and len(own) <= 19 else int(ids[-1]) if ids else 0
