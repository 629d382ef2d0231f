"""The company's blogs: every road a feed can take to its readers, and the ways it can fail them."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

from ingest.demo import formats
from ingest.demo.writing import Column, Post, column
from ingest.loopback.server import NOT_FOUND, Answer, Ask

WINDOW = 30
"""A feed shows its newest posts only."""


BREAKS = timedelta(days=6)
"""Since how long the broken blog answers with an error."""

MEDIA: Mapping[formats.Feed, str] = {formats.rss: "application/rss+xml", formats.atom: "application/atom+xml"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Blog:
    """Where a blog stands, who writes it and how it is served; an empty `author` names one with each post."""

    name: str
    author: str = ""
    zone: str = "Europe/Berlin"
    file: str
    make: formats.Feed
    old_file: str = ""  #: an address that was left for good
    breaks: bool = False

    @property
    def media_type(self) -> str:
        """What the feed is served as."""
        return MEDIA.get(self.make, "application/feed+json")

    @property
    def site(self) -> str:
        """The name it gives itself in its feed."""
        return f"https://{self.name}.example/"


BLOGS = (
    Blog(name="asha", author="Asha Kulkarni", zone="Asia/Kolkata", file="feed.xml", make=formats.rss),
    Blog(name="til", author="Asha Kulkarni", zone="Asia/Kolkata", file="feed.json", make=formats.json_feed),
    Blog(name="tern", file="atom.xml", make=formats.atom),
    Blog(name="joon", author="Joon Park", zone="Asia/Seoul", file="feed.json", make=formats.json_feed),
    Blog(
        name="sofia",
        author="Sofía Núñez",
        zone="America/Mexico_City",
        file="atom.xml",
        make=formats.atom,
        old_file="index.rdf",
    ),
    Blog(name="siobhan", author="Siobhán O'Leary", zone="Europe/Dublin", file="feed.xml", make=formats.rss),
    Blog(name="layla", author="ليلى حدّاد", zone="Asia/Amman", file="feed.xml", make=formats.rss),
    Blog(name="lena", author="Lena Hoffmann", file="feed.xml", make=formats.rss, breaks=True),
    Blog(name="wolfe", author="Max Wolfe", file="feed.xml", make=formats.rss),
    Blog(name="planet", author="Planet", file="feed.xml", make=formats.rss),
    Blog(name="bomb", author="Planet", file="feed.xml", make=formats.bomb),
)
LOGIN = "wiki"
"""An intranet that asks strangers to sign in."""


class Blogs:
    """Answers for every blog as of the server's day; the days of all posts are counted back from `anchor`."""

    def __init__(self, anchor: datetime, seed: int) -> None:
        self._anchor = anchor
        self._blogs = {blog.name: blog for blog in BLOGS}
        self.columns: Mapping[str, Column] = {
            blog.name: column(blog.name, blog.author, blog.zone, anchor, seed)
            for blog in BLOGS
            if blog.make is not formats.bomb
        }
        self.columns = {"bomb": self.columns["planet"], **self.columns}

    def __call__(self, ask: Ask) -> Answer:
        """Answer one request below `/blogs/`."""
        name, _, file = ask.path.partition("/")
        if name == LOGIN:
            return _login(file, ask.base)
        blog = self._blogs.get(name)
        if blog is None:
            return NOT_FOUND
        base = f"{ask.base}{name}/"
        if file and file == blog.old_file:
            return Answer(status=301, headers={"Location": base + blog.file})
        posts = self.columns[name].until(ask.now)[::-1]
        if file == blog.file:
            return self._feed(blog, posts[:WINDOW], base, ask)
        if not file:
            return _page(formats.home(self.columns[name], posts, blog.file, blog.media_type))
        return next((_page(formats.article(post)) for post in posts if post.slug == file), NOT_FOUND)

    def _feed(self, blog: Blog, posts: Sequence[Post], base: str, ask: Ask) -> Answer:
        if blog.breaks and ask.now > self._anchor - BREAKS:
            return Answer(status=500, body=b"<h1>Error establishing a database connection</h1>", headers=HTML)
        body = blog.make(self.columns[blog.name], posts, blog.site, base)
        validators = {"ETag": f'"{hashlib.sha256(body).hexdigest()[:16]}"'}
        if posts:
            validators["Last-Modified"] = format_datetime(posts[0].at.astimezone(UTC), usegmt=True)
        if _is_known(validators, ask.headers):
            return Answer(status=304, headers=validators)
        return Answer(body=body, headers={"Content-Type": f"{blog.media_type}; charset=utf-8", **validators})


HTML = {"Content-Type": "text/html; charset=utf-8", "Content-Security-Policy": "sandbox; default-src 'none'"}


def _is_known(validators: Mapping[str, str], headers: Mapping[str, str]) -> bool:
    """Whether the reader holds this very document; its ETag outweighs its date (RFC 9110, 13.2.2)."""
    if "if-none-match" in headers:
        held = (tag.strip().removeprefix("W/") for tag in headers["if-none-match"].split(","))
        return validators["ETag"] in held
    return "Last-Modified" in validators and headers.get("if-modified-since") == validators["Last-Modified"]


def _login(file: str, base: str) -> Answer:
    """Send every reader to the page that asks for a password."""
    if file == "login":
        return _page(formats.login())
    return Answer(status=302, headers={"Location": f"{base}{LOGIN}/login"})


def _page(body: bytes) -> Answer:
    return Answer(body=body, headers=HTML)
