"""`advocacy events`: files read into the company's calendar, and the calendar by command."""

import json
from pathlib import Path
from typing import Any

from tests.cli.console import Console

OSLO: dict[str, Any] = {"name": "KubeDay Oslo", "startDate": "2027-03-24", "cfpEndDate": "2026-12-07", "city": "Oslo"}


def test_files_are_read_in_once_and_broken_rows_named(console: Console, tmp_path: Path) -> None:
    good, odd = tmp_path / "devops-2027.json", tmp_path / "odd.csv"
    good.write_text(json.dumps([OSLO]))
    odd.write_text("name,starts\nPyDay,2027-03-01\nOdd,soon\n")
    dry = console.json("events-import", "events", "import", str(good), "--dry-run")
    first = console.json("events-import", "events", "import", str(good))
    again = console.json("events-import", "events", "import", str(good))
    assert [(one["new"], one["same"]) for one in (dry, first, again)] == [(1, 0), (1, 0), (0, 1)]
    none, one, other = (each["files"][0]["import"] for each in (dry, first, again))
    assert (none, one < other) == (None, True)
    answer = console.run("events", "import", str(good), str(odd))
    assert answer.exit_code == 5
    assert "In all: 1 new, 0 changed, 1 as they were." in answer.output
    assert "row 3 (Odd): starts is no day: 'soon'. Write it as 2026-03-01." in answer.stderr


def test_a_file_that_is_none_keeps_the_others_out_too(console: Console, tmp_path: Path) -> None:
    good, none = tmp_path / "a.json", tmp_path / "b.json"
    good.write_text(json.dumps([OSLO]))
    none.write_text("{}")
    assert "b.json: It is JSON, but neither" in console.refuses(2, "events", "import", str(good), str(none))
    assert console.json("events-list", "events", "list")["events"] == []


def test_the_calendar_is_listed_by_what_closes(console: Console, tmp_path: Path) -> None:
    file = tmp_path / "a.json"
    file.write_text(json.dumps([OSLO, {**OSLO, "name": "Later", "cfpEndDate": "2027-01-07", "city": "Pune"}]))
    console.run("events", "import", str(file))
    names = [one["name"] for one in console.json("events-list", "events", "list")["events"]]
    (near,) = console.json("events-list", "events", "list", "--closing", "14")["events"]
    assert (names, near["name"], near["cfp_closes"]) == (["KubeDay Oslo", "Later"], "KubeDay Oslo", "2026-12-07")
    assert "2026-12-07" in console.says("events", "list")
