"""`advocacy import` and `advocacy imports`: looked at, taken in, listed, taken back."""

import json
from dataclasses import replace
from pathlib import Path

from tests.cli.console import Console
from tests.ingest.archives.given import table, tweet, tweets, zipped

ANALYSIS = (
    "I compared Ceph with Longhorn on Kubernetes for a year. My conclusion: choose Ceph when you have an operator."
)
HEAD = ("date", "kind", "title", "text")
GOOD = ("2026-10-01", "article", "Ceph versus Longhorn", ANALYSIS)


def file(text: str, name: str = "talks.csv") -> str:
    Path(name).write_text(text, "utf-8")
    return name


def test_looked_at_taken_in_listed_and_taken_back(console: Console, asha: str) -> None:
    path = file(table(HEAD, GOOD, ("2026-10-02", "note", "My garden", "")))
    seen = console.json("import", "import", "csv", asha, path, "--dry-run")
    assert (seen["batch"], seen["account"]["is_new"]) == (None, True)
    told = console.json("import", "import", "csv", asha, path)
    assert told == seen | {"batch": 1}
    assert told["counts"] == {"read": 2, "new": 1, "changed": 0, "same": 0, "skipped": 1, "errors": 0}
    (listed,) = console.json("imports-list", "imports", "list", asha)["imports"]
    assert (listed["state"], listed["items"], listed["brought"], listed["counts"]) == ("done", 1, 1, told["counts"])
    assert console.json("imports-undo", "imports", "undo", "1") == {"import": 1, "gone": 1, "held": 0, "spoken": 0}
    (listed,) = console.json("imports-list", "imports", "list", asha)["imports"]
    assert (listed["state"], listed["items"]) == ("undone", 0)


def test_in_words(console: Console, asha: str) -> None:
    path = file(table(HEAD, GOOD))
    assert console.says("import", "csv", asha, path, "--dry-run").startswith(
        "talks.csv, as manual csv (new): 1 rows, 1 would be new, 0 would be changed, 0 the same, 0 not kept"
    )
    assert console.says("import", "csv", asha, path).endswith("`advocacy imports undo 1` takes it back.\n")
    assert "talks.csv" in console.says("imports", "list", asha)
    assert console.says("imports", "undo", "1").startswith("1 items are gone.")


def test_rows_that_are_not_understood_are_told_and_the_rest_is_taken(console: Console, asha: str) -> None:
    path = file(table(HEAD, GOOD, ("soon", "talk", "Chaos", "")))
    result = console.run("import", "csv", asha, path)
    assert (result.exit_code, "1 new" in result.stdout) == (5, True)
    assert result.stderr.splitlines() == [
        "talks.csv line 3: its date is 'soon'; write it as 2026-10-01, or 2026-10-01 18:30.",
        "Error: rows that could not be understood: 1; mend them, and give it again.",
    ]
    assert console.json("import", "import", "csv", asha, path, code=5)["errors"][0]["where"] == "talks.csv line 3"


def test_an_archive_of_x_as_the_account_that_is_named(console: Console, asha: str, tmp_path: Path) -> None:
    path = zipped(tmp_path / "x.zip", {"data/tweets.js": tweets(tweet(1, ANALYSIS))})
    told = console.json("import", "import", "x-archive", asha, str(path), "--account", "@asha_k")
    assert told["account"] == {"platform": "x", "handle": "asha_k", "is_new": True}
    again = console.json("import", "import", "x-archive", asha, str(path))
    assert (again["account"]["is_new"], again["counts"]["same"]) == (False, 1)


def test_columns_speakers_and_events_are_said(console: Console, asha: str) -> None:
    path = file(table(("Held on", "Thema"), ("2026-10-01", "Ceph on Kubernetes")))
    told = console.json("import", "import", "csv", asha, path, "--map", "Held on=date", "--map", "thema=title")
    assert told["counts"]["new"] == 1
    session = {"id": "7", "title": "Ceph on Kubernetes", "startsAt": "2026-10-01T10:00:00Z", "speakers": ["u"]}
    schedule = {"sessions": [session], "speakers": [{"id": "u", "fullName": "A. Rao"}]}
    path = file(json.dumps(schedule), "all.json")
    assert "There are: A. Rao" in console.refuses(2, "import", "sessionize", asha, path)
    told = console.json("import", "import", "sessionize", asha, path, "--speaker", "A. Rao", "--event", "Chaos Conf")
    assert told["counts"]["new"] == 1


def test_what_is_refused(console: Console, asha: str) -> None:
    path = file("poem\n")
    assert "no column is a date" in console.refuses(2, "import", "csv", asha, path)
    assert "write COLUMN=FIELD" in console.refuses(2, "import", "csv", asha, path, "--map", "poem=rhyme")
    assert "does not exist" in console.refuses(2, "import", "csv", asha, "nowhere.csv")
    assert "is not one of" in console.refuses(2, "import", "poem", asha, path)
    console.refuses(4, "import", "csv", "nobody@x.example", path)
    assert console.refuses(4, "imports", "undo", "7") == (
        "there is no import 7: `advocacy imports list EMAIL` shows those there are"
    )
    assert console.json("imports-list", "imports", "list", asha) == {"imports": []}


def test_where_people_are_asked_first_an_operators_word_is_not_enough(console: Console, asha: str) -> None:
    settings = console.app.extensions["advocacy.settings"]
    console.app.extensions["advocacy.settings"] = replace(settings, opt_in=True)
    path = file(table(HEAD, GOOD))
    assert "its person has not agreed yet" in console.refuses(2, "import", "csv", asha, path)
    assert console.json("imports-list", "imports", "list", asha) == {"imports": []}
    lena = ("people", "add", "lena@x.example", "--name", "Lena", "--role", "thinker")
    console.says(*lena)
    assert console.json("import", "import", "csv", "lena@x.example", path, "--agreed")["counts"]["new"] == 1
