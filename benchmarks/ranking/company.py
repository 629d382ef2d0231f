"""What the people of the demo company write, and the talk and the trainings that they gave (ingest/demo)."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from advocacy.domain.activity import Activity, Kind, Platform
from benchmarks.databases import NOW
from benchmarks.ranking.corpus import Post
from ingest.demo.blogs import Blogs
from ingest.demo.company import COMPANY
from ingest.demo.social import Social
from ingest.demo.talks import TALK
from ingest.prose import html_to_text

SEED = 7
GIVEN = (
    ("asha", Kind.TALK, TALK, 16),
    ("asha", Kind.TRAINING_GIVEN, "eBPF for storage people", 16),
    ("joon", Kind.TRAINING_GIVEN, "Reading a flame graph", 8),
)
"""As ingest/demo/weeks.py lets them happen: who, what, and how many days ago."""


def posts() -> list[Post]:
    """Everything of the year, oldest first."""
    blogs = Blogs(NOW, SEED)
    found = [*_articles(blogs), *_messages(Social(NOW, SEED, blogs.columns, "https://demo.example/")), *_given()]
    return sorted((one for one in found if one.activity.at <= NOW), key=lambda one: (one.activity.at, one.activity.ref))


def _articles(blogs: Blogs) -> Iterator[Post]:
    for member in COMPANY:
        for handle in member.handles if not member.refuses else ():
            name = handle.path.partition("/")[0]
            column = blogs.columns.get(name)
            for post in column.posts if column else ():
                if handle.author in ("", post.author):
                    url, text = f"https://{name}.example/{post.slug}", html_to_text(post.html)
                    told: dict[str, Any] = {"title": post.title, "channel": f"{name}.example", "lang": post.lang}
                    what: dict[str, Any] = {"kind": Kind.ARTICLE, "platform": Platform.FEED, "at": post.at}
                    yield Post((member.first,), Activity(ref=f"feed:{url}", url=url, text=text, **what, **told))


def _messages(social: Social) -> Iterator[Post]:
    whose = {(one.platform, one.handle): member.first for member in COMPANY for one in member.presences}
    said = social.world.messages
    for one in said.values():
        if (who := whose.get((one.platform, one.author))) and one.exists(NOW):
            ref, url = f"{one.platform}:{one.id}", f"https://{one.platform}.example/{one.id}"
            title = said[one.platform, one.root].title if one.kind is Kind.ANSWER else one.title
            told: dict[str, Any] = {"title": title, "url": url, "channel": one.channel, "text": one.text(NOW)}
            yield Post((who,), Activity(ref=ref, kind=one.kind, platform=one.platform, at=one.at, **told))


def _given() -> Iterator[Post]:
    for who, kind, title, days in GIVEN:
        at = NOW - timedelta(days=days)
        told: dict[str, Any] = {"ref": f"manual:{title}", "title": title, "text": title}
        yield Post((who,), Activity(kind=kind, platform=Platform.MANUAL, at=at, **told))
