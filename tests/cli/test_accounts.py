"""`advocacy accounts add`: handles connected by an operator."""

from tests.cli.console import Console


def test_a_blog_is_connected_and_read_from_then_on(console: Console, asha: str) -> None:
    words = ("accounts", "add", asha, "Feed", "asha.example/blog", "--author", "Asha  Rao")
    assert console.json("accounts-add", *words) == {
        "id": 1,
        "person": asha,
        "platform": "feed",
        "handle": "https://asha.example/blog",
        "author": "Asha Rao",
        "read": True,
    }
    polled = console.json("ingest-status", "ingest", "status")["subscriptions"]
    assert [(one["address"], one["state"]) for one in polled] == [("https://asha.example/blog", "new")]


def test_words_for_people(console: Console, asha: str) -> None:
    words = console.says("accounts", "add", asha, "x", "@asha")
    assert words == "x asha is Asha's. `advocacy ingest run` reads it at once.\n"
    words = console.says("accounts", "add", asha, "feed", "asha.example/blog")
    assert words == "feed https://asha.example/blog is Asha's. `advocacy ingest run` reads it at once.\n"


def test_what_cannot_be_connected_is_not(console: Console, asha: str) -> None:
    console.says("accounts", "add", asha, "x", "asha")
    before = console.json("ingest-status", "ingest", "status")
    known = "x, reddit, stackexchange, feed, hackernews, discourse, github, mastodon, bluesky, dev, youtube, linkedin"
    address = "write the blog's or the feed's, like https://example.org/blog"
    refused = {
        (asha, "myspace", "asha"): f"'myspace' is no platform we know: {known}",
        (asha, "feed", "ftp://x.example"): f"'ftp://x.example' is no web address: {address}",
        (asha, "feed", ""): f"'' is no web address: {address}",
        (asha, "x", "a b"): "'a b' is no handle: write it like asha_k, or the profile's address https://x.com/asha_k",
        (asha, "x", "@asha"): "asha is connected already",
    }
    assert {words: console.refuses(2, "accounts", "add", *words) for words in refused} == refused
    assert console.json("ingest-status", "ingest", "status") == before


def test_nobody_is_called_so(console: Console) -> None:
    words = console.refuses(4, "accounts", "add", "nobody@x.example", "feed", "https://x.example")
    assert words == "nobody has the address 'nobody@x.example'; `advocacy people list` shows everybody"
