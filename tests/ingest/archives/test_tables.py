"""A person's own table, and the same as JSON lines."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from advocacy.domain.activity import Kind, Platform, ThreadRole
from advocacy.domain.columns import FIELDS, METRICS
from ingest.bundle import BadArchive
from ingest.table_words import field_of
from tests.ingest.archives.given import ASHA, file, read, table, zipped

HEAD = ("Date", "Type", "Platform", "Title", "URL", "Notes", "Event", "Role", "Comments", "Accepted?", "Views")
FULL = (
    "2026-10-01",
    "talk",
    "",
    "Chaos",
    "https://conf.example/t?utm_source=x",
    "On Litmus",
    "KubeCon",
    "",
    3,
    "",
    "1,200",
)


def test_a_row_is_what_its_cells_say(tmp_path: Path) -> None:
    one = read("csv", file(tmp_path, "t.csv", table(HEAD, FULL))).one
    assert (one.kind, one.platform, one.title, one.text) == (Kind.TALK, Platform.MANUAL, "Chaos", "On Litmus")
    assert (one.url, one.channel, one.thread.replies) == ("https://conf.example/t", "KubeCon", 3)
    assert (dict(one.metrics), one.thread.accepted) == ({"views": 1200}, None)
    assert one.at == datetime(2026, 10, 1, 6, 30, tzinfo=UTC)  # noon in Kolkata


def test_json_lines_say_the_same(tmp_path: Path) -> None:
    told: dict[str, object] = {
        "date": "2026-10-01",
        "kind": "talk",
        "title": "Chaos",
        "link": "https://conf.example/t",
        "text": "On Litmus",
    }
    told |= {"channel": "KubeCon", "thread": {"replies": 3}, "metrics": {"views": 1200, "moods": 5}}
    lines = file(tmp_path, "t.jsonl", json.dumps(told) + "\n\n")
    assert read("jsonl", lines).items == read("csv", file(tmp_path, "t.csv", table(HEAD, FULL))).items


@pytest.mark.parametrize(
    ("link", "ref", "kind"),
    [
        ("https://twitter.com/asha_k/status/123?s=20", "x:123", Kind.POST),
        ("https://old.reddit.com/r/k8s/comments/abc/title/k3x9/", "reddit:t1_k3x9", Kind.REPLY),
        ("https://stackoverflow.com/a/42/7", "stackexchange:stackoverflow.com/a/42", Kind.ANSWER),
        ("https://stackoverflow.com/questions/7/how-so", "stackexchange:stackoverflow.com/q/7", Kind.QUESTION),
        ("https://www.linkedin.com/feed/update/urn:li:share:7001", "linkedin:urn:li:share:7001", Kind.POST),
    ],
)
def test_a_link_of_a_known_platform_meets_its_own_item(tmp_path: Path, link: str, ref: str, kind: Kind) -> None:
    one = read("csv", file(tmp_path, "t.csv", table(("date", "link"), ("2026-10-01", link)))).one
    assert (one.ref, one.kind, one.platform.value) == (ref, kind, ref.partition(":")[0])


def test_a_row_without_a_known_link_has_the_same_ref_in_every_file_and_none_of_another_persons(tmp_path: Path) -> None:
    rows = table(HEAD, FULL, ("2026-10-02", "note", "", "Learned", "", "eBPF", "", "", "", "", ""))
    first = read("csv", file(tmp_path, "a.csv", rows))
    again = read("csv", file(tmp_path, "b.csv", rows))
    lena = read("csv", file(tmp_path, "c.csv", rows), replace(ASHA, owner="2"))
    assert [one.ref for one in first.items] == [one.ref for one in again.items]
    assert {one.ref for one in first.items} & {one.ref for one in lena.items} == set()


def test_an_id_lets_a_row_be_corrected(tmp_path: Path) -> None:
    rows = [table(("id", "date", "title"), ("7", "2026-10-01", title)) for title in ("Choas", "Chaos")]
    refs = {read("csv", file(tmp_path, "t.csv", text)).one.ref for text in rows}
    assert len(refs) == 1


@pytest.mark.parametrize(
    ("cells", "what", "mend"),
    [
        ({"date": "03/04/2026"}, "its date is '03/04/2026'", "write it as 2026-10-01, or 2026-10-01 18:30"),
        ({"date": ""}, "it has no date", "write it as 2026-10-01"),
        ({"date": "0001-01-01"}, "its date is '0001-01-01'", "write a year from 1995 on"),
        ({"date": "2027-01-01"}, "its date, 2027-01-01, is still to come", "give it again when it was done"),
        ({"kind": "poem"}, "its kind is 'poem'", f"write one of {', '.join(Kind)}"),
        (
            {"platform": "myspace"},
            "its platform is 'myspace'",
            f"write one of {', '.join(Platform)}, or leave it empty",
        ),
        ({"link": "javascript:alert(1)"}, None, "write it as https://example.org/page, or leave it empty"),
        ({"views": "many"}, "its views is 'many'", "write a whole number, or leave it empty when it is not known"),
        ({"views": "1e999"}, None, "write a whole number, or leave it empty when it is not known"),
        ({"accepted": "perhaps"}, None, "write yes or no"),
        ({"title": ""}, "it has neither title nor text nor link", "fill in one of them"),
    ],
)
def test_a_wrong_cell_is_told_with_its_line_and_how_to_mend_it(
    tmp_path: Path, cells: dict[str, str], what: str | None, mend: str
) -> None:
    good = {"date": "2026-10-01", "title": "Chaos", "kind": "", "platform": "", "link": "", "views": "", "accepted": ""}
    rows = table(list(good), list((good | cells).values()), list(good.values()))
    found = read("csv", file(tmp_path, "t.csv", rows))
    (wrong,) = found.wrong
    assert (wrong.where, wrong.mend, len(found.items)) == ("t.csv line 2", mend, 1)
    assert what in (None, wrong.what)
    lines = file(tmp_path, "t.jsonl", json.dumps(good | cells) + "\n" + json.dumps(good))
    (told,) = read("jsonl", lines).wrong
    assert (told.where, told.what, told.mend) == ("t.jsonl line 1", wrong.what, mend)


@pytest.mark.parametrize(
    "words",
    [
        "2026-10-01",
        "01.10.2026",
        "2026/10/01",
        "1 Oct 2026",
        "October 1, 2026",
        "2026-10-01T06:30:00Z",
        "2026-10-01 12:00",
    ],
)
def test_days_that_cannot_be_mistaken(tmp_path: Path, words: str) -> None:
    one = read("csv", file(tmp_path, "t.csv", table(("date", "title"), (words, "Chaos")))).one
    assert one.at == datetime(2026, 10, 1, 6, 30, tzinfo=UTC)


def test_headings_may_be_mapped_and_unknown_ones_are_told(tmp_path: Path) -> None:
    path = file(tmp_path, "t.csv", table(("Gehalten am", "Thema", "Gehalt"), ("2026-10-01", "Chaos", "100000")))
    with pytest.raises(BadArchive, match="no column is a date; the heading has Gehalten am, Thema, Gehalt. Say which"):
        read("csv", path)
    found = read("csv", path, replace(ASHA, columns={"gehalten AM": "date", "Thema": "title"}))
    assert (found.one.title, len(found.notes)) == ("Chaos", 1)
    assert "'Gehalt' is not read" in found.notes[0]
    assert "100000" not in repr(list(found))


@pytest.mark.parametrize("mark", [";", "\t"])
def test_spreadsheets_of_other_countries(tmp_path: Path, mark: str) -> None:
    text = f"\ufeffdate{mark}title{mark}role\r\n2026-10-01{mark}Chaos, and more{mark}opened\r\n"
    one = read("csv", file(tmp_path, "t.csv", text)).one
    assert (one.title, one.thread.role) == ("Chaos, and more", ThreadRole.OPENED)


def test_tables_in_a_zip(tmp_path: Path) -> None:
    rows = table(("date", "title"), ("2026-10-01", "Chaos"))
    path = zipped(tmp_path / "t.zip", {"a.csv": rows, "deep/b.csv": rows.replace("Chaos", "Order"), "c.txt": "no"})
    assert [one.title for one in read("csv", path).items] == ["Chaos", "Order"]


def test_every_field_stands_in_the_document() -> None:
    page = (Path(__file__).parents[3] / "docs/imports.md").read_text("utf-8")
    assert [name for name in FIELDS + METRICS if f"`{name}`" not in page] == []
    assert [name for name in FIELDS + METRICS if field_of(name) != name] == []
