"""The tables of the public voice ready to be shown: each with its finding, and its gaps with who could fill them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from advocacy.domain.public_voice import Axis, Format, Wanted, Work
from advocacy.domain.vocabulary import Vocabulary
from advocacy.domain.voice_tables import Table, could_fill, finding, lacking, named_on, table

TOPICS = 25  #: rows of a table: what most works name
GAPS = 6  #: told in words below a table
NAMED = 3  #: people of a gap


@dataclass(frozen=True, slots=True)
class Gap:
    """What is missing, and some of those who said something near it; `more` are not named."""

    words: str
    of: Wanted
    people: Mapping[int, str]
    more: int
    topic: str


@dataclass(frozen=True, slots=True)
class Panel:
    """A table, what it says, and its first gaps of `empty`; `more` topics have no row of their own."""

    table: Table
    finding: str
    gaps: tuple[Gap, ...]
    empty: int
    more: int


def panels(
    works: Sequence[Work], of: Wanted, vocabulary: Vocabulary, listed: Mapping[int, str], span: str
) -> list[Panel]:
    """Persona by format of one topic, topic by format of one persona, and topic by persona of one format."""
    named, topics, own = named_on(works, Axis.PERSONA), named_on(works, Axis.TOPIC), vocabulary.own_personas
    ids = {
        Axis.PERSONA: [*own, *(one for one in named if one not in own)],
        Axis.TOPIC: topics[:TOPICS],
        Axis.FORMAT: [one.value for one in Format],
    }
    tables = (
        table(works, Axis.PERSONA, Axis.FORMAT, ids, Wanted(topic=of.topic)),
        table(works, Axis.TOPIC, Axis.FORMAT, ids, Wanted(persona=of.persona)),
        table(works, Axis.TOPIC, Axis.PERSONA, {**ids, Axis.PERSONA: own or named}, Wanted(format=of.format)),
    )
    more = max(0, len(topics) - TOPICS)
    return [_panel(one, works, vocabulary, listed, span, more if one.rows is Axis.TOPIC else 0) for one in tables]


def gap_of(works: Sequence[Work], of: Wanted, vocabulary: Vocabulary, listed: Mapping[int, str], span: str) -> Gap:
    """What is missing at one place, with everybody who could fill it."""
    people = {number: listed[number] for number in could_fill(works, of, listed)}
    topic = vocabulary.topics[of.topic].name if of.topic in vocabulary.topics else ""
    return Gap(lacking(of, vocabulary.name, span), of, people, 0, topic)


def _panel(
    one: Table, works: Sequence[Work], vocabulary: Vocabulary, listed: Mapping[int, str], span: str, more: int
) -> Panel:
    empty = one.gaps()
    gaps = (_short(gap_of(works, of, vocabulary, listed, span)) for of in empty[:GAPS])
    return Panel(one, finding(one, vocabulary.name, span), tuple(gaps), len(empty), more)


def _short(gap: Gap) -> Gap:
    some = dict(list(gap.people.items())[:NAMED])
    return Gap(gap.words, gap.of, some, len(gap.people) - len(some), gap.topic)
