"""`advocacy rulebook try`: activities judged without a database."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.console import ANALYSIS, Console, check

GOOD = json.dumps({"ref": "a", "kind": "article", "platform": "feed", "title": "Ceph versus NFS", "text": ANALYSIS})
SMALL = '{"kind": "post", "platform": "x", "text": "k8s"}'


def judged(out: str) -> list[dict[str, Any]]:
    lines = [json.loads(line) for line in out.splitlines()]
    for line in lines:
        check("rulebook-try", line)
    return lines


@pytest.fixture
def offline(console: Console) -> Console:
    console.environ["ADVOCACY_DATABASE_URL"] = "postgresql://nobody@127.0.0.1:9/nothing"
    return console


def test_a_line_in_a_line_out(offline: Console, tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(f"{GOOD}\n{SMALL}\n", "utf-8")
    first, second = judged(offline.says("rulebook", "try", "a.jsonl", "--json"))
    assert [(one["rule"], one["strength"]) for one in first["matches"] if one["rule"] == "trends"] == [
        ("trends", "strong")
    ]
    assert second == {"ref": "line:2", "matches": [], "topics": ["kubernetes"], "personas": []}


def test_every_match_says_why(offline: Console, tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(GOOD, "utf-8")
    lines = offline.says("rulebook", "try", "a.jsonl").splitlines()
    assert [line.split()[:4] for line in lines if "trends" in line] == [["strong", "trends", "Compares", '("versus")']]


def test_broken_lines_are_named_and_the_others_judged(offline: Console, tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(f'{SMALL}\n\nnot JSON\n{{"kind": "shout"}}\n[1]\n{SMALL}\n', "utf-8")
    result = offline.run("rulebook", "try", "a.jsonl", "--json")
    assert result.exit_code == 2
    assert [line["ref"] for line in judged(result.stdout)] == ["line:1", "line:6"]
    said = result.stderr.splitlines()
    assert said[0] == "a.jsonl, line 3: no JSON: Expecting value: line 1 column 1 (char 0)"
    assert said[1].startswith("a.jsonl, line 4: kind 'shout' is none of: post, reply, question,")
    assert said[2:] == [
        "a.jsonl, line 5: no JSON object",
        "Error: lines that could not be read: 3; the others were judged.",
    ]


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_standard_input_with_and_without_a_byte_order_mark(offline: Console, mark: bytes) -> None:
    result = offline.run("rulebook", "try", "-", "--json", stdin=mark + SMALL.encode())
    assert (result.exit_code, [line["topics"] for line in judged(result.stdout)]) == (0, [["kubernetes"]])


def test_a_file_without_activities(offline: Console, tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text("\n \n", "utf-8")
    result = offline.run("rulebook", "try", "a.jsonl", "--json")
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == "a.jsonl holds no activities: write one JSON object a line.\n"


def test_a_file_that_is_no_text(offline: Console, tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(b"\xff\xfe\x00")
    words = offline.refuses(2, "rulebook", "try", "a.jsonl")
    assert words == "a.jsonl is not UTF-8 text (invalid start byte at byte 0)"


def test_a_file_that_is_not_there(offline: Console) -> None:
    words = offline.refuses(2, "rulebook", "try", "gone.jsonl").splitlines()[-1]
    assert words == "Error: Invalid value for 'FILE': 'gone.jsonl': No such file or directory"


def test_rules_of_ones_own_that_cannot_be_read_stop_it(offline: Console, tmp_path: Path) -> None:
    offline.environ["ADVOCACY_RULES__RULEBOOK"] = "own.toml"
    words = offline.refuses(3, "rulebook", "try", "-", stdin=SMALL)
    assert words == f"ADVOCACY_RULES__RULEBOOK names {tmp_path / 'own.toml'}, which is no file"
    (tmp_path / "own.toml").write_text("[trends\n", "utf-8")
    assert "no TOML" in offline.refuses(3, "rulebook", "try", "-", stdin=SMALL)
