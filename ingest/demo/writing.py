"""What the company's people wrote: drafts in `posts/*.toml`, given their days by the seed."""

import random
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from importlib.resources import files
from typing import Any
from zoneinfo import ZoneInfo

from markdown_it import MarkdownIt

_SHELF = files("ingest.demo") / "posts"


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """One published article; `keep` says whether a reader with sense would keep it."""

    slug: str
    title: str
    html: str
    at: datetime
    author: str
    lang: str = ""
    tags: tuple[str, ...] = ()
    link: str = ""  #: where it says it stands, when that is not on its own blog
    keep: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A blog's name and all it ever publishes, oldest first."""

    title: str
    about: str
    posts: tuple[Post, ...]

    def until(self, now: datetime) -> tuple[Post, ...]:
        """What a reader finds at that moment."""
        return tuple(post for post in self.posts if post.at <= now)


def column(name: str, author: str, zone: str, anchor: datetime, seed: int) -> Column:
    """Read a blog's drafts and give each its moment: working days and hours of the zone, counted back from `anchor`."""
    shelf = tomllib.loads((_SHELF / f"{name}.toml").read_text("utf-8"))
    posts = [_post(draft, author, zone, anchor, seed) for draft in _drafts(shelf)]
    return Column(title=shelf["title"], about=shelf["about"], posts=tuple(sorted(posts, key=lambda p: (p.at, p.slug))))


def _drafts(shelf: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    yield from shelf.get("post", ())
    for series in shelf.get("series", ()):
        common = {key: value for key, value in series.items() if key != "rows"}
        for row in series["rows"]:
            filled = {key: series[key].format_map(row) for key in ("title", "body")}
            yield common | row | filled


def _post(draft: Mapping[str, Any], author: str, zone: str, anchor: datetime, seed: int) -> Post:
    title = draft["title"]
    return Post(
        slug=_slug(title),
        title=title,
        html=_html(draft),
        at=moment(draft, zone, anchor, random.Random(f"{seed} {title}")),
        author=draft.get("author", author),
        lang=draft.get("lang", "en"),
        tags=tuple(draft.get("tags", ())),
        link=draft.get("link", ""),
        keep=draft.get("keep", True),
    )


def moment(draft: Mapping[str, Any], zone: str, anchor: datetime, dice: random.Random) -> datetime:
    """A working hour near the day the draft names; `ahead` posts appear that many minutes after the anchor."""
    if "ahead" in draft:
        return anchor + timedelta(minutes=draft["ahead"])
    here = ZoneInfo(zone)
    day = anchor.astimezone(here).date() - timedelta(days=draft["days"])
    day -= timedelta(days=max(0, day.weekday() - 4))
    hour = time(dice.randint(8, 17), dice.randint(0, 59), tzinfo=here)
    return datetime.combine(day, hour).astimezone(anchor.tzinfo)


def _html(draft: Mapping[str, Any]) -> str:
    body = str(draft["body"])
    if not draft.get("raw"):
        body = MarkdownIt("commonmark").enable("table").render(body)
    boxes = int(draft.get("nested", 0))
    return "<div>" * boxes + body + "</div>" * boxes


def _slug(title: str) -> str:
    return "-".join(re.findall(r"\w+", title.lower()))[:60]
