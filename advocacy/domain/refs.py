"""Which item of a known platform a web address names: the ref that the platform's own reader gives it."""

import re
from urllib.parse import unquote, urlsplit

_X = re.compile(r"/(?:i/web|i|\w{1,20})/status(?:es)?/(\d{1,20})(?:/|\Z)")
_REDDIT = re.compile(r"/(?:(?:r|user|u)/[\w-]+/)?comments/([0-9a-z]{1,10})(?:/[^/]*(?:/([0-9a-z]{1,10}))?)?/?\Z", re.I)
_REDDIT_SHORT = re.compile(r"/([0-9a-z]{1,10})/?\Z", re.I)
_ANSWER = re.compile(r"/a/(\d{1,12})(?:/|\Z)")
_QUESTION = re.compile(r"/q(?:uestions)?/(\d{1,12})(?:/[^/]*(?:/(\d{1,12}))?)?/?\Z")
_SE_COMMENT = re.compile(r"comment(\d{1,12})_\d+")
_SE_HOST = re.compile(
    r"(?:(?:meta|[a-z]{2}|[a-z]{2}\.meta)\.)?stackoverflow\.com|[a-z0-9.-]+\.stackexchange\.com|mathoverflow\.net"
    r"|(?:meta\.)?(?:serverfault|superuser|askubuntu|stackapps)\.com"
)
_URN = re.compile(r"urn:li:(?:share|activity|ugcPost|article):\d{1,25}")
_LINKEDIN_POST = re.compile(r"-(activity|share|ugcPost)-(\d{10,25})-")


def ref_of(url: str) -> str | None:
    """The ref of what stands at this address; None where no known platform has an item there."""
    try:
        parts = urlsplit(url.strip())
        host = (parts.hostname or "").removeprefix("www.")
    except ValueError:
        return None
    if parts.scheme not in ("http", "https"):
        return None
    if host in ("x.com", "twitter.com", "mobile.twitter.com", "mobile.x.com"):
        return _found("x:", _X.match(parts.path))
    if host == "redd.it":
        return _found("reddit:t3_", _REDDIT_SHORT.fullmatch(parts.path))
    if host == "reddit.com" or host.endswith(".reddit.com"):
        return _reddit(parts.path)
    if _SE_HOST.fullmatch(host):
        return _stackexchange(host, parts.path, parts.fragment)
    return _linkedin(unquote(parts.path)) if host == "linkedin.com" or host.endswith(".linkedin.com") else None


def _found(start: str, found: re.Match[str] | None) -> str | None:
    return f"{start}{found[1].lower()}" if found else None


def _reddit(path: str) -> str | None:
    path = path.replace("/comment/", "/_/")  # the newest form of a comment's address
    found = _REDDIT.fullmatch(path)
    if not found:
        return None
    return f"reddit:t1_{found[2].lower()}" if found[2] else f"reddit:t3_{found[1].lower()}"


def _stackexchange(host: str, path: str, fragment: str) -> str | None:
    if comment := _SE_COMMENT.fullmatch(fragment):
        return f"stackexchange:{host}/c/{comment[1]}"
    if answer := _ANSWER.match(path):
        return f"stackexchange:{host}/a/{answer[1]}"
    found = _QUESTION.fullmatch(path)
    if not found:
        return None
    number = found[2] or (fragment if fragment.isascii() and fragment.isdigit() else "")
    return f"stackexchange:{host}/a/{number}" if number else f"stackexchange:{host}/q/{found[1]}"


def _linkedin(path: str) -> str | None:
    if urn := _URN.search(path):
        return f"linkedin:{urn[0]}"
    found = _LINKEDIN_POST.search(path)
    return f"linkedin:urn:li:{found[1]}:{found[2]}" if found else None
