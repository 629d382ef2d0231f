"""The feed source, asked over the gate, against a server that misbehaves."""

import gzip
from datetime import UTC, datetime, timedelta

import pytest

from advocacy.domain.activity import Activity, Kind, Platform
from ingest.source import Cost, Page
from tests.fault_server import FaultServer
from tests.ingest.feeds import NOW, item, only, pull, rss


def refs(page: Page) -> list[str]:
    return [activity.ref for activity in page.activities]


def test_an_entry_becomes_an_article(server: FaultServer) -> None:
    text = "&lt;p&gt;Hello&lt;/p&gt;&lt;pre&gt;x = 1&lt;/pre&gt;"
    body = rss(
        item(more=f"<description>{text}</description><dc:creator>Asha Rao</dc:creator>"),
        head="<language>en-gb</language>",
    )
    page = pull(server.answers("/feed", body))
    made = only(page)
    assert made == Activity(
        ref=made.ref,
        kind=Kind.ARTICLE,
        platform=Platform.FEED,
        at=datetime(2026, 11, 10, 10, tzinfo=UTC),
        text="Hello\n\n```\nx = 1\n```",
        channel="blog.example",
        url="https://blog.example/one",
        title="one",
        lang="en",
        authors=("Asha Rao",),
    )
    assert made.ref.startswith("feed:")
    assert (page.title, page.covers_from, page.gap) == ("Asha's & co", made.at, "")
    assert page.cost == Cost(requests=1, bytes=len(body))


def test_again_reads_everything_whatever_the_validators_say(server: FaultServer) -> None:
    url = server.answers("/feed", rss(item()), ETag="1")
    first = pull(url)
    again = pull(url, {**(first.cursor or {}), "again": True})
    assert "if-none-match" not in server.requests[1].headers
    assert (again.activities, again.cursor) == (first.activities, first.cursor)


def test_the_feed_of_a_page_is_found_and_remembered(server: FaultServer) -> None:
    link = '<link rel="alternate" type="application/rss+xml" title="{}" href="{}">'
    page = "<!doctype html><html><head>" + link.format("Comments", "/comments") + link.format("All", "feed?a=1&amp;b=2")
    url = server.answers("/blog/", page.encode(), Content_Type="text/html")
    found = server.answers("/blog/feed?a=1&b=2", rss(item()), ETag="1")
    first = pull(url)
    assert (only(first).title, first.cost.requests, (first.cursor or {})["feed"]) == ("one", 2, found)
    server.requests.clear()
    assert pull(url, first.cursor).activities == ()
    assert [request.path for request in server.requests] == ["/blog/feed?a=1&b=2"]


# Identity


def test_a_new_build_date_changes_no_activity(server: FaultServer) -> None:
    items = [item("one", date=""), item("two", date="nonsense"), item("three")]
    url = server.answers("/feed", rss(*items, head="<lastBuildDate>Mon, 01 Jan 2024</lastBuildDate>"))
    first = pull(url)
    server.answers("/feed", rss(*items, head="<lastBuildDate>Mon, 08 Jan 2024</lastBuildDate>"))
    again = pull(url, first.cursor, NOW + timedelta(days=1))
    assert again.activities == first.activities


def test_a_window_without_anything_known_is_a_gap(server: FaultServer) -> None:
    url = server.answers("/feed", rss(item("one")))
    first = pull(url)
    server.answers("/feed", rss(item("two"), item("one")))
    assert not pull(url, first.cursor).gap
    server.answers("/feed", rss(item("nine"), item("eight")))
    assert pull(url, first.cursor).gap


def test_short_ids_of_two_blogs_do_not_meet(server: FaultServer) -> None:
    here = pull(server.answers("/feed", rss(item(guid="1"))))
    other = rss(item(guid="1", link="https://other.example/one")).replace(b"https://blog", b"https://other-blog")
    assert refs(pull(server.answers("/feed", other))) != refs(here)


# People


@pytest.mark.parametrize(
    ("more", "authors"),
    [
        ("<author>asha@blog.example (Asha Rao)</author>", ("Asha Rao",)),
        ("<author>asha@blog.example</author>", ("asha@blog.example",)),
        ("<author>Asha Rao &lt;asha@blog.systems&gt;</author>", ("Asha Rao",)),
        ("<dc:creator>Asha</dc:creator><dc:creator>Lena</dc:creator>", ("Asha", "Lena")),
        ("", ("The Desk",)),
    ],
)
def test_authors_are_names_as_shown(server: FaultServer, more: str, authors: tuple[str, ...]) -> None:
    body = rss(item(more=more), head="<managingEditor>desk@blog.example (The Desk)</managingEditor>")
    assert only(pull(server.answers("/feed", body))).authors == authors


# Poison


def test_videos_are_posts_with_their_views(server: FaultServer) -> None:
    body = (
        b'<feed xmlns:yt="http://www.youtube.com/xml/schemas/2015" xmlns:media="http://search.yahoo.com/mrss/" '
        b'xmlns="http://www.w3.org/2005/Atom"><link rel="alternate" href="https://www.youtube.com/channel/UC1"/>'
        b"<entry><id>yt:video:abc</id><title>Talk</title><published>2026-11-01T00:00:00Z</published>"
        b'<link rel="alternate" href="https://www.youtube.com/watch?v=abc"/><author><name>Asha</name></author>'
        b"<media:group><media:description>About it</media:description><media:community>"
        b'<media:statistics views="42"/></media:community></media:group></entry></feed>'
    )
    made = only(pull(server.answers("/feed", body)))
    assert (made.kind, dict(made.metrics), made.text, made.channel) == (
        Kind.POST,
        {"views": 42},
        "About it",
        "youtube.com",
    )


def test_packed_feeds_cost_what_they_unpack_to(server: FaultServer) -> None:
    body = rss(item())
    page = pull(server.answers("/feed", gzip.compress(body), Content_Encoding="gzip"))
    assert page.cost == Cost(requests=1, bytes=len(body))
