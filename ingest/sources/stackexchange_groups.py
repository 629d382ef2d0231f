"""Whom one walk can read together: people whose cursors lie near each other."""

from collections.abc import Mapping

PERSON_DAYS = 700
"""A page holds 100 items, and somebody active writes one a week: reading so much again is one request more."""

_DAY = 86400


def groups(starts: Mapping[int, int]) -> list[tuple[list[int], int]]:
    """Split ids by where each is to be read from: the ids of a walk, and its start, the earliest first.

    A walk begins at its earliest start and reads for all others what they had before. They part where reading the
    later ones' time again would bring more than a page.
    """
    ordered = sorted(starts, key=lambda one: (starts[one], one))
    made: list[tuple[list[int], int]] = []
    for place, one in enumerate(ordered):
        if made and not _far_apart(starts[ordered[place - 1]], starts[one], len(ordered) - place):
            made[-1][0].append(one)
        else:
            made.append(([one], starts[one]))
    return made


def _far_apart(earlier: int, later: int, people: int) -> bool:
    return (later - earlier) / _DAY * people > PERSON_DAYS
