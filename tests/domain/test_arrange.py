"""The order of a page: its own sections, the gaps first, what cannot be measured last."""

from dataclasses import dataclass

from advocacy.domain import arrange
from advocacy.domain.progress import Progress, State


@dataclass(frozen=True)
class Sentence:
    section_title: str
    progress: Progress


def sentence(section: str, state: State) -> Sentence:
    return Sentence(section, Progress(state=state, count=0))


def test_gaps_come_first_and_what_is_not_measured_last() -> None:
    lines = [sentence("One", state) for state in State]
    ((title, ordered),) = arrange.by_section(lines)
    assert title == "One"
    assert [line.progress.state.value for line in ordered] == [
        *("no_evidence_yet", "cant_tell", "getting_there", "covered", "not_measured")
    ]


def test_sections_stay_in_the_pages_order() -> None:
    lines = [sentence(name, State.COVERED) for name in ("Zeal", "Art", "Zeal")]
    assert [(title, len(found)) for title, found in arrange.by_section(lines)] == [("Zeal", 2), ("Art", 1)]


def test_the_tally_names_every_state() -> None:
    lines = [sentence("One", State.COVERED), sentence("One", State.COVERED), sentence("One", State.CANT_TELL)]
    assert {state.value: count for state, count in arrange.tally(lines).items()} == {
        **{"covered": 2, "getting_there": 0, "no_evidence_yet": 0},
        **{"cant_tell": 1, "not_measured": 0},
    }
