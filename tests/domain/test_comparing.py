"""Titles that set things side by side by their shape."""

import time

import pytest

from advocacy.domain.comparing import compares


@pytest.mark.parametrize(
    ("title", "told"),
    [
        ("XFS ou ext4 pour 40 millions de fichiers", True),
        ("pgvector, Qdrant or ClickHouse?", True),
        ("I restored it with 5 backup tools", True),
        ("COSI, looked at all four drivers", True),
        ("Six months of K9s, six months of Lens", True),
        ("Two days in Leeds", False),
        ("Now or never", False),
        ("How we moved to Flux", False),
        ("", False),
    ],
)
def test_a_title_compares_by_its_shape(title: str, told: bool) -> None:
    assert compares(title) is told


def test_a_hostile_title_is_read_in_no_time() -> None:
    start = time.process_time()
    for title in ("a" * 100_000, "A or " * 50_000, "A, " * 50_000, "x of " * 50_000):
        compares(title)
    assert time.process_time() - start < 1
