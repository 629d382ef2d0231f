"""Texts for organisers to copy: with Markdown and without."""

import pytest

from advocacy.domain.bios import plain, texts
from advocacy.domain.profile import Told


@pytest.mark.parametrize(
    ("markdown", "bare"),
    [
        ("Asha keeps data alive.\n\nAnd breaks it.", "Asha keeps data alive.\n\nAnd breaks it."),
        ("Asha *really* likes **manga**.", "Asha really likes manga."),
        ("See [her blog](https://a.example) and <https://b.example>.", "See her blog (https://a.example) and https://b.example."),
        ("## Before\n\n- etcd\n- `fio`\n\nAfter.", "Before\n\n- etcd\n- fio\n\nAfter."),
        ("1. one\n2. two", "1. one\n2. two"),
        ("```\nkubectl get pvc\n```", "kubectl get pvc"),
        ("snake_case and 2 * 3 * 4", "snake_case and 2 * 3 * 4"),
        ("a <script>x</script> & b", "a <script>x</script> & b"),
        ("![a face](https://x.example/f.png)", "a face"),
        ("", ""),
    ],
)  # fmt: skip
def test_marks_go_and_words_stay(markdown: str, bare: str) -> None:
    assert plain(markdown) == bare


def test_a_text_stands_once_where_it_has_no_marks() -> None:
    told = Told(short_bio="Short.", bio="Long *and* good.")
    assert [(one.key, one.text, one.words) for one in texts(told)] == [
        ("short", "Short.", 1),
        ("long", "Long and good.", 3),
        ("long-markdown", "Long *and* good.", 3),
    ]
    assert texts(Told(bio=" \n")) == []
