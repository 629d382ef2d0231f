"""`advocacy ingest quarantine`: told in words and JSON, and tried again."""

import json

from tests.cli.console import Console
from tests.fault_server import FaultServer
from tests.faults.blog import entry, json_feed


def test_nothing_is_there(console: Console, asha: str) -> None:
    assert console.says("ingest", "quarantine") == "Nothing is in quarantine.\n"
    assert console.json("ingest-quarantine", "ingest", "quarantine") == {"retried": None, "items": []}


def test_what_is_there_is_told_with_its_raw_form_and_tried_again(console: Console, asha: str, web: FaultServer) -> None:
    address = web.answers("/feed", json_feed(entry(1), "\x1b[31m no item"))
    console.says("accounts", "add", asha, "feed", address)
    console.json("ingest-run", "ingest", "run")
    told = console.json("ingest-quarantine", "ingest", "quarantine")
    [item] = told["items"]
    assert (item["address"], item["reason"], json.loads(item["raw"])) == (address, "is no object", "\x1b[31m no item")
    assert "\x1b" not in console.says("ingest", "quarantine")

    again = console.json("ingest-quarantine", "ingest", "quarantine", "--retry")
    assert again == {"retried": {"mended": 0, "refused": 0, "asked_again": 1}, "items": [item]}
    assert console.says("ingest", "quarantine", "--retry").startswith("0 mended, 0 refused again, 1 to be read again")
    before = len(web.requests)
    console.json("ingest-run", "ingest", "run", "--due")
    assert len(web.requests) == before + 1
