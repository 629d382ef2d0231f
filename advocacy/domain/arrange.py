"""The order in which a page shows its expectations: by section, gaps first, what cannot be measured last."""

from collections.abc import Iterable, Sequence
from typing import Protocol, TypeVar

from advocacy.domain.progress import Progress, State

ORDER = (State.CANT_TELL, State.NO_EVIDENCE_YET, State.GETTING_THERE, State.COVERED, State.NOT_MEASURED)


class Standing(Protocol):
    """What is arranged: a sentence of a section with its progress."""

    @property
    def section_title(self) -> str:
        """The heading it stands under."""

    @property
    def progress(self) -> Progress:
        """Where the person stands on it."""


Line = TypeVar("Line", bound=Standing)


def by_section(lines: Iterable[Line]) -> list[tuple[str, list[Line]]]:
    """The page's sections in the page's order, within each the gaps first."""
    sections: dict[str, list[Line]] = {}
    for line in lines:
        sections.setdefault(line.section_title, []).append(line)
    return [(title, sorted(found, key=_rank)) for title, found in sections.items()]


def tally(lines: Sequence[Standing]) -> dict[State, int]:
    """How many expectations are in each state, covered first."""
    states = [line.progress.state for line in lines]
    return {state: states.count(state) for state in State}


def _rank(line: Standing) -> int:
    rank = ORDER.index(line.progress.state)
    return 0 if rank == 1 else rank
