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

_LASTS = "".join(chr(plane << 16 | last) for plane in range(1, 17) for last in (0xFFFE, 0xFFFF))
_UNSTORABLE = re.compile(rf"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff{_LASTS}]")


class Unstorable(ValueError):
    """No database could keep this activity; the words say why."""


def normal(activity: Activity) -> Activity:
    """The same activity without what databases refuse; raise Unstorable when nothing honest would be left."""
    ref = storable(activity.ref, 10_000)
    if not ref:
        raise Unstorable("the item has no identity")
    if activity.at.tzinfo is None or not 1970 <= activity.at.year < 9999:
        raise Unstorable(f"the date {activity.at!r} cannot be stored")
    thread = activity.thread
    return replace(
        activity,
        ref=ref,
        at=activity.at.astimezone(UTC).replace(microsecond=0),
        channel=storable(activity.channel, TITLE_LIMIT),
        url=storable(activity.url, URL_LIMIT),
        title=storable(activity.title, TITLE_LIMIT),
        text=storable(activity.text, TEXT_LIMIT),
        lang=storable(activity.lang, 35),
        authors=tuple(storable(author, TITLE_LIMIT) for author in activity.authors),
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


def storable(text: str, limit: int) -> str:
    """Text that every database takes and every page may show: no control characters, surrogates, noncharacters."""
    return _UNSTORABLE.sub("", text)[:limit]


def _fitting(number: int | None) -> int | None:
    return number if number is not None and abs(number) <= INT_LIMIT else None


def _whole(metrics: Mapping[str, int]) -> dict[str, int]:
    return {storable(name, 40): value for name, value in sorted(metrics.items()) if abs(value) <= INT_LIMIT}
