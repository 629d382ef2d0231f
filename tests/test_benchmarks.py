"""The benchmarks stay runnable: every group measures on tiny sizes, and what it tells has the promised shape."""

import json
import math
from collections.abc import Callable, Iterator
from dataclasses import fields, replace

import pytest
from click.testing import CliRunner

from benchmarks import __main__ as program
from benchmarks import footprint, holding, judging, latency, quality, ranking, reading, requests, serving, storing
from benchmarks.figure import Figure, as_json, as_table

SHAPE = {"figure": str, "value": float, "unit": str, "limit": float, "ratio": float, "aim": str}
FIGURE = Figure("one", 1.0, "ms", 2.0, 0.5, "≤ 1")
TINY: dict[str, Callable[[], Iterator[Figure]]] = {
    "judging": judging.figures,
    "quality": lambda: quality.figures(docs=None),
    "ranking": lambda: ranking.figures(docs=None, corpora=("demo",)),
    "reading": lambda: reading.figures(sizes=(100, 200), people=20, looks=3, visits=5),
    "latency": lambda: latency.figures(writes=3, batch=10),
    "serving": lambda: serving.figures(rounds=1, seconds=0.3, servers=serving.SERVERS[:1]),
    "footprint": lambda: footprint.figures(rounds=1),
    "requests": lambda: requests.figures(sizes=(20,), roads=[replace(road, long=(1, 3)) for road in requests.ROADS]),
    "holding": lambda: holding.figures(sizes=(2, 4)),
}


@pytest.mark.parametrize("name", TINY)
def test_a_group_measures_what_it_promises(name: str) -> None:
    found = list(TINY[name]())
    assert found
    assert len({one.figure for one in found}) == len(found)
    for one in found:
        assert math.isfinite(one.ratio), one
        assert one.value >= 0, one


def test_the_storing_group_measures_on_few_items(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(storing, "ITEMS", 40)
    monkeypatch.setattr(storing, "BATCH", 20)
    assert all(one.value > 0 for one in storing.figures())


def test_machines_get_the_promised_shape() -> None:
    (told,) = json.loads(as_json([FIGURE]))
    assert {name: type(value) for name, value in told.items()} == SHAPE
    assert list(told) == [field.name for field in fields(Figure)]


def test_people_get_a_line_a_figure_under_one_head() -> None:
    head, *lines = as_table([FIGURE, FIGURE]).splitlines()
    assert head.split() == ["figure", "value", "limit", "ratio", "aim"]
    assert len(lines) == 2


def test_one_group_can_be_asked_for_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    groups = {name: lambda name=name: iter([Figure(name, 1.0, "ms", 1.0, 1.0, "")]) for name in program.GROUPS}
    monkeypatch.setattr(program, "GROUPS", groups)
    told = CliRunner().invoke(program.main, ["--only", "judging", "--json"])
    assert [one["figure"] for one in json.loads(told.stdout)] == ["judging"]


def test_what_takes_minutes_can_be_left_out() -> None:
    assert set(program.QUICK) < set(program.GROUPS)
    quick = program.QUICK["reading"]
    assert quick.keywords["sizes"] == (100_000,)  # type: ignore[attr-defined]  # a partial
