"""Whose handles these are: each is resolved to X's own id once, and looked at again when it fell silent."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date

from ingest.source import AccountGone, Page, TryLater
from ingest.sources.x_account import Account
from ingest.sources.x_line import USERS_AT_ONCE, Line
from ingest.sources.x_posts import Post
from ingest.sources.x_trouble import closed

NO_HANDLE = "is no handle of X: it has up to 15 letters, digits and underscores"


def gone(account: Account, words: str, line: Line) -> Page:
    """The page that says that this account cannot be read, and remembers to ask for its owner first next time."""
    cursor = replace(account, lost=True).cursor() if account.id else None
    error = AccountGone(f"@{account.address} {words}", cost=line.paid(), cursor=cursor)
    return Page(address=account.address, activities=(), error=error)


def is_unsure(account: Account, recheck_before: date) -> bool:
    """Whether it has to be asked whose handle it is: never known, not theirs the last time, or long silent."""
    return not account.id or account.lost or account.checked is None or account.checked < recheck_before


def resolved(line: Line, accounts: Sequence[Account]) -> Iterator[Account | Page]:
    """Each account with its id; for those that cannot be read a page that says why."""
    recheck_before = (line.now - line.options.recheck).date()
    unsure: list[Account] = []
    for account in accounts:
        if not account.is_named_well:
            yield gone(account, NO_HANDLE, line)
        elif is_unsure(account, recheck_before):
            unsure.append(account)
        else:
            yield account
    for first in range(0, len(unsure), USERS_AT_ONCE):
        yield from asked(line, unsure[first : first + USERS_AT_ONCE])


def asked(line: Line, accounts: Sequence[Account]) -> Iterator[Account | Page]:
    """Ask X for the owners of up to 100 handles; of whom X says nothing it is asked again another time."""
    answer = line.users(list(dict.fromkeys(account.address for account in accounts)))
    users = {str(user.get("username", "")).casefold(): user for user in answer.data}
    problems = {str(one.get("value", one.get("resource_id", ""))).casefold(): one for one in answer.problems}
    for account in accounts:
        name = account.address.casefold()
        if name in users:
            yield _matched(account, users[name], line)
        elif words := closed(problems.get(name, {})):
            yield gone(account, words, line)
        else:
            error = TryLater(f"X says nothing of @{account.address}", cost=line.paid())
            yield Page(address=account.address, activities=(), error=error)


def strayed(line: Line, accounts: Iterable[Account]) -> Iterator[Page]:
    """Which of these handles are somebody else's now: asked when a post came that is by none of them."""
    for found in asked(line, list(accounts)):
        if isinstance(found, Page):
            yield found


def _matched(account: Account, user: Post, line: Line) -> Account | Page:
    told = str(user.get("id", ""))
    if account.id and told != account.id:
        return gone(account, "belongs to somebody else now; give your new handle", line)
    if user.get("protected") is True:
        return gone(replace(account, id=told), "is protected: only approved followers see its posts", line)
    return replace(account, id=told, checked=line.now.date(), lost=False)
