"""What the entities of a post tell: where its short links lead, and which of them are only its own pictures."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from advocacy.domain.links import canonical

STATUS = "https://x.com/i/status/"
"""Where X shows a post whose author's handle is not known."""

_HOSTS = r"https?://(?:www\.|mobile\.)?(?:x|twitter)\.com/"
_STATUS = re.compile(rf"{_HOSTS}(?:i/web|i|[A-Za-z0-9_]+)/status(?:es)?/(\d+)(?:[/?#].*)?\Z")
_MEDIA = re.compile(rf"{_HOSTS}[^/]+(?:/web)?/status(?:es)?/\d+/(?:photo|video)/\d+\Z")
_SHORT = re.compile(r"https?://t\.co/\w+\Z")


def status_url(post_id: str) -> str:
    """The one address that a post is known by here, whoever it is by and however it was linked."""
    return STATUS + post_id


def target(link: Mapping[str, Any]) -> str:
    """Where a link of the entities leads in the end, canonical; '' for the post's own media and for what is no link."""
    told = next((link[name] for name in ("unwound_url", "expanded_url") if isinstance(link.get(name), str)), "")
    if "media_key" in link or _MEDIA.match(told):
        return ""
    post = _STATUS.match(told)
    return status_url(post[1]) if post else canonical(told)


def written_out(text: str, links: list[Mapping[str, Any]]) -> str:
    """The text with each short link replaced by what it leads to; those of its own pictures go."""
    for link in links:
        short = link.get("url")
        if isinstance(short, str) and _SHORT.match(short):
            text = text.replace(short, target(link))
    return text.strip()


def targets(links: list[Mapping[str, Any]]) -> Iterator[str]:
    """Where the links lead, each once, in their order."""
    seen = dict.fromkeys(map(target, links))
    yield from (address for address in seen if address)
