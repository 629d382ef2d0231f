"""What a server's answer means for a feed: go on, come later, gone, or refused in words."""

import re
from datetime import datetime, timedelta

from advocacy.domain.retry_after import LATEST, retry_at
from ingest.fetch import Response
from ingest.source import AccountGone, Cost, Refused, SourceError, TryLater
from ingest.sources.feed_discovery import is_challenge, is_login, title_of
from ingest.sources.feed_memory import Memory

_SOONEST_VISIT = timedelta(minutes=15)
_GONE_AFTER = 2
_MISSING_AFTER = 5
_CHALLENGED = "the site asks for proof that we are human; ask its owner for a feed without it"
_OUTAGES = frozenset({408, 425, 429, 500, 502, 503, 504})


def failure(answer: Response, memory: Memory, now: datetime, cost: Cost) -> SourceError | None:
    """Give the error that this answer amounts to, None for one that can be read; counts 404 and 410."""
    status = answer.status
    if status in (404, 410):
        return _missing(status, memory, cost)
    memory.gone = memory.missing = 0
    if status in (200, 203, 226, 304):
        return None
    if status in (403, 503) and is_challenge(answer.body):
        return Refused(_CHALLENGED, cost=cost)
    if status in (429, 503):
        at = retry_at(answer.headers.get("retry-after", ""), now)
        return TryLater(f"the server asks to come later ({status})", at=at, ours=status == 429, cost=cost)
    if status in _OUTAGES or status >= 500 or status < 300:
        return TryLater(f"the server answers {status}", cost=cost)
    if status in (401, 402, 403, 407):
        return Refused(f"the server does not let us in ({status}); give the address of a public feed", cost=cost)
    return Refused(f"the server answers {status}; give the feed's own address", cost=cost)


def _missing(status: int, memory: Memory, cost: Cost) -> SourceError:
    if status == 410:
        memory.gone += 1
    else:
        memory.missing += 1
    if memory.gone >= _GONE_AFTER or memory.missing >= _MISSING_AFTER:
        return AccountGone(f"the server says that nothing is here ({status})", cost=cost, cursor=memory.cursor())
    if memory.feed:
        memory.forget_feed()  # the page it was found on may know where it went
    return TryLater(f"the server finds nothing here ({status})", cost=cost, cursor=memory.cursor())


def no_feed_on(page: bytes) -> str:
    """Say what a page is that names no feed, and what to do."""
    if is_login(page):
        return login_words("")
    if is_challenge(title_of(page)):
        return _CHALLENGED
    return "not a feed but a page, and the page offers none; give the feed's own address"


def login_words(found: str) -> str:
    """Say that a page asks to sign in, and where else a feed may be."""
    hint = f"it names {found}, give that if it is the one" if found else "give the address of a public feed"
    return f"not a feed but a page that asks to sign in; {hint}"


def next_visit(answer: Response, ttl_minutes: int | None, now: datetime) -> datetime | None:
    """Read Cache-Control's max-age and the feed's own ttl, within 15 minutes to 24 hours."""
    found = re.search(r"(?:^|[\s,])max-age\s*=\s*\"?(\d{1,9})", answer.headers.get("cache-control", "").lower())
    waits = [timedelta(seconds=int(found[1]))] if found else []
    waits += [timedelta(minutes=min(ttl_minutes, 10_000))] if ttl_minutes else []
    wait = max(waits, default=timedelta())
    return now + min(max(wait, _SOONEST_VISIT), LATEST) if wait else None
