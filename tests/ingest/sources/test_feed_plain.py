"""The quick reader of ordinary feeds: it says what feedparser says, or nothing."""

import re
from datetime import UTC, datetime

import pytest
from feedparser.mixin import _FeedParserMixin
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.sources.feed_document import Document, Entry
from ingest.sources.feed_lenient import read_lenient
from ingest.sources.feed_names import MEANT, SILENT, TOLD
from ingest.sources.feed_plain import read_plain
from ingest.sources.feed_words import Unusual

HERE = "https://blog.example/feed"
SPACES = (
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/" '
    'xmlns:atom="http://www.w3.org/2005/Atom" xmlns:media="http://search.yahoo.com/mrss/" xmlns:x="urn:x" '
    'xmlns:dcterms="http://purl.org/dc/terms/" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd" '
    'xmlns:feedburner="http://rssnamespace.org/feedburner/ext/1.0" xmlns:gd="http://schemas.google.com/g/2005"'
)


def rss(*items: str, head: str = "<title>Blog</title><link>https://blog.example/</link>") -> bytes:
    body = "".join(f"<item>{item}</item>" for item in items)
    return f'<?xml version="1.0"?><rss version="2.0" {SPACES}><channel>{head}{body}</channel></rss>'.encode()


def atom(*entries: str, head: str = "<title>Blog</title>", more: str = "") -> bytes:
    body = "".join(f"<entry>{entry}</entry>" for entry in entries)
    return f'<feed xmlns="http://www.w3.org/2005/Atom" {SPACES} {more}>{head}{body}</feed>'.encode()


def quick(body: bytes, content_type: str = "application/xml") -> Document | None:
    """What the quick reader says, None where it declines; feedparser must say the same."""
    try:
        said = read_plain(body, content_type, HERE)
    except Unusual:
        return None
    assert said == read_lenient(body, content_type, HERE)
    return said


def test_an_ordinary_rss_feed_is_read_without_feedparser() -> None:
    item = (
        "<title>One &amp;amp; two</title><link>https://blog.example/1?a=1&amp;b=2</link>"
        '<guid isPermaLink="false">1</guid><pubDate>Tue, 10 Nov 2026 10:00:00 +0530</pubDate>'
        "<dc:creator>Asha</dc:creator><dc:creator>Lena</dc:creator><category>a</category>"
        "<description>Short</description><content:encoded><![CDATA[<p>Long</p><pre>x = 1</pre>]]></content:encoded>"
    )
    assert quick(rss(item)) == Document(
        title="Blog",
        site="https://blog.example/",
        entries=(
            Entry(
                guid="1",
                link="https://blog.example/1?a=1&b=2",
                title="One & two",
                text="Long\n\n```\nx = 1\n```",
                published=datetime(2026, 11, 10, 4, 30, tzinfo=UTC),
                authors=("Asha", "Lena"),
            ),
        ),
    )


def test_an_ordinary_atom_feed_is_read_without_feedparser() -> None:
    entry = (
        "<id>urn:1</id><title>x</title><link href='/1'/><published>2026-11-01T23:30:00.5-05:00</published>"
        "<updated>2026-11-05T00:00:00Z</updated><author><name>Asha</name><email>a@x.example</email></author>"
        "<content type='html' xml:base='https://blog.example/1'>&lt;p&gt;Text&lt;/p&gt;</content>"
    )
    said = quick(atom(entry, more='xml:lang="en-GB"'))
    assert said is not None
    assert said.entries == (
        Entry(
            guid="urn:1",
            link="/1",
            title="x",
            text="Text",
            published=datetime(2026, 11, 2, 4, 30, tzinfo=UTC),
            updated=datetime(2026, 11, 5, tzinfo=UTC),
            authors=("Asha",),
            lang="en",
        ),
    )


@pytest.mark.parametrize(
    "body",
    [
        b"<!DOCTYPE rss>" + rss("<title>x</title>").partition(b"?>")[2],
        rss("<title>x</title>").replace(b"</rss>", b""),
        rss("<title>x</title>").decode().encode("utf-16"),
        rss("<title>caf\xe9</title>").decode().encode("latin-1"),
        rss("<title>x</title>").replace(b'"1.0"?', b'"1.0" encoding="windows-1252"?'),
        rss("<title>a <b>x</b></title>"),
        rss("<title>x</title><title>y</title>"),
        rss("<title>x</title><pubDate>10 Nov 26</pubDate>"),
        rss("<title>x</title><author>a@x.example (A)</author><author>b@x.example (B)</author>"),
        rss("<title>caf\x80</title>"),
        rss("<title>x</title><media:a xmlns:media='http://schemas.google.com/g/2005'/>"),
        rss("<title>x</title><dc:a xmlns:dc='http://search.yahoo.com/mrss/'/>"),
        rss("<category>nothing else</category>"),
        atom("<title>x</title><content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'>y</div></content>"),
        atom("<title>x</title><content type='html' mode='base64'>eA==</content>"),
        atom("<title>x</title>", more="xmlns:r='http://purl.org/rss/1.0/'"),
        rss("<title>x</title><dc:title xmlns:dc='https://purl.org/dc/elements/1.1/'>y</dc:title>"),
        rss("<title>x</title><x:a>" + "<x:b>" * 5000 + "</x:b>" * 5000 + "</x:a>"),
        b'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"/>',
    ],
)
def test_what_is_unusual_is_left_to_feedparser(body: bytes) -> None:
    assert quick(body) is None


@pytest.mark.parametrize(
    ("content_type", "is_ours"),
    [
        ("", True),
        ("text/html", False),
        ("text/xml; charset=UTF-8", True),
        ("application/xml; charset='utf-8'", True),
        ("application/xml;charset=iso-8859-1", False),
    ],
)
def test_only_what_everybody_reads_as_utf8_is_ours(content_type: str, is_ours: bool) -> None:
    assert (quick(rss("<title>für \N{SNOWMAN}</title>"), content_type) is not None) == is_ours


def test_all_names_that_mean_something_to_feedparser_are_known() -> None:
    handlers = {name.split("_", 2)[2] for name in dir(_FeedParserMixin) if re.match("_(start|end)_", name)}
    lower = {name.lower() for name in handlers}
    assert {name.partition("_")[2] or name for name in lower} <= MEANT
    assert (SILENT | TOLD) - lower == {"comments", "feedburner_origlink", "media_statistics", "ttl"}


DATES = ["Tue, 10 Nov 2026 10:00:00 GMT", "10 Nov 2026 10:00:00 -0330", "2026-11-10", "2026-11-10T23:59:59.9-01:00"]
DATES += ["", "Tue, 31 Feb 2026 10:00:00 GMT", "2026-13-01T00:00:00Z", "0001-01-01T00:00:00+05:00", "1704067200"]
DATES += ["Tue, 10 Nov 2026 10:00:00 +9959", "Mon, 01 Jan 1990 00:00:00 UT", "2026-11-10T24:00:00Z"]
LINKS = [
    "https://blog.example/1",
    "/2",
    "",
    " https://x.example/a?b=1&amp;amp;c=2 ",
    "https:////x.example/3",
    "urn:x:1",
]
LINKS += ["javascript:x", "http://[x", "https://x.example/?", "?a&amp;b;c", "//x.example/4"]
TEXTS = ["x", "", " two  words ", "a &amp;amp; b", "&lt;p&gt;x&lt;/p&gt;", "<![CDATA[<b>x</b> &eacute;]]>", "caf\xe9"]
TEXTS += [
    "\N{SNOWMAN} caf\xe9",
    "caf\xc3\xa9",
    "a\x80b",
    "<!-- c -->x<?p i?>y",
    "&#233;&#128;",
    "a@x.example (A)",
    "A (B)",
]
NAMES = "title link guid id pubDate published updated description summary content content:encoded dc:creator author"
NAMES += (
    " dc:date category media:title media:description media:group x:title x:unknown dc:language language itunes:author"
)
NAMES += " feedburner:origLink source image atom:link atom:id atom:updated itunes:summary ttl dcterms:created comments"
ATTRIBUTES = [
    "",
    "",
    "",
    'isPermaLink="false"',
    'type="html"',
    'type="text"',
    'xml:base="https://b.example/c/"',
    'rel="self"',
]
ATTRIBUTES += [
    'href="/h"',
    'href="https://h.example/" rel="alternate"',
    'xml:lang="de"',
    'x:href="/h"',
    'REL="self"',
    'base="/"',
]
AUTHORS = ["<name>A</name>", "<email>a@x.example</email>", "<uri>/a</uri>", "<name/>", '<gd:image src="/a"/>', "text"]

element = st.one_of(
    st.builds(
        "<{0} {1}>{2}</{0}>".format,
        st.sampled_from(NAMES.split()),
        st.sampled_from(ATTRIBUTES),
        st.sampled_from([*DATES, *LINKS, *TEXTS, *TEXTS]),
    ),
    st.builds("<pubDate>{0}</pubDate>".format, st.sampled_from(DATES)),
    st.builds("<link>{0}</link>".format, st.sampled_from(LINKS)),
    st.builds(
        "<link href='{0}' {1}/>".format, st.sampled_from(LINKS), st.sampled_from(["", "rel='self'", "type='html'"])
    ),
    st.builds("<author>{0}</author>".format, st.lists(st.sampled_from(AUTHORS), max_size=3).map("".join)),
    st.builds(
        "<media:group>{0}</media:group>".format, st.sampled_from(["<media:title>t</media:title>", "<x:y/>", "z"])
    ),
)
HEAD = "<title>Blog</title><link>https://blog.example/</link><language>en</language>"
ordinary = st.lists(
    st.sampled_from(
        [
            "<title>Title</title>",
            "<title type='html'>a &amp;amp; &lt;b&gt;b&lt;/b&gt;</title>",
            "<link>https://blog.example/1?a=1&amp;b=2</link>",
            "<link href='/relative'/>",
            "<guid>https://blog.example/1</guid>",
            "<id>/one</id>",
            "<content type='html' xml:base='https://b.example/c/'>&lt;p&gt;caf\xe9 \N{SNOWMAN}&lt;/p&gt;</content>",
            "<content:encoded><![CDATA[<p>Long &amp; <a href='/x'>y</a></p>]]></content:encoded>",
            "<description>Short</description>",
            "<pubDate>Tue, 10 Nov 2026 10:00:00 -0330</pubDate>",
            "<updated>2026-11-10T23:59:59.9-01:00</updated>",
            "<dc:creator>Asha Rao</dc:creator>",
            "<author><name>Lena</name><email>l@x.example</email></author>",
            "<dc:language>de-AT</dc:language>",
            "<media:group><media:statistics views='7'/></media:group>",
        ]
    ),
    unique_by=lambda element: element[1:5],
    max_size=9,
)
elements = st.tuples(ordinary, st.lists(element, max_size=1)).flatmap(
    lambda two: st.permutations([*two[0], *two[1]]).map("".join)
)


@settings(max_examples=300, deadline=None)
@given(st.sampled_from([rss, atom]), st.just(HEAD) | elements, st.lists(elements, max_size=2))
def test_it_says_the_same_or_nothing(make: object, head: str, items: list[str]) -> None:
    assert callable(make)
    quick(make(*items, head=head))
