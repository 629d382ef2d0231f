"""`advocacy ladder`: role pages taken in and shown."""

from pathlib import Path

import pytest

from tests.cli.console import PAGE, Console, Program

ANALYSES = "technical-management/analyse-market-trends-compare-the-technologies-and-end"
HOW = ". Write it in Markdown: a title (# Lead engineer), headings (### Social media) and bullets (- Complete surveys)"


def test_a_dry_run_needs_no_database(console: Console, page: str, tmp_path: Path) -> None:
    console.environ["ADVOCACY_DATABASE_URL"] = "postgresql://nobody@127.0.0.1:9/nothing"
    told = console.json("ladder-import", "ladder", "import", page, "--dry-run")
    score = told["sections"][0]["expectations"][0].pop("score")
    assert 0.7 < score <= 1
    assert told == {
        "title": "Thinker",
        "parents": [],
        "sections": [
            {
                "title": "Technical management",
                "expectations": [
                    {
                        "id": ANALYSES,
                        "text": "Analyse market trends: compare the technologies, and end with a conclusion",
                        "rule": "trends",
                    },
                    {
                        "id": "technical-management/waters-the-plants",
                        "text": "Waters the plants",
                        "rule": None,
                        "score": 0.0,
                    },
                ],
            }
        ],
        "problems": [],
    }


def test_the_import_speaks_as_the_dry_run_did(console: Console, page: str) -> None:
    dry = console.json("ladder-import", "ladder", "import", page, "--dry-run")
    assert console.json("ladder-import", "ladder", "import", page) == dry


def test_a_page_is_stored_once(console: Console, page: str) -> None:
    first, second = (console.says("ladder", "import", page).splitlines()[-1] for _ in range(2))
    assert first == "The page 'thinker' is stored: 2 new."
    assert second == "The page 'thinker' stands as it was: 2 unchanged."


def test_a_page_is_shown(console: Console, page: str) -> None:
    console.says("ladder", "import", page)
    assert console.json("ladder-list", "ladder", "show") == [{"slug": "thinker", "title": "Thinker", "parents": []}]
    found = console.json("ladder-show", "ladder", "show", "thinker")
    assert [(one["id"], one["rule"], one["corrected"]) for one in found["expectations"]] == [
        (ANALYSES, "trends", False),
        ("technical-management/waters-the-plants", None, False),
    ]
    assert console.says("ladder", "show", "thinker").startswith("Thinker\n")


def test_pages_that_are_not_there(console: Console, page: str) -> None:
    assert console.json("ladder-list", "ladder", "show") == []
    assert console.refuses(4, "ladder", "show") == "There is no role page yet: `advocacy ladder import FILE`."
    none = "there is no role page 'boss'; known: none yet, import one with `advocacy ladder import`"
    assert console.refuses(4, "ladder", "show", "boss") == none
    console.says("ladder", "import", page)
    assert console.refuses(4, "ladder", "show", "boss") == "there is no role page 'boss'; known: thinker"


def test_what_is_no_role_page_is_named_and_leaves_the_stored_one(console: Console, page: str, tmp_path: Path) -> None:
    console.says("ladder", "import", page)
    refused = {
        b"": "the file is empty",
        bytes(range(256)): "it is a binary file. Save the page as text",
        b"hello there": "not one expectation was found: it has neither headings nor bullets",
    }
    for content, reason in refused.items():
        (tmp_path / page).write_bytes(content)
        assert console.refuses(2, "ladder", "import", page) == f"{page}: {reason}{HOW}"
        assert console.refuses(2, "ladder", "import", page, "--dry-run", "--json") == f"{page}: {reason}{HOW}"
    assert len(console.json("ladder-show", "ladder", "show", "thinker")["expectations"]) == 2


@pytest.mark.parametrize(("file", "said"), [("gone.md", "does not exist"), (".", "is a directory")])
def test_a_file_that_is_none(console: Console, file: str, said: str) -> None:
    assert console.refuses(2, "ladder", "import", file).splitlines()[-1].endswith(f"File {file!r} {said}.")


def test_a_page_of_another_shape_is_read_as_far_as_it_can_be(console: Console, tmp_path: Path) -> None:
    (tmp_path / "odd.md").write_text(PAGE + "\n| a | table |\n|---|---|\n| of | words |\n", "utf-8")
    result = console.run("ladder", "import", "odd.md", "--json")
    assert (result.exit_code, result.stdout[0]) == (0, "{")


def test_the_real_program_imports_a_page_into_a_new_database(program: Program, page: str) -> None:
    assert program.run("db", "upgrade").returncode == 0
    assert program.run("ladder", "import", page).returncode == 0
    shown = program.run("ladder", "show")
    assert (shown.returncode, shown.stdout.split()) == (0, "slug title also fills thinker Thinker".split())
