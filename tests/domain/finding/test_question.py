"""What an organiser types is understood: topics, slips of the pen, words, a place and days."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advocacy import ladder
from advocacy.domain.asked import MOST
from advocacy.domain.finding.question import Question, nearest, understand
from advocacy.domain.vocabulary import Vocabulary

VOCABULARY = Vocabulary.read(ladder.text("vocabulary.toml"))
PLACES = frozenset({"bangalore", "india", "asia", "oslo"})
TODAY = date(2026, 11, 23)


def ask(words: str) -> Question:
    return understand(words, VOCABULARY, PLACES, TODAY)


def wanted(words: str) -> list[str]:
    """The topics that are looked for by their ids, words as they are."""
    return [one.topic or one.label for one in ask(words).wanted]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("etcd", ["etcd"]),
        ("k8s", ["kubernetes"]),
        ("Mayastor", ["mayastor"]),
        ("Who could speak about etcd, please?", ["etcd"]),
        ("Terraform and Ansible", ["terraform", "ansible"]),
        ("kuberntes", ["kubernetes"]),
        ("Mayastr", ["mayastor"]),
        ("capacity planning", ["capacity", "planning"]),
        ('"change data capture"', ["change data capture"]),
        ("etcd etcd", ["etcd"]),
        ("etcd -quorums", ["etcd"]),
        ("", []),
        ("who can speak about the", []),
        ("?!", []),
    ],
)
def test_topics_words_and_phrases_are_told_apart(words: str, found: list[str]) -> None:
    assert wanted(words) == found


def test_a_place_and_days_are_no_words() -> None:
    one = ask("etcd, Bangalore, next month")
    assert [each.topic for each in one.wanted] == ["etcd"]
    assert (one.place, one.days) == ("Bangalore", (date(2026, 12, 1), date(2026, 12, 31)))


def test_a_place_in_which_nobody_lives_is_one_after_a_comma_and_it_is_said() -> None:
    found = ask("etcd, Atlantis, next month")
    assert (found.place, [one.label for one in found.wanted]) == ("Atlantis", ["etcd"])
    assert found.notes == ("“Atlantis” was read as a place, in which nobody says that they live",)
    assert ask("etcd, Kuberntes").place == ""


def test_a_place_in_which_nobody_lives_is_a_word() -> None:
    assert (ask("etcd Atlantis").place, wanted("etcd Atlantis")) == ("", ["etcd", "Atlantis"])


def test_a_slip_of_the_pen_is_said() -> None:
    assert ask("kuberntes").notes == ("“kuberntes” was read as Kubernetes",)
    assert ask("kubernetes").notes == ()


def test_a_topic_of_whose_parts_a_name_is_made_knows_them() -> None:
    (one,) = ask("Kubernetes storage").wanted
    assert (one.topic, set(one.parts)) == ("cloud-native-storage", {"kubernetes", "storage"})
    assert set(ask("Kubernetes storage").topics) == {"cloud-native-storage", "kubernetes", "storage"}


def test_what_was_typed_for_a_wider_topic_is_searched_for_beside_it() -> None:
    (one,) = ask("flame graphs").wanted
    assert one.topic == "performance"
    assert [piece.text for piece in ask("flame graphs").pieces] == ["flame graph"]
    assert ask("flame graphs").words_together == ()


def test_a_topic_asked_for_twice_keeps_the_words_beside_it() -> None:
    (one,) = ask("on-call and run books").wanted
    assert (one.topic, one.piece and one.piece.text) == ("incident-management", "run book")


def test_plurals_are_found_by_their_beginning() -> None:
    assert [one.text for one in ask("golden frames").words_together] == ["golden", "frame"]
    assert [one.text for one in ask("zebra stress").words_together] == ["zebra", "stress"]


def test_the_nearest_topics_are_offered() -> None:
    assert ("etcd", "etcd") in nearest("etc", VOCABULARY)
    assert len(nearest("kubernetes", VOCABULARY, count=2)) == 2


@given(st.text(max_size=300))
def test_every_input_means_something(words: str) -> None:
    one = ask(words)
    assert len(one.wanted) <= MOST
    assert all(each.topic or each.piece for each in one.wanted)
    assert len({each.topic or each.label.casefold() for each in one.wanted}) == len(one.wanted)
    assert ask(words) == one


@given(st.lists(st.sampled_from(["etcd", "in", '"', "-", ",", "Oslo", "next", "month", "k8s", "May", "2027", "zz"])))
def test_any_mixture_of_known_words_is_read(parts: list[str]) -> None:
    one = ask(" ".join(parts))
    assert one.place in ("", "Oslo")
    assert {each.topic for each in one.wanted} <= {"etcd", "kubernetes", ""}
