"""Reading the vocabulary, and tagging by the shipped one."""

import pytest

from advocacy import ladder
from advocacy.domain.vocabulary import Vocabulary, VocabularyError

SHIPPED = Vocabulary.read(ladder.text("vocabulary.toml"))
SMALL = """
[topics]
kubernetes = { name = "Kubernetes", aliases = ["k8s"] }
go = { name = "Go", case = true, aliases = ["golang"], not_before = ["to"] }
[personas]
sre = { name = "SRE", aliases = ["site reliability engineer"] }
[company]
names = ["Acme"]
own_places = ["acme.example", "r/acme", "#acme", "github.com/acme"]
[words]
learning = { any = ["today i learned", "course"], exact = ["TIL"], except = ["of course"] }
"""


def test_a_text_is_tagged_in_order_of_appearance() -> None:
    tags = Vocabulary.read(SMALL).tag("TIL at Acme: golang for site reliability engineers on K8s")
    assert (tags.topics, tags.personas, tags.company) == (("go", "kubernetes"), ("sre",), ("Acme",))
    assert dict(tags.words) == {"learning": "TIL"}
    assert tags.surfaces["kubernetes"] == "K8s"


def test_a_topic_named_once_at_the_end_of_a_long_text_is_not_its_topic() -> None:
    long = "Golang all the way. " + "More words about it. " * 60
    assert Vocabulary.read(SMALL).tag(long + "k8s").topics == ("go",)
    assert Vocabulary.read(SMALL).tag(long + "k8s, k8s, k8s").topics == ("go", "kubernetes")


def test_a_phrase_can_be_excepted_from_a_word_list() -> None:
    vocabulary = Vocabulary.read(SMALL)
    assert dict(vocabulary.tag("Of course").words) == {}
    assert dict(vocabulary.tag("A course, of course").words) == {"learning": "course"}


@pytest.mark.parametrize("text", ["let us go", "Go to the docs", "until", "a cargo"])
def test_ordinary_words_are_no_topics(text: str) -> None:
    assert not Vocabulary.read(SMALL).tag(text).any()


@pytest.mark.parametrize(
    ("toml", "message"),
    [
        ("[topics", "The vocabulary is no TOML"),
        ("[topik]", "unknown key 'topik'"),
        ('[topics]\nx = { nam = "X" }', r"\[topics\] x has an unknown key 'nam'"),
        ("[topics]\nx = {}", "x has no name"),
        ('[topics]\nx = { name = "X", aliases = "y" }', "aliases must be a list"),
        ('[words]\nx = { any = [""] }', "none empty"),
    ],
)
def test_a_slip_is_told_by_table_and_key(toml: str, message: str) -> None:
    with pytest.raises(VocabularyError, match=message):
        Vocabulary.read(toml)


def test_the_fingerprint_follows_the_meaning_not_the_spelling() -> None:
    assert Vocabulary.read(SMALL).fingerprint == Vocabulary.read("# note\n" + SMALL).fingerprint
    assert Vocabulary.read(SMALL).fingerprint != Vocabulary.read(SMALL.replace("k8s", "kube")).fingerprint


@pytest.mark.parametrize(
    ("text", "topics"),
    [
        ("k8s upgrade with zero downtime", ("kubernetes", "upgrades")),
        ("Resizing a PVC with the CSI driver", ("persistent-volumes", "csi")),
        ("Chaos testing of Postgres failover", ("chaos-engineering", "postgresql", "high-availability")),
        ("a talk about gardening", ()),
    ],
)
def test_the_shipped_topics(text: str, topics: tuple[str, ...]) -> None:
    assert SHIPPED.tag(text).topics == topics


@pytest.mark.parametrize(
    ("text", "components"),
    [
        ("cStor pools under OpenEBS", ("cstor", "openebs")),
        ("the litmus test of a design", ()),
        ("a local PV with node affinity", ()),
        ("Litmus experiments", ("litmus",)),
    ],
)
def test_the_shipped_components(text: str, components: tuple[str, ...]) -> None:
    assert SHIPPED.tag(text).components == components


def test_the_shipped_vocabulary_is_wide_enough() -> None:
    assert len(SHIPPED.topics) >= 120
    assert SHIPPED.name("sre") == "SRE"
    assert SHIPPED.name("unheard-of") == "unheard-of"


def test_the_companys_own_personas_must_be_known_ones() -> None:
    known = '[personas]\nsre = { name = "SRE" }\ndba = { name = "DBA" }\n'
    assert Vocabulary.read(known).own_personas == ("sre", "dba")
    assert Vocabulary.read(known + '[company]\npersonas = ["dba"]').own_personas == ("dba",)
    with pytest.raises(VocabularyError, match="'cto'"):
        Vocabulary.read(known + '[company]\npersonas = ["cto"]')


def test_only_the_asked_lists_are_looked_for() -> None:
    text = "Scheduled: a survey of Kubernetes"
    assert set(SHIPPED.tag(text, frozenset({"survey"})).words) == {"survey"}
    assert SHIPPED.tag(text, frozenset()).topics == SHIPPED.tag(text).topics == ("kubernetes",)
    assert {"survey", "not_held"} <= set(SHIPPED.tag(text).words)
