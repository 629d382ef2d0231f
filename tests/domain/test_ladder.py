"""Role pages of every shape, and what is none."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from advocacy.domain.ladder import LadderError, Problem, RolePage, read

PAGE = """\
# Gardener

## Overview

Gardeners keep the plants alive. They are also expected to fill the [helper](helper-role.md)
and [watcher](../roles/Watcher.md) related ones. See the [calendar](calendar.md).

## Expectations

### Daily work
What is done each day.
- Water the plants
- Pull the weeds

### Public voice
- Tell the neighbours
"""


def keys(page: RolePage) -> list[str]:
    return [bullet.key for bullet in page.bullets]


def texts(page: RolePage) -> list[str]:
    return [bullet.text for bullet in page.bullets]


def problems(page: RolePage) -> list[tuple[int | None, str]]:
    return [(problem.line, problem.what) for problem in page.problems]


def test_headings_are_sections_and_bullets_expectations() -> None:
    page = read(PAGE, "gardener.md")
    assert (page.slug, page.title, page.problems) == ("gardener", "Gardener", ())
    assert [(s.slug, s.title, s.about) for s in page.sections] == [
        ("daily-work", "Daily work", "What is done each day."),
        ("public-voice", "Public voice", ""),
    ]
    assert keys(page) == [
        "daily-work/water-the-plants",
        "daily-work/pull-the-weeds",
        "public-voice/tell-the-neighbours",
    ]
    assert [bullet.position for bullet in page.bullets] == [0, 1, 0]
    assert page.overview.startswith("Gardeners keep the plants alive.")


def test_parents_are_the_pages_linked_where_more_is_expected() -> None:
    assert read(PAGE, "gardener.md").parents == ("helper-role", "watcher")


def test_a_page_is_not_its_own_parent() -> None:
    page = read("# A\nAlso expected: the [a](a.md) ones.\n\n- b\n", "a.md")
    assert (page.parents, problems(page)) == ((), [(2, "the page names itself as its parent role")])


@pytest.mark.parametrize(
    "source",
    [
        PAGE.encode(),
        PAGE.encode("utf-8-sig"),
        PAGE.encode("utf-16"),
        PAGE.encode("utf-16-be").join([b"\xfe\xff", b""]),
        PAGE.encode("utf-32"),
        PAGE.replace("\n", "\r\n").encode(),
        PAGE.replace("\n", "\r").encode(),
        PAGE.replace("plants", "pl\x00ants").encode(),
        "\ufeff" + PAGE,
    ],
)
def test_encodings_line_ends_and_stray_bytes_do_not_matter(source: bytes | str) -> None:
    assert read(source, "gardener.md") == read(PAGE, "gardener.md")


@pytest.mark.parametrize(
    "source",
    [
        "# T\n- the team’s café\n".encode("cp1252"),
        "# T\n- the team’s café\n".encode(),
        "# T\n- the teamâ€™s cafÃ©\n".encode(),
    ],
)
def test_letters_are_what_was_meant(source: bytes) -> None:
    assert texts(read(source, "t.md")) == ["the team’s café"]


def test_marks_links_and_tasks_become_plain_text() -> None:
    page = read("# T\n- [x] **Bold** and [a link](u.md), `code`<br>and \\* a\n  second line\n", "t.md")
    assert texts(page) == ["Bold and a link, code and * a second line"]


def test_a_key_on_the_page_wins() -> None:
    page = read("# T\n- Water the plants {#water}\n- Weed {#water}\n", "t.md")
    assert (keys(page), texts(page)) == (["water", "water-2"], ["Water the plants", "Weed"])
    assert all(bullet.explicit for bullet in page.bullets)
    assert problems(page) == [(3, "“water” stands on the page twice")]


def test_keys_are_short_and_ascii_and_each_once() -> None:
    page = read(f"# T\n## S\n- Naïve Ünïcode\n- 市場\n- {'word ' * 20}\n- a\n- a\n", "t.md")
    assert keys(page) == ["s/naive-unicode", "s/674280c3", "s/" + "-".join(["word"] * 8), "s/a", "s/a-2"]


def test_children_stand_for_themselves_or_continue_a_colon() -> None:
    page = read("# T\n- Help on:\n  - Reddit\n  - lists\n- Grow\n  - trees\n", "t.md")
    assert texts(page) == ["Help on: Reddit", "Help on: lists", "Grow", "trees"]
    assert problems(page) == [(3, "bullets below a bullet were read as expectations of their own")]


def test_a_table_gives_a_bullet_a_row() -> None:
    page = read("# T\n## S\n| Id | Expectation |\n|--|--|\n| 1 | *Water* it |\n| 2 | |\n| 3 | Weed |\n", "t.md")
    assert texts(page) == ["Water it", "Weed"]
    assert problems(page) == [(3, "a table was read by its column “Expectation”, a row a bullet")]


def test_of_a_matrix_the_column_of_the_role_is_taken() -> None:
    page = read("# Senior\n| Area | Junior | Senior |\n|--|--|--|\n| Water | helps in all the beds | leads |\n", "t.md")
    assert texts(page) == ["leads"]


def test_numbered_lists_are_bullets() -> None:
    page = read("# T\n1. One\n2. Two\n", "t.md")
    assert texts(page) == ["One", "Two"]
    assert problems(page) == [(2, "a numbered list was read as bullets, without its numbers")]


def test_deeper_headings_carry_the_heading_above() -> None:
    page = read("# T\n## E\n### S\n- a\n#### Deep\n- b\n", "t.md")
    assert [section.title for section in page.sections] == ["S", "S – Deep"]


def test_two_sections_of_one_name_are_told_apart() -> None:
    page = read("# T\n## A\n### Skills\n- a\n## B\n### Skills\n- b\n", "t.md")
    assert [section.slug for section in page.sections] == ["skills", "b-skills"]
    assert problems(page) == [(6, "a section is called “Skills” for the second time")]


def test_a_page_without_a_list_gives_its_short_paragraphs() -> None:
    page = read("# T\nIntro.\n\n## S\nWater them.\n\nWeed them.\n", "t.md")
    assert (texts(page), page.overview) == (["Water them.", "Weed them."], "Intro.")
    assert page.problems == (
        Problem(
            line=5,
            what="no list and no table was found, so each short paragraph was read as an expectation",
            mend="put a dash and a space before each expectation",
        ),
    )


def test_a_section_without_a_list_is_told() -> None:
    page = read("# T\n## S\n- a\n## Prose\nNothing here.\n", "t.md")
    assert problems(page) == [(4, "no list was found below “Prose”")]


def test_setext_headings_and_front_matter_are_read() -> None:
    page = read("---\ntitle: Lead gardener\nlayout: x\n---\n\nDaily work\n----------\n- a\n", "t.md")
    assert (page.title, [section.title for section in page.sections], page.problems) == (
        "Lead gardener",
        ["Daily work"],
        (),
    )


def test_a_page_without_a_title_is_called_after_its_file() -> None:
    page = read("- a\n", "roles/lead_gardener.md")
    assert (page.title, page.slug, problems(page)) == (
        "Lead gardener",
        "lead-gardener",
        [(1, "the page has no title, so it is called “Lead gardener” after its file")],
    )


def test_contents_comments_and_html_are_passed_over() -> None:
    page = read("# T\n- [S](#s)\n\n<!-- - no -->\n\n<ul><li>no</li></ul>\n\n## S\n- a\n-\n", "t.md")
    assert texts(page) == ["a"]
    assert [what for _, what in problems(page)] == [
        "“S” is a link within the page, not an expectation",
        "HTML is not read",
        "a bullet is empty",
    ]


@pytest.mark.parametrize(
    ("source", "what"),
    [
        (b"", "the file is empty"),
        (b" \n\n", "the file is empty"),
        (b"Only a few words.\n", "not one expectation was found: it has neither headings nor bullets"),
        (b"# A\n## B\n", "not one expectation was found: it has 2 headings but no bullet below them"),
        (b"<!DOCTYPE html>\n<ul><li>a</li></ul>", "line 1 begins an HTML or XML document"),
        (b'{"a": ["b"]}', "line 1 looks like JSON, not Markdown"),
        (b"%PDF-1.7\n- a\n", "it is a binary file"),
        (bytes(range(256)) * 9, "it is a binary file"),
        (b"x" * 1_000_001, "the file has 1,000,001 bytes, a role page at most 1,000,000"),
        (b"\n" * 10_000 + b"- a", "the file has 10,001 lines, a role page at most 10,000"),
        (b"- a\n" * 1001, "1,001 expectations were found, more than 1,000"),
        (b"# a\n" + b"[" * 20_001, "line 2 has 20,001 characters, at most 20,000 are read"),
    ],
)
def test_what_is_no_role_page_is_refused_in_words(source: bytes, what: str) -> None:
    with pytest.raises(LadderError) as refused:
        read(source, "t.md")
    assert refused.value.what == what
    assert str(refused.value) == f"t.md: {what}. {refused.value.mend}"


def test_a_refusal_lists_what_was_met() -> None:
    with pytest.raises(LadderError) as refused:
        read("# A\n<ul><li>a</li></ul>\n", "t.md")
    assert str(refused.value.problems[0]) == "line 2: HTML is not read; write it as Markdown bullets"


LINES = st.sampled_from([
    "# A", "## B", "#### C", "- a", "  - b", "    1. c {#k}", "| a | b |", "|---|---|", "| x |", "---", "===", "> - q",
    "<ul>", "```", "", "text [l](x.md)", "also expected [l](m.md)", "- [ ] t", "- ", "title: x", "\x00", "- #",
    "- # h", "{#x}",
])  # fmt: skip


@given(st.lists(LINES, max_size=14).map("\n".join) | st.text(max_size=80) | st.binary(max_size=80))
@settings(max_examples=300, deadline=None)
def test_any_text_is_a_page_or_refused(source: bytes | str) -> None:
    try:
        page = read(source, "any.md")
    except LadderError:
        return
    assert len(set(keys(page))) == len(page.bullets) > 0
    assert len({section.slug for section in page.sections}) == len(page.sections)
