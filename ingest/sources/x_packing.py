"""Handles packed into as few search queries as their length allows. Pure."""

from collections.abc import Iterable

_OR = " OR "


def query(handles: Iterable[str], only: str) -> str:
    """What the search is asked: posts from any of these handles, of the sort that `only` says (`-is:reply`)."""
    return " ".join(filter(None, [f"({_OR.join(f'from:{handle}' for handle in handles)})", only]))


def packed(handles: Iterable[str], only: str, limit: int) -> list[list[str]]:
    """The handles in groups whose queries keep to `limit` characters each, the longest first into the first that fits.

    So packed, 1,000 handles of usual length take no more queries than their characters do, but for the last.
    """
    most = limit - len(query((), only)) + len(_OR)
    groups: list[list[str]] = []
    left: list[int] = []
    for handle in sorted(handles, key=lambda one: (-len(one), one.casefold())):
        size = len(f"from:{handle}{_OR}")
        place = next((n for n, room in enumerate(left) if room >= size), len(groups))
        if place == len(groups):
            groups.append([])
            left.append(most)
        groups[place].append(handle)
        left[place] -= size
    return groups
