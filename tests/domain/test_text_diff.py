"""What became of a text: told in words that stayed, went and came; nothing of either text is lost."""

import pytest

from advocacy.domain.text_diff import Change, diff

LONG = " ".join(f"word{n}" for n in range(200))


def test_a_word_that_was_replaced_went_and_came() -> None:
    assert diff("a stateful day", "a stateless day") == [
        (Change.SAME, "a"),
        (Change.GONE, " stateful"),
        (Change.NEW, " stateless"),
        (Change.SAME, " day"),
    ]


@pytest.mark.parametrize(
    ("before", "after"),
    [("", ""), ("", "new"), ("old", ""), ("a\n\nb  c", "a\nb c"), ("كيف بدأت", "كيف بدأ"), ("a", "a ")],
)
def test_both_texts_stand_in_it_whole(before: str, after: str) -> None:
    parts = diff(before, after)
    assert "".join(words for change, words in parts if change is not Change.NEW) == before
    assert "".join(words for change, words in parts if change is not Change.GONE) == after


def test_of_a_long_stretch_that_stayed_only_the_ends_are_told() -> None:
    parts = diff(f"old {LONG} end", f"new {LONG} ending")
    assert (Change.LEFT_OUT, "176 words the same") in parts
    assert len("".join(words for _, words in parts)) < 300
    assert diff(f"{LONG} a", f"{LONG} b")[0] == (Change.LEFT_OUT, "188 words the same")
