"""The company's own places: domains, communities and channels where being heard is not being heard outside."""

import re
from collections.abc import Iterable
from functools import lru_cache

_SCHEME = re.compile(r"^[a-z]+://(www\.)?")
_REDDIT = ("reddit.com", "old.reddit.com")
_CHANNELS = 4096  #: names of channels whose answer is remembered


class OwnPlaces:
    """The listed places, sorted once so that asking does not walk them."""

    def __init__(self, places: Iterable[str]) -> None:
        self._places = tuple(place.lower() for place in places)
        self._communities = tuple(place for place in self._places if place.startswith("r/"))
        self._paths: dict[str, list[str]] = {}
        for place in set(self._places).difference(self._communities):
            host, _, path = place.partition("/")
            self._paths.setdefault(host, []).append(path)
        self._is_own_channel = lru_cache(_CHANNELS)(self._names)

    def hold(self, channel: str, url: str) -> bool:
        """Whether the place is one of them: a domain and what is below it, a community, a channel."""
        return self._is_own_address(_address(url)) or self._is_own_channel(channel.strip().lower())

    def _is_own_address(self, address: str) -> bool:
        """`blog.openebs.io/x` and `openebs.io` are within `openebs.io`; `notopenebs.io` is not."""
        at, _, rest = address.partition("/")
        host, rest = at.partition(":")[0], f"{rest}/"
        if host in _REDDIT and any(rest.startswith(f"{place}/") for place in self._communities):
            return True
        while host:
            for path in self._paths.get(host, ()):
                if not path or rest.startswith(f"{path}/"):
                    return True
            host = host.partition(".")[2]
        return False

    def _names(self, channel: str) -> bool:
        return bool(channel) and any(self._is_named(channel, place) for place in self._places)

    def _is_named(self, channel: str, place: str) -> bool:
        """`openebs/mayastor` is named by `github.com/openebs`, `Kubernetes Slack #openebs` by `#openebs`."""
        if channel == place or channel.removeprefix("/").rstrip("/") == place:
            return True
        if place[0] in "#@":
            return re.search(rf"(?<![\w-]){re.escape(place)}(?![\w-])", channel) is not None
        if place.startswith("github.com/"):
            return f"{channel}/".startswith(place.removeprefix("github.com/") + "/")
        return "." in place and OwnPlaces((place,))._is_own_address(_address(channel))


def _address(url: str) -> str:
    return _SCHEME.sub("", url.strip().lower())
