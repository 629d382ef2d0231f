"""As what a piece can count, by the rule's own target."""

import pytest

from advocacy import ladder
from advocacy.domain.facets import choices, said, whole
from advocacy.domain.rulebook_file import load
from advocacy.domain.vocabulary import Vocabulary

LISTS = Vocabulary.read(ladder.text("vocabulary.toml")).lists
RULES = load(ladder.text("rulebook.toml"), ladder.text("recognised_by.toml"), LISTS).rules


@pytest.mark.parametrize(
    ("rule", "reading", "wanted"),
    [
        ("tweets", "all", ("learning", "company", "product")),
        ("talks", "regular", ("proposal", "given")),
        ("personas", "all", ("sre", "dba")),
        ("learn-train", "pair", ("learned", "taught")),
        ("learn-train", "learn", ("learned",)),
        ("guide", "all", ("attended", "decision")),
        ("writing", "all", ()),
    ],
)
def test_what_the_measures_tell_apart_can_be_chosen(rule: str, reading: str, wanted: tuple[str, ...]) -> None:
    assert choices(RULES[rule], reading, ("sre", "dba")) == wanted


def test_a_sentence_without_a_rule_counts_everything_alike() -> None:
    assert choices(None, "", ()) == ()


def test_what_is_counted_by_topic_carries_the_topic() -> None:
    assert (whole("learned", "etcd"), whole("given", "etcd")) == ("learned/etcd", "given")
    assert (said("learned/etcd", str.upper), said("given", str.upper)) == ("learned: ETCD", "GIVEN")
