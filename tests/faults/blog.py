"""A blog on loopback that misbehaves, read by the real source through the whole line into rows."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from typing import Any

import pytest
from flask import Flask

from advocacy.domain.activity import Platform
from advocacy.models.activities import ActivityRow
from advocacy.models.people import Person
from advocacy.models.runs import Pull
from advocacy.rules import Rules
from ingest.registry import build
from tests.cast import Cast
from tests.conftest import NOW
from tests.fault_server import FaultServer
from tests.ingest.platform import ON_TOPIC
from tests.ingest.scene import Scene, rows


@dataclass
class Blog:
    """One address that Asha has connected; the clock goes on by two hours from one reading to the next."""

    scene: Scene
    server: FaultServer
    asha: Person

    @property
    def address(self) -> str:
        return self.server.url("/feed")

    def shows(self, *items: str) -> None:
        """An RSS feed of these items."""
        self.server.answers("/feed", rss(*items))

    def says(self, *items: Any, **head: Any) -> None:
        """A JSON Feed of these items."""
        self.server.answers("/feed", json_feed(*items, **head))

    def read(self) -> Pull:
        """Read the feed, as at the next visit."""
        self.scene.later(hours=2)
        return self.scene.sweeps()[self.address]

    def stored(self) -> list[ActivityRow]:
        """The activities, the oldest row first."""
        return rows(ActivityRow)

    def told(self) -> set[tuple[str, str]]:
        """What is stored, as (title, address)."""
        return {(row.title, row.url) for row in self.stored()}


@pytest.fixture
def blog(app: Flask, cast: Cast, rules: Rules) -> Iterator[Blog]:
    with FaultServer() as server:
        scene = Scene(app, rules, NOW, source=build(app.extensions["advocacy.settings"]).ready[Platform.FEED])
        one = Blog(scene, server, cast.asha)
        scene.connects(cast.asha, one.address)
        yield one


def item(
    name: str,
    *,
    guid: str | None = None,
    link: str | None = None,
    date: str = "Tue, 10 Nov 2026 10:00:00 GMT",
    text: str = ON_TOPIC,
    more: str = "",
) -> str:
    """One item of an RSS feed, about Kubernetes unless told otherwise; `guid` None and '' is none."""
    link = f"https://blog.example/{name}" if link is None else link
    parts = {"title": name, "guid": guid or "", "link": link, "pubDate": date, "description": text}
    told = "".join(f"<{tag}>{escape(value)}</{tag}>" for tag, value in parts.items() if value)
    return f"<item>{told}{more}</item>"


def rss(*items: str) -> bytes:
    """An RSS feed of these items."""
    head = "<title>Asha writes</title><link>https://blog.example/</link>"
    spaces = 'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:media="http://search.yahoo.com/mrss/"'
    return f'<?xml version="1.0"?><rss version="2.0" {spaces}><channel>{head}{"".join(items)}</channel></rss>'.encode()


def entry(number: int, **changes: Any) -> dict[str, Any]:
    """One item of a JSON Feed, about Kubernetes unless told otherwise."""
    return {
        "id": f"https://blog.example/{number}",
        "url": f"https://blog.example/{number}",
        "title": f"Part {number}",
        "content_text": ON_TOPIC,
        "date_published": "2026-11-10T10:00:00Z",
        **changes,
    }


def json_feed(*items: Any, **head: Any) -> bytes:
    """A JSON Feed of these items, whatever they are; numbers may be as long as they like."""
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": "Asha writes", **head, "items": list(items)}
    return json.dumps(feed).encode()
