import json
from datetime import UTC, datetime

import pytest

from advocacy.domain.activity import Activity, Kind, Platform, Thread, ThreadRole
from advocacy.domain.activity_lines import BadLine, read_line

NOW = datetime(2026, 11, 23, tzinfo=UTC)


def test_kind_platform_and_text_are_enough() -> None:
    line = json.dumps({"kind": "post", "platform": "x", "text": "TIL"})
    expected = Activity(ref="line:1", kind=Kind.POST, platform=Platform.X, at=NOW, text="TIL")
    assert read_line(line, "line:1", NOW) == (expected, [])


def test_everything_a_line_can_say_is_read() -> None:
    given = {
        "ref": "stackexchange:1",
        "kind": "answer",
        "platform": "stackexchange",
        "channel": "stackoverflow",
        "at": "2026-10-31T09:30:00+05:30",
        "url": "https://so.example/1",
        "title": "How?",
        "text": "So.",
        "lang": "en",
        "thread": {"role": "answered", "replies": 2, "participants": 3, "accepted": True, "rank": 1, "own_messages": 1},
        "metrics": {"score": 5, "bad": "x"},
    }
    found, doubts = read_line(json.dumps(given), "line:1", NOW)
    assert doubts == []
    assert found == Activity(
        ref="stackexchange:1",
        kind=Kind.ANSWER,
        platform=Platform.STACKEXCHANGE,
        channel="stackoverflow",
        at=datetime(2026, 10, 31, 4, 0, tzinfo=UTC),
        url="https://so.example/1",
        title="How?",
        text="So.",
        lang="en",
        thread=Thread(role=ThreadRole.ANSWERED, replies=2, participants=3, accepted=True, rank=1, own_messages=1),
        metrics={"score": 5},
    )


def test_a_role_nobody_knows_is_read_as_unknown_and_said() -> None:
    line = json.dumps({"kind": "post", "platform": "x", "text": "", "thread": {"role": "shouted"}})
    found, doubts = read_line(line, "line:1", NOW)
    assert (found.thread.role, len(doubts)) == (ThreadRole.UNKNOWN, 1)


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("{", "no JSON"),
        ("[1]", "no JSON object"),
        ('{"kind": "shout", "platform": "x", "text": ""}', "kind 'shout' is none of: post, reply"),
        ('{"kind": "post", "text": ""}', "platform None is none of: x, reddit"),
        ('{"kind": "post", "platform": "x"}', "text is missing"),
        ('{"kind": "post", "platform": "x", "text": {}}', "text must be text"),
        ('{"kind": "post", "platform": "x", "text": "", "at": "soon"}', "no date like 2026-10-31"),
    ],
)
def test_a_line_that_is_no_activity_says_which_field_is_wrong(line: str, words: str) -> None:
    with pytest.raises(BadLine, match=words):
        read_line(line, "line:1", NOW)
