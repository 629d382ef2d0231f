"""How much a work is on a topic."""

from hypothesis import given
from hypothesis import strategies as st

from advocacy.domain.asked import Piece
from advocacy.domain.finding.fits import LEAST, Named, fit, said_together

ETCD, K8S = Named(["etcd"]), Named(["Kubernetes", "k8s", "kube"])
LONG = "Something else. " * 40


def on(title: str, text: str = "") -> float:
    return fit(ETCD, ETCD, title, text)


def test_a_title_says_more_than_a_text_and_up_front_more_than_late() -> None:
    assert (
        on("How etcd forgets", "etcd etcd") > on("How it forgets", "etcd etcd") > on("It", f"{LONG} etcd etcd") > LEAST
    )


def test_who_names_it_where_nobody_looks_has_the_least() -> None:
    assert on("Monthly news", LONG) == LEAST


def test_other_words_for_it_count_less_than_what_was_asked() -> None:
    typed = Named(["k8s"])
    assert fit(typed, K8S, "k8s at night", "") > fit(typed, K8S, "Kubernetes at night", "") > LEAST


def test_whole_words_plurals_and_hyphens() -> None:
    text = "Flame-graphs, flame  graph, going, Go."
    found = [text[place:].partition(",")[0] for place in Named(["flame graph", "Go"]).places(text)]
    assert found == ["Flame-graphs", "flame  graph", "Go."]
    assert Named([]).places("anything") == []


WRITTEN = st.text("ab A-B s\u0130", max_size=60)


@given(st.lists(WRITTEN.map(lambda text: text[:4]), max_size=4), WRITTEN)
def test_it_is_found_where_a_search_everywhere_would_find_it(spellings: list[str], text: str) -> None:
    name = Named(spellings)
    assert name.places(text) == [found.start() for found in name.pattern.finditer(text)]


@given(st.lists(st.text(max_size=8), max_size=4), st.text(max_size=80), st.text(max_size=300))
def test_every_text_fits_from_the_least_to_one(spellings: list[str], title: str, text: str) -> None:
    pattern = Named(spellings)
    assert LEAST <= fit(pattern, pattern, title, text) <= 1


@given(st.integers(0, 40), st.integers(1, 40))
def test_more_mentions_never_fit_less(some: int, more: int) -> None:
    assert on("Notes", "etcd " * (some + more)) >= on("Notes", "etcd " * some)


def test_words_of_one_thing_stand_together() -> None:
    words = [Piece("thin"), Piece("pool")]
    assert said_together(words, "Thin pools", "") == 1
    assert said_together(words, "", "a pool of ideas") == 0.5
    assert said_together([], "Thin pools", "") == 1
