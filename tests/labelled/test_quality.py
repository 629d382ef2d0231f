"""The rules against labels of people who have not read them: fails when the rules get worse."""

from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from advocacy.rules import Rules, load
from advocacy.settings import Settings
from benchmarks.quality.items import FOLDER, IDS, Item, LabelError, read
from benchmarks.quality.score import FOUND, STRONG, Score, Verdict, score, verdicts
from benchmarks.quality.table import pairs_right, table, write

RULES: Rules = load(Settings())
ITEMS: list[Item] = read()
FOUND_ALL: list[Verdict] = verdicts(ITEMS, RULES)
HELD: list[Verdict] = [one for one in FOUND_ALL if one.item.held]

ITEM = """
[[item]]
id = "one"
kind = "post"
platform = "x"
at = 2026-08-14T09:12:00Z
text = "TIL that etcd compacts lazily"
lang = "en"
supports = ["tweets/learning"]
not = ["talks"]
why = "learned"
"""


def test_what_is_called_strong_is_right() -> None:
    assert score(FOUND_ALL, STRONG).precision >= 0.93
    assert score(HELD, STRONG).precision >= 0.88


def test_what_is_right_is_found() -> None:
    assert score(FOUND_ALL, FOUND).recall >= 0.9
    assert score(HELD, FOUND).recall >= 0.83


def test_what_is_found_is_mostly_right() -> None:
    assert score(FOUND_ALL, FOUND).precision >= 0.92


def test_minimal_pairs_are_told_apart() -> None:
    right, whole = pairs_right(FOUND_ALL, ITEMS)
    assert right / whole >= 0.79


def test_the_set_is_large_and_each_expectation_has_evidence_and_near_misses() -> None:
    assert len(ITEMS) >= 300
    supported = Counter(label.partition("/")[0] for item in ITEMS for label in item.supports)
    near = Counter(label.partition("/")[0] for item in ITEMS for label in item.near)
    assert set(supported) == IDS
    assert set(near) >= IDS - {"discussion-join"}


def test_no_item_supports_what_it_is_a_near_miss_of_and_topics_are_known() -> None:
    assert [item.id for item in ITEMS if item.supports & item.near] == []
    assert {topic for item in ITEMS for topic in item.topics} - set(RULES.vocabulary.topics) == set()


def test_the_halves_are_about_equal_and_keep_pairs_together() -> None:
    assert 0.4 <= sum(item.held for item in ITEMS) / len(ITEMS) <= 0.6
    assert all(a.held == b.held for a in ITEMS for b in ITEMS if a.pair and a.pair == b.pair)


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (lambda text: text + text, "two items have this id"),
        (lambda text: text.replace("tweets/learning", "twets"), "an unknown 'twets'"),
        (lambda text: text.replace('"post"', '"poem"'), "'poem' is not a valid Kind"),
        (lambda text: text.replace("09:12:00Z", "09:12:00"), "at has no zone"),
        (lambda text: text.replace("lang", "tongue"), "KeyError 'lang'"),
    ],
)
def test_a_wrong_item_is_named(spoil: Callable[[str], str], told: str, tmp_path: Path) -> None:
    (tmp_path / "x.toml").write_text(spoil(ITEM), "utf-8")
    with pytest.raises(LabelError, match=told):
        read(tmp_path)


def test_right_wrong_and_missed_are_counted_by_strength(tmp_path: Path) -> None:
    (tmp_path / "x.toml").write_text(ITEM.replace('"tweets/learning"', '"tweets/learning", "trends"'), "utf-8")
    found = verdicts(read(tmp_path), RULES)
    assert {(one.label, one.given, one.right) for one in found} == {
        ("tweets/learning", "strong", True),
        ("learn-train/learned", "likely", False),
        ("trends", None, True),
    }
    assert score(found, STRONG) == Score(right=1, wrong=0, missed=1)
    assert score(found, FOUND) == Score(right=1, wrong=1, missed=1)


def test_the_table_replaces_what_stood_between_its_marks(tmp_path: Path) -> None:
    docs = tmp_path / "benchmarks.md"
    docs.write_text("before\n<!-- quality: begin -->\nold\n<!-- quality: end -->\nafter\n", "utf-8")
    write(table(FOUND_ALL[:20], ITEMS, RULES), docs)
    text = docs.read_text("utf-8")
    assert text.startswith("before\n<!-- quality: begin -->\n| | items |")
    assert text.endswith("\n<!-- quality: end -->\nafter\n")
    assert "old\n" not in text


def test_the_labels_are_the_repositorys_own() -> None:
    assert Path(__file__).parent == FOLDER
