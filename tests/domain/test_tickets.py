"""Places in a backlog, and what only looks like one."""

import time

import pytest

from advocacy.domain.tickets import ticket


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("LIT-1450, new", True),
        ("see #33", True),
        ("openebs/mayastor#300", True),
        ("https://github.com/a/b/issues/9", True),
        ("https://a.atlassian.net/browse/KUB-7", True),
        ("CVE-2026-1234", False),
        ("UTF-8 and SHA-256", False),
        ("asked in #openebs", False),
        ("https://github.com/a/b", False),
    ],
)
def test_a_place_in_a_backlog(text: str, told: bool) -> None:
    assert ticket(text) is told


def test_a_hostile_text_is_read_in_no_time() -> None:
    start = time.process_time()
    for text in ("A-" * 50_000, "a/" * 50_000, "linear.app/" * 20_000, "/issues/" * 20_000, "A" * 100_000):
        ticket(text)
    assert time.process_time() - start < 2
