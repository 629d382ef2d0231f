"""Questions to the API that name what they want: people, threads, single posts."""

from collections.abc import Collection, Iterable, Sequence

from ingest.sources.stackexchange_client import AT_ONCE, Client
from ingest.sources.stackexchange_filters import POSTS, THREADS
from ingest.sources.stackexchange_json import Item, inner, number
from ingest.sources.stackexchange_threads import Discussion


def hundreds(ids: Iterable[int]) -> list[Sequence[int]]:
    """The ids in lots that one request can name."""
    ordered = sorted(ids)
    return [ordered[first : first + AT_ONCE] for first in range(0, len(ordered), AT_ONCE)]


def people_of(client: Client, site: str, ids: Iterable[int]) -> dict[int, Item]:
    """Who of these is on the site, by id."""
    found = [inner(one) for lot in hundreds(ids) for one in client.of_ids("users/{}", lot, site, POSTS).items]
    return {one: item for item in found if (one := number(item.get("user_id"))) is not None}


def threads_of(client: Client, site: str, questions: Collection[int]) -> dict[int, Discussion]:
    """What others did below these questions, by the question's id."""
    found = [
        inner(one) for lot in hundreds(questions) for one in client.of_ids("questions/{}", lot, site, THREADS).items
    ]
    return {one: Discussion.read(item) for item in found if (one := number(item.get("question_id"))) is not None}
