"""How many of how many, and figures with a unit."""

import time

import pytest

from advocacy.domain.counts import measured, rate


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("5/8 forms back", True),
        ("8 de 9 contestaron", True),
        ("85 out of the 90", True),
        ("20人中 18", True),
        ("zufrieden: 87 %", True),
        ("0 of 6 support people there", False),
        ("50 of 6", False),
        ("on 2026-03-04", False),
        ("1/2/2026", False),
        ("https://a.example/1/2", False),
        ("nobody answered", False),
    ],
)
def test_how_many_of_how_many(text: str, told: bool) -> None:
    assert rate(text) is told


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("71 min against 52 min, and 9 s", 3),
        ("p95 38 ms, 21 GB and 6M rows", 3),
        ("| etcd | 14 |", 1),
        ("it costs $4.20 and saves 3 €", 2),
        ("version 1.33, then v1.34 in 2027", 0),
        ("port 8080", 0),
    ],
)
def test_figures_with_a_unit_are_counted(text: str, figures: int) -> None:
    assert measured(text) == figures


def test_a_hostile_text_is_read_in_no_time() -> None:
    start = time.process_time()
    for text in ("1" * 50_000, "1 of " * 20_000, "| " * 50_000, "1," * 50_000):
        rate(text)
        measured(text)
    assert time.process_time() - start < 2
