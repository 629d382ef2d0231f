"""A person's profile: who has the name, what stands there, and whether there is anything to be seen at all."""

import re
from datetime import datetime

from ingest.prose import plain_text
from ingest.source import AccountGone, Profile, TryLater
from ingest.sources.reddit_client import Client
from ingest.sources.reddit_items import HOME, Thing, number_of, text_of

_HANDLE = re.compile(r"[A-Za-z0-9_-]{2,24}")
_NOTHING = 1  #: karma of an account that never wrote


def handle(address: str) -> str:
    """The name that is asked for; raise AccountGone for what Reddit gives to nobody."""
    if not _HANDLE.fullmatch(address):
        raise AccountGone(f"{address[:60]!r} is no name on Reddit; give it as it stands after u/")
    return address


def profile(client: Client, address: str, now: datetime) -> Profile:
    """Read the profile; raise AccountGone when it is suspended, Unfit when there is none."""
    about = _about(client, address, now)
    page = about.get("subreddit")
    said = text_of(page, "public_description") if isinstance(page, dict) else ""
    name = text_of(about, "name") or address
    return Profile(id=f"t2_{text_of(about, 'id')}", name=name, about=plain_text(said), url=f"{HOME}/user/{name}")


def has_anything(client: Client, address: str, now: datetime) -> bool:
    """Whether an empty profile hides something: what others gave points for must have been written."""
    about = _about(client, address, now)
    points = [number_of(about, "comment_karma") or 0, number_of(about, "link_karma") or 0]
    return sum(max(point, 0) for point in points) > _NOTHING


def _about(client: Client, address: str, now: datetime) -> Thing:
    payload = client.get(f"user/{address}/about", now)
    about = payload.get("data") if isinstance(payload, dict) else None
    if not isinstance(about, dict):
        raise TryLater("Reddit answers with something else than a profile")
    if about.get("is_suspended"):
        raise AccountGone(f"u/{address} is suspended on Reddit")
    return about
