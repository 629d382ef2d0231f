"""What counts as a clear example, and what only sounds like one."""

import pytest

from advocacy.domain.examples import example


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Run this:\n```\nkubectl get pv\n```", "code block"),
        ("$ kubectl get pods", "code block"),
        ("Use `kubectl drain n1 --force` first.", "code block"),
        ("so:\n\n    if (x) {\n        y = 1;\n    }\n", "code block"),
        ("apiVersion: v1\nkind: Pod", "manifest"),
        ("Code: https://github.com/asha/demo", "repository"),
        ("https://gist.github.com/asha/12", "gist"),
        ("https://youtu.be/abc", "video"),
        ("https://speakerdeck.com/asha/pv", "slides"),
        ("At Zeta Bank we lost a node.", "case"),
        ("We have run Kafka for two years in production.", "case"),
    ],
)
def test_examples_are_named(text: str, named: str) -> None:
    assert example(text) == named


@pytest.mark.parametrize(
    "text",
    [
        "It costs $ 5 a month.",
        "See https://github.com/asha/demo/issues/12",
        "We look at the whole picture. At noon we left.",
        "    an indented paragraph of plain words\n    and another one\n",
        "kind: regards",
        "The word slides downhill.",
    ],
)
def test_talk_is_no_example(text: str) -> None:
    assert example(text) == ""


def test_the_address_of_a_video_is_the_example() -> None:
    assert example("Watch", url="https://www.youtube.com/watch?v=1") == "video"
