"""The reader of pages itself: it finds what is not ours, and nothing in what is."""

import pytest

from tests.markup import foreign

PAGE = "<!doctype html><html lang=en><head><title>x</title></head><body><main>{}</main></body></html>"


@pytest.mark.parametrize(
    ("inside", "wrong"),
    [
        ("<script>alert(1)</script>", ["a script in the page"]),
        ("<script src=/static/x.js></script>", ["a script in the page"]),
        ("<script src=//evil.example/x.js nonce=x></script>", ["<script src='//evil.example/x.js'>"]),
        ("<p onclick=x>", ["<p onclick>"]),
        ("<p style=x>", ["<p style>"]),
        ("<iframe src=/x></iframe>", ["<iframe>"]),
        ("<a href='javascript:alert(1)'>x</a>", ["<a href='javascript:alert(1)'>"]),
        ("<a href=' javascript:alert(1)'>x</a>", ["<a href=' javascript:alert(1)'>"]),
        ("<a href='//evil.example'>x</a>", ["<a href='//evil.example'>"]),
        ("<a href='data:text/html,x'>x</a>", ["<a href='data:text/html,x'>"]),
        ("<a href='https:///x'>x</a>", ["<a href='https:///x'>"]),
        ("<form action='https://evil.example'></form>", ["<form action='https://evil.example'>"]),
        ("<!-- x -->", ["a comment"]),
        ("<svg><foreignobject/></svg>", ["<{http://www.w3.org/2000/svg}foreignObject>"]),
        ("<math></math>", ["<{http://www.w3.org/1998/Math/MathML}math>"]),
        ("\x85", ["U+0085", "invalid-codepoint at None"]),
        ("</p>", ["unexpected-end-tag at (1, 72)"]),
    ],
)
def test_what_our_templates_would_never_write_is_found(inside: str, wrong: list[str]) -> None:
    found = foreign(PAGE.format(inside).encode())
    assert [one.partition(" at ")[0] for one in found] == [one.partition(" at ")[0] for one in wrong]


def test_what_they_write_is_well() -> None:
    ours = (
        "<p class=x dir=auto>&lt;script&gt; <a href='/x'>x</a> <a href='https://blog.example/?a=1&amp;b' rel=x>y</a>"
        "<svg viewBox='0 0 1 1' aria-hidden=true><rect class=full x=0 y=0 width=1 height=1 rx=2 /></svg>"
        "<script src='/static/live.js?v=1' nonce=abc defer></script>"
    )
    assert foreign(PAGE.format(ours).encode()) == []
