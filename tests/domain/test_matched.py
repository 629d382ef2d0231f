"""The words by which a rule found a text: named as written, and marked where they stand."""

from advocacy.domain.matched import Found, cut
from advocacy.rules import Rules

TEXT = "Today I learned that kubectl can wait for a PVC. Kubectl, for SREs!"


def test_a_rule_names_the_words_it_asks_for_and_no_others(rules: Rules) -> None:
    found = Found.in_text(TEXT, rules.vocabulary)
    book = rules.rulebook.rules
    assert found.words(book["personas"]) == ("SREs",)
    assert "Today I learned" in found.words(book["learn-train"])
    assert "SREs" not in found.words(book["learn-train"])


def test_a_text_is_cut_at_whole_words_whatever_their_case_and_blanks() -> None:
    assert cut("A PVC, a pvc and PVCs.\nTwo  words.", ["PVC", "two words"]) == [
        ("A ", False),
        ("PVC", True),
        (", a ", False),
        ("pvc", True),
        (" and PVCs.\n", False),
        ("Two  words", True),
        (".", False),
    ]
    assert cut("", ["x"]) == []
    assert cut("nothing (of it)", []) == [("nothing (of it)", False)]
    assert [part for part, marked in cut("C++ and (a", ["C++", "(a"]) if marked] == ["C++", "(a"]
