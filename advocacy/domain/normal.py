"""An activity made fit for both databases: what they would refuse or garble never reaches them."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC
from hashlib import blake2b
from json.encoder import encode_basestring_ascii

from advocacy.domain.activity import NO_THREAD, Activity, Thread

TEXT_LIMIT, TITLE_LIMIT, URL_LIMIT, REF_LIMIT, LANG_LIMIT, METRIC_LIMIT = 20_000, 500, 2_000, 10_000, 35, 40
INT_LIMIT = 2**63 - 1
SHARES = 10  #: links that are remembered of one item

# The full table takes ten times as long as this one, which all that is neither odd nor beyond the basic plane passes.
_SUSPECT = re.compile(r"[^\t\n\r -~\xa0-\ud7ff\ue000-\ufdcf\ufdf0-\ufffd]")
_LASTS = "".join(chr(plane << 16 | last) for plane in range(1, 17) for last in (0xFFFE, 0xFFFF))
_UNSTORABLE = re.compile(rf"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff{_LASTS}]")


class Unstorable(ValueError):
    """No database could keep this activity; the words say why."""


def normal(activity: Activity) -> Activity:
    """The same activity without what databases refuse; raise Unstorable when nothing honest would be left."""
    if _is_normal(activity):
        return activity
    ref = storable(activity.ref, REF_LIMIT)
    if not ref:
        raise Unstorable("the item has no identity")
    if activity.at.tzinfo is None or not 1970 <= activity.at.year < 9999:
        raise Unstorable(f"the date {activity.at!r} cannot be stored")
    return replace(
        activity,
        ref=ref,
        at=activity.at.astimezone(UTC).replace(microsecond=0),
        channel=storable(activity.channel, TITLE_LIMIT),
        url=storable(activity.url, URL_LIMIT),
        title=storable(activity.title, TITLE_LIMIT),
        text=storable(activity.text, TEXT_LIMIT),
        lang=storable(activity.lang, LANG_LIMIT),
        authors=tuple(storable(author, TITLE_LIMIT) for author in activity.authors),
        shares=tuple(storable(link, URL_LIMIT) for link in activity.shares[:SHARES]),
        metrics=_whole(activity.metrics),
        thread=_fitting_thread(activity.thread),
    )


def _is_normal(one: Activity) -> bool:
    """Whether all of it can be stored as it is: true of nearly every item, and much cheaper than to make it so."""
    at, thread = one.at, one.thread
    return (
        0 < len(one.ref) <= REF_LIMIT
        and len(one.text) <= TEXT_LIMIT
        and len(one.title) <= TITLE_LIMIT
        and len(one.url) <= URL_LIMIT
        and len(one.channel) <= TITLE_LIMIT
        and len(one.lang) <= LANG_LIMIT
        and at.tzinfo is UTC
        and not at.microsecond
        and 1970 <= at.year < 9999
        and all(abs(value) <= INT_LIMIT and len(name) <= METRIC_LIMIT for name, value in one.metrics.items())
        and all(len(author) <= TITLE_LIMIT for author in one.authors)
        and len(one.shares) <= SHARES
        and all(len(link) <= URL_LIMIT for link in one.shares)
        and (thread is NO_THREAD or _fitting_thread(thread) == thread)
        and _is_storable("".join((one.ref, one.text, one.title, one.url, one.channel, one.lang)))
        and _is_storable("".join((*one.authors, *one.metrics, *one.shares)))
    )


def ref_hash(ref: str) -> bytes:
    """What an activity is found by: keys may be longer than an index row can be."""
    return blake2b(ref.encode(), digest_size=16).digest()


def content_hash(activity: Activity) -> bytes:
    """Changes when the author says something else; numbers and what others did in the thread change by themselves."""
    one = activity
    said = (
        *(one.ref, one.kind, one.platform, str(one.at), one.text, one.channel, one.url, one.title, one.lang),
        *(one.thread.key, str(one.authors), str(one.at_guessed), *one.shares),
    )
    return blake2b(f"[{', '.join(map(encode_basestring_ascii, said))}]".encode(), digest_size=16).digest()


def storable(text: str, limit: int) -> str:
    """Text that every database takes and every page may show: no control characters, surrogates, noncharacters."""
    return (text if _is_storable(text) else _UNSTORABLE.sub("", text))[:limit]


def _is_storable(text: str) -> bool:
    return not _SUSPECT.search(text) or not _UNSTORABLE.search(text)


def _fitting_thread(thread: Thread) -> Thread:
    return replace(
        thread,
        key=storable(thread.key, TITLE_LIMIT),
        replies=_fitting(thread.replies),
        participants=_fitting(thread.participants),
        rank=_fitting(thread.rank),
        own_messages=_fitting(thread.own_messages),
    )


def _fitting(number: int | None) -> int | None:
    return number if number is not None and abs(number) <= INT_LIMIT else None


def _whole(metrics: Mapping[str, int]) -> dict[str, int]:
    return {storable(name, METRIC_LIMIT): value for name, value in sorted(metrics.items()) if abs(value) <= INT_LIMIT}
