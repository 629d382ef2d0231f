"""`advocacy log`: the same reading and the same entry as on the page, from a line or from a table."""

from pathlib import Path
from typing import Any

import sqlalchemy as sa

from advocacy.domain.logbook.kinds import LogKind
from advocacy.domain.logbook.shapes import SHAPES
from advocacy.models import db, offers, roster
from advocacy.models.activities import ActivityPerson, ActivityRow
from advocacy.models.log_entries import LogEntry
from tests.cli.console import Console

TREND = "Ceph vs Longhorn on Kubernetes: so we picked Ceph"
TABLE = """day,kind,words,place,count,about,topic
2026-11-20,tally,,#kubernetes-users,3,Mayastor,
2026-11-20,tally,,#kubernetes-users,3,Mayastor,
2026-31-20,tally,,#kubernetes-users,3,Mayastor,
2026-11-20,dance,,,,,
2026-11-20,learning,,,,,
,,reviewed Ravi's draft on snapshots yesterday,,,,
"""


def kept(console: Console) -> int:
    with console.app.app_context():
        return db.session.scalar(sa.select(sa.func.count(LogEntry.id))) or 0


def test_a_line_is_logged_and_says_what_it_supports(console: Console, asha: str) -> None:
    found = console.json("log-add", "log", "add", TREND, "--as", asha)
    assert (found["kind"], found["day"]) == ("trend", "2026-11-23")
    assert found["fields"] == {"topic": "Ceph vs Longhorn on Kubernetes", "conclusion": "we picked Ceph"}
    assert [(one["strength"], one["why"]) for one in found["supports"]] == [
        ("strong", ['Compares ("Trend note") and comes to a conclusion'])
    ]
    assert kept(console) == 1


def test_the_group_takes_the_words_themselves(console: Console, asha: str) -> None:
    words = console.says("log", "+2 answers in #kubernetes-users", "--as", asha)
    assert words.splitlines() == [
        "Logged as help given, 2026-11-23 (place: #kubernetes-users; count: 2).",
        "It supports no sentence yet: say more in its words, or attach it by hand on its page.",
    ]
    console.says("log", "+1 answer in #kubernetes-users", "--as", asha)
    with console.app.app_context():
        assert db.session.scalar(sa.select(ActivityRow.title)) == "Answered 3 questions in #kubernetes-users"


def test_a_dry_run_says_the_same_and_keeps_nothing(console: Console, asha: str) -> None:
    found = console.json("log-add", "log", "add", TREND, "--as", asha, "--dry-run")
    assert (found["entry"], len(found["supports"]), kept(console)) == (None, 1, 0)


def test_what_is_missing_is_named_and_can_be_set(console: Console, asha: str) -> None:
    told = console.refuses(2, "log", "adopt Mayastor", "--as", asha)
    assert told.splitlines() == [
        "taken for a decision (decision), and something is to be mended:",
        "  reason: Give the reason: without it, nobody can learn from it. (--set reason=…)",
    ]
    console.says("log", "adopt Mayastor", "--as", asha, "--set", "reason=it is cheaper", "--day", "2026-11-02")
    assert console.refuses(2, "log", "adopt Mayastor", "--as", asha, "--set", "mood=x").startswith("decision has no")


def test_what_is_there_already_is_refused_unless_it_is_another(console: Console, asha: str) -> None:
    console.says("log", TREND, "--as", asha)
    assert console.refuses(2, "log", TREND, "--as", asha).startswith("this seems to be there already (the same title")
    console.says("log", TREND, "--as", asha, "--another")
    assert kept(console) == 2


def test_it_is_attached_to_the_sentence_that_is_named(console: Console, asha: str) -> None:
    plants = "technical-management/waters-the-plants"
    console.says("log", "watered the ficus", "--as", asha, "--kind", "other", "--expectation", plants)
    lines = console.json("progress", "progress", asha)["expectations"]
    assert {line["id"]: line["count"] for line in lines}[plants] == 1
    told = console.refuses(4, "log", "watered it again", "--as", asha, "--expectation", "plants")
    assert told.startswith("there is no sentence 'plants' on their role page")


def test_what_is_a_colleagues_waits_for_their_word_and_counts_for_nobody(console: Console, asha: str) -> None:
    console.says("people", "add", "lena@x.example", "--name", "Lena")
    found = console.json("log-add", "log", "add", TREND, "--as", asha, "--for", "Lena")
    with console.app.app_context():
        lena = roster.by_email("lena@x.example")
        assert [one.activity_id for one in offers.waiting(lena.id)] == [db.session.scalar(sa.select(ActivityRow.id))]
        assert db.session.scalars(sa.select(ActivityPerson.person_id)).all() == []
    assert found["supports"] == []
    assert "Nobody here has this name" in console.refuses(4, "log", TREND, "--as", asha, "--for", "Nobody")


def test_nobody_of_that_name(console: Console, asha: str) -> None:
    assert "nobody has the address" in console.refuses(4, "log", "x", "--as", "no@x.example")


def test_a_table_is_taken_in_once_and_bad_lines_are_told(console: Console, asha: str, tmp_path: Path) -> None:
    (tmp_path / "november.csv").write_text(TABLE, "utf-8")
    first = console.run("log", "import", "november.csv", "--as", asha)
    assert (first.exit_code, first.stdout) == (5, "3 new, 0 there already, 3 to mend.\n")
    assert first.stderr.splitlines() == [
        "november.csv, line 4, day: '2026-31-20'. Give the day as 2026-11-23.",
        f"november.csv, line 5, kind: 'dance'. Write one of: {', '.join(LogKind)}.",
        "november.csv, line 6, topic is missing. Say what you learned.",
    ]
    again: Any = console.json("log-import", "log", "import", "november.csv", "--as", asha, code=5)
    assert (again["new"], again["same"], len(again["bad"]), kept(console)) == (0, 3, 3, 3)


def test_the_template_is_a_table_that_can_be_taken_in(console: Console, asha: str, tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text(console.says("log", "template"), "utf-8")
    found = console.json("log-import", "log", "import", "t.csv", "--as", asha)
    assert (found["new"], found["bad"]) == (3, [])


def test_what_is_no_table_is_refused_in_words(console: Console, asha: str, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("mood\nfine\n", "utf-8")
    (tmp_path / "b.csv").write_text("kind,mood\npost,fine\n", "utf-8")
    (tmp_path / "c.csv").write_bytes(b"kind\n\xff\n")
    told = [console.refuses(2, "log", "import", name, "--as", asha) for name in ("a.csv", "b.csv", "c.csv")]
    assert told[0].startswith("a.csv: the first line must name the columns")
    assert told[1].startswith("b.csv: there is no column 'mood'; known are words, day, kind")
    assert told[2] == "c.csv is not written in UTF-8: save it so"


def test_every_kind_says_what_it_is_for() -> None:
    assert [kind for kind in LogKind if not (SHAPES[kind].name and SHAPES[kind].when)] == []
