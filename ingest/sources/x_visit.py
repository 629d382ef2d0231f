"""One visit to X for a batch of accounts: as many as possible in one search, the others each by their timeline."""

from collections.abc import Iterator, Sequence
from datetime import timedelta

from ingest.source import AccountGone, Cost, Page, SourceError, TryLater
from ingest.sources.x_account import Account, id_at, moment_of
from ingest.sources.x_coverage import coverage
from ingest.sources.x_line import Answer, Line
from ingest.sources.x_packing import packed, query
from ingest.sources.x_people import gone, resolved, strayed
from ingest.sources.x_trouble import TooOld, closed
from ingest.sources.x_walk import Walk

_SPARE = timedelta(minutes=30)
"""What the search sees at the far end of its window is gone before we have asked for it."""

_APART = timedelta(minutes=30)
"""Accounts that were read at moments further apart are not asked for together: posts would be paid for twice."""


class Visit:
    """What one call of `fetch` does; used once."""

    def __init__(self, line: Line, accounts: Sequence[Account]) -> None:
        self._line, self._accounts = line, accounts
        self._begin = id_at(line.now - line.options.window + _SPARE)
        self._open = {account.address: account for account in accounts}
        self._learned: dict[str, Account] = {}  #: whose id was asked for in this visit, until a page remembers it
        self._next: list[Account] = []  #: who is to be asked for once more: what came since an earlier walk broke off

    def pages(self) -> Iterator[Page]:
        """Yield all that is new; trouble is raised while nobody was read, and stands on pages of the others after."""
        try:
            for page in self._all():
                self._learned.pop(page.address, None)
                if page.error or self._is_last(page):
                    self._open.pop(page.address, None)
                yield page
        except SourceError as error:
            error.cost += self._line.paid()
            if len(self._open) == len(self._accounts) and not self._learned:
                raise
            yield from self._unread(error)

    def _is_last(self, page: Page) -> bool:
        goes_on = any(account.address == page.address for account in self._next)
        return page.cursor is not None and "until" not in page.cursor and not goes_on

    def _all(self) -> Iterator[Page]:
        waiting: list[Account] = []
        before = {account.address: account.id for account in self._accounts}
        for found in resolved(self._line, self._accounts):
            if isinstance(found, Page):
                yield found
                continue
            waiting.append(found)
            if before[found.address] != found.id:
                self._learned[found.address] = found
        while waiting:
            self._next = []
            singles = [account for account in waiting if account.seen < self._begin]
            for cluster in _clusters(account for account in waiting if account.seen >= self._begin):
                for group in self._groups(cluster):
                    yield from self._search(group, singles)
            for account in singles:
                yield from self._timeline(account)
            waiting = self._next

    def _groups(self, cluster: Sequence[Account]) -> Iterator[list[Account]]:
        by_handle: dict[str, list[Account]] = {}
        for account in cluster:
            by_handle.setdefault(account.address.casefold(), []).append(account)
        options = self._line.options
        for handles in packed(by_handle, options.only, options.query_chars):
            yield [account for handle in handles for account in by_handle[handle]]

    def _search(self, group: Sequence[Account], singles: list[Account]) -> Iterator[Page]:
        """Search for a group; where X does not look back so far after all, each goes to the single ones."""
        handles = {account.address.casefold(): account.address for account in group}
        asked = query(handles.values(), self._line.options.only)
        since, until = min(account.seen for account in group), group[0].until
        walk = Walk(self._line, group, by_handle=True)
        try:
            yield from walk.pages(lambda token: self._line.search(asked, since, until, token))
        except TooOld:
            singles.extend(group)
            return
        lost = {page.address: page for page in strayed(self._line, group)} if walk.strangers else {}
        for account, posts in walk.ends:
            more = coverage(account, self._line.options, posts_read=0, oldest=0) if account.since else {}
            self._go_on(account, walk)
            yield lost.get(account.address) or walk.last(account, posts, **more)

    def _timeline(self, account: Account) -> Iterator[Page]:
        walk = Walk(self._line, [account])
        try:
            yield from walk.pages(lambda token: self._one(account, token))
        except AccountGone as error:
            yield gone(account, str(error), self._line)
            return
        [(_, posts)] = walk.ends
        more = coverage(account, self._line.options, posts_read=account.read + walk.posts, oldest=walk.oldest)
        self._go_on(account, walk)
        yield walk.last(account, posts, **more)

    def _one(self, account: Account, token: str) -> Answer:
        begin = account.seen if account.until or account.since is None else moment_of(account.seen)
        answer = self._line.timeline(account.id, begin, account.until, token)
        if answer.problems and not answer.data:
            if words := closed(answer.problems[0]):
                raise AccountGone(words)
            raise TryLater("X cannot give these posts now, and does not say why")
        return answer

    def _go_on(self, account: Account, walk: Walk) -> None:
        if account.until:
            self._next.append(walk.after(account))

    def _unread(self, error: SourceError) -> Iterator[Page]:
        """For each that was not read the error, the first with what it cost; an id that X was paid to tell is kept."""
        for address in self._open:
            mine = error.__class__.__new__(error.__class__)
            mine.__dict__.update(error.__dict__)
            mine.args, error.cost = error.args, Cost()
            mine.cursor = self._learned[address].cursor() if address in self._learned else None
            yield Page(address=address, activities=(), error=mine)


def _clusters(accounts: Iterator[Account]) -> Iterator[list[Account]]:
    """Accounts that stand at about the same place, so that hardly a post is asked for twice."""
    apart = int(_APART.total_seconds() * 1000) << 22
    cluster: list[Account] = []
    for account in sorted(accounts, key=lambda one: (one.until, one.seen)):
        if cluster and (account.until != cluster[0].until or account.seen - cluster[0].seen > apart):
            yield cluster
            cluster = []
        cluster.append(account)
    if cluster:
        yield cluster
