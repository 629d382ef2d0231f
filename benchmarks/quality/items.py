"""The labelled set: what people who have not read the rules say of an activity, read from tests/labelled."""

import hashlib
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from advocacy.domain.activity import Activity, Kind, Platform, Thread, ThreadRole

FOLDER = Path(__file__).parents[2] / "tests" / "labelled"
IDS = frozenset(
    "surveys advocacy discussion personas talks tweets trends learn-train guide identify writing backlog "
    "support-training requirements feedback oss-areas discussion-join".split()
)
"""What an item can be labelled with; a facet stands behind a slash."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """An activity, what it is evidence for, and what it only looks like; `pair` joins two that differ in one thing."""

    id: str
    activity: Activity
    supports: frozenset[str]
    near: frozenset[str]
    topics: frozenset[str]
    lang: str
    pair: str = ""
    why: str = ""

    @property
    def held(self) -> bool:
        """Whether it belongs to the half whose single failures nobody looks at; the two of a pair stay together."""
        return hashlib.sha256((self.pair or self.id).encode()).digest()[0] % 2 == 1


@dataclass(frozen=True, slots=True)
class LabelError(Exception):
    """An item that cannot be used, by its file and id."""

    where: str
    fault: str = field(default="")

    def __str__(self) -> str:
        return f"{self.where}: {self.fault}"


def read(folder: Path = FOLDER) -> list[Item]:
    """Every item of every file in the order of files; LabelError names the first that is wrong."""
    found = [item for path in sorted(folder.glob("*.toml")) for item in _of_file(path)]
    seen: set[str] = set()
    for item in found:
        if item.id in seen:
            raise LabelError(item.id, "two items have this id")
        seen.add(item.id)
    return found


def _of_file(path: Path) -> Iterable[Item]:
    for table in tomllib.loads(path.read_text("utf-8"))["item"]:
        where = f"{path.name} {table.get('id', '')}"
        try:
            yield _item(table)
        except (KeyError, ValueError, TypeError) as error:
            raise LabelError(where, f"{type(error).__name__} {error}") from error


def _item(table: Mapping[str, Any]) -> Item:
    labels = {name: frozenset(table[name]) for name in ("supports", "not")}
    for label in labels["supports"] | labels["not"]:
        if label.partition("/")[0] not in IDS:
            raise ValueError(f"labelled with an unknown {label!r}")
    return Item(
        id=table["id"],
        activity=_activity(table),
        supports=labels["supports"],
        near=labels["not"],
        topics=frozenset(table.get("topics", ())),
        lang=table["lang"],
        pair=table.get("pair", ""),
        why=table["why"],
    )


def _activity(table: Mapping[str, Any]) -> Activity:
    """As a source mints it: the thread's key is of no account to the rules, what is not told stays unknown."""
    told = dict(table.get("thread", {}))
    role = ThreadRole(told.pop("role", "unknown"))
    if table["at"].tzinfo is None:
        raise ValueError("at has no zone")
    return Activity(
        ref=f"{table['platform']}:{table['id']}",
        kind=Kind(table["kind"]),
        platform=Platform(table["platform"]),
        at=table["at"],
        text=table["text"],
        channel=table.get("channel", ""),
        url=table.get("url", ""),
        title=table.get("title", ""),
        lang=table["lang"],
        thread=Thread(role=role, **told),
        metrics=dict(table.get("metrics", {})),
    )
