"""The tables of the public voice: counts, gaps, what they say in a sentence, and who could fill a gap."""

from datetime import date

from advocacy.domain.activity import Platform
from advocacy.domain.public_voice import Axis, Format, Wanted, Work
from advocacy.domain.voice_tables import could_fill, finding, lacking, named_on, phrase, table

NAMES = {"sre": "SRE", "platform-engineer": "Platform engineer", "chaos": "Chaos engineering", "csi": "CSI"}
IDS = {
    Axis.PERSONA: ["sre", "platform-engineer"],
    Axis.TOPIC: ["chaos", "csi"],
    Axis.FORMAT: ["talk", "article"],
}
SPAN = "in 12 months"


def work(number: int, form: Format, topics: str, personas: str, person: int = 1) -> Work:
    return Work(
        id=number,
        day=date(2026, 11, 1),
        last=date(2026, 11, 1),
        format=form,
        topics=frozenset(topics.split()),
        personas=frozenset(personas.split()),
        platforms=frozenset({Platform.FEED}),
        people=frozenset({person}),
        activities=(number,),
    )


WORKS = [
    work(1, Format.TALK, "chaos csi", "sre"),
    work(2, Format.ARTICLE, "chaos", "sre platform-engineer", person=2),
    work(3, Format.ARTICLE, "", "", person=3),
]


def test_a_work_counts_in_each_row_and_column_that_it_names_and_once_in_all() -> None:
    one = table(WORKS, Axis.TOPIC, Axis.PERSONA, IDS, Wanted())
    assert one.counts == {("chaos", "sre"): 2, ("csi", "sre"): 1, ("chaos", "platform-engineer"): 1}
    assert (one.totals, one.works) == ({"chaos": 2, "csi": 1}, 3)


def test_a_filter_holds_for_every_cell_and_a_cell_says_which_works_it_counts() -> None:
    one = table(WORKS, Axis.PERSONA, Axis.FORMAT, IDS, Wanted(topic="chaos"))
    assert one.cell("sre", "talk") == Wanted(topic="chaos", persona="sre", format="talk")
    assert [one.count("sre", form) for form in ("talk", "article")] == [1, 1]
    assert one.gaps() == [Wanted(topic="chaos", persona="platform-engineer", format="talk")]


def test_the_finding_names_the_only_gap_of_the_first_column_that_has_any() -> None:
    one = table(WORKS, Axis.PERSONA, Axis.FORMAT, IDS, Wanted(topic="chaos"))
    assert finding(one, NAMES.__getitem__, SPAN) == "No talk on Chaos engineering for Platform engineers in 12 months"


def test_several_gaps_of_a_column_are_counted() -> None:
    one = table(WORKS[1:], Axis.TOPIC, Axis.FORMAT, IDS, Wanted(persona="sre"))
    assert finding(one, NAMES.__getitem__, SPAN) == "2 of 2 topics have no talk for SREs in 12 months"


def test_a_full_table_and_an_empty_one_say_so() -> None:
    full = [*WORKS, work(4, Format.TALK, "", "platform-engineer")]
    one = table(full, Axis.PERSONA, Axis.FORMAT, IDS, Wanted())
    assert finding(one, NAMES.__getitem__, SPAN) == "No gap: each persona has every format in 12 months"
    none = table([], Axis.PERSONA, Axis.FORMAT, IDS, Wanted(topic="csi"))
    assert finding(none, NAMES.__getitem__, SPAN) == "Nothing on CSI in 12 months"


def test_topic_by_persona_says_what_a_persona_hears_nothing_of() -> None:
    one = table(WORKS, Axis.TOPIC, Axis.PERSONA, IDS, Wanted())
    assert finding(one, NAMES.__getitem__, SPAN) == "Nothing on CSI for Platform engineers in 12 months"


def test_what_names_nothing_is_said_in_words() -> None:
    assert phrase(Wanted(topic="none", persona="none"), NAMES.__getitem__) == (" that name no topic and no persona")
    assert lacking(Wanted(format="video"), NAMES.__getitem__, SPAN) == "No webinar or video in 12 months"


def test_who_said_something_on_the_topic_or_for_the_persona_could_fill_a_gap() -> None:
    gap = Wanted(topic="csi", persona="platform-engineer", format="talk")
    assert could_fill(WORKS, gap, {3: "C", 2: "B", 1: "A"}) == [2, 1]
    assert could_fill(WORKS, gap, {2: "B"}) == [2]
    assert could_fill(WORKS, Wanted(format="talk"), {1: "A"}) == []


def test_what_most_works_name_stands_first() -> None:
    assert named_on(WORKS, Axis.TOPIC) == ["chaos", "csi"]
    assert named_on(WORKS, Axis.FORMAT) == ["article", "talk"]
