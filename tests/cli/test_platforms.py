"""What the commands say of platforms that cannot be read, and of money."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Self

import pytest

from advocacy import running
from advocacy.cli.checkup import checkup
from advocacy.domain.activity import Platform
from ingest import registry
from ingest.fetch import Http
from ingest.purse import MonthlyPurse
from ingest.source import FreeOfCharge, Misconfigured, Purse
from ingest.sources.feed import FeedSource
from tests.cli.console import Console
from tests.ingest.crowd import Crowd

MISSING = "ADVOCACY_X__BEARER_TOKEN is not set"
ROAD = "Until then people can import their X archive: see `advocacy import --help`."


class Keyed(Crowd):
    """Wants a key, and may spend money."""

    platform = Platform.X
    refused: Exception | None = None

    @classmethod
    def from_config(cls, config: Mapping[str, str], http: Http, purse: Purse = FreeOfCharge()) -> Self:
        assert "monthly_budget_usd" not in config, "the registry keeps the purse"
        if "bearer_token" not in config:
            raise Misconfigured(MISSING)
        made = cls()
        made.refuses = cls.refused
        return made


@pytest.fixture
def keyed(console: Console, monkeypatch: pytest.MonkeyPatch) -> Console:
    monkeypatch.setattr(registry, "SOURCES", (FeedSource, Keyed))
    return console


def configure(console: Console, **options: str) -> None:
    settings = console.app.extensions["advocacy.settings"]
    console.app.extensions["advocacy.settings"] = replace(settings, sources={Platform.X: options})


def test_a_platform_without_keys_is_named_with_what_to_mend_and_the_other_road(
    keyed: Console, asha: str, blog: str
) -> None:
    keyed.says("accounts", "add", asha, "feed", blog)
    assert keyed.json("ingest-run", "ingest", "run")["unready"] == {}, "nobody has an account there"
    keyed.says("accounts", "add", asha, "x", "asha_k")
    told = keyed.json("ingest-run", "ingest", "run")
    assert (told["unready"], list(told["platforms"]), told["errors"]) == ({"x": MISSING}, ["feed"], [])
    words = keyed.run("ingest", "run")
    assert words.stderr.splitlines() == [f"X is not read: {MISSING}. {ROAD}"]
    assert words.stdout.split("\n")[0].split() == [
        *("platform", "accounts", "requests", "posts", "read", "USD", "new", "changed", "same", "deleted"),
        *("not", "kept", "set", "aside", "next", "(UTC)"),
    ]


def test_the_doctor_says_what_platform_cannot_be_read(keyed: Console, asha: str, blog: str) -> None:
    keyed.says("accounts", "add", asha, "x", "asha_k")
    keyed.run("ingest", "run")
    with keyed.app.app_context():
        [found] = [one for one in checkup() if one.what == "platforms"]
    assert (found.well, found.found) == (False, f"X is not read: {MISSING}")
    assert found.mend.endswith(ROAD)
    configure(keyed, bearer_token="secret")
    keyed.run("ingest", "run")
    with keyed.app.app_context():
        [found] = [one for one in checkup() if one.what == "platforms"]
    assert (found.well, found.found) == (True, "all can be read that somebody has an account on")


def test_how_the_platforms_are_doing_and_what_they_cost_this_month(keyed: Console, asha: str) -> None:
    told = keyed.json("ingest-status", "ingest", "status")["platforms"]
    feed = {"platform": "feed", "ready": True, "message": "", "spent_usd": None, "budget_usd": None}
    x = {"platform": "x", "ready": False, "message": MISSING, "spent_usd": 0.0, "budget_usd": 20.0}
    assert told == [feed, x]
    configure(keyed, bearer_token="secret", monthly_budget_usd="7.5")
    with keyed.app.app_context():
        MonthlyPurse(Platform.X, 7.5, running.now).reserve(0.25)
    told = keyed.json("ingest-status", "ingest", "status")["platforms"]
    assert told[1] == {**x, "ready": True, "message": "", "spent_usd": 0.25, "budget_usd": 7.5}
    assert "\nx: ready; 0.25 of 7.50 USD spent this month\n" in keyed.says("ingest", "status")
    configure(keyed, bearer_token="secret", monthly_budget_usd="much")
    told = keyed.json("ingest-status", "ingest", "status")["platforms"]
    assert told[1]["message"] == "ADVOCACY_X__MONTHLY_BUDGET_USD must be an amount of US dollars like 20, not 'much'"


def test_what_a_platform_says_of_many_is_said_once(keyed: Console, asha: str, monkeypatch: pytest.MonkeyPatch) -> None:
    configure(keyed, bearer_token="secret")
    monkeypatch.setattr(Keyed, "refused", Misconfigured("the plan of this key is refused (403, code 453)"))
    for n in range(7):
        keyed.says("accounts", "add", asha, "x", f"asha_{n}")
    result = keyed.run("ingest", "run")
    assert result.exit_code == 5
    assert result.stderr.splitlines() == [
        f"X is not read: the plan of this key is refused (403, code 453). {ROAD}",
        "Error: addresses that could not be read: 7; the others were stored.",
    ]
    monkeypatch.setattr(Keyed, "refused", ValueError("a slip"))
    assert keyed.run("ingest", "run").stderr.splitlines()[-2:] == [
        "7 addresses of X: a fault of ours, it is in the log: ValueError",
        "Error: addresses that could not be read: 7; the others were stored.",
    ]
