"""Every corpus stored, every query asked of it in every way."""

from collections.abc import Callable, Mapping, Sequence
from functools import cache

from benchmarks.databases import installed
from benchmarks.ranking import blogs, company
from benchmarks.ranking.corpus import Post, store
from benchmarks.ranking.labels import Query, read
from benchmarks.ranking.measure import Answer
from benchmarks.ranking.ways import ways

CORPORA: Mapping[str, Callable[[], list[Post]]] = {"demo": company.posts, "blogs": blogs.posts}


@cache
def answers(corpus: str) -> tuple[Answer, ...]:
    """What the queries of a corpus get in an installation of its own; none where the corpus is not there."""
    posts = CORPORA[corpus]()
    return tuple(_asked(posts, read(corpus))) if posts else ()


def _asked(posts: Sequence[Post], queries: Sequence[Query]) -> list[Answer]:
    with installed("") as app, app.app_context():
        names = store(app, posts)
        every = ways(names, app.extensions["advocacy.rules"])
        unknown = {name for one in queries for name in one.grades} - set(names.values())
        if unknown:
            raise ValueError(f"graded, and in no text: {', '.join(sorted(unknown))}")
        return [Answer(one, {name: way(one.words) for name, way in every.items()}) for one in queries]
