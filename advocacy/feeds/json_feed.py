"""JSON Feed 1.1."""

import json
from collections.abc import Sequence
from typing import Any

from advocacy.feeds.entries import Entry

VERSION = "https://jsonfeed.org/version/1.1"
TYPE = "application/feed+json; charset=utf-8"


def json_feed(title: str, author: str, home: str, found: Sequence[Entry]) -> bytes:
    """The feed."""
    told = {
        "version": VERSION,
        "title": title,
        "home_page_url": home,
        "authors": [{"name": author}],
        "items": [_item(one) for one in found],
    }
    return json.dumps(told, ensure_ascii=False, indent=1).encode()


def _item(one: Entry) -> dict[str, Any]:
    return {
        "id": one.id,
        **{name: url for name, url in (("url", one.page), ("external_url", one.url)) if url},
        "title": one.title,
        "content_text": one.text,
        "date_published": one.at.isoformat(),
        "date_modified": one.updated.isoformat(),
        "tags": list(one.tags),
        **({"authors": [{"name": name} for name in one.authors]} if one.authors else {}),
    }
