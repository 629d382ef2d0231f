"""Blogs of the loopback world: one Atom feed for each member, with its newest posts."""

import hashlib
from datetime import datetime
from html import escape

from advocacy.domain.activity import Platform
from ingest.loopback.server import NOT_FOUND, Answer, Ask
from ingest.loopback.world import Message, World

WINDOW = 30  #: a feed shows so many


class Feeds:
    """Answers for `<name>/feed.xml` as of the server's day."""

    def __init__(self, world: World) -> None:
        self._world = world

    def __call__(self, ask: Ask) -> Answer:
        """Answer one request below the platform's own path."""
        name, _, file = ask.path.partition("/")
        if (Platform.FEED, name) not in self._world.members or file != "feed.xml":
            return NOT_FOUND
        if outage := self._world.outage(Platform.FEED, ask.now):
            return Answer(status=outage.status, body=b"not now")
        body = _atom(name, self._world.by(Platform.FEED, name, ask.now)[:WINDOW], ask.now)
        tag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
        if ask.headers.get("if-none-match") == tag:
            return Answer(status=304, headers={"ETag": tag})
        return Answer(body=body, headers={"Content-Type": "application/atom+xml; charset=utf-8", "ETag": tag})


def _atom(name: str, posts: list[Message], now: datetime) -> bytes:
    entries = "".join(_entry(post, now) for post in posts)
    return (
        f'<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom"><id>https://{name}.example/'
        f'</id><title>{escape(name)}</title><link href="https://{name}.example/"/>\n{entries}</feed>\n'
    ).encode()


def _entry(post: Message, now: datetime) -> str:
    updated = [post.at, *post.edits(now)][-1]
    return (
        f"<entry><id>{escape(post.link)}</id><title>{escape(post.title)}</title>"
        f'<link href="{escape(post.link)}"/><published>{post.at.isoformat()}</published>'
        f'<updated>{updated.isoformat()}</updated><content type="html">{escape(escape(post.text(now)))}</content>'
        "</entry>\n"
    )
