"""One conversation with X's API: asked through tweepy, paid from the purse, every answer checked for its shape."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

import requests
import tweepy

from ingest.fetch import Http
from ingest.session import session
from ingest.source import Cost, Purse
from ingest.sources.x_options import XOptions
from ingest.sources.x_posts import Post
from ingest.sources.x_trouble import garbled, named

USERS_AT_ONCE = 100  #: names, or ids of posts, in one request

logging.getLogger(tweepy.client.__name__).setLevel(logging.INFO)  # below that it writes our key into the log

_HOSTS = ("https://api.twitter.com", "https://api.x.com")
_POST_FIELDS = [
    *("created_at", "author_id", "conversation_id", "in_reply_to_user_id", "lang", "public_metrics", "entities"),
    *("referenced_tweets", "note_tweet", "edit_history_tweet_ids", "withheld"),
]
_USER_FIELDS = ["description", "protected"]
# What tweepy raises itself, and what its errors raise over a body or a header that is not as it should be.
_TROUBLE = (
    *(tweepy.TweepyException, requests.RequestException),
    *(AttributeError, KeyError, TypeError, ValueError, RecursionError),
)


@dataclass(frozen=True, slots=True)
class Answer:
    """What X answered: the things asked for, what it says of those it did not give, and how to go on."""

    data: list[Post]
    problems: list[Post]
    next_token: str = ""
    at: datetime | None = None  #: by X's own clock


class Line:
    """Asks X, for one thread and one visit; what it cost is added up until it is told on a page.

    The library's client is made anew for each line, for nothing of it is fit to be shared between threads.
    """

    def __init__(self, options: XOptions, http: Http, purse: Purse, now: datetime) -> None:
        self.options, self.now = options, now
        self._purse, self._usd = purse, 0.0
        self._answer: requests.Response | None = None
        self._session = session(http, dict.fromkeys(_HOSTS, options.base_url))
        self._session.hooks["response"] = [self._note]
        self._session.max_redirects = 0  # an API does not move, and our key goes nowhere else
        self._client = tweepy.Client(options.bearer_token, return_type=dict, wait_on_rate_limit=False)
        self._client.session = self._session

    def search(self, query: str, since_id: int, until_id: int, token: str) -> Answer:
        """Posts of the last days that the query finds, the newest first; both ends are exclusive."""
        more = {"query": query, "since_id": since_id, "until_id": until_id or None, "next_token": token or None}
        return self._posts(self._client.search_recent_tweets, **more)

    def timeline(self, user_id: str, since: int | datetime, until_id: int, token: str) -> Answer:
        """The posts of one user, the newest first, from an id (exclusive) or a moment on."""
        begin = {"start_time": since} if isinstance(since, datetime) else {"since_id": since}
        more = {
            "until_id": until_id or None,
            "pagination_token": token or None,
            "exclude": self.options.exclude or None,
        }
        return self._posts(self._client.get_users_tweets, id=user_id, **begin, **more)

    def posts(self, ids: Sequence[str]) -> Answer:
        """Single posts."""
        most = len(ids) * self.options.price_post
        fields = {"ids": list(ids), "tweet_fields": _POST_FIELDS}
        return self._ask(self._client.get_tweets, most, self.options.price_post, fields)

    def users(self, handles: Sequence[str]) -> Answer:
        """Who has these handles."""
        most = len(handles) * self.options.price_user
        fields = {"usernames": list(handles), "user_fields": _USER_FIELDS}
        return self._ask(self._client.get_users, most, self.options.price_user, fields)

    def user(self, handle: str) -> Answer:
        """Who has this handle, with what they say of themselves."""
        fields = {"username": handle, "user_fields": _USER_FIELDS}
        return self._ask(self._client.get_user, self.options.price_user, self.options.price_user, fields)

    def paid(self) -> Cost:
        """What was asked and paid since the last time this was told."""
        requests_made, read = self._session.taken()
        cost, self._usd = Cost(requests=requests_made, bytes=read, usd=self._usd), 0.0
        return cost

    def _posts(self, method: Callable[..., Any], **more: Any) -> Answer:
        most = self.options.page_posts * self.options.price_post
        fields = {"tweet_fields": _POST_FIELDS, "max_results": self.options.page_posts, **more}
        return self._ask(method, most, self.options.price_post, fields)

    def _ask(self, method: Callable[..., Any], most: float, price: float, fields: dict[str, Any]) -> Answer:
        """Ask once. The most that it may cost is set aside before; what fails or brings nothing is free."""
        self._purse.reserve(most)
        self._answer, spent = None, 0.0
        try:
            answer = self._read(method(**fields))
            spent = price * len(answer.data)
        except _TROUBLE as error:
            failed = self._answer is None or self._answer.status_code != 200
            raise (named(error, self._answer, self.now) if failed else garbled(self._answer)) from error
        finally:
            self._usd += spent
            self._purse.settle(most, spent)
        return answer

    def _read(self, body: Any) -> Answer:
        """Take the body apart; raise ValueError for one of another shape. One thing alone comes as a list of one."""
        data = body.get("data", [])
        data = [data] if isinstance(data, dict) else data
        problems, meta = body.get("errors", []), body.get("meta", {})
        lists = isinstance(data, list) and isinstance(problems, list) and isinstance(meta, dict)
        if not lists or not all(isinstance(one, dict) for one in [*data, *problems]):
            raise ValueError("no answer of this API")
        if not {"data", "errors", "meta"} & body.keys():
            raise ValueError("an answer that says nothing")
        return Answer(data, problems, str(meta.get("next_token") or ""), self._date())

    def _date(self) -> datetime | None:
        try:
            at = parsedate_to_datetime(self._answer.headers["date"]) if self._answer is not None else None
        except (KeyError, TypeError, ValueError):
            return None
        return at.replace(tzinfo=UTC) if at and at.tzinfo is None else at

    def _note(self, answer: requests.Response, *args: Any, **kwargs: Any) -> None:
        self._answer = answer
