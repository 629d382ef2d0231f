"""What an answer of the API means that is no list of items: come later, mend the configuration, no such site."""

import re
from datetime import UTC, datetime, time, timedelta

from advocacy.domain.retry_after import LATEST, retry_at
from ingest.fetch import Response
from ingest.source import Misconfigured, Refused, SourceError, TryLater, told
from ingest.sources.stackexchange_json import Item, number, words

_SECONDS = re.compile(r"(\d{1,7})\s+seconds?")
_KEY = "ADVOCACY_STACKEXCHANGE__KEY"
_BASE = "ADVOCACY_STACKEXCHANGE__BASE_URL"
_NO_SITE = 404
_OF_KEYS = frozenset({401, 402, 403, 405, 406})
_THROTTLED, _AWAY, _BROKEN = 502, 503, 500


class NoFilter(TryLater):
    """The filter that we sent is not known there: it is to be made anew, and once is enough."""


def failure(answer: Response, said: Item | None, now: datetime) -> SourceError | None:
    """Give the error that an answer amounts to, None for one whose items can be read.

    The API reports all errors of its own as HTTP 400 with an `error_id`; `said` is the body, None when it is no object.
    """
    if said is not None and "error_id" in said:
        return _of_api(said, now)
    if answer.status == 200:
        if said is not None and isinstance(said.get("items"), list):
            return None
        return TryLater("the Stack Exchange API answers with something that is not what it promises")
    return _of_http(answer, now)


def midnight(now: datetime) -> datetime:
    """When the day's quota begins anew."""
    return datetime.combine(now.astimezone(UTC).date() + timedelta(days=1), time(), UTC)


def _of_api(said: Item, now: datetime) -> SourceError:
    error, text = number(said.get("error_id")), words(said.get("error_message"))
    name = words(said.get("error_name")) or "an error without a name"
    line = told(f"the Stack Exchange API says {name}: {text}")
    if error == _THROTTLED:
        found = _SECONDS.search(text)
        return TryLater(line, at=now + min(timedelta(seconds=int(found[1])), LATEST) if found else None, ours=True)
    if error in (_AWAY, _BROKEN):
        return TryLater(line)
    if error in _OF_KEYS:
        return Misconfigured(f"{line}; look at {_KEY}")
    if error == _NO_SITE or "no site" in text.lower():
        return Refused(f"{line}; give a profile's address on a site of the network")
    if "filter" in text.lower():
        return NoFilter(line)
    if "key" in text.lower():
        return Misconfigured(f"{line}; look at {_KEY}")
    return TryLater(line)


def _of_http(answer: Response, now: datetime) -> SourceError:
    status = answer.status
    if status in (429, 503):
        at = retry_at(answer.headers.get("retry-after", ""), now)
        return TryLater(f"the Stack Exchange API asks to come later ({status})", at=at, ours=status == 429)
    if status >= 500 or status in (304, 408, 425) or status < 300:
        return TryLater(f"the Stack Exchange API answers {status}")
    if status in (401, 402, 403, 407):
        return Misconfigured(f"the Stack Exchange API lets us in no more ({status}); look at {_KEY}")
    if status == 400:
        return TryLater("the Stack Exchange API refuses a question of ours (400) and does not say why")
    return Misconfigured(f"what answers is no Stack Exchange API ({status}); look at {_BASE}")
