"""Posts, comments, profiles and listings of the loopback world in the JSON of Reddit's API."""

import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

from advocacy.domain.activity import Kind
from ingest.loopback.world import Member, Message, World

HOME = "https://www.reddit.com"
FUZZ = 2  #: points by which a shown score is off at most
DELETED, REMOVED = "[deleted]", "[removed]"

Things = Iterable[dict[str, Any]]


class Shapes:
    """Renders the world as of a moment; `seed` decides how each score is blurred."""

    def __init__(self, world: World, seed: int = 0) -> None:
        self._world, self._seed = world, seed

    def thing(self, one: Message, now: datetime, *, is_bare: bool = False) -> dict[str, Any]:
        """A post or a comment; `is_bare`: without what only listings tell of the post that a comment stands below."""
        if one.kind is Kind.REPLY:
            return {"kind": "t1", "data": self._comment(one, now, is_bare)}
        return {"kind": "t3", "data": self._post(one, now)}

    def tree(self, post: Message, now: datetime) -> list[dict[str, Any]]:
        """A post and all that stands below it."""
        return [listing([self.thing(post, now)]), listing(self._below(post, now))]

    def profile(self, member: Member, now: datetime) -> dict[str, Any]:
        """What stands on a person's own page, with the points that others gave."""
        said = self._world.by(member.platform, member.handle, now)
        points = {kind: sum(max(one.score(now), 1) for one in said if one.kind is kind) for kind in Kind}
        title = {"title": member.name, "public_description": member.about, "display_name": f"u_{member.handle}"}
        return {
            "kind": "t2",
            "data": {
                "id": member.id,
                "name": member.handle,
                "created_utc": member.joined.timestamp(),
                "link_karma": points[Kind.POST] + 1,
                "comment_karma": points[Kind.REPLY],
                "subreddit": {**title, "subreddit_type": "user", "url": f"/user/{member.handle}/"},
            },
        }

    def _below(self, above: Message, now: datetime) -> Iterator[dict[str, Any]]:
        for reply in self._world.replies(above, now):
            made = self.thing(reply, now, is_bare=True)
            if under := list(self._below(reply, now)):
                made["data"]["replies"] = listing(under)
            yield made

    def _post(self, one: Message, now: datetime) -> dict[str, Any]:
        is_self = not one.link
        return {
            **self._both(one, now, "t3"),
            "title": one.title,
            "selftext": self._text(one, now) if is_self else "",
            "is_self": is_self,
            "url": HOME + permalink(self._world, one) if is_self else one.link,
            "domain": f"self.{channel(one)}" if is_self else one.link.split("/")[2],
            "num_comments": self._replies(one, now),
            "num_crossposts": 0,
            "hide_score": False,
            "removed_by_category": _taken_by(one, now),
        }

    def _comment(self, one: Message, now: datetime, is_bare: bool) -> dict[str, Any]:
        post = self._world.messages[one.platform, one.root]
        made = {
            **self._both(one, now, "t1"),
            "body": self._text(one, now),
            "link_id": f"t3_{post.id}",
            "parent_id": f"t3_{post.id}" if one.parent == post.id else f"t1_{one.parent}",
            "is_submitter": one.author == post.author,
            "score_hidden": False,
            "replies": "",
        }
        address = HOME + permalink(self._world, post)
        told = {"link_title": post.title, "link_author": self._author(post, now), "link_permalink": address}
        more = {**told, "link_url": post.link or address, "num_comments": self._replies(post, now)}
        return made if is_bare else {**made, **more}

    def _both(self, one: Message, now: datetime, prefix: str) -> dict[str, Any]:
        edits, score = one.edits(now), self._score(one, now)
        return {
            "id": one.id,
            "name": f"{prefix}_{one.id}",
            "author": self._author(one, now),
            "subreddit": channel(one),
            "subreddit_name_prefixed": f"r/{channel(one)}",
            "permalink": permalink(self._world, one),
            "created": one.at.timestamp(),
            "created_utc": one.at.timestamp(),
            "edited": edits[-1].timestamp() if edits else False,
            "score": score,
            "ups": score,
            "downs": 0,
            "distinguished": None,
            "stickied": False,
            "archived": False,
            "locked": False,
        }

    def _author(self, one: Message, now: datetime) -> str:
        member = self._world.members.get((one.platform, one.author))
        has_left = member is not None and member.left_at is not None and member.left_at <= now
        return DELETED if has_left or _is_past(one.deleted_at, now) else one.author

    def _text(self, one: Message, now: datetime) -> str:
        if _is_past(one.deleted_at, now):
            return DELETED
        return REMOVED if _is_past(one.removed_at, now) else one.text(now)

    def _score(self, one: Message, now: datetime) -> int:
        """The score as it is shown: off by a little, otherwise each hour."""
        roll = zlib.crc32(f"{self._seed} {one.id} {now:%Y%m%d%H}".encode())
        return one.score(now) + roll % (2 * FUZZ + 1) - FUZZ

    def _replies(self, one: Message, now: datetime) -> int:
        return sum(1 for _ in self._world.thread(one, now))


def listing(children: Things, after: str | None = None, before: str | None = None) -> dict[str, Any]:
    """A page of a listing."""
    shown = list(children)
    return {
        "kind": "Listing",
        "data": {"modhash": "", "dist": len(shown), "children": shown, "after": after, "before": before},
    }


def page(
    messages: Sequence[Message],
    show: Callable[[Message], dict[str, Any]],
    limit: int,
    after: str = "",
    before: str = "",
) -> dict[str, Any]:
    """A page out of all that a listing shows: behind `after`, or right before `before`, both names like `t1_abc`."""
    names = [name(one) for one in messages]
    start = names.index(after) + 1 if after in names else len(names) if after else 0
    if before:
        end = names.index(before) if before in names else 0
        start = max(end - limit, 0)
        chosen = messages[start:end]
    else:
        chosen = messages[start : start + limit]
    goes_on = bool(chosen) and start + len(chosen) < len(messages)
    first = name(chosen[0]) if chosen and start else None
    return listing(map(show, chosen), name(chosen[-1]) if goes_on else None, first)


def name(one: Message) -> str:
    """Reddit's name of a message."""
    return f"t1_{one.id}" if one.kind is Kind.REPLY else f"t3_{one.id}"


def channel(one: Message) -> str:
    """The community's name as Reddit writes it, without a prefix."""
    return one.channel.removeprefix("r/")


def permalink(world: World, one: Message) -> str:
    """Where a message stands, below the platform's address."""
    post = world.messages[one.platform, one.root]
    slug = "_".join(word for word in "".join(c if c.isalnum() else " " for c in post.title.lower()).split())[:50]
    where = f"/r/{channel(post)}/comments/{post.id}/{slug or '_'}/"
    return where if one is post else f"{where}{one.id}/"


def _taken_by(one: Message, now: datetime) -> str | None:
    if _is_past(one.deleted_at, now):
        return "deleted"
    return "moderator" if _is_past(one.removed_at, now) else None


def _is_past(moment: datetime | None, now: datetime) -> bool:
    return moment is not None and moment <= now
