"""What is a web address, and what of it is dialled and asked."""

import pytest

from ingest.target import BadAddress, parse_target


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("ftp://blog.example/", "only addresses that begin with http"),
        ("file:///etc/passwd", "only addresses that begin with http"),
        ("blog.example", "only addresses that begin with http"),
        ("http://user:secret@blog.example/", "user name or password"),
        ("http://blog.example/a b", "characters that no address"),
        ("http://blog.example/\r\nX: y", "characters that no address"),
        ("http://blog.example\\@127.0.0.1/", "characters that no address"),
        ("http://blog.example:99999/", "not a web address"),
        ("http://[::1/", "not a web address"),
        ("http:///path", "not a web address"),
        ("http://0x7f.1/", "four of them, from 0 to 255"),
        ("http://blog.example/" + "a" * 2000, "too long"),
    ],
)
def test_what_is_no_web_address_is_refused_in_words(address: str, words: str) -> None:
    with pytest.raises(BadAddress, match=words):
        parse_target(address)


def test_names_in_other_scripts_are_asked_for_in_ascii() -> None:
    target = parse_target("https://bücher.example/straße?q=ü#part")
    assert (target.host, target.path) == ("xn--bcher-kva.example", "/stra%C3%9Fe?q=%C3%BC")


@pytest.mark.parametrize(
    ("address", "origin"),
    [
        ("http://blog.example", ("http", "blog.example", 80)),
        ("HTTPS://Blog.Example./", ("https", "blog.example", 443)),
        ("https://blog.example:/", ("https", "blog.example", 443)),
        ("http://my_blog.example:8080/", ("http", "my_blog.example", 8080)),
        ("http://intranet/", ("http", "intranet", 80)),
        ("http://1.1.1.1/", ("http", "1.1.1.1", 80)),
        ("http://[2606:4700:0::1111]:8443/", ("http", "2606:4700::1111", 8443)),
        ("http://4chan.example/", ("http", "4chan.example", 80)),
    ],
)
def test_one_origin_has_one_form(address: str, origin: tuple[str, str, int]) -> None:
    assert parse_target(address).origin == origin
