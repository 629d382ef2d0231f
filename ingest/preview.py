"""What an address would give before anybody agrees to it: read once, judged, nothing stored."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from advocacy.models.fact import Fact, Owner
from advocacy.rules import Rules
from ingest.prepare import Reader, prepare
from ingest.source import Page, Polled, Source, SourceError

SHOWN = 12  #: items of the preview
ENOUGH = 100  #: items that are read for it at most, but for what one answer holds


def preview(source: Source, address: str, author: str, zone: str, rules: Rules, now: datetime) -> dict[str, Any]:
    """The title, how many items there are and would be kept, the newest with the reason; or the problem in words."""
    reader = Reader(Owner(None, 0, zone), author)
    try:
        pages = list(_first(source.fetch([Polled(address=address)], now)))
    except SourceError as error:
        return {"title": "", "seen": 0, "kept": 0, "items": [], "problem": str(error), "authors": []}
    activities = [activity for page in pages for activity in page.activities]
    ready = prepare(activities, [reader], rules)
    facts = sorted([*ready.kept, *ready.passed], key=lambda fact: fact.activity.at, reverse=True)
    return {
        "title": next((page.title for page in pages if page.title), ""),
        "seen": len(activities),
        "kept": len(ready.kept),
        "items": [_shown(fact, fact in ready.kept) for fact in facts[:SHOWN]],
        "problem": _nothing(author) if activities and not facts else "",
        "authors": sorted({name for activity in activities for name in activity.authors})[:50],
    }


def _first(pages: Iterable[Page]) -> Iterator[Page]:
    """Pages until there is enough to judge by: what a look costs stays small, however long the history is."""
    seen = 0
    for page in pages:
        if page.error:
            raise page.error
        yield page
        seen += len(page.activities)
        if seen >= ENOUGH:
            return


def _shown(fact: Fact, kept: bool) -> dict[str, Any]:
    why = "not about work: no word of the vocabulary and no rule meets it"
    if kept:
        tags = fact.judgement.tags
        named = [*tags.components, *tags.topics, *tags.personas]
        why = next((m.why for m in fact.judgement.matches), f"names {', '.join(named[:4])}" if named else "")
    one = fact.activity
    return {"title": one.title or one.text[:80], "at": one.at.isoformat(), "kept": kept, "why": why}


def _nothing(author: str) -> str:
    return f"no entry is by {author!r}; the names that the feed carries are listed below"
