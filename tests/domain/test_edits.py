"""Edits are followed, restlessness is not."""

from datetime import UTC, datetime, timedelta

from advocacy.domain.edits import is_followed

NOW = datetime(2026, 11, 23, tzinfo=UTC)


def test_edits_are_followed_as_they_come() -> None:
    assert is_followed(0, NOW, NOW)
    assert is_followed(23, NOW - timedelta(minutes=5), NOW)


def test_a_restless_items_change_is_taken_over_once_a_day() -> None:
    assert not is_followed(24, NOW - timedelta(hours=23), NOW)
    assert is_followed(24, NOW - timedelta(hours=24), NOW)
    assert is_followed(500, NOW - timedelta(days=3), NOW)
