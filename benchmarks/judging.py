"""What judging costs: one post through vocabulary and rules, beside merely lower-casing and splitting it."""

from collections.abc import Iterator
from datetime import UTC, datetime

from advocacy import ladder
from advocacy.domain.activity import Activity, Kind, Platform
from advocacy.domain.matching import match
from advocacy.domain.rulebook_file import load
from advocacy.domain.vocabulary import Vocabulary
from benchmarks.figure import Figure, seconds

PARAGRAPH = (
    "We compared Mayastor with LocalPV under PostgreSQL for the SREs who run it on Kubernetes. The benchmark ran two "
    "weeks on three nodes; a replica died on Tuesday and nobody noticed. Our verdict: use LocalPV where the database "
    "replicates by itself. ```kubectl get pvc -A``` shows which volumes are meant. "
)
POSTS = 200


def figures() -> Iterator[Figure]:
    """Milliseconds a post of 3 KB."""
    vocabulary = Vocabulary.read(ladder.text("vocabulary.toml"))
    rulebook = load(ladder.text("rulebook.toml"), ladder.text("recognised_by.toml"), vocabulary.lists)
    text = (PARAGRAPH * 12)[:3000]
    post = Activity(
        ref="feed:1", kind=Kind.ARTICLE, platform=Platform.FEED, at=datetime(2026, 11, 1, tzinfo=UTC), text=text
    )
    ours = seconds(lambda: [match(post, rulebook, vocabulary) for _ in range(POSTS)]) / POSTS * 1000
    least = seconds(lambda: [text.lower().split() for _ in range(POSTS)]) / POSTS * 1000
    yield Figure("map one post (3 KB)", ours, "ms", least, ours / least, "≤ 1 ms")
