"""Words that a person does not want to be read for."""

import pytest

from advocacy.domain.ignoring import LONGEST, MOST, ignored, words_of
from tests.ingest.platform import post


def test_words_come_one_on_a_line_or_between_commas_each_once() -> None:
    assert words_of(" marathon, my  kids\n\nMarathon;chess,") == ["Marathon", "my kids", "chess"]
    assert words_of("") == []
    assert [len(words_of(",".join(map(str, range(MOST + 9))))), len(words_of("x" * 999)[0])] == [MOST, LONGEST]


@pytest.mark.parametrize(
    ("text", "is_ignored"),
    [
        ("Kubernetes at the marathon.", True),
        ("MARATHON!", True),
        ("my\nkids run Kubernetes", True),
        ("marathons", False),
        ("ultra-marathon", True),
        ("Nothing of it", False),
        ("C++ (again)", True),
    ],
)
def test_whole_words_count_and_phrases_across_lines(text: str, is_ignored: bool) -> None:
    assert ignored(post(0, text, title="A title"), ("marathon", "my kids", "c++")) is is_ignored


def test_a_title_and_a_place_are_looked_at_too_and_no_word_ignores_nothing() -> None:
    assert ignored(post(0, title="My marathon"), ("marathon",))
    assert ignored(post(0, channel="r/running"), ("r/running",))
    assert not ignored(post(0, title="My marathon"), ())
