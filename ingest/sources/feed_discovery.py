"""From the address of a page to the address of its feed."""

import re
from urllib.parse import parse_qs, urljoin, urlsplit

from ingest.prose import unescaped

_LOOKED_AT = 512 * 1024
_LINK = re.compile(r"<(?:link|base)\b[^<>]*>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"""([a-z-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE)
_TYPES = frozenset({"application/rss+xml", "application/atom+xml", "application/feed+json", "application/rdf+xml"})
_PASSWORD = re.compile(r"<input\b[^<>]*type\s*=\s*[\"']?password", re.IGNORECASE)
_BLANK = b"\xef\xbb\xbf \t\r\n"
_TITLE = re.compile(rb"<title\b[^<]*", re.IGNORECASE)
_CHALLENGE = re.compile(
    r"just a moment|checking your browser|cf-challenge|captcha|verify (?:that )?you are (?:a )?human|ddos protection",
    re.IGNORECASE,
)


def feed_of_page(page: bytes, url: str) -> str:
    """Give the feed that the page itself names, '' when it names none."""
    base = url
    for tag in _LINK.findall(page[:_LOOKED_AT].decode("utf-8", "replace")):
        attributes = {m[0].lower(): unescaped(m[1] or m[2] or m[3]).strip() for m in _ATTRIBUTE.findall(tag)}
        address = attributes.get("href", "")
        if tag[1:5].lower() == "base":
            base = _joined(url, address) or url
        elif address and _offers_feed(attributes):
            return _joined(base, address)
    return ""


def known_feed(url: str) -> str:
    """Give the feed of a profile on a host that is known to have one, '' elsewhere."""
    parts = urlsplit(url)
    host = (parts.hostname or "").removeprefix("www.")
    steps = [step for step in parts.path.split("/") if step]
    if host == "youtube.com" and len(steps) == 2 and steps[0] == "channel":
        return f"https://www.youtube.com/feeds/videos.xml?channel_id={steps[1]}"
    if host == "youtube.com" and steps == ["playlist"] and (lists := parse_qs(parts.query).get("list")):
        return f"https://www.youtube.com/feeds/videos.xml?playlist_id={lists[0]}"
    if host == "stackoverflow.com" and len(steps) >= 2 and steps[0] == "users":
        return f"https://stackoverflow.com/feeds/user/{steps[1]}"
    if host == "bsky.app" and len(steps) == 2 and steps[0] == "profile":
        return f"https://bsky.app/profile/{steps[1]}/rss"
    return _by_first_step(host, steps)


def _by_first_step(host: str, steps: list[str]) -> str:
    if host == "medium.com" and len(steps) == 1:
        return f"https://medium.com/feed/{steps[0]}"
    if host == "dev.to" and len(steps) == 1:
        return f"https://dev.to/feed/{steps[0]}"
    if host == "github.com" and len(steps) == 1 and not steps[0].endswith(".atom"):
        return f"https://github.com/{steps[0]}.atom"
    if host.endswith(".substack.com") and not steps:
        return f"https://{host}/feed"
    if host.endswith(".hashnode.dev") and not steps:
        return f"https://{host}/rss.xml"
    return ""


def likely_feed(url: str) -> str:
    """Give the feed where Mastodon and Discourse have a profile's, '' for other addresses."""
    steps = [step for step in urlsplit(url).path.split("/") if step]
    if len(steps) == 1 and steps[0].startswith("@") and not steps[0].endswith(".rss"):
        return urljoin(url, f"/{steps[0]}.rss")
    if len(steps) >= 2 and steps[0] == "u":
        return urljoin(url, f"/u/{steps[1]}/activity.rss")
    return ""


def is_empty(body: bytes) -> bool:
    """Tell an answer that says nothing."""
    return not body.lstrip(_BLANK)


def is_page(content_type: str, body: bytes) -> bool:
    """Tell a page for people from a feed, whatever the server calls it."""
    start = body[:2048].lstrip(_BLANK).lower()
    if start.startswith(b"{") or re.search(rb"<(?:rss|feed|rdf:rdf|channel)[\s>]", start):
        return False
    return start.startswith((b"<!doctype html", b"<html")) or b"<html" in start or "html" in content_type


def is_login(body: bytes) -> bool:
    """Tell a page that asks for a password."""
    return _PASSWORD.search(body[:_LOOKED_AT].decode("utf-8", "replace")) is not None


def title_of(page: bytes) -> bytes:
    """Give the title of a page, with its tags."""
    found = _TITLE.search(page[:_LOOKED_AT])
    return found[0] if found else b""


def is_challenge(body: bytes) -> bool:
    """Tell a page that only wants to know whether we are human."""
    return _CHALLENGE.search(body[: 64 * 1024].decode("utf-8", "replace")) is not None


def _offers_feed(attributes: dict[str, str]) -> bool:
    rel = attributes.get("rel", "").lower().split()
    is_feed = attributes.get("type", "").lower().partition(";")[0].strip() in _TYPES
    return "alternate" in rel and is_feed and "comment" not in attributes.get("title", "").lower()


def _joined(base: str, address: str) -> str:
    try:
        return urljoin(base, address)
    except ValueError:
        return ""
