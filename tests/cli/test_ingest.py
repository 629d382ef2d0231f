"""`advocacy ingest`: what is read, told in figures, and how the addresses are doing."""

from datetime import timedelta
from typing import Any

import pytest

from advocacy import running
from ingest import registry
from tests.cli.console import ENTRIES, Console, feed
from tests.conftest import NOW
from tests.fault_server import FaultServer

NOTHING = dict.fromkeys(("seen", "new", "changed", "same", "deleted", "skipped", "poison"), 0)


def figures(told: dict[str, Any]) -> dict[str, int]:
    return {name: told["platforms"]["feed"][name] for name in NOTHING}


def run(console: Console, *words: str, code: int = 0) -> dict[str, Any]:
    told: dict[str, Any] = console.json("ingest-run", "ingest", "run", *words, code=code)
    return told


def test_the_figures_of_a_run(console: Console, asha: str, blog: str) -> None:
    """Three analyses are new; the garden is about nothing of ours."""
    console.says("accounts", "add", asha, "feed", blog)
    told = run(console)
    assert figures(told) == NOTHING | {"seen": 4, "new": 3, "skipped": 1}
    rest = told["platforms"]["feed"]
    assert (rest["accounts"], rest["requests"], rest["bytes"] > 0, rest["cost_usd"]) == (1, 1, True, 0)
    assert rest["next_at"] > NOW.isoformat()
    assert (told["run"], told["unready"], told["errors"]) == (1, {}, [])


def test_a_second_run_finds_nothing_new(console: Console, asha: str, blog: str) -> None:
    console.says("accounts", "add", asha, "feed", blog)
    run(console)
    again = figures(run(console))
    assert (again["new"], again["changed"], again["poison"]) == (0, 0, 0)


def test_only_the_accounts_that_are_named(console: Console, asha: str, web: FaultServer) -> None:
    for name in ("one", "two", "three"):
        web.answers(f"/{name}", feed(*ENTRIES, title=name), Content_Type="application/atom+xml")
        console.says("accounts", "add", asha, "feed", web.url(f"/{name}"))
    run(console, "--account", web.url("/one"), "--account", "3", "--platform", "feed")
    assert sorted(request.path for request in web.requests) == ["/one", "/three"]
    run(console, "--account", asha.upper(), "--due")
    assert [request.path for request in web.requests[2:]] == ["/two"]


def test_nothing_to_read(console: Console, asha: str, blog: str) -> None:
    console.says("accounts", "add", asha, "feed", blog)
    assert run(console, "--platform", "x", "--platform", "reddit")["platforms"] == {}
    with console.app.app_context():
        known = ", ".join(registry.build(running.settings()).ready)
    words = f"Nothing was to be read. This version reads {known}; `advocacy ingest status` tells when.\n"
    assert console.says("ingest", "run", "--platform", "x") == words


def test_only_what_is_due(console: Console, asha: str, blog: str, web: FaultServer) -> None:
    console.says("accounts", "add", asha, "feed", blog)
    run(console, "--due")
    assert run(console, "--due")["platforms"] == {}
    console.app.extensions["advocacy.clock"] = lambda: NOW + timedelta(days=2)
    assert run(console, "--due")["platforms"]["feed"]["requests"] == 1
    assert len(web.requests) == 2


def test_words_that_name_no_account_or_platform(console: Console, asha: str) -> None:
    words = console.refuses(4, "ingest", "run", "--account", asha + "x")
    assert words == f"no account is called '{asha}x': give a person's e-mail, a handle or a number"
    assert console.refuses(2, "ingest", "run", "--platform", "myspace").startswith(
        "'myspace' is no platform we know: x, reddit, stackexchange, feed,"
    )


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"<html><body><p>Hello</p></body></html>", "feed"),
        (b"\x00\x01\x02" * 50, "feed"),
        (b"", "nothing at all"),
    ],
)
def test_a_feed_that_is_none_fails_alone(
    console: Console, asha: str, blog: str, web: FaultServer, body: bytes, said: str
) -> None:
    wrong = web.answers("/wrong", body, Content_Type="text/html")
    for address in (wrong, blog):
        console.says("accounts", "add", asha, "feed", address)
    told = run(console, code=5)
    assert [error["address"] for error in told["errors"]] == [wrong]
    assert said in told["errors"][0]["message"]
    assert figures(told) == NOTHING | {"seen": 4, "new": 3, "skipped": 1}


def test_no_network(console: Console, asha: str) -> None:
    refused, nowhere = "http://127.0.0.1:9/feed", "http://name.invalid/feed"
    for address in (refused, nowhere):
        console.says("accounts", "add", asha, "feed", address)
    result = console.run("ingest", "run")
    assert result.exit_code == 5
    assert result.stderr.splitlines() == [
        f"{refused}: 127.0.0.1 refuses connections",
        f"{nowhere}: there is no host named name.invalid",
        "Error: addresses that could not be read: 2; the others were stored.",
    ]
    states = [one["state"] for one in console.json("ingest-status", "ingest", "status")["subscriptions"]]
    assert states == ["degraded", "degraded"]


def test_how_the_addresses_are_doing(console: Console, asha: str, blog: str) -> None:
    never = console.json("ingest-status", "ingest", "status")
    assert (never["last_run"], never["subscriptions"]) == (None, [])
    console.says("accounts", "add", asha, "feed", blog)
    run(console)
    told = console.json("ingest-status", "ingest", "status")
    assert told["last_run"] == NOW.isoformat()
    one = told["subscriptions"][0]
    assert (one["address"], one["state"], one["failures"], one["error"]) == (blog, "healthy", 0, "")
    assert one["complete_from"] == "2026-08-01T12:00:00+00:00"
    assert console.says("ingest", "status").startswith(f"Last run: {NOW.isoformat()}\n")
