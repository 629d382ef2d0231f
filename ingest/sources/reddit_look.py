"""A second look at things: a hundred for a request, as they stand now, and which of them were deleted."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from ingest.source import Gone, Look
from ingest.sources.reddit_client import Client
from ingest.sources.reddit_items import Skipped, Thing, activity, text_of
from ingest.sources.reddit_listing import PAGE, listing

PREFIX = "reddit:"


def look(client: Client, refs: Sequence[str], now: datetime) -> Look:
    """Ask for things again by their refs.

    Reddit answers a deleted thing with `[deleted]` or `[removed]` in place of its author or text: that is for good.
    What it leaves out is not told to be deleted: its community went private or was banned, and may come back. An
    answer without anything says nothing at all.
    """
    asked = [ref for ref in refs if ref.startswith((f"{PREFIX}t1_", f"{PREFIX}t3_"))]
    things = _info(client, [ref.removeprefix(PREFIX) for ref in asked], now)
    seen = [activity(thing) for thing in _in_context(client, things, now)]
    answered = {f"{PREFIX}{text_of(thing, 'name')}" for thing in things}
    gone = [one.gone for one in seen if isinstance(one, Skipped) and one.gone is not None]
    if things:
        gone += [Gone(ref=ref, for_good=False) for ref in asked if ref not in answered]
    return Look(
        activities=tuple(one for one in seen if not isinstance(one, Skipped)), gone=tuple(gone), cost=client.cost()
    )


def _in_context(client: Client, things: Sequence[Thing], now: datetime) -> list[Thing]:
    """Comments with the title and the author of the post they stand below, as listings tell them and this does not.

    A comment whose post is not shown is left out: without its title it would look edited.
    """
    bare = {text_of(thing, "link_id") for thing in things if _is_bare(thing)} - {""}
    posts = {text_of(thing, "name"): thing for thing in things if text_of(thing, "name").startswith("t3_")}
    missing = sorted(bare - posts.keys())
    posts |= {text_of(thing, "name"): thing for thing in _info(client, missing, now)}
    whole: list[Thing] = []
    for thing in things:
        above = posts.get(text_of(thing, "link_id"))
        if not _is_bare(thing):
            whole.append(thing)
        elif above is not None:
            whole.append({**thing, "link_title": above.get("title"), "link_author": above.get("author")})
        elif isinstance(made := activity(thing), Skipped) and made.gone is not None:
            whole.append(thing)
    return whole


def _is_bare(thing: Thing) -> bool:
    return text_of(thing, "name").startswith("t1_") and not text_of(thing, "link_title")


def _info(client: Client, names: Iterable[str], now: datetime) -> list[Thing]:
    asked = list(names)
    found: list[Thing] = []
    for start in range(0, len(asked), PAGE):
        found += listing(client.get("api/info", now, id=",".join(asked[start : start + PAGE]))).things
    return found
