"""Speakers files: read into what is known, and written without touching a line that says the same."""

from dataclasses import replace

import pytest

from advocacy.domain.profile import Link, PastTalk, Told
from advocacy.domain.speakers.read import read
from advocacy.domain.speakers.shape import NotASpeaker
from advocacy.domain.speakers.write import write

BIO = "## Bio "  #: with the blank that the form has
FILE = f"""# Asha Rao

- Company : Tern
- Title: Engineer
- Location: Global
- Residence: Pune, India, Asia
- Topics: OpenEBS, Chaos Engineering.
- Github: [asha](https://github.example/asha)
- Twitter: @asha
- Shirt size: M


{BIO}

Asha builds storage. She likes manga.

## Awards

- Best hallway talk

## Previous Talks

- KubeCon EU 2026 [Volumes: what survives](https://slides.example/volumes#)
- A meetup in spring
"""
TOLD = Told(
    name="Asha Rao",
    company="Tern",
    title="Engineer",
    location="Global",
    residence="Pune, India, Asia",
    topics=("OpenEBS", "Chaos Engineering"),
    links=(Link("Github", "asha", "https://github.example/asha"), Link("Twitter", "@asha")),
    other=("Shirt size: M",),
    bio="Asha builds storage. She likes manga.",
    talks=(
        PastTalk("KubeCon EU 2026", "Volumes: what survives", "https://slides.example/volumes#"),
        PastTalk("", "A meetup in spring"),
    ),
)  # fmt: skip


def changed(told: Told, base: str = FILE) -> tuple[list[str], list[str]]:
    """Which lines went and which came; what is written is read as it was told."""
    text = write(told, base)
    assert read(text) == told
    before, after = base.split("\n"), text.split("\n")
    return [one for one in before if one not in after], [one for one in after if one not in before]


def test_a_file_is_read() -> None:
    assert read(FILE) == TOLD


@pytest.mark.parametrize(
    "text",
    [
        FILE,
        FILE.replace("\n", "\r\n"),
        FILE.rstrip("\n"),
        "# Asha",
        "# Asha\n",
        "<!-- ours -->\n# Asha\n\nSomething else.\n\n## Bio\n## Previous Talks\n",
        FILE.replace(BIO, "## Bio\n\n\\# not a heading"),
        FILE.replace("- Topics:", "* Topics:").replace("- Github:", "-  Github :  "),
    ],
)
def test_out_and_in_again_is_the_very_same(text: str) -> None:
    assert write(read(text), text) == text


def test_of_a_change_one_line_changes() -> None:
    assert changed(replace(TOLD, company="Osprey")) == (["- Company : Tern"], ["- Company : Osprey"])
    assert changed(replace(TOLD, topics=("etcd",))) == (
        ["- Topics: OpenEBS, Chaos Engineering."],
        ["- Topics: etcd."],
    )
    assert changed(replace(TOLD, links=TOLD.links[1:])) == (["- Github: [asha](https://github.example/asha)"], [])
    assert changed(replace(TOLD, other=())) == (["- Shirt size: M"], [])
    assert changed(replace(TOLD, name="Asha R.")) == (["# Asha Rao"], ["# Asha R."])
    assert changed(replace(TOLD, bio="Short.")) == (["Asha builds storage. She likes manga."], ["Short."])
    assert changed(replace(TOLD, bio="")) == (["Asha builds storage. She likes manga."], [])


def test_what_is_new_comes_behind_what_is_there() -> None:
    more = replace(
        TOLD, languages=("English", "मराठी"), links=(*TOLD.links, Link("Web", "https://a.example", "https://a.example"))
    )
    assert changed(more) == (
        [],
        ["- Languages: English, मराठी", "- Web: [https://a.example](https://a.example)"],
    )
    talk = PastTalk("Rejekts", "What failed", "https://b.example")
    assert changed(replace(TOLD, talks=(*TOLD.talks[1:], talk))) == (
        ["- KubeCon EU 2026 [Volumes: what survives](https://slides.example/volumes#)"],
        ["- Rejekts [What failed](https://b.example)"],
    )


MORE = FILE.replace("- Github", "- Formats: Workshop, keynote, talk\n- Travel: travels anywhere, by train\n- Github")


def test_forms_and_journeys_are_read_by_words_of_ours_and_others_stay_as_they_stand() -> None:
    told = read(MORE)
    assert (told.formats, told.travels) == (("workshop", "talk"), "anywhere")
    assert told.other == ("Formats: keynote", "Travel: by train", *TOLD.other)
    assert write(told, MORE) == MORE


def test_forms_and_journeys_are_written_in_a_line_each() -> None:
    more = replace(TOLD, formats=("talk", "workshop"), travels="continent")
    assert changed(more) == ([], ["- Formats: talk, workshop", "- Travel: travels within their continent"])
    assert read(write(more)) == more
    assert read(write(read(MORE))) == read(MORE)
    told = read(MORE)
    assert changed(replace(told, formats=("panel",), travels=""), MORE) == (
        ["- Formats: Workshop, keynote, talk", "- Travel: travels anywhere, by train"],
        ["- Formats: panel, keynote", "- Travel: by train"],
    )
    assert changed(replace(told, formats=(), travels="", other=TOLD.other), MORE)[1] == []


def test_a_file_without_the_sections_gets_them() -> None:
    base = "# Asha\n\n- Company: Tern\n"
    told = replace(read(base), bio="Words.", talks=(PastTalk("", "A talk"),))
    assert write(told, base) == "# Asha\n\n- Company: Tern\n\n## Bio\n\nWords.\n\n## Previous Talks\n\n- A talk\n"


def test_a_file_made_from_nothing_is_read_as_it_was_told() -> None:
    assert read(write(TOLD)) == TOLD


def test_words_that_look_like_headings_break_nothing() -> None:
    told = replace(TOLD, bio="## Previous Talks\n- none\n# Mallory")
    assert read(write(told, FILE)) == told
    assert read(write(told)) == told


@pytest.mark.parametrize("text", ["", "Asha\n", "## Bio\n\nWords\n", "# \n"])
def test_what_has_no_name_is_no_speakers_file(text: str) -> None:
    with pytest.raises(NotASpeaker, match="# Name"):
        read(text)
