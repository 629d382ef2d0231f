"""An activity made fit for both databases: what they would refuse or garble never reaches them."""

import json
import re
from collections.abc import Mapping
from dataclasses import fields, replace
from datetime import UTC
from hashlib import blake2b

from advocacy.domain.activity import Activity

TEXT_LIMIT, TITLE_LIMIT, URL_LIMIT = 20_000, 500, 2_000
INT_LIMIT = 2**63 - 1

_UNSTORABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


class Unstorable(ValueError):
    """No database could keep this activity; the words say why."""


def normal(activity: Activity) -> Activity:
    """The same activity without what databases refuse; raise Unstorable when nothing honest would be left."""
    ref = _clean(activity.ref, 10_000)
    if not ref:
        raise Unstorable("the item has no identity")
    if activity.at.tzinfo is None or not 1970 <= activity.at.year < 9999:
        raise Unstorable(f"the date {activity.at!r} cannot be stored")
    thread = activity.thread
    return replace(
        activity,
        ref=ref,
        at=activity.at.astimezone(UTC).replace(microsecond=0),
        channel=_clean(activity.channel, TITLE_LIMIT),
        url=_clean(activity.url, URL_LIMIT),
        title=_clean(activity.title, TITLE_LIMIT),
        text=_clean(activity.text, TEXT_LIMIT),
        lang=_clean(activity.lang, 35),
        authors=tuple(_clean(author, TITLE_LIMIT) for author in activity.authors),
        metrics=_whole(activity.metrics),
        thread=replace(
            thread,
            replies=_fitting(thread.replies),
            participants=_fitting(thread.participants),
            rank=_fitting(thread.rank),
            own_messages=_fitting(thread.own_messages),
        ),
    )


def ref_hash(ref: str) -> bytes:
    """What an activity is found by: keys may be longer than an index row can be."""
    return blake2b(ref.encode(), digest_size=16).digest()


def content_hash(activity: Activity) -> bytes:
    """Changes when anything but the numbers changes; numbers have their own history."""
    said = json.dumps([str(getattr(activity, name)) for name in _SAID])
    return blake2b(said.encode(), digest_size=16).digest()


_SAID = [field.name for field in fields(Activity) if field.name != "metrics"]


def _clean(text: str, limit: int) -> str:
    return _UNSTORABLE.sub("", text)[:limit]


def _fitting(number: int | None) -> int | None:
    return number if number is not None and abs(number) <= INT_LIMIT else None


def _whole(metrics: Mapping[str, int]) -> dict[str, int]:
    return {_clean(name, 40): value for name, value in sorted(metrics.items()) if abs(value) <= INT_LIMIT}
