"""`advocacy progress`: from a role page and a blog to a state and a count, computed here by hand."""

from pathlib import Path

import pytest

from tests.cli.console import PAGE, Console

ANALYSES = 0


@pytest.fixture
def read(console: Console, asha: str, blog: str) -> str:
    """Asha, her blog connected and read."""
    console.says("accounts", "add", asha, "feed", blog)
    console.says("ingest", "run")
    return asha


def test_every_sentence_of_the_page_has_a_state(console: Console, read: str) -> None:
    """20:00 UTC on 30 September is 01:30 on 1 October in Asia/Kolkata: two lie in the quarter that it is."""
    assert console.json("progress", "progress", read) == {
        "person": read,
        "role": "thinker",
        "period": "2026-Q4",
        "expectations": [
            {
                "id": "technical-management/analyse-market-trends-compare-the-technologies-and-end",
                "rule": "trends",
                "section": "Technical management",
                "text": "Analyse market trends: compare the technologies, and end with a conclusion",
                "state": "covered",
                "count": 2,
                "target": 1,
                "newest": "2026-11-01",
                "complete_from": "2026-08-01",
            },
            {
                "id": "technical-management/waters-the-plants",
                "rule": None,
                "section": "Technical management",
                "text": "Waters the plants",
                "state": "not_measured",
                "count": 0,
                "target": None,
                "newest": None,
                "complete_from": None,
            },
        ],
    }


def test_a_period_is_judged_by_its_own_days(console: Console, read: str) -> None:
    """A target by the quarter is read over the quarter that ends with a month: August to October, July to September."""
    by_hand = {
        "2026-Q3": ("covered", 1, 1),
        "2026-Q2": ("cant_tell", 0, 1),
        "2026-10": ("covered", 2, 1),
        "2026-09": ("covered", 1, 1),
        "2026-H2": ("covered", 3, 2),
        "2026": ("getting_there", 3, 4),
    }
    found = {period: console.json("progress", "progress", read, "--period", period) for period in by_hand}
    lines = {told["period"]: told["expectations"][ANALYSES] for told in found.values()}
    assert {period: (line["state"], line["count"], line["target"]) for period, line in lines.items()} == by_hand


def test_words_for_people(console: Console, read: str) -> None:
    lines = [line.split() for line in console.says("progress", read).splitlines()]
    assert lines[0] == ["Asha,", "Thinker,", "2026-Q4"]
    assert lines[2][:4] == ["●", "2", "1", "2026-11-01"]
    assert lines[3] == ["–", "0", "Waters", "the", "plants"]


def test_what_was_done_in_an_earlier_role_stays_judged_by_it(console: Console, read: str, tmp_path: Path) -> None:
    (tmp_path / "gardener.md").write_text(PAGE.replace("Thinker", "Gardener"), "utf-8")
    console.says("ladder", "import", "gardener.md")
    told = console.json("people-role", "people", "role", read, "gardener", "--since", "2026-10-15")
    assert told == {"person": read, "role": "gardener", "on": "2026-10-15", "changed": True}
    now, before = (console.json("progress", "progress", read, "--period", period) for period in ("2026-Q4", "2026-Q3"))
    assert (now["role"], now["expectations"][ANALYSES]["count"]) == ("gardener", 1)
    assert (before["role"], before["expectations"][ANALYSES]["count"]) == ("thinker", 1)


def test_a_role_that_is_held_already_changes_nothing(console: Console, read: str) -> None:
    before = console.json("progress", "progress", read)
    assert console.json("people-role", "people", "role", read, "thinker")["changed"] is False
    assert console.json("progress", "progress", read) == before


def test_days_away_lower_the_target(console: Console, read: str) -> None:
    console.says("people", "away", read, "--from", "2026-01-01", "--to", "2026-06-30")
    line = console.json("progress", "progress", read, "--period", "2026")["expectations"][ANALYSES]
    assert (line["state"], line["count"], line["target"]) == ("covered", 3, 2)


def test_reading_twice_changes_nothing(console: Console, read: str) -> None:
    before = console.json("progress", "progress", read)
    console.says("ingest", "run")
    assert console.json("progress", "progress", read) == before


def test_nobody_has_that_address(console: Console) -> None:
    words = console.refuses(4, "progress", "nobody@x.example")
    assert words == "nobody has the address 'nobody@x.example'; `advocacy people list` shows everybody"


def test_a_person_without_a_role(console: Console) -> None:
    console.says("people", "add", "mark@x.example", "--name", "Mark", "--can", "marketing")
    words = console.refuses(4, "progress", "mark@x.example")
    assert words == "Mark has no role to be judged by: `advocacy people role mark@x.example SLUG` gives one"


def test_a_bad_period(console: Console, asha: str) -> None:
    for period in ("2026-Q5", "yesterday", "2026-13", ""):
        words = console.refuses(2, "progress", asha, "--period", period)
        assert words == f"{period!r} is no period: write 2026 (a year), 2026-H2, 2026-Q4 or 2026-10 (a month)"
