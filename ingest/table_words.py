"""The words of a person's own table: what its columns and kinds may be called, and how days may be written."""

import re
from contextlib import suppress
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from advocacy.domain.activity import Kind, Platform
from advocacy.domain.platform_names import PLATFORM_NAMES

_FIELD_WORDS = {
    "date": "date day when at time timestamp published publishedat publishedon created createdat createdon start",
    "kind": "kind type activity activitytype what",
    "platform": "platform network source site",
    "title": "title name headline subject talk topic session",
    "link": "link url href permalink address recording",
    "text": "text body content description abstract message notes note summary",
    "channel": "channel event conference community subreddit publication venue place where meetup",
    "role": "role threadrole part",
    "replies": "replies comments answers replycount commentcount",
    "participants": "participants people",
    "accepted": "accepted isaccepted acceptedanswer",
    "rank": "rank position",
    "language": "language lang",
    "id": "id ref key number",
}
_METRIC_WORDS = {
    "views": "views viewcount pageviews reads",
    "impressions": "impressions impressioncount reach",
    "likes": "likes likecount favorites favourites hearts reactions claps",
    "score": "score points upvotes votes karma",
    "reposts": "reposts retweets retweetcount repostcount",
    "shares": "shares sharecount",
    "clicks": "clicks",
    "attendees": "attendees attendance audience",
}
KINDS = {
    Kind.POST: "post tweet toot status share thread",
    Kind.REPLY: "reply comment response",
    Kind.ARTICLE: "article blog blogpost tutorial guide",
    Kind.TALK: "talk presentation webinar meetup keynote lightningtalk panel podcast workshop",
    Kind.PROPOSAL: "proposal cfp submission",
    Kind.TRAINING_GIVEN: "training traininggiven class",
    Kind.TRAINING_ATTENDED: "course trainingattended certification",
}
_KNOWN = {word: field for field, words in (_FIELD_WORDS | _METRIC_WORDS).items() for word in words.split()}
_KINDS = {word: kind for kind, words in KINDS.items() for word in words.split()} | {
    kind.value.replace("_", ""): kind for kind in Kind
}
_PLATFORMS = (
    {platform.value: platform for platform in Platform}
    | {re.sub(r"\W", "", name.casefold()): platform for platform, name in PLATFORM_NAMES.items()}
    | {"twitter": Platform.X, "stackoverflow": Platform.STACKEXCHANGE, "devto": Platform.DEV, "hn": Platform.HACKERNEWS}
)
YES, NO = frozenset("yes true 1 y x accepted".split()), frozenset("no false 0 n".split())
_FORMS = ("%d.%m.%Y", "%Y/%m/%d", "%d %b %Y", "%d %B %Y", "%b %d %Y", "%B %d %Y", "%Y-%m-%d %H:%M:%S UTC")
_MOMENT_FORMS = ("%d.%m.%Y %H:%M", "%Y/%m/%d %H:%M", "%Y/%m/%d %H:%M:%S")
_FIRST = 1995


def plain(heading: str) -> str:
    """A heading without what people write differently: case, blanks, dashes."""
    return re.sub(r"[\W_]", "", heading.casefold())


def field_of(heading: str) -> str | None:
    """The field that a heading means."""
    return _KNOWN.get(plain(heading))


def kind_of(words: str) -> Kind:
    """The kind that a cell means; raise ValueError with those there are."""
    if (kind := _KINDS.get(plain(words))) is None:
        raise ValueError(f"write one of {', '.join(Kind)}")
    return kind


def platform_of(words: str) -> Platform:
    """The platform that a cell means; raise ValueError with those there are."""
    if (platform := _PLATFORMS.get(plain(words))) is None:
        raise ValueError(f"write one of {', '.join(Platform)}, or leave it empty")
    return platform


def moment_of(words: str, zone: str) -> datetime:
    """The moment that a cell means; a day is its noon where the person lives. Raise ValueError with how to write it."""
    words = " ".join(words.replace(",", " ").split())
    found = _read(words)
    if found is None:
        raise ValueError("write it as 2026-10-01, or 2026-10-01 18:30")
    if not isinstance(found, datetime):
        found = datetime.combine(found, time(12))
    at = found if found.tzinfo else found.replace(tzinfo=ZoneInfo(zone))
    if not _FIRST <= at.year < 9999:
        raise ValueError(f"write a year from {_FIRST} on")
    return at.astimezone(UTC).replace(microsecond=0)


def _read(words: str) -> datetime | date | None:
    """ISO 8601 first; then forms in which day and month cannot be taken for each other."""
    if re.match(r"\d{4}-\d\d-\d\d", words):
        with suppress(ValueError):
            return date.fromisoformat(words)
        with suppress(ValueError):
            return datetime.fromisoformat(words)
    for form in _FORMS:
        if found := _parsed(words, form):
            return found.replace(tzinfo=UTC) if form.endswith("UTC") else found.date()
    return next((found for form in _MOMENT_FORMS if (found := _parsed(words, form))), None)


def _parsed(words: str, form: str) -> datetime | None:
    try:
        return datetime.strptime(words, form)  # noqa: DTZ007 – the zone is the person's
    except ValueError:
        return None
