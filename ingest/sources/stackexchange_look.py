"""A second look at single posts: how they stand now, and which are gone."""

from collections.abc import Iterable, Sequence

from advocacy.domain.activity import Activity
from advocacy.domain.stack_sites import site_of
from ingest.source import Gone, Look
from ingest.sources.stackexchange_ask import hundreds, threads_of
from ingest.sources.stackexchange_client import Client
from ingest.sources.stackexchange_filters import POSTS
from ingest.sources.stackexchange_json import Item, inner
from ingest.sources.stackexchange_posts import BadItem, activity, identity_of, question_of
from ingest.sources.stackexchange_refs import Ref, ref_of
from ingest.sources.stackexchange_threads import UNKNOWN, Discussion


def look(client: Client, refs: Sequence[str]) -> Look:
    """Ask for posts by their refs; a post of which the API gives nothing any more is gone for good.

    Of a lot with an item that has no number nobody can say which ones are gone, and none is.
    """
    there: list[Activity] = []
    gone: list[Gone] = []
    for (host, method), ids in _by_method(refs).items():
        for lot in hundreds(ids):
            items = [inner(one) for one in client.of_ids(f"{method}/{{}}", lot, site_of(host), POSTS).items]
            given = {identity_of(method, item) for item in items}
            there += _translated(client, host, method, items)
            if None not in given:
                gone += [Gone(ref=str(Ref(host, method, one))) for one in lot if one not in given]
    return Look(activities=tuple(there), gone=tuple(gone), cost=client.taken())


def _by_method(refs: Iterable[str]) -> dict[tuple[str, str], list[int]]:
    found: dict[tuple[str, str], list[int]] = {}
    for words in refs:
        if ref := ref_of(words):
            found.setdefault((ref.host, ref.method), []).append(ref.id)
    return found


def _translated(client: Client, host: str, method: str, items: Sequence[Item]) -> list[Activity]:
    """The items as activities; one that cannot be read is said nothing of, and looked at again another time."""
    questions = {found for item in items if (found := question_of(method, item)) is not None}
    threads = threads_of(client, site_of(host), questions)
    made = []
    for item in items:
        seen: Discussion = threads.get(question_of(method, item) or 0, UNKNOWN)
        try:
            made.append(activity(host, method, item, client.now, seen))
        except BadItem:
            continue
    return made
