"""The users of the loopback X: who has a handle, and what became of them."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from zlib import crc32

from advocacy.domain.activity import Platform
from ingest.loopback.server import Answer, Ask
from ingest.loopback.world import Member, World
from ingest.loopback.x_posts import Rendering, moment
from ingest.loopback.x_problems import answered, invalid, missing, suspended


def users_by(shown: Rendering, ask: Ask, headers: Mapping[str, str]) -> Answer:
    """`/2/users/by`: up to 100 handles."""
    handles = [name for name in ask.query.get("usernames", "").split(",") if name]
    if not 1 <= len(handles) <= 100:
        return invalid("usernames", ",".join(handles), "size must be between 1 and 100", headers)
    data: list[dict[str, Any]] = []
    problems: list[dict[str, Any]] = []
    for handle in handles:
        found = _user(shown.world, handle, ask, "usernames")
        (data if "username" in found else problems).append(found)
    return answered({**({"data": data} if data else {}), **({"errors": problems} if problems else {})}, headers)


def user_by(shown: Rendering, handle: str, headers: Mapping[str, str]) -> Answer:
    """`/2/users/by/username/…`."""
    found = _user(shown.world, handle, shown.ask, "username")
    return answered({"data": found} if "username" in found else {"errors": [found]}, headers)


def member_of(world: World, handle: str) -> Member | None:
    """Who has this handle, however it is spelled."""
    exact = world.members.get((Platform.X, handle))
    if exact is not None:
        return exact
    every = (one for (platform, _), one in world.members.items() if platform is Platform.X)
    return next((one for one in every if one.handle.casefold() == handle.casefold()), None)


def is_past(moment: datetime | None, now: datetime) -> bool:
    """Whether something has happened by then."""
    return moment is not None and moment <= now


def _user(world: World, handle: str, ask: Ask, parameter: str) -> dict[str, Any]:
    member = member_of(world, handle)
    if member is None or member.joined > ask.now or is_past(member.left_at, ask.now):
        return missing("user", parameter, handle)
    if is_past(member.suspended_from, ask.now):
        return suspended(parameter, handle)
    more: dict[str, Any] = {
        "created_at": moment(member.joined),
        "description": member.about,
        "protected": is_past(member.hidden_from, ask.now),
        "verified": False,
        "location": "",
        "url": "",
        "profile_image_url": "https://pbs.twimg.com/profile_images/1/normal.jpg",
        "public_metrics": {
            "followers_count": crc32(member.handle.encode()) % 5000,
            "following_count": crc32(member.handle.encode()) % 500,
            "tweet_count": len(world.by(Platform.X, member.handle, ask.now)),
            "listed_count": 0,
        },
    }
    wanted = ask.query.get("user.fields", "").split(",")
    plain = {"id": member.id, "name": member.name or member.handle, "username": member.handle}
    return plain | {name: value for name, value in more.items() if name in wanted}
