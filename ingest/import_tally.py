"""What became of the rows of an archive, or would: counts for all of them, words and examples for some."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from advocacy.domain.activity import Activity
from ingest.archive import Skipped, Told, Unreadable

SHOWN = 12  #: items told one by one, of each outcome
MOST_ERRORS = 200  #: rows whose fault is told; of the rest only how many
MOST_REASONS = 50
NEW, CHANGED, SAME = "new", "changed", "same"


@dataclass(slots=True)
class Tally:
    """Counts what was read, and remembers a little of it."""

    read: int = 0
    outcomes: dict[str, int] = field(default_factory=lambda: dict.fromkeys((NEW, CHANGED, SAME), 0))
    skipped: dict[str, list[str]] = field(default_factory=dict)  #: reason → the first places
    skips: dict[str, int] = field(default_factory=dict)
    errors: list[Unreadable] = field(default_factory=list)
    failed: int = 0
    noted: list[str] = field(default_factory=list)
    items: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    told: Told = Told()
    oldest: datetime | None = None
    newest: datetime | None = None

    def meets(self, at: datetime) -> None:
        """An item was there, kept or not: what an archive covers is counted by all of them."""
        self.oldest = min(self.oldest or at, at)
        self.newest = max(self.newest or at, at)

    def takes(self, one: Activity, outcome: str, why: str) -> None:
        """An item that is kept, and what it was to what stands."""
        self.read += 1
        self.outcomes[outcome] += 1
        self._show(one, outcome, why)

    def skips_item(self, one: Activity, reason: str) -> None:
        """An item that is not kept."""
        self._show(one, "skipped", reason)
        self.skips_row(Skipped(one.url or one.title or one.text[:60] or one.ref, reason))

    def skips_row(self, row: Skipped) -> None:
        """A row that is none of ours."""
        self.read += 1
        reason = row.reason if row.reason in self.skips or len(self.skips) < MOST_REASONS else "other reasons"
        self.skips[reason] = self.skips.get(reason, 0) + 1
        places = self.skipped.setdefault(reason, [])
        if len(places) < 3:
            places.append(row.where)

    def notes(self, words: str) -> None:
        """Something that is no row."""
        if len(self.noted) < MOST_REASONS:
            self.noted.append(words)

    def fails(self, row: Unreadable) -> None:
        """A row that could not be understood or stored."""
        self.read += 1
        self.failed += 1
        if len(self.errors) < MOST_ERRORS:
            self.errors.append(row)

    @property
    def counts(self) -> dict[str, int]:
        """How many rows were read, and what became of them."""
        return {"read": self.read, **self.outcomes, "skipped": sum(self.skips.values()), "errors": self.failed}

    def span(self, start: datetime | None) -> tuple[datetime, datetime] | None:
        """The time of which the archive holds everything; None when it does not say so or nothing is in it."""
        if not self.told.whole or self.oldest is None or self.newest is None:
            return None
        since = max(self.oldest, start) if start else self.oldest
        until = self.told.until or self.newest
        return (since, until) if since < until else None

    def as_json(self) -> Mapping[str, Any]:
        """All of it, as commands and pages tell it."""
        return {
            "counts": self.counts,
            "skipped": [
                {"reason": reason, "count": count, "examples": self.skipped[reason]}
                for reason, count in sorted(self.skips.items(), key=lambda pair: -pair[1])
            ],
            "notes": self.noted,
            "errors": [{"where": e.where, "what": e.what, "mend": e.mend} for e in self.errors],
            "items": [item for outcome in (NEW, CHANGED, "skipped", SAME) for item in self.items.get(outcome, [])],
        }

    def _show(self, one: Activity, outcome: str, why: str) -> None:
        shown = self.items.setdefault(outcome, [])
        if len(shown) < SHOWN:
            title = one.title or one.text[:80]
            told = {"title": title, "at": one.at.isoformat(), "kind": one.kind.value, "url": one.url}
            shown.append({"outcome": outcome, **told, "why": why})
