"""Posts as X gives them out: by search, by user, by id."""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from advocacy.domain.activity import Kind, Platform
from ingest.loopback.server import Answer, Ask
from ingest.loopback.world import Message
from ingest.loopback.x_pages import WINDOW, misplaced, page
from ingest.loopback.x_people import is_past, member_of
from ingest.loopback.x_posts import Rendering, version_ids
from ingest.loopback.x_problems import answered, closed, invalid, missing, suspended

_QUERY_CHARS = 512
_TIMELINE, _TIMELINE_WITHOUT_REPLIES = 3200, 800
_QUERY = re.compile(r"\(?((?:from:\w+)(?: OR from:\w+)*)\)?((?: -is:(?:retweet|reply))*)\Z")


def recent(shown: Rendering, ask: Ask, headers: Mapping[str, str]) -> Answer:
    """`/2/tweets/search/recent`."""
    query = ask.query.get("query", "")
    found = _QUERY.match(query)
    if len(query) > _QUERY_CHARS or not found:
        words = (
            f"Rules must be {_QUERY_CHARS} characters or less" if found else "There were errors processing your request"
        )
        return invalid("query", query, f"{words}: {query[:40]}", headers)
    if problem := misplaced(ask, headers):
        return problem
    names = [term.removeprefix("from:") for term in found[1].split(" OR ")]
    people = [one for one in (member_of(shown.world, name) for name in names) if one and not _is_away(one, ask.now)]
    left_out = {f"-is:{what}" for what in found[2].split(" -is:") if what}
    messages = [message for one in people for message in shown.world.by(Platform.X, one.handle, ask.now)]
    kept = [message for message in messages if message.at > ask.now - WINDOW and not _is_left_out(message, left_out)]
    return page(shown, kept, ask, headers, "next_token")


def timeline(shown: Rendering, user_id: str, ask: Ask, headers: Mapping[str, str]) -> Answer:
    """`/2/users/…/tweets`: the newest 3,200, or 800 when replies are left out, as X documents."""
    members = (one for (platform, _), one in shown.world.members.items() if platform is Platform.X)
    member = next((one for one in members if one.id == user_id), None)
    if member is None or is_past(member.left_at, ask.now):
        return answered({"errors": [missing("user", "id", user_id)]}, headers)
    if is_past(member.suspended_from, ask.now):
        return answered({"errors": [suspended("id", user_id)]}, headers)
    if is_past(member.hidden_from, ask.now):
        return answered({"errors": [closed("user", "id", user_id)]}, headers)
    left_out = {{"retweets": "-is:retweet", "replies": "-is:reply"}.get(one, "") for one in _list(ask, "exclude")}
    most = _TIMELINE_WITHOUT_REPLIES if "-is:reply" in left_out else _TIMELINE
    messages = shown.world.by(Platform.X, member.handle, ask.now)[:most]
    kept = [message for message in messages if not _is_left_out(message, left_out)]
    return page(shown, kept, ask, headers, "pagination_token")


def single(shown: Rendering, ask: Ask, headers: Mapping[str, str]) -> Answer:
    """`/2/tweets`: up to 100 ids; an earlier version's id gives that version."""
    ids = _list(ask, "ids")
    if not 1 <= len(ids) <= 100:
        return invalid("ids", ",".join(ids), "size must be between 1 and 100", headers)
    data, problems = [], []
    for key in ids:
        message, version = _found(shown, key, ask.now)
        if message is None or not message.exists(ask.now):
            is_removed = message is not None and is_past(message.removed_at, ask.now)
            problems.append(closed("tweet", "ids", key) if is_removed else missing("tweet", "ids", key))
        elif (member := member_of(shown.world, message.author)) and _is_away(member, ask.now):
            has_left = is_past(member.left_at, ask.now)
            problems.append(missing("tweet", "ids", key) if has_left else closed("tweet", "ids", key))
        else:
            data.append(shown.post(message, version))
    return answered({**({"data": data} if data else {}), **({"errors": problems} if problems else {})}, headers)


def _found(shown: Rendering, key: str, now: datetime) -> tuple[Message | None, int]:
    """The message that has this id, and which of its versions the id is."""
    if message := shown.world.messages.get((Platform.X, key)):
        return message, 0
    every: Sequence[tuple[Any, Message]] = list(shown.world.messages.items())
    for (platform, _), message in every:
        if platform is Platform.X and len(message.versions) > 1 and key in (ids := version_ids(message, now)):
            return message, ids.index(key)
    return None, 0


def _is_left_out(message: Message, left_out: set[str]) -> bool:
    is_reply = message.kind is Kind.REPLY and not message.reposts
    return (bool(message.reposts) and "-is:retweet" in left_out) or (is_reply and "-is:reply" in left_out)


def _is_away(member: Any, now: datetime) -> bool:
    return any(is_past(when, now) for when in (member.left_at, member.suspended_from, member.hidden_from))


def _list(ask: Ask, name: str) -> list[str]:
    return [one for one in ask.query.get(name, "").split(",") if one]
