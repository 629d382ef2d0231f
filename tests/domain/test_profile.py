"""Profiles as values: stored and read back, block by block."""

import pytest

from advocacy.domain.profile import BLOCKS, Link, PastTalk, Told, link_of, listed, talk_of
from tests.domain.test_speakers import TOLD


def test_what_is_stored_is_read_back() -> None:
    assert Told.of(TOLD.stored()) == TOLD


def test_what_a_later_version_stored_is_passed_over() -> None:
    assert Told.of({"name": "Asha", "shoe_size": 39}) == Told(name="Asha")


def test_every_field_but_the_name_stands_in_one_block() -> None:
    fields = [name for names in BLOCKS.values() for name in names]
    assert sorted([*fields, "name"]) == sorted(Told.__dataclass_fields__)


def test_only_some_blocks_leave_nothing_else() -> None:
    assert TOLD.only(["topics"]) == Told(name="Asha Rao", topics=TOLD.topics)
    assert TOLD.only([]).filled() == []


@pytest.mark.parametrize(
    ("words", "link"),
    [
        ("[asha](https://g.example/asha)", Link("L", "asha", "https://g.example/asha")),
        ("https://g.example", Link("L", "https://g.example", "https://g.example")),
        (" @asha ", Link("L", "@asha")),
        ("javascript:alert(1)", Link("L", "javascript:alert(1)")),
    ],
)
def test_a_link_is_read(words: str, link: Link) -> None:
    assert link_of(" L", words) == link


def test_a_talk_is_read_wherever_its_link_stands() -> None:
    assert talk_of("Rejekts [A](https://a.example)") == PastTalk("Rejekts", "A", "https://a.example")
    assert talk_of("[A](https://a.example), Rejekts") == PastTalk(", Rejekts", "A", "https://a.example")
    assert talk_of("only words") == PastTalk("", "only words")


def test_lists_are_split_at_commas_and_lines_each_once() -> None:
    assert listed("OpenEBS, etcd,\n OpenEBS,,") == ("OpenEBS", "etcd")
