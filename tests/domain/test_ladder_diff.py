"""Identities outlive slips, rewordings and moves."""

import pytest

from advocacy.domain.ladder import read
from advocacy.domain.ladder_diff import ChangeState, LadderDiff, Wording, compare, is_minor, rename

OLD = """\
# Gardener
## Daily work
- Water the plants in every bed
- Pull the weeds
- Sharpen the tools before winter
## Public voice
- Tell the neighbours about new flowers
- Lead the discussion in the garden club
"""


def stored(source: str) -> list[Wording]:
    page = read(source, "gardener.md")
    return [
        Wording(
            key=f"id-{number}",
            text=bullet.text,
            section=section.slug,
            section_title=section.title,
            position=bullet.position,
        )
        for number, (section, bullet) in enumerate(
            ((section, bullet) for section in page.sections for bullet in section.bullets), 1
        )
    ]


def diff(new: str, old: str = OLD) -> LadderDiff:
    return compare(stored(old), read(new, "gardener.md"))


def states(found: LadderDiff) -> dict[str, ChangeState]:
    return {change.key: change.state for change in found.changes if change.state is not ChangeState.UNCHANGED}


def test_the_same_page_is_unchanged_and_keeps_the_stored_keys() -> None:
    found = diff(OLD)
    assert [(c.key, c.state, c.score, c.minor) for c in found.changes] == [
        (f"id-{number}", ChangeState.UNCHANGED, 1.0, True) for number in range(1, 6)
    ]


@pytest.mark.parametrize(
    ("old", "new", "minor"),
    [
        ("Pull the weeds", "Pull the weedss", True),
        ("Pull the weeds", "Pull weeds", False),
        ("Water the plants in every bed", "Water all plants, in each bed", False),
        ("Water the plants in every bed", "In every bed, water the plants", False),
        ("Tell the neighbours about new flowers", "Tell neighbours and visitors about new flowers", False),
        ("Lead the discussion in the garden club", "Lead the discusion in the garden-club.", True),
        ("Lead the discussion in the garden club", "Drive the discussions in the garden club", False),
    ],
)
def test_slips_and_rewordings_keep_the_identity(old: str, new: str, minor: bool) -> None:
    found = [change for change in diff(OLD.replace(old, new)).changes if change.state is not ChangeState.UNCHANGED]
    assert [(c.state, c.old.text if c.old else "", c.new.text if c.new else "", c.minor) for c in found] == [
        (ChangeState.REWORDED, old, new, minor)
    ]


def test_another_order_is_no_change() -> None:
    lines = OLD.splitlines()
    lines[2], lines[4] = lines[4], lines[2]
    assert states(diff("\n".join(lines))) == {}


def test_a_bullet_in_another_section_has_moved() -> None:
    moved = OLD.replace("- Pull the weeds\n", "") + "- Pull the weeds\n"
    assert states(diff(moved)) == {"id-2": ChangeState.MOVED}


def test_a_renamed_section_keeps_its_bullets_unmoved() -> None:
    renamed = OLD.replace("## Daily work", "## What we do each day").replace("Pull the weeds", "Pull the weedss")
    assert states(diff(renamed)) == {"id-2": ChangeState.REWORDED}


def test_what_came_is_new_and_what_went_is_dropped() -> None:
    other = OLD.replace("- Pull the weeds", "- Feed the birds")
    assert states(diff(other)) == {"daily-work/feed-the-birds": ChangeState.NEW, "id-2": ChangeState.DROPPED}


def test_a_dropped_key_is_never_given_to_another_sentence() -> None:
    old = [Wording(key="s/plan-the-size", text="Mow lawns", section="s", section_title="S", position=0)]
    found = compare(old, read("# T\n## S\n- Plan the size\n", "t.md"), taken=("s/plan-the-size-2",))
    assert states(found) == {"s/plan-the-size-3": ChangeState.NEW, "s/plan-the-size": ChangeState.DROPPED}


def test_a_key_written_on_the_page_outlives_any_rewording() -> None:
    old = [Wording(key="tweets", text="Tweet weekly", section="s", section_title="S", position=0)]
    found = compare(old, read("# T\n## S\n- Something else entirely {#tweets}\n", "t.md"))
    assert states(found) == {"tweets": ChangeState.REWORDED}


def test_of_two_alike_the_nearer_is_taken() -> None:
    old = "# T\n## A\n- Review the plans\n## B\n- Review the plans\n"
    assert states(diff(old, old)) == {}
    assert states(diff("# T\n## A\n- Weed\n## B\n- Review the plans\n", old)) == {
        "a/weed": ChangeState.NEW,
        "id-1": ChangeState.DROPPED,
    }


def test_the_page_takes_over_the_identities() -> None:
    page = read(OLD.replace("weeds", "weedss") + "- Feed the birds\n", "gardener.md")
    named = rename(page, compare(stored(OLD), page))
    assert [bullet.key for bullet in named.bullets] == [
        "id-1",
        "id-2",
        "id-3",
        "id-4",
        "id-5",
        "public-voice/feed-the-birds",
    ]
    assert [bullet.text for bullet in named.bullets] == [bullet.text for bullet in page.bullets]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Give 2 talks", "Give 3 talks"),
        ("Lead it", "Read it"),
        ("You must", "You must not"),
        ("Join it", "Lead it"),
    ],
)
def test_a_change_of_meaning_is_never_minor(one: str, other: str) -> None:
    assert not is_minor(one, other)


def test_an_empty_store_makes_everything_new() -> None:
    page = read(OLD, "gardener.md")
    found = compare([], page)
    assert {change.state for change in found.changes} == {ChangeState.NEW}
    assert rename(page, found) == page
