"""The feed source, asked over the gate, against a server that misbehaves."""

import gzip
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from ipaddress import ip_network

import pytest

from advocacy.domain.activity import Activity, Kind, Platform
from ingest.fetch import Gate
from ingest.source import AccountGone, Cost, Cursor, Page, Polled, Refused, SourceError, TryLater
from ingest.sources.feed import FeedSource
from tests.fault_server import FaultServer

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
GATE = Gate((ip_network("127.0.0.0/8"),), user_agent="advocacy-test", total_timeout=5)


@pytest.fixture
def server() -> Iterator[FaultServer]:
    with FaultServer() as running:
        yield running


def pull(address: str, cursor: Cursor | None = None, now: datetime = NOW) -> Page:
    return next(FeedSource.from_config({}, GATE).fetch([Polled(address=address, cursor=cursor or {})], now))


def item(
    name: str = "one", *, guid: str | None = None, link: str | None = None, date: str | None = None, more: str = ""
) -> str:
    at = "Tue, 10 Nov 2026 10:00:00 GMT" if date is None else date
    return (
        f"<item><title>{name}</title>"
        + (f"<guid>{guid}</guid>" if guid is not None else "")
        + f"<link>{f'https://blog.example/{name}' if link is None else link}</link>"
        + (f"<pubDate>{at}</pubDate>" if at else "")
        + f"{more}</item>"
    )


def rss(*items: str, head: str = "") -> bytes:
    return (
        '<?xml version="1.0"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<channel><title>Asha's &amp; co</title><link>https://blog.example/</link>{head}{''.join(items)}</channel></rss>"
    ).encode()


def only(page: Page) -> Activity:
    [activity] = page.activities
    return activity


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
    assert (page.title, page.covers_from, page.gap) == ("Asha's & co", made.at, False)
    assert page.cost == Cost(requests=1, bytes=len(body))


# Not changed


def test_validators_go_back_byte_for_byte_and_304_is_nothing_new(server: FaultServer) -> None:
    url = server.answers("/feed", rss(item()), ETag='W/"a  b"', Last_Modified="yesterday-ish")
    first = pull(url)
    server.answers("/feed", status=304)
    again = pull(url, first.cursor)
    asked = server.requests[1].headers
    assert (asked["if-none-match"], asked["if-modified-since"]) == ('W/"a  b"', "yesterday-ish")
    assert again == Page(address=url, activities=(), cost=Cost(requests=1))


def test_the_same_bytes_are_nothing_new_to_a_server_without_validators(server: FaultServer) -> None:
    url = server.answers("/feed", rss(item()))
    again = pull(url, pull(url).cursor)
    assert (again.activities, again.cursor, again.covers_from) == ((), None, None)


def test_a_new_etag_over_the_same_bytes_is_only_remembered(server: FaultServer) -> None:
    url = server.answers("/feed", rss(item()), ETag="1")
    first = pull(url)
    server.answers("/feed", rss(item()), ETag="2")
    again = pull(url, first.cursor)
    assert (again.activities, again.cursor) == ((), {**(first.cursor or {}), "etag": "2"})


def test_a_new_build_date_changes_no_activity(server: FaultServer) -> None:
    items = [item("one", date=""), item("two", date="nonsense"), item("three")]
    url = server.answers("/feed", rss(*items, head="<lastBuildDate>Mon, 01 Jan 2024</lastBuildDate>"))
    first = pull(url)
    server.answers("/feed", rss(*items, head="<lastBuildDate>Mon, 08 Jan 2024</lastBuildDate>"))
    again = pull(url, first.cursor, NOW + timedelta(days=1))
    assert again.activities == first.activities


def test_again_reads_everything_whatever_the_validators_say(server: FaultServer) -> None:
    url = server.answers("/feed", rss(item()), ETag="1")
    first = pull(url)
    again = pull(url, {**(first.cursor or {}), "again": True})
    assert "if-none-match" not in server.requests[1].headers
    assert (again.activities, again.cursor) == (first.activities, first.cursor)


# Status


def fails(address: str, cursor: Cursor | None = None) -> SourceError:
    with pytest.raises(SourceError) as caught:
        pull(address, cursor)
    return caught.value


def test_410_twice_is_gone_and_a_good_answer_forgets_the_first(server: FaultServer) -> None:
    url = server.answers("/feed", status=410)
    first = fails(url)
    assert (type(first), first.cursor) == (TryLater, {"gone": 1})
    assert isinstance(fails(url, first.cursor), AccountGone)
    server.answers("/feed", rss(item()))
    assert "gone" not in (pull(url, first.cursor).cursor or {})


def test_404_five_times_is_gone(server: FaultServer) -> None:
    url, cursor, kinds = server.url("/none"), None, []
    for _ in range(5):
        error = fails(url, cursor)
        kinds.append(type(error))
        cursor = error.cursor
    assert kinds == [TryLater] * 4 + [AccountGone]


@pytest.mark.parametrize("status", [401, 403, 451])
def test_a_closed_door_is_refused(server: FaultServer, status: int) -> None:
    error = fails(server.answers("/feed", b"no", status))
    assert (type(error), error.cost) == (Refused, Cost(requests=1, bytes=2))


def test_a_bot_challenge_is_named_as_such(server: FaultServer) -> None:
    error = fails(server.answers("/feed", b"<html><title>Just a moment...</title>", 403))
    assert "proof that we are human" in str(error)


@pytest.mark.parametrize(
    ("told", "wait"),
    [
        ("120", timedelta(minutes=2)),
        ("1", timedelta(minutes=1)),
        ("-5", timedelta(minutes=1)),
        ("9" * 400, timedelta(hours=24)),
        ("Fri, 20 Nov 2026 13:00:00 GMT", timedelta(hours=1)),
        ("Fri, 20 Nov 2020 13:00:00 GMT", timedelta(minutes=1)),
        ("soon", None),
        ("", None),
    ],
)
def test_retry_after_is_read_within_limits(server: FaultServer, told: str, wait: timedelta | None) -> None:
    error = fails(server.answers("/feed", status=429, Retry_After=told))
    assert isinstance(error, TryLater)
    assert (error.ours, error.at) == (True, NOW + wait if wait else None)


def test_an_outage_is_the_sources_own(server: FaultServer) -> None:
    for status in (500, 502, 503):
        error = fails(server.answers("/feed", b"", status))
        assert isinstance(error, TryLater)
        assert not error.ours


def test_an_unreachable_host_is_tried_later_and_a_forbidden_one_refused() -> None:
    assert isinstance(fails("http://127.0.0.1:1/feed"), TryLater)
    assert "is not a public address" in str(fails("http://10.0.0.5/feed"))


def test_cache_hints_are_honoured_within_limits(server: FaultServer) -> None:
    def wish(hint: str, head: str = "") -> datetime | None:
        return pull(server.answers("/feed", rss(item(), head=head), Cache_Control=hint)).next_at

    assert wish("public, max-age=7200") == NOW + timedelta(hours=2)
    assert wish("max-age=1") == NOW + timedelta(minutes=15)
    assert wish("max-age=999999999") == NOW + timedelta(hours=24)
    assert wish("no-cache", "<ttl>60</ttl>") == NOW + timedelta(hours=1)
    assert wish("no-cache") is None


# Moves


def test_a_permanent_redirect_is_adopted_after_five_answers_and_a_day(server: FaultServer) -> None:
    url, new = server.redirects("/old", "/new", 301), server.answers("/new", rss(item()))
    cursor: Cursor = {}
    for hour in (0, 1, 2, 3, 4, 5):
        cursor = pull(url, cursor, NOW + timedelta(hours=hour)).cursor or cursor
    assert "feed" not in cursor
    cursor = pull(url, cursor, NOW + timedelta(days=1)).cursor or cursor
    assert cursor["feed"] == new
    server.requests.clear()
    pull(url, cursor)
    assert [request.path for request in server.requests] == ["/new"]


def test_a_temporary_redirect_is_never_adopted(server: FaultServer) -> None:
    url, cursor = server.redirects("/old", "/new", 302), None
    server.answers("/new", rss(item()))
    for day in range(8):
        cursor = pull(url, cursor, NOW + timedelta(days=day)).cursor or cursor
    assert {"feed", "moved_to"} & set(cursor or {}) == set()


# Pages


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


def test_a_feed_called_html_is_read_as_a_feed(server: FaultServer) -> None:
    assert only(pull(server.answers("/feed", rss(item()), Content_Type="text/html"))).title == "one"


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b"<!doctype html><html><p>Hi", "not a feed but a page, and the page offers none"),
        (b"<html><form><input name=p type='password'>", "asks to sign in"),
        (b'{"items": 3}', "this is JSON, but no JSON Feed"),
        (b"{", "this is broken JSON"),
        (b"just words", "this is no feed"),
        (bytes(range(256)), "this is no feed"),
    ],
)
def test_what_is_no_feed_is_refused_in_words(server: FaultServer, body: bytes, words: str) -> None:
    error = fails(server.answers("/feed", body))
    assert isinstance(error, Refused)
    assert words in str(error)


def test_an_empty_answer_is_tried_again_and_an_empty_feed_is_a_feed(server: FaultServer) -> None:
    url = server.answers("/feed", rss(item()))
    first = pull(url)
    server.answers("/feed", b" \n")
    assert isinstance(fails(url, first.cursor), TryLater)
    server.answers("/feed", rss())
    empty = pull(url, first.cursor)
    assert (empty.activities, empty.gap, empty.covers_from) == ((), False, NOW)
    assert (empty.cursor or {})["known"] == (first.cursor or {})["known"]


# Identity


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


def test_entity_bombs_and_foreign_entities_are_harmless(server: FaultServer) -> None:
    levels = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    bomb = f'<!DOCTYPE rss [<!ENTITY a0 "ha"><!ENTITY x SYSTEM "file:///etc/passwd">{levels}]>'
    body = bomb.encode() + rss(item("one", more="<description>&a11;&x;</description>")).partition(b"?>")[2]
    page = pull(server.answers("/feed", body))
    assert all(len(made.text) < 1000 and "root:" not in made.text for made in page.activities)


def test_malformed_xml_gives_the_entries_it_has(server: FaultServer) -> None:
    page = pull(server.answers("/feed", rss(item("one"), item("two"))[:-60] + b"<oops"))
    assert page.activities[0].title == "one"


def test_a_broken_feed_without_entries_covers_nothing(server: FaultServer) -> None:
    page = pull(server.answers("/feed", rss()[:-20] + b"<oops"))
    assert (page.activities, page.covers_from) == ((), None)


def test_only_the_newest_five_hundred_are_read(server: FaultServer) -> None:
    page = pull(server.answers("/feed", rss(*(item(f"n{n}") for n in range(600)))))
    assert (len(page.activities), page.activities[0].title) == (500, "n0")
    assert len((page.cursor or {})["known"]) == 500  # type: ignore[arg-type]


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
