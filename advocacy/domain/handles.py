"""What people write when they are asked for their handle, and the handle that is meant."""

import re
from typing import NamedTuple
from urllib.parse import urlsplit

from advocacy.domain.activity import Platform
from advocacy.domain.stack_sites import NoProfile, stack_user


class NotAHandle(ValueError):
    """The words cannot be a handle of that platform; they say what one looks like."""


class _Form(NamedTuple):
    """How handles look: the hosts of profile addresses, what stands before the name there, the name itself."""

    hosts: frozenset[str]
    before: tuple[str, ...]
    name: re.Pattern[str]
    example: str


_FORMS = {
    Platform.X: _Form(
        frozenset({"x.com", "twitter.com", "mobile.twitter.com"}),
        ("",),
        re.compile(r"[A-Za-z0-9_]{1,15}"),
        "asha_k, or the profile's address https://x.com/asha_k",
    ),
    Platform.REDDIT: _Form(
        frozenset({"reddit.com", "old.reddit.com", "new.reddit.com"}),
        ("u", "user"),
        re.compile(r"[A-Za-z0-9_-]{3,20}"),
        "asha_k, u/asha_k, or the profile's address https://www.reddit.com/user/asha_k",
    ),
}
_LONGEST = 200


def handle_of(platform: Platform, words: str) -> str:
    """The handle that the words name; raise NotAHandle for what is none."""
    words = words.strip()
    if platform is Platform.STACKEXCHANGE:
        return _profile(words)
    form = _FORMS.get(platform)
    if form is None:
        return _plain(platform, words)
    name = _of_address(words, form) if "/" in words else words.removeprefix("@")
    if name is None or not form.name.fullmatch(name):
        raise NotAHandle(f"{words[:80]!r} is no handle: write it like {form.example}")
    return name


def _of_address(words: str, form: _Form) -> str | None:
    """The name in `u/asha_k`, `/user/asha_k/`, `x.com/asha_k` or a whole address."""
    bare = words.partition("://")[2] if "://" in words else words
    host, _, path = bare.partition("/")
    try:
        known = (urlsplit(f"//{host}").hostname or "").removeprefix("www.") in form.hosts
    except ValueError:
        return None
    if not known:
        path = words
    parts = [part for part in path.partition("?")[0].split("/") if part]
    if known and form.before == ("",):
        return parts[0].removeprefix("@") if parts else None
    return parts[1] if len(parts) > 1 and parts[0].lower() in form.before else None


def _profile(words: str) -> str:
    """People have a number on each site, and an address that holds it."""
    try:
        return stack_user(words).address
    except NoProfile as error:
        raise NotAHandle(str(error)) from error


def _plain(platform: Platform, words: str) -> str:
    if not words or any(c.isspace() for c in words) or len(words) > _LONGEST:
        raise NotAHandle(f"{words[:80]!r} is no handle on {platform}: write the name without spaces")
    return words.removeprefix("@")
