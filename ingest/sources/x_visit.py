"""One visit to X for a batch of accounts: as many as possible in one search, the others each by their timeline."""

from collections.abc import Iterator, Sequence
from copy import copy
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
        self._learned: dict[str, Account] = {}  #: whose id was asked for in this visit, until a page remembers it
        self._next: list[Account] = []  #: who is to be asked for once more: what came since an earlier walk broke off
        self._singles = 0  #: requests for single accounts

    def pages(self) -> Iterator[Page]:
        """Yield all that is new; an error that ends the visit comes after what was learned of those still waiting."""
        try:
            yield from self._known_pages()
        except SourceError as error:
            error.cost += self._line.paid()
            yield from self._remembered(error)
            raise

    def _known_pages(self) -> Iterator[Page]:
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
                    yield from self._remembering(self._search(group, singles))
            for account in singles:
                yield from self._remembering(self._timeline(account))
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
        asked = query(dict.fromkeys(account.address.casefold() for account in group), self._line.options.only)
        since, until = min(account.seen for account in group), group[0].until
        walk = Walk(self._line, group)
        try:
            yield from walk.pages(lambda token: self._line.search(asked, since, until, token))
        except TooOld:
            singles.extend(group)
            return
        lost = {page.address: page for page in strayed(self._line, group)} if walk.strangers else {}
        for account, posts in walk.ends:
            more = coverage(account, self._line.options, posts_read=0, oldest=0) if account.since else {}
            yield lost.get(account.address) or walk.last(account, posts, **more)
            self._go_on(account, walk)

    def _timeline(self, account: Account) -> Iterator[Page]:
        if self._singles >= self._line.options.timelines_at_once:
            words = "many accounts have to be read one by one now; this one has its turn at the next visit"
            error = TryLater(words, at=self._line.now, ours=True, cursor=account.cursor())
            yield Page(address=account.address, activities=(), error=error)
            return
        walk = Walk(self._line, [account])
        try:
            yield from walk.pages(lambda token: self._one(account, token))
        except AccountGone as error:
            yield gone(account, str(error), self._line)
            return
        [(_, posts)] = walk.ends
        more = coverage(account, self._line.options, posts_read=account.read + walk.posts, oldest=walk.oldest)
        yield walk.last(account, posts, **more)
        self._go_on(account, walk)

    def _one(self, account: Account, token: str) -> Answer:
        self._singles += 1
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

    def _remembering(self, pages: Iterator[Page]) -> Iterator[Page]:
        for page in pages:
            self._learned.pop(page.address, None)
            yield page

    def _remembered(self, error: SourceError) -> Iterator[Page]:
        """For each that was not read: the error, with the id that X was paid to tell."""
        for account in self._learned.values():
            mine = copy(error)
            mine.cost, mine.cursor = Cost(), account.cursor()
            yield Page(address=account.address, activities=(), error=mine)


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
