"""One address for one page."""

import pytest

from advocacy.domain.links import canonical, link_key, site_of


@pytest.mark.parametrize(
    ("url", "clean"),
    [
        ("HTTPS://Blog.Example:443/A/?b=1&a=2#part", "https://blog.example/A/?b=1&a=2"),
        ("http://blog.example:8080", "http://blog.example:8080/"),
        ("https://blog.example/?utm_source=x&p=1&fbclid=2&gclid=3&mc_cid=4&ref=5&si=6", "https://blog.example/?p=1"),
        ("https://blog.example/?reference=1&site=2", "https://blog.example/?reference=1&site=2"),
        ("https://youtu.be/abc?si=x&t=3", "https://www.youtube.com/watch?v=abc&t=3"),
        ("https://m.youtube.com/watch?v=abc", "https://www.youtube.com/watch?v=abc"),
        ("http://youtube.com/shorts/abc", "https://www.youtube.com/watch?v=abc"),
        ("https://medium.com/@asha/x-1?source=rss-22--2", "https://medium.com/@asha/x-1"),
        ("https://asha.medium.com/x?source=friends_link", "https://asha.medium.com/x"),
        ("https://tech.example/x?source=rss----1", "https://tech.example/x"),
        ("https://tech.example/x?source=git", "https://tech.example/x?source=git"),
        (" https://blog.example/a b ", "https://blog.example/a%20b"),
        ("https://[2001:db8::1]/x", "https://[2001:db8::1]/x"),
    ],
)
def test_tracking_and_spelling_are_removed(url: str, clean: str) -> None:
    assert canonical(url) == clean
    assert canonical(clean) == clean


@pytest.mark.parametrize(
    "url",
    [
        "",
        "blog.example",
        "/x",
        "javascript:alert(1)",
        "mailto:a@b.c",
        "http://",
        "http://[",
        "http://a:b/",
        "http://u:p@a/",
    ]
    + ["https://blog.example/" + "x" * 2000],
)
def test_what_is_no_web_address_has_none(url: str) -> None:
    assert canonical(url) == ""


def test_two_spellings_of_a_link_share_a_key() -> None:
    spellings = ["http://www.blog.example/a/", "https://blog.example/a#x", "https://BLOG.example/a?utm_medium=rss"]
    assert {link_key(url) for url in spellings} == {"blog.example/a"}
    assert site_of(spellings[0]) == "blog.example"


@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("https://stackoverflow.com/questions/123/how-to-resize", "stackoverflow.com/q/123"),
        ("http://www.stackoverflow.com/questions/123?noredirect=1", "stackoverflow.com/q/123"),
        ("https://stackoverflow.com/q/123/22656", "stackoverflow.com/q/123"),
        ("https://ai.stackexchange.com/questions/123/how-to-resize/456#456", "ai.stackexchange.com/a/456"),
        ("https://ai.stackexchange.com/a/456/22656", "ai.stackexchange.com/a/456"),
        ("https://stackoverflow.com/questions/tagged/kubernetes", "stackoverflow.com/questions/tagged/kubernetes"),
        ("https://blog.example/questions/123/how", "blog.example/questions/123/how"),
        ("https://blog.example/a/456", "blog.example/a/456"),
    ],
)
def test_a_post_on_stack_exchange_is_one_by_its_long_and_its_short_address(url: str, key: str) -> None:
    assert link_key(url) == key
