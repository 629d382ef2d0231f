"""HTML to the plain text that rules read."""

import time

import pytest

from ingest.prose import html_to_text, one_line


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("<p>One\n two</p><p>three</p>", "One two\n\nthree"),
        ("<pre><code>a = 1\n  b &lt; 2</code></pre>", "```\na = 1\n  b < 2\n```"),
        ("run <code>make test</code> now", "run `make test` now"),
        ("<ul><li>one</li><li>two</li></ul>", "- one\n- two"),
        ("<a href='/x?utm_source=a#b'>here</a>", "here (https://blog.example/x)"),
        ("<a href='https://a.example/'>https://a.example</a>", "https://a.example"),
        ("<a href='javascript:x()'>click</a> <a href='#top'>up</a>", "click up"),
        ("<iframe src='https://www.youtube.com/embed/abc'></iframe>", "https://www.youtube.com/watch?v=abc"),
        ("a<script>if (a<b) '<p>'</script>b<style>p{}</style>c<!-- <p>no -->d", "abcd"),
        ("&amp;lt;b&amp;gt; &#8211;", "&lt;b&gt; –"),
        ("<img alt='a > b'>x <b\n>y</b>", "x y"),
        ("3 < 4 &amp; 5 > 4", "3 < 4 & 5 > 4"),
        ("a\x00b&#1;c<br>\ud800d", "abc\nd"),
        ("<pre>never closed", "```\nnever closed\n```"),
    ],
)
def test_html_becomes_what_a_reader_sees(source: str, text: str) -> None:
    assert html_to_text(source, "https://blog.example/") == text


def test_a_long_text_is_cut_and_its_fence_closed() -> None:
    text = html_to_text("<pre>" + "x\n" * 30_000)
    assert len(text) <= 20_000
    assert text.endswith("\n```")


@pytest.mark.parametrize(
    "part", ["<a ", '<a href="', '<a "', "<!--", "<![", "<?", "</", "<", "<div>", "<script>", "&#", "<pre>"]
)
def test_hostile_html_takes_no_time(part: str) -> None:
    begin = time.perf_counter()
    html_to_text(part * (200_000 // len(part)))
    assert time.perf_counter() - begin < 0.5


def test_a_title_is_one_line_without_tags() -> None:
    assert one_line("  Use <code>List<T></code>\n in <b>Java</b> ") == "Use List<T> in Java"
    assert len(one_line("x" * 9000)) == 500
