"""The archive that X gives its people, in all layouts since 2012; posts and replies, and nothing else of it.

Its tweets are put into the form of X's API and translated as the API's are, so that both give the same.
"""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from advocacy.domain.activity import Activity
from ingest.archive import Entry, Options, Skipped, Told, Unreadable
from ingest.archives.x_notes import Notes
from ingest.archives.x_tweet import as_post, moment, superseded
from ingest.bundle import BadArchive, Bundle, told
from ingest.json_stream import Broken, JsonArray
from ingest.sources import x_posts

kind = "x-archive"

TWEETS = r"(?:tweets?(?:-part\d+)?\.js|data/js/tweets/\d{4}_\d{2}\.js)"
NOTES, MANIFEST = r"note-tweet(?:-part\d+)?\.js", r"manifest\.js"
_MEND = "nothing is to be mended by hand; fetch the archive again if there are many"
_OLDER = "an earlier version of a post that was edited"


def read(given: Bundle, options: Options) -> Iterator[Entry]:
    """Yield whose it is, then every post of every part."""
    parts = list(given.members) if given.is_single else given.find(TWEETS)
    if not parts:
        raise BadArchive(f"there is no data/tweets.js in {given.name}: give the zip as X made it, or tweets.js alone")
    about, author = _about(given)
    yield about
    notes = Notes(given, [] if given.is_single else given.find(NOTES))
    for part in parts:
        with given.open(part) as stream:
            array = JsonArray(stream)
            _check(array.name, part)
            for number, tweet in enumerate(array, 1):
                yield _entry(tweet, f"{told(part)} item {number}", author, notes)


def _check(name: str, part: str) -> None:
    """Only a list of tweets is read, whatever the file is called."""
    if name and not name.startswith(("window.YTD.tweet", "Grailbird.data.tweets")):
        raise BadArchive(f"{told(part)} holds {told(name)}, not tweets: give data/tweets.js")


def _about(given: Bundle) -> tuple[Told, str]:
    """What the manifest tells, when there is one: the handle, the id, the day the archive was made."""
    for name in [] if given.is_single else given.find(MANIFEST)[:1]:
        with given.open(name) as stream:
            text = stream.read(2**20).decode("utf-8", "replace").partition("=")[2]
        manifest = _object(text)
        user, archive = _inside(manifest, "userInfo"), _inside(manifest, "archiveInfo")
        made = archive.get("generationDate")
        until = moment(made) if isinstance(made, str) else None
        is_whole = archive.get("isPartialArchive") is not True
        return Told(_word(user, "userName"), is_whole, until), _word(user, "accountId")
    return Told(whole=not given.is_single), ""


def _object(text: str) -> Mapping[str, Any]:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _inside(manifest: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    found = manifest.get(name)
    return found if isinstance(found, dict) else {}


def _word(user: Mapping[str, Any], name: str) -> str:
    value = user.get(name)
    return value if isinstance(value, str) and value.isascii() and value.replace("_", "").isalnum() else ""


def _entry(item: Any, where: str, author: str, notes: Notes) -> Entry:
    if isinstance(item, Broken):
        return Unreadable(where, item.reason, _MEND)
    tweet = item.get("tweet", item) if isinstance(item, dict) else None
    if not isinstance(tweet, dict):
        return Unreadable(where, "it is no tweet", _MEND)
    if superseded(tweet):
        return Skipped(where, _OLDER)
    made = x_posts.activity(as_post(tweet, author, notes))
    if isinstance(made, Activity):
        return made
    return Skipped(where, made.reason) if isinstance(made, x_posts.Skipped) else Unreadable(where, made.reason, _MEND)
