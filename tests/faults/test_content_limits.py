"""Feeds that are broken, hostile or enormous: bounded time and memory, a named outcome, and the good is kept."""

import codecs
import threading
import time
from datetime import UTC, datetime
from ipaddress import ip_network
from pathlib import Path

import pytest

from advocacy.domain.activity import Activity
from ingest.fetch import Gate
from ingest.place import SHARED, Place
from ingest.source import Page, Polled, Refused
from ingest.sources.feed import FeedSource
from tests.fault_server import FaultServer

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
GATE = Gate((ip_network("127.0.0.0/8"),), total_timeout=30)
SOON = 60.0  #: seconds; a bound that even a busy machine keeps, where without limits it would be hours


def pull(address: str, place: Place = SHARED) -> Page:
    return next(FeedSource(GATE, place).fetch([Polled(address=address)], NOW))


def read(server: FaultServer, body: bytes, content_type: str = "application/rss+xml") -> Page:
    """Pull the bytes, within the bound."""
    start = time.monotonic()
    page = pull(server.answers("/feed", body, Content_Type=content_type))
    assert time.monotonic() - start < SOON
    return page


def item(name: str, more: str = "") -> str:
    return f"<item><title>{name}</title><link>https://blog.example/{name}</link>{more}</item>"


def rss(*items: str, before: str = '<?xml version="1.0"?>') -> bytes:
    channel = f"<title>Blog</title><link>https://blog.example/</link>{''.join(items)}"
    return f'{before}<rss version="2.0"><channel>{channel}</channel></rss>'.encode()


def outcome(address: str, place: Place = SHARED) -> list[str]:
    """The titles, or why it was refused."""
    try:
        return titles(pull(address, place))
    except Refused as refused:
        return [str(refused).partition(";")[0]]


def titles(page: Page) -> list[str]:
    return [activity.title for activity in page.activities]


def texts(page: Page) -> str:
    def words(one: Activity) -> str:
        return f"{one.title} {one.text} {one.url} {one.authors}"

    return page.title + "".join(map(words, page.activities))


@pytest.mark.parametrize(
    ("damage", "kept"),
    [
        (lambda body: body[:-30], ["one", "two", "three"]),
        (lambda body: body[: body.index(b"three")], ["one", "two"]),
        (lambda body: body.replace(b"</item>", b"", 1), ["one", "two", "three"]),
        (lambda body: body.replace(b">two<", b">two &nbsp; & <b>more</i><"), ["one", "two & more", "three"]),
        (lambda body: body.replace(b"two</title>", b"two\x0b</title>"), ["one", "two", "three"]),
        (lambda body: body + b"<p>debug: 0.3 s</p>", ["one", "two", "three"]),
        (lambda body: b"\n\nWarning: mysql\n" + body, ["one", "two", "three"]),
    ],
)
def test_case_35_of_malformed_xml_the_entries_that_can_be_read_are_kept(
    server: FaultServer, damage: object, kept: list[str]
) -> None:
    assert callable(damage)
    page = read(server, damage(rss(item("one"), item("two"), item("three"))))
    assert [title for title in titles(page) if title in kept] == kept


def test_case_35_a_broken_feed_never_says_that_it_shows_everything(server: FaultServer) -> None:
    page = read(server, rss()[:-20])
    assert (page.activities, page.covers_from) == ((), None)


TITLE = "Füße – “naïve” €5"
SEEN = '<?xml version="1.0" encoding="{}"?>'


@pytest.mark.parametrize(
    ("declared", "used", "bom", "header"),
    [
        ("utf-8", "utf-8", b"", "application/rss+xml"),
        ("utf-8", "utf-8", codecs.BOM_UTF8, "text/xml"),
        ("utf-16", "utf-16-le", codecs.BOM_UTF16_LE, "application/xml"),
        ("utf-16", "utf-16-be", codecs.BOM_UTF16_BE, "application/xml"),
        ("windows-1252", "windows-1252", b"", "application/xml"),
        ("windows-1252", "windows-1252", b"", "text/html"),
        ("utf-8", "windows-1252", b"", "application/xml"),
        ("iso-8859-1", "utf-8", b"", "application/xml"),
        ("us-ascii", "utf-8", b"", "text/xml"),
        ("iso-8859-1", "utf-8", b"", "application/xml; charset=utf-8"),
        ("utf-8", "windows-1252", b"", "application/xml; charset=windows-1252"),
        ("klingon-1", "utf-8", b"", "application/xml; charset=klingon-2"),
    ],
)
def test_case_36_encodings_declared_rightly_wrongly_and_by_the_header(
    server: FaultServer, declared: str, used: str, bom: bytes, header: str
) -> None:
    body = rss(item("one").replace("<title>one", f"<title>{TITLE}"), before=SEEN.format(declared))
    page = read(server, bom + body.decode().encode(used), header)
    assert titles(page) == [TITLE]


def test_case_36_bytes_of_no_encoding_cost_a_few_letters_only(server: FaultServer) -> None:
    body = rss(item("one"), item("two")).replace(b"<title>one", b"<title>\xff\xfe\x81one")
    assert titles(read(server, body))[1] == "two"


def bomb(*declarations: str, use: str) -> bytes:
    entities = "".join(f"<!ENTITY {declaration}>" for declaration in declarations)
    text = item("one", f"<description>{use}</description>") + item("two")
    return rss(text, before=f"<!DOCTYPE rss [{entities}]>")


def test_case_37_entities_that_multiply_are_not_followed(server: FaultServer) -> None:
    tenfold = [f'a{n} "{f"&a{n - 1};" * 10}"' for n in range(1, 12)]
    page = read(server, bomb('a0 "ha"', *tenfold, use="&a11;"))
    assert titles(page) == ["one", "two"]
    assert len(texts(page)) < 1000


def test_case_37_one_long_entity_many_times_over_is_cut(server: FaultServer) -> None:
    page = read(server, bomb(f'a "{"ha" * 50_000}"', use="&a;" * 100_000))  # 10 GB
    assert "two" in titles(page)
    assert len(texts(page)) < 50_000


@pytest.mark.parametrize("kind", ["SYSTEM", 'PUBLIC "x"'])
def test_case_37_nothing_outside_is_opened(server: FaultServer, tmp_path: Path, kind: str) -> None:
    secret = tmp_path / "secret"
    secret.write_text("canary")
    for place in (secret.as_uri(), str(secret), server.url("/outside"), "/outside"):
        external = [f'x {kind} "{place}"', f'% p {kind} "{place}"', "y '&x;'"]
        for body in (
            bomb(*external, use="&x;&y;%p;"),
            rss(item("one"), item("two"), before=f'<!DOCTYPE rss {kind} "{place}">'),
            rss(item("one"), item("two"), before=f'<?xml-stylesheet href="{place}"?><!DOCTYPE rss>'),
            rss(item("one", f'<x:include xmlns:x="http://www.w3.org/2001/XInclude" href="{place}"/>'), item("two")),
        ):
            page = read(server, body)
            assert titles(page) == ["one", "two"]
            assert "canary" not in texts(page)
    assert {request.path for request in server.requests} == {"/feed"}


@pytest.mark.parametrize("end", ["</d>" * 200_000, ""])
def test_case_38_two_hundred_thousand_nested_elements_end_in_time(server: FaultServer, end: str) -> None:
    address = server.answers("/feed", rss(item("one"), item("two", "<d>" * 200_000 + end), item("three")))
    assert outcome(address) in (["one", "two", "three"], ["this feed takes more than 10 s to be read"])


def test_case_38_of_fifty_thousand_items_the_newest_are_read(server: FaultServer) -> None:
    page = read(server, rss(*(item(f"n{number}") for number in range(50_000))))
    assert titles(page) == [f"n{number}" for number in range(500)]


def test_case_38_what_needs_too_much_memory_is_refused_in_words(server: FaultServer) -> None:
    place = Place(megabytes=96)
    with pytest.raises(Refused) as refused:
        pull(server.answers("/feed", rss(item("one"), "<a/>" * 1_000_000)), place)
    words = str(refused.value)
    assert words == "this feed needs more than 96 MB to be read; give the address of one with fewer or shorter items"
    assert titles(pull(server.answers("/feed", rss(item("one"))), place)) == ["one"]
    place.close()


def test_case_43_a_megabyte_of_nested_div_leaves_the_text_around_it(server: FaultServer) -> None:
    divs = "<div>" * (2**20 // 5)
    escaped = divs.replace("<", "&lt;").replace(">", "&gt;")
    page = read(server, rss(item("one", f"<description>before {escaped} after</description>"), item("two", "")))
    assert [(made.title, made.text) for made in page.activities] == [("one", "before"), ("two", "")]


def test_case_43_nested_div_as_markup(server: FaultServer) -> None:
    divs, ends = "<div>" * 90_000, "</div>" * 90_000
    content = f'<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">before {divs}{ends}</div></content>'
    body = f'<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>1</id><title>one</title>{content}</entry></feed>'
    page = read(server, body.encode())
    assert [(made.title, made.text) for made in page.activities] == [("one", "before")]


HOSTILE = rss(item("one", f"<title>1</title><author>{'a.' * 200_000}@</author>"))
"""400 KB on which a pattern of feedparser's works for minutes, never letting another thread have its turn."""


def test_case_75_one_hostile_feed_among_healthy_ones_is_refused_alone(server: FaultServer) -> None:
    place = Place(seconds=3)
    hostile, healthy = server.answers("/hostile", HOSTILE), server.answers("/healthy", rss(item("one")))
    refused: list[str] = []
    slow = threading.Thread(target=lambda: refused.extend(outcome(hostile, place)))
    slow.start()
    taken: list[float] = []
    while slow.is_alive() and len(taken) < 200:
        start = time.monotonic()
        assert outcome(healthy, place) == ["one"]
        taken.append(time.monotonic() - start)
    slow.join(SOON)
    assert refused == ["this feed takes more than 3 s to be read"]
    assert len(taken) >= 20
    assert sorted(taken)[len(taken) // 2] < 1
    place.close()


def test_case_75_many_threads_each_keep_their_own_feed(server: FaultServer) -> None:
    place = Place(seconds=2)
    addresses = [server.answers(f"/{n}", rss(*(item(f"f{n}i{m}") for m in range(20)))) for n in range(4)]
    addresses.append(server.answers("/hostile", HOSTILE))
    seen: dict[str, list[list[str]]] = {address: [] for address in addresses}

    def read_often(address: str) -> None:
        for _ in range(1 if address.endswith("/hostile") else 10):
            seen[address].append(outcome(address, place))

    threads = [threading.Thread(target=read_often, args=(address,)) for address in addresses]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(SOON)
    place.close()
    assert seen == {
        **{address: [[f"f{n}i{m}" for m in range(20)]] * 10 for n, address in enumerate(addresses[:-1])},
        addresses[-1]: [["this feed takes more than 2 s to be read"]],
    }
