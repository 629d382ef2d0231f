"""Where something was said: the platform of a link or of a word, and the channel."""

import re
from urllib.parse import urlsplit

from advocacy.domain.activity import Kind, Platform
from advocacy.domain.links import canonical, site_of
from advocacy.domain.logbook.shapes import PLATFORMS
from advocacy.domain.refs import ref_of

_HOSTS = {
    "linkedin.com": "linkedin",
    "x.com": "x",
    "twitter.com": "x",
    "reddit.com": "reddit",
    "redd.it": "reddit",
    "github.com": "github",
    "youtube.com": "youtube",
    "youtu.be": "youtube",
    "news.ycombinator.com": "hackernews",
    "dev.to": "dev",
    "bsky.app": "bluesky",
    "slack.com": "slack",
    "discord.com": "discord",
    "discord.gg": "discord",
    "substack.com": "newsletter",
    "buttondown.email": "newsletter",
}
_MASTODON = re.compile(r"/@[\w.]+(?:@[\w.-]+)?/\d{6,}")
_DISCOURSE = re.compile(r"/t/[^/]+/\d+")
_NAMED = re.compile(
    r"\b(linkedin|mastodon|bluesky|twitter|slack|discord|newsletter|hacker news|reddit|stack ?overflow|stack ?exchange"
    r"|github|youtube|discourse|dev\.to)\b|\bon (x)\b",
    re.IGNORECASE,
)
_SAME = {
    "twitter": "x",
    "hacker news": "hackernews",
    "stackoverflow": "stackexchange",
    "stack overflow": "stackexchange",
    "stack exchange": "stackexchange",
    "dev.to": "dev",
}
_CHANNEL = re.compile(r"(?<![\w/&])(#[A-Za-z][\w-]{1,60}|r/\w{2,30})(?![\w/])")
_ARTICLES = frozenset({"feed", "dev", "newsletter", "youtube"})
NAMES = dict(PLATFORMS)


def place_of(url: str) -> str:
    """Which of the places that one can choose a link leads to."""
    ref = ref_of(url) or ""
    if ref.startswith("stackexchange:"):
        return "stackexchange"
    host = site_of(url).partition(":")[0]
    for known, place in _HOSTS.items():
        if host == known or host.endswith(f".{known}"):
            return place
    path = urlsplit(canonical(url)).path
    if _MASTODON.match(path):
        return "mastodon"
    return "discourse" if _DISCOURSE.match(path) else "feed"


def place_named(words: str) -> str:
    """Which of them the words name, nothing when none."""
    found = _NAMED.search(words)
    if not found:
        return "slack" if _CHANNEL.search(words) and not words.startswith("r/") else ""
    name = (found[1] or found[2]).lower()
    return _SAME.get(name, name.replace(" ", ""))


def channel_in(words: str) -> str:
    """The channel or community that the words name."""
    found = _CHANNEL.search(words)
    return found[1] if found else ""


def platform_of(place: str) -> Platform:
    """The platform of a place that one can choose; what has none is logged by hand."""
    return Platform(place) if place in set(Platform) else Platform.MANUAL


def channel_of(url: str, place: str) -> str:
    """How a place is called where no channel was said: the community or the site of the link, else its name."""
    if not url:
        return NAMES.get(place, "").removeprefix("a ") if platform_of(place) is Platform.MANUAL else ""
    parts = [part for part in urlsplit(canonical(url)).path.split("/") if part]
    if place == "reddit" and len(parts) > 1 and parts[0] == "r":
        return f"r/{parts[1]}"
    return "/".join(parts[:2]) if place == "github" and len(parts) > 1 else site_of(url)


def kind_of(url: str, place: str) -> Kind:
    """What stands at a link, as far as its address tells."""
    ref = ref_of(url) or ""
    if ref.startswith("stackexchange:"):
        return Kind.QUESTION if "/q/" in ref else Kind.ANSWER
    if ref.startswith("reddit:t1_"):
        return Kind.REPLY
    return Kind.ARTICLE if place in _ARTICLES else Kind.POST
