"""What it means when X does not answer as asked: each trouble as one of the contract's errors, in words."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import requests

from ingest.fetch import Unreachable
from ingest.source import Misconfigured, SourceError, TryLater, told

_KEY = "ADVOCACY_X__BEARER_TOKEN"
_OTHER_ROAD = "until then everybody can bring their own archive of X in instead"
_LATEST = timedelta(hours=24)
_PLAN = ("client-not-enrolled", "client-forbidden", "unsupported", "usage-capped", "credits", "not-enrolled")
_NOT_ENOUGH = 453  #: X's code for an endpoint that the plan does not hold


class TooOld(TryLater):
    """X does not look back as far as we ask: it is to be asked otherwise."""


class Expired(TryLater):
    """A page token is not taken any more: the walk begins anew from the cursor at the next visit."""


def named(error: Exception, answer: requests.Response | None, now: datetime) -> SourceError:
    """Give the contract's error for what the library raised and what X had answered (None: nothing)."""
    if answer is None:
        away = isinstance(error.__cause__, Unreachable)
        return TryLater(f"X cannot be asked: {error}", unreachable=away)
    body = _body(answer)
    says = _says(body) or f"{answer.status_code} {answer.reason or ''}".strip()
    match answer.status_code:
        case 400:
            return _misunderstood(body, says)
        case 401:
            return Misconfigured(f"X does not know our key any more ({says}); set a valid one in {_KEY}")
        case 402 | 403:
            return _refused(answer.status_code, body, says)
        case 429:
            return _too_many(answer.headers, body, says, now)
        case 404:
            return TryLater(f"X has nothing at this address ({says}); does ADVOCACY_X__BASE_URL lead to its API?")
    if answer.status_code >= 500:
        return TryLater(f"X answers {answer.status_code}: it has trouble of its own")
    return garbled(answer)


def garbled(answer: requests.Response | None) -> TryLater:
    """The error for an answer that is none: a web page, nothing at all, something of another shape."""
    status = answer.status_code if answer is not None else "nothing"
    return TryLater(f"X answers {status} with something that is no answer of its API")


def no_such(problem: Mapping[str, Any]) -> bool:
    """Whether a problem in an answer's `errors` says that the thing does not exist, and not that it is closed to us."""
    return "not found" in str(problem.get("title", "")).lower()


def closed(problem: Mapping[str, Any]) -> str:
    """Why a user cannot be read, as an answer's `errors` tell it; '' when it is not about the user at all."""
    if "suspended" in str(problem.get("detail", "")).lower():
        return "is suspended by X"
    if no_such(problem):
        return "does not exist on X"
    is_shut = str(problem.get("title", "")).lower() in ("authorization error", "forbidden")
    return "is closed to us: only approved followers see its posts" if is_shut else ""


def _misunderstood(body: Mapping[str, Any], says: str) -> SourceError:
    names = _parameters(body)
    if names & {"next_token", "pagination_token"}:
        return Expired(f"X does not take the token of the next page any more ({says}); the walk begins anew next time")
    if names & {"since_id", "start_time", "until_id"}:
        return TooOld(f"X does not look back so far ({says})")
    return TryLater(f"X does not understand what it is asked: {says}")


def _refused(status: int, body: Mapping[str, Any], says: str) -> Misconfigured:
    """No credits, a plan that does not hold the endpoint, or a key that may not."""
    problem = " ".join(str(body.get(name, "")) for name in ("type", "reason", "title")).lower()
    codes = [problem.get("code") for problem in _problems(body)]
    if status == 402:
        return Misconfigured(f"X wants to be paid first ({says}): add credits to the account of our app; {_OTHER_ROAD}")
    if _NOT_ENOUGH in codes or any(word in problem for word in _PLAN):
        words = f"the plan of our app at X does not hold reading posts ({says}): it needs pay-per-use or a paid plan"
        return Misconfigured(f"{words}; {_OTHER_ROAD}")
    return Misconfigured(f"X does not let our app in ({says}); see to {_KEY} and to the app there; {_OTHER_ROAD}")


def _too_many(headers: Mapping[str, str], body: Mapping[str, Any], says: str, now: datetime) -> TryLater:
    if "usage-capped" in str(body.get("type", "")).lower():
        return TryLater(f"X gives no more posts this month ({says}); {_OTHER_ROAD}", at=now + _LATEST, ours=True)
    return TryLater("X has had enough of us for this quarter of an hour (429)", at=lifted(headers, now), ours=True)


def lifted(headers: Mapping[str, str], now: datetime) -> datetime | None:
    """When a limit is lifted, between now and a day; None for a header that is missing, past or no time at all."""
    value = str(headers.get("x-rate-limit-reset", ""))
    if not value.isascii() or not value.isdigit() or len(value) > 19:
        return None
    at = min(int(value), int((now + _LATEST).timestamp()))
    return datetime.fromtimestamp(at, UTC) if at > now.timestamp() else None


def _body(answer: requests.Response) -> Mapping[str, Any]:
    try:
        body = json.loads(answer.content)
    except (ValueError, RecursionError):
        return {}
    return body if isinstance(body, dict) else {}


def _problems(body: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    found = body.get("errors")
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


def _parameters(body: Mapping[str, Any]) -> set[str]:
    """The names of the parameters that X complains about."""
    found = [one.get("parameters") for one in _problems(body)]
    return {str(name) for parameters in found if isinstance(parameters, dict) for name in parameters}


def _says(body: Mapping[str, Any]) -> str:
    """X's own words: of the first problem, else of the whole."""
    words = [one.get("message") or one.get("detail") for one in _problems(body)]
    found = next((one for one in [*words, body.get("detail"), body.get("title")] if isinstance(one, str) and one), "")
    return told(found)[:200]
