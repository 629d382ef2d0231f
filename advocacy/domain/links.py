"""One address for one page: tracking removed, short forms written out, so that the same work is recognised."""

import re
from urllib.parse import SplitResult, urlsplit

from advocacy.domain.stack_sites import short_post

_LIMIT = 2000
_DEFAULT_PORTS = {"http": 80, "https": 443}
_TRACKING = re.compile(r"(utm_.*|mc_.*|fbclid|gclid|dclid|msclkid|yclid|igshid|ref|si)\Z", re.IGNORECASE)
_UNFIT = re.compile(r"[\x00-\x20\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_CLEAN = re.compile(r"https?://(?!(?:www\.|m\.)?youtu)(?:[a-z0-9-]+\.)+[a-z]{2,}/[A-Za-z0-9/_.~-]*+")
_YOUTUBE = frozenset({"youtube.com", "m.youtube.com", "www.youtube.com", "youtube-nocookie.com"})


def canonical(url: str) -> str:
    """Give the address without what only tracks or decorates; '' for what is no web address."""
    if _CLEAN.fullmatch(url) and len(url) <= _LIMIT:
        return url  # most are, and taking them apart costs ten times this
    try:
        parts = urlsplit(_UNFIT.sub("", url.strip().replace(" ", "%20")))
        host, port = (parts.hostname or "").rstrip("."), parts.port
    except ValueError:
        return ""
    if parts.scheme not in _DEFAULT_PORTS or not host or "@" in parts.netloc:
        return ""
    host = f"[{host}]" if ":" in host else host
    netloc = host if port in (None, _DEFAULT_PORTS[parts.scheme]) else f"{host}:{port}"
    whole = parts._replace(netloc=netloc, path=parts.path or "/", query=_query(parts, host), fragment="")
    clean = _youtube(whole, host).geturl()
    return clean if len(clean) <= _LIMIT else ""


def link_key(url: str) -> str:
    """Give what two spellings of one link share: http or https, www or not, with or without a closing slash.

    A post on a site of Stack Exchange has a long address, which changes with its title, and a short one.
    """
    _, _, rest = canonical(url).partition("://")
    return short_post(rest.removeprefix("www.").rstrip("/"))


def site_of(url: str) -> str:
    """Give the host a reader would name, '' when the address has none."""
    return link_key(url).partition("/")[0]


def _query(parts: SplitResult, host: str) -> str:
    kept = [pair for pair in parts.query.split("&") if pair and not _is_tracking(pair, host)]
    return "&".join(kept)


def _is_tracking(pair: str, host: str) -> bool:
    name, _, value = pair.partition("=")
    if name == "source":  # Medium's own hosts, and the blogs it serves under other names
        return f".{host}".endswith(".medium.com") or value.startswith("rss-")
    return _TRACKING.match(name) is not None


def _youtube(parts: SplitResult, host: str) -> SplitResult:
    first, _, rest = parts.path.lstrip("/").partition("/")
    video = ""
    if host == "youtu.be":
        video = first
    elif host in _YOUTUBE and first in ("shorts", "embed", "live", "v"):
        video = rest.partition("/")[0]
    if video:
        query = "&".join([f"v={video}", *filter(None, [parts.query])])
        return parts._replace(scheme="https", netloc="www.youtube.com", path="/watch", query=query)
    return parts._replace(netloc="www.youtube.com") if host in _YOUTUBE else parts
