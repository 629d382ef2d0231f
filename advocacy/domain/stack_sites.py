"""The sites of the Stack Exchange network, and the addresses of people there."""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

_OWN_NAME = ("stackoverflow.com", "serverfault.com", "superuser.com", "askubuntu.com", "stackapps.com")
_WHOLE_NAME = "mathoverflow.net"
_SHAPE = "write the profile's address, like https://stackoverflow.com/users/22656"
_LABEL = re.compile(r"[a-z0-9-]{1,63}")
_PROFILE = re.compile(r"/users?/([1-9][0-9]{0,9})(?:/.*)?", re.DOTALL)
_POST = re.compile(
    r"([^/?]+)/(?:questions/([0-9]+)(?:/[^/?]+(?:/([0-9]+))?)?|([aq])/([0-9]+)(?:/[0-9]+)?)(?:\?.*)?", re.DOTALL
)


class NoProfile(ValueError):
    """The words name nobody on a site of the network; the message says what an address looks like."""


@dataclass(frozen=True, slots=True)
class StackUser:
    """Somebody on one site; elsewhere in the network the same person has another number."""

    host: str
    id: int

    @property
    def address(self) -> str:
        """The one spelling that is polled."""
        return f"https://{self.host}/users/{self.id}"


def site_of(host: str) -> str:
    """What the API calls the site at a host (`stackoverflow.com` → `stackoverflow`); '' for a host of no site."""
    if not all(map(_LABEL.fullmatch, host.split("."))):
        return ""
    if host == _WHOLE_NAME or host.endswith(f".{_WHOLE_NAME}"):
        return host  # the API takes the full name of any site, and has no short one for this
    if any(host == name or host.endswith(f".{name}") for name in _OWN_NAME):
        return host.removesuffix(".com")
    return host.removesuffix(".stackexchange.com") if host.endswith(".stackexchange.com") else ""


def short_post(link: str) -> str:
    """The short address (`stackoverflow.com/a/456`) of a question or answer; any other address as it is."""
    found = _POST.fullmatch(link)
    if not found or not site_of(found[1]):
        return link
    if found[4]:
        return f"{found[1]}/{found[4]}/{found[5]}"
    return f"{found[1]}/a/{found[3]}" if found[3] else f"{found[1]}/q/{found[2]}"


def stack_user(words: str) -> StackUser:
    """Read a profile's address, with or without `https://`, `www.`, name and query; raise NoProfile in words."""
    shown = words[:80]
    if words.isdecimal():
        raise NoProfile(f"{shown} alone does not say on which site: {_SHAPE}")
    try:
        parts = urlsplit(words if "://" in words else f"https://{words}")
        host, has_port = (parts.hostname or "").removeprefix("www."), parts.port is not None
    except ValueError as error:
        raise NoProfile(f"{shown!r} is no web address: {_SHAPE}") from error
    if host == "stackexchange.com":
        raise NoProfile(f"{shown!r} is the profile of the whole network: open the one on a site of it and {_SHAPE}")
    if parts.scheme not in ("http", "https") or "@" in parts.netloc or has_port or not site_of(host):
        raise NoProfile(f"{shown!r} is no site of the Stack Exchange network: {_SHAPE}")
    found = _PROFILE.fullmatch(parts.path)
    if not found:
        raise NoProfile(f"{shown!r} is no profile: {_SHAPE}")
    return StackUser(host, int(found[1]))
