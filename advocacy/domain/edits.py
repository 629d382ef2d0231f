"""Which edits are followed: an item that changes at every poll is not being edited by its author."""

from datetime import datetime, timedelta

FREELY = 24  #: changes that are followed as they come
THEN_EVERY = timedelta(days=1)


def is_followed(changes: int, last: datetime, now: datetime) -> bool:
    """Whether one more change is taken over; a restless item's is once a day, so that a real edit still arrives."""
    return changes < FREELY or now - last >= THEN_EVERY
