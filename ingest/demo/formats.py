"""A blog as its readers get it: RSS 2.0, Atom, JSON Feed, and pages for people."""

import json
from collections.abc import Callable, Sequence
from email.utils import format_datetime
from html import escape

from ingest.demo.writing import Column, Post

Feed = Callable[[Column, Sequence[Post], str, str], bytes]
"""(blog, posts newest first, the blog's own site, the address posts are read at) → a document."""


def rss(blog: Column, posts: Sequence[Post], site: str, base: str) -> bytes:
    """RSS 2.0 with full text in content:encoded."""
    items = "".join(
        f"<item><title>{escape(p.title)}</title><link>{escape(_link(p, base))}</link>"
        f'<guid isPermaLink="false">{escape(site)}{escape(p.slug)}</guid><pubDate>{format_datetime(p.at)}</pubDate>'
        f"<dc:creator>{escape(p.author)}</dc:creator>{_categories(p)}"
        f"<content:encoded>{escape(p.html)}</content:encoded></item>\n"
        for p in posts
    )
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"'
        ' xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>'
        f"<title>{escape(blog.title)}</title><link>{escape(site)}</link>"
        f"<description>{escape(blog.about)}</description><ttl>60</ttl>{_built(posts)}\n{items}</channel></rss>\n"
    ).encode()


def atom(blog: Column, posts: Sequence[Post], site: str, base: str) -> bytes:
    """Atom 1.0 with an author on each entry."""
    entries = "".join(
        f'<entry xml:lang="{p.lang}"><id>{escape(site)}{escape(p.slug)}</id><title>{escape(p.title)}</title>'
        f'<link href="{escape(_link(p, base))}"/><published>{p.at.isoformat()}</published>'
        f"<updated>{p.at.isoformat()}</updated><author><name>{escape(p.author)}</name></author>"
        f'<content type="html">{escape(p.html)}</content></entry>\n'
        for p in posts
    )
    updated = f"<updated>{posts[0].at.isoformat()}</updated>" if posts else ""
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom">'
        f"<id>{escape(site)}</id><title>{escape(blog.title)}</title><subtitle>{escape(blog.about)}</subtitle>"
        f'<link href="{escape(site)}"/>{updated}\n{entries}</feed>\n'
    ).encode()


def json_feed(blog: Column, posts: Sequence[Post], site: str, base: str) -> bytes:
    """JSON Feed 1.1."""
    items = [
        {
            "id": site + p.slug,
            "url": _link(p, base),
            "title": p.title,
            "content_html": p.html,
            "date_published": p.at.isoformat(),
            "language": p.lang,
            "tags": list(p.tags),
            "authors": [{"name": p.author}],
        }
        for p in posts
    ]
    head = {"version": "https://jsonfeed.org/version/1.1", "title": blog.title, "home_page_url": site}
    return json.dumps(head | {"items": items}, ensure_ascii=False).encode()


def bomb(blog: Column, posts: Sequence[Post], site: str, base: str) -> bytes:
    """A document that would swell to gigabytes in a reader that expands entities."""
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    return (
        f'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY l0 "LocalPV"><!ENTITY file SYSTEM "file:///etc/hostname">{laughs}]>'
        f"<rss version='2.0'><channel><title>{escape(blog.title)}</title><item><title>&l9;&file;</title>"
        f"<link>{escape(base)}bomb</link></item></channel></rss>"
    ).encode()


def home(blog: Column, posts: Sequence[Post], feed: str, media_type: str) -> bytes:
    """The blog's first page, which names its feed as browsers expect it."""
    titles = "".join(f'<li><a href="{escape(p.slug)}">{escape(p.title)}</a></li>' for p in posts)
    link = f'<link rel="alternate" type="{media_type}" title="{escape(blog.title)}" href="{escape(feed)}">'
    return _page(blog.title, f"<p>{escape(blog.about)}</p><ul>{titles}</ul>", link)


def article(post: Post) -> bytes:
    """One post as a page."""
    return _page(post.title, f"<p>{escape(post.author)}, {post.at:%d %B %Y}</p>{post.html}")


def login() -> bytes:
    """What an intranet shows to strangers."""
    return _page("Sign in", '<form method="post"><input name="user"><input type="password" name="word"></form>')


def _page(title: str, body: str, head: str = "") -> bytes:
    name = escape(title)
    return (
        f'<!doctype html><html><head><meta charset="utf-8"><title>{name}</title>{head}</head>'
        f"<body><h1>{name}</h1>{body}</body></html>"
    ).encode()


def _link(post: Post, base: str) -> str:
    return post.link or base + post.slug


def _categories(post: Post) -> str:
    return "".join(f"<category>{escape(tag)}</category>" for tag in post.tags)


def _built(posts: Sequence[Post]) -> str:
    return f"<lastBuildDate>{format_datetime(posts[0].at)}</lastBuildDate>" if posts else ""
