"""How much somebody says in their own words."""

import pytest

from advocacy.domain.word_count import word_count


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", 0),
        ("+1, same here on 1.9", 5),
        ("@yuki_ctl 😂😂 same", 1),
        ("> Does it survive a reboot?\n> Really?\nIt does.", 2),
        ("see https://example.org/a-long/address?with=words", 1),
        ("don't re-run it", 3),
        ("`kubectl get pvc` shows it", 5),
        ("[deleted]\n[removed]", 0),
        ("先看有没有残留的", 4),
        ("データベースを監視する", 6),
        ("[removed] is what it said, and I disagree", 8),
    ],
)
def test_quotes_and_links_are_not_ones_own_words(text: str, words: int) -> None:
    assert word_count(text) == words
