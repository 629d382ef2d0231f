"""The real role pages that started the project are read and recognised as PRODUCT.md says."""

from itertools import combinations
from pathlib import Path

import pytest

from advocacy import ladder
from advocacy.domain.ladder import RolePage, read
from advocacy.domain.ladder_diff import ELSEWHERE, SAME, ChangeState, Wording, compare, similarity
from advocacy.domain.recognition import recognise
from advocacy.domain.rulebook import Rulebook
from advocacy.domain.rulebook_file import load

PROJECT = Path(__file__).parents[1]
ROLES = PROJECT.parent / "shared" / "roles"
LEAD, SENIOR, ENGINEER = "lead-engineer", "sr-software-engineer", "software-engineer"
ROWS: dict[str, dict[tuple[int, int], tuple[str, str]]] = {  # (section, bullet), both from 1
    LEAD: {
        (1, 4): ("feedback", "all"),
        (1, 5): ("requirements", "all"),
        (3, 1): ("trends", "all"),
        (3, 2): ("learn-train", "pair"),
        (3, 3): ("guide", "all"),
        (3, 4): ("identify", "all"),
        (3, 5): ("writing", "all"),
        (3, 6): ("backlog", "all"),
        (4, 1): ("support-training", "all"),
        (4, 5): ("oss-areas", "lead"),
        (5, 1): ("surveys", "all"),
        (5, 2): ("advocacy", "strong"),
        (5, 3): ("discussion", "lead"),
        (5, 4): ("personas", "all"),
        (5, 5): ("talks", "regular"),
        (5, 6): ("tweets", "all"),
    },
    SENIOR: {
        (3, 1): ("learn-train", "learn"),
        (3, 2): ("learn-train", "teach"),
        (3, 4): ("learn-train", "teach"),
        (4, 1): ("support-training", "all"),
        (4, 5): ("oss-areas", "active"),
        (5, 1): ("surveys", "all"),
        (5, 2): ("advocacy", "strong"),
        (5, 3): ("discussion", "join"),
        (5, 4): ("talks", "some"),
        (5, 5): ("tweets", "all"),
    },
    ENGINEER: {
        (3, 4): ("learn-train", "teach"),
        (3, 5): ("learn-train", "learn"),
        (4, 2): ("support-training", "all"),
        (4, 5): ("oss-areas", "active"),
        (5, 1): ("surveys", "all"),
        (5, 2): ("advocacy", "plain"),
        (5, 3): ("talks", "some"),
        (5, 4): ("tweets", "all"),
    },
}
TYPOS = {
    "SREâ€™s": "SRE’s",
    "meeetings": "meetings",
    "adopatability": "adaptability",
    "partcipate": "participate",
    "meeeting\n": "meeting\n",
    "chosing": "choosing",
    "Identifing": "Identifying",
    "opersource": "opensource",
    "in-turn": "in turn",
    "with in company": "within company",
    "matches our": "match our",
    "to support team in": "support team in",
    "Seminars/proposals": "Seminars / proposals",
    "Analyze": "Analyse",
    "platform about": "platforms about",
}


def source(slug: str) -> bytes:
    path = ROLES / f"{slug}.md"
    if not path.exists():
        pytest.skip("../shared is not beside the project")
    return path.read_bytes()


def page_of(slug: str) -> RolePage:
    return read(source(slug), f"{slug}.md")


def stored(page: RolePage) -> list[Wording]:
    return [
        Wording(
            key=bullet.key,
            text=bullet.text,
            section=section.slug,
            section_title=section.title,
            position=bullet.position,
        )
        for section in page.sections
        for bullet in section.bullets
    ]


@pytest.fixture(scope="module")
def rulebook() -> Rulebook:
    """The rules that we ship."""
    return load(ladder.text("rulebook.toml"), ladder.text("recognised_by.toml"))


@pytest.mark.parametrize(
    ("slug", "title", "counts", "parents"),
    [
        (LEAD, "Lead Engineer", (7, 8, 6, 5, 6), (SENIOR,)),
        (SENIOR, "Senior Software Engineer", (7, 9, 4, 5, 5), (ENGINEER,)),
        (ENGINEER, "Software Engineer", (8, 10, 5, 5, 4), ()),
    ],
)
def test_the_page_has_its_sections_bullets_and_parent(
    slug: str, title: str, counts: tuple[int, ...], parents: tuple[str, ...]
) -> None:
    page = page_of(slug)
    assert (page.slug, page.title, page.parents, page.problems) == (slug, title, parents, ())
    assert tuple(len(section.bullets) for section in page.sections) == counts


def test_the_double_encoded_quote_is_mended() -> None:
    overview = page_of(LEAD).overview
    assert "Kubernetes SRE’s and DevOps teams" in overview
    assert "â€" not in overview


@pytest.mark.parametrize("slug", ROWS)
def test_every_bullet_is_its_row_and_no_other_is_one(slug: str, rulebook: Rulebook) -> None:
    page = page_of(slug)
    found = recognise(page, rulebook)
    rows = {
        (section, position): (found[bullet.key].rule, found[bullet.key].reading)
        for section, part in enumerate(page.sections, 1)
        for position, bullet in enumerate(part.bullets, 1)
    }
    assert len(rows) == len(page.bullets)
    assert rows == dict.fromkeys(rows, (None, "")) | ROWS[slug]


@pytest.mark.parametrize("slug", ROWS)
def test_no_two_bullets_of_a_page_are_taken_for_each_other(slug: str) -> None:
    pairs = combinations(page_of(slug).bullets, 2)
    close = [
        (one.text, other.text)
        for one, other in pairs
        if similarity(one.text, other.text) >= (SAME if one.section == other.section else ELSEWHERE)
    ]
    assert close == []


@pytest.mark.parametrize("slug", ROWS)
def test_a_second_reading_changes_nothing(slug: str) -> None:
    page = page_of(slug)
    assert {change.state for change in compare(stored(page), page).changes} == {ChangeState.UNCHANGED}


def test_the_page_with_its_typos_fixed_keeps_every_identity_and_rule(rulebook: Rulebook) -> None:
    old = page_of(LEAD)
    text = source(LEAD).decode()
    for slip, right in TYPOS.items():
        text = text.replace(slip, right)
    new = read(text, "lead-engineer.md")
    changes = compare(stored(old), new).changes
    assert [change.key for change in changes] == [bullet.key for bullet in old.bullets]
    reworded = [change for change in changes if change.state is ChangeState.REWORDED]
    assert len(reworded) >= 7
    assert [change.new.text for change in reworded if change.new and not change.minor] == []
    before, after = recognise(old, rulebook), recognise(new, rulebook)
    assert [before[a.key].rule for a in old.bullets] == [after[b.key].rule for b in new.bullets]


def test_each_bullet_taken_away_alone_is_the_one_dropped() -> None:
    page = page_of(LEAD)
    for line in source(LEAD).decode().splitlines():
        if line.startswith("- "):
            shorter = read(source(LEAD).decode().replace(line + "\n", "", 1), "lead-engineer.md")
            dropped = [
                c.old.text for c in compare(stored(page), shorter).changes if c.state is ChangeState.DROPPED and c.old
            ]
            assert dropped == [line[2:].strip()]
