"""Reddit's own library behind our gate: one key, as few tokens as may be, and every failure in named words."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import praw
from prawcore.exceptions import OAuthException, PrawcoreException, RequestException
from prawcore.requestor import Requestor
from requests import Response

from ingest.fetch import Http, Unreachable
from ingest.session import Metered, session
from ingest.source import Cost, Misconfigured, Refused, SourceError, TryLater
from ingest.sources.reddit_limits import Allowance

WWW, OAUTH = "https://www.reddit.com", "https://oauth.reddit.com"
_TIMEOUT = 30  #: seconds; the gate has its own, total one
_ODD = (ValueError, KeyError, TypeError, AttributeError, IndexError, AssertionError, RecursionError)
"""What reading an answer that is no Reddit's answer may raise inside the library."""


class Unfit(Exception):
    """Reddit answered, and not with what was asked for; whoever asked knows what that means."""

    def __init__(self, status: int, where: str) -> None:
        super().__init__(f"Reddit answers {status}")
        self.status = status
        self.where = where  #: the path it redirects to


class Client:
    """Asks Reddit's API for JSON, read-only, with a token of its own; for one thread at a time."""

    def __init__(self, config: Mapping[str, str], http: Http, allowance: Allowance) -> None:
        base = config["base_url"]
        meter = session(http, {WWW: base or WWW, OAUTH: base or OAUTH})
        self._config = config
        self._asker = _Asker(meter, allowance, config["user_agent"])
        self._reddit = self._library()

    def get(self, path: str, now: datetime, **params: str | int) -> Any:
        """Give the JSON below a path like `user/asha_k/about`; raise Unfit, or one of the named errors."""
        self._asker.now = now
        try:
            return self._asked(path, params)
        except Unfit as error:
            if error.status != 401:
                raise
        self._reddit = self._library()  # the token ended early: a new library fetches a new one
        try:
            return self._asked(path, params)
        except Unfit as error:
            if error.status != 401:
                raise
            raise Misconfigured("Reddit does not take the token that it gave us (401)") from error

    def cost(self) -> Cost:
        """What the requests since the last time cost, those for the token included."""
        requests, received = self._asker.meter.taken()
        return Cost(requests=requests, bytes=received)

    def _asked(self, path: str, params: Mapping[str, str | int]) -> Any:
        try:
            return self._reddit.request(method="GET", path=path, params=dict(params))
        except OAuthException as error:
            raise Misconfigured(f"Reddit does not take our key: {error.error}") from error
        except (PrawcoreException, *_ODD) as error:
            raise TryLater("Reddit answers with something else than its API's JSON") from error

    def _library(self) -> praw.Reddit:
        """The library, told everything, so that no praw.ini and no environment variable has a say."""
        return praw.Reddit(
            "DEFAULT",
            requestor_class=lambda **known: self._asker,  # type: ignore[arg-type]
            client_id=self._config["client_id"],
            client_secret=self._config["client_secret"],
            user_agent=self._config["user_agent"],
            check_for_updates=False,
            check_for_async=False,
            username=None,
            password=None,
            refresh_token=None,
            redirect_uri=None,
            reddit_url=WWW,
            oauth_url=OAUTH,
            timeout=_TIMEOUT,
            ratelimit_seconds=0,
        )


class _Asker(Requestor):
    """Sends one request and judges its status before the library does, which would sleep, ask again or stumble."""

    def __init__(self, meter: Metered, allowance: Allowance, user_agent: str) -> None:
        super().__init__(oauth_url=OAUTH, reddit_url=WWW, session=meter, timeout=_TIMEOUT, user_agent=user_agent)
        self.meter = meter
        self.now = datetime.min.replace(tzinfo=UTC)
        self._allowance = allowance

    def request(self, *args: Any, timeout: float | None = None, **more: Any) -> Response:
        """Give an answer that is fit to read; raise one of the named errors, or Unfit."""
        self._allowance.check(self.now)
        try:
            answer = super().request(*args, timeout=timeout, **more)
        except RequestException as error:
            raise _on_the_way(error.original_exception) from error
        self._allowance.note(answer.headers, self.now)
        if failure := self._failure(answer, is_token=str(args[1]).startswith(WWW)):
            raise failure
        for name in [name for name in answer.headers if name.lower().startswith("x-ratelimit-")]:
            del answer.headers[name]
        return answer

    def _failure(self, answer: Response, *, is_token: bool) -> SourceError | Unfit | None:
        status = answer.status_code
        if status == 200:
            return None
        if status == 429:
            return self._allowance.refused(answer.headers, self.now)
        if status >= 500 or status in (408, 425):
            return TryLater(f"Reddit is out of order ({status})")
        if is_token:
            return _no_token(status)
        if "insufficient_scope" in answer.headers.get("www-authenticate", ""):
            return Misconfigured("Reddit lets our key do less than is needed (insufficient scope)")
        return Unfit(status, answer.headers.get("location", "")[:200])


def _no_token(status: int) -> SourceError:
    """What it means that no token is given out."""
    if status in (400, 401, 403):
        return Misconfigured(f"Reddit does not take our key ({status}); see ADVOCACY_REDDIT__CLIENT_ID and _SECRET")
    return TryLater(f"Reddit gives out no token ({status})")


def _on_the_way(error: Exception) -> SourceError:
    """What the gate said: nobody answered, or we will not go there."""
    if isinstance(error.__cause__, Unreachable):
        return TryLater(str(error), unreachable=True)
    return Refused(str(error))
