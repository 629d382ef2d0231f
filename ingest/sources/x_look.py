"""A second look at posts: as they stand now, in their newest version, and which of them are gone."""

import re
from collections.abc import Sequence

from advocacy.domain.activity import Activity, Platform
from ingest.source import Gone, Look
from ingest.sources.x_line import Line
from ingest.sources.x_posts import WITHHELD, Post, Skipped, activity, versions
from ingest.sources.x_trouble import no_such

_REF = re.compile(rf"{Platform.X}:([0-9]{{1,19}})\Z")


def looked(line: Line, refs: Sequence[str]) -> Look:
    """Look at these refs. Of an edited post X gives, by its first id, what it said at first: that is asked for anew."""
    ids = [found[1] for found in map(_REF.match, dict.fromkeys(refs)) if found]
    if not ids:
        return Look()
    answer = line.posts(ids)
    posts = [post for post in answer.data if not _newest(post)]
    if edited := [newest for newest in map(_newest, answer.data) if newest]:
        posts += line.posts(edited).data
    made = [activity(post, reposts=line.options.reposts) for post in posts]
    hidden = [Gone(ref=one.ref, for_good=False) for one in made if isinstance(one, Skipped) and one.reason == WITHHELD]
    return Look(
        activities=tuple(one for one in made if isinstance(one, Activity)),
        gone=(*_gone(answer.problems, set(ids)), *hidden),
        cost=line.paid(),
    )


def _newest(post: Post) -> str:
    """The id of the version that came after this one; '' for the newest."""
    ids = versions(post)
    return ids[-1] if ids and ids[-1] != post.get("id") else ""


def _gone(problems: Sequence[Post], ids: set[str]) -> list[Gone]:
    """What X says of the posts that it does not give: deleted, or only closed to us (protected, withheld)."""
    named = {str(one.get("resource_id") or one.get("value")): one for one in problems}
    return [Gone(ref=f"{Platform.X}:{key}", for_good=no_such(one)) for key, one in named.items() if key in ids]
