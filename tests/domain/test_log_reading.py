"""What a line is taken for: the same line always for the same, and never for a day that has not come."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advocacy import ladder
from advocacy.domain.logbook.day_words import day_in
from advocacy.domain.logbook.places import channel_of, place_of
from advocacy.domain.logbook.reading import read
from advocacy.domain.vocabulary import Vocabulary

TODAY = date(2026, 11, 26)  #: a Thursday
VOCABULARY = Vocabulary.read(ladder.text("vocabulary.toml"))
JIRA = "https://jira.example/STOR-12"


@pytest.mark.parametrize(
    ("line", "kind", "said"),
    [
        ("+1 answer in #kubernetes-users", "tally", {"count": "1", "place": "#kubernetes-users"}),
        (
            "answered 3 questions in #kubernetes-users about Mayastor",
            "tally",
            {"count": "3", "place": "#kubernetes-users", "about": "Mayastor"},
        ),
        ("helped somebody with cStor pools in #storage", "tally", {"place": "#storage", "about": "cStor pools"}),
        (
            "adopt Mayastor because it halves the cost",
            "decision",
            {"verdict": "adopt", "topic": "Mayastor", "reason": "it halves the cost"},
        ),
        ("passed the CKA", "learning", {"topic": "passed the CKA"}),
        ("Ceph vs Longhorn: so we picked Ceph", "trend", {"topic": "Ceph vs Longhorn", "conclusion": "we picked Ceph"}),
        (
            f"SRE needs volume alerts {JIRA}",
            "need",
            {"persona": "SRE", "need": "SRE needs volume alerts", "backlog": JIRA},
        ),
        ("reviewed Ravi's draft", "writing", {"act": "reviewed", "text": "reviewed Ravi's draft"}),
        ("gave Ravi time to write", "writing", {"act": "time", "text": "gave Ravi time to write"}),
        ("became reviewer in SIG Storage", "area", {"part": "reviewer", "text": "became reviewer in SIG Storage"}),
        (
            "etcd class rated 4.4 out of 5, 12 responses",
            "feedback",
            {"topic": "etcd class rated 4.4 out of 5, 12 responses", "count": "12", "score": "4.4"},
        ),
        ("posted on LinkedIn", "post", {"platform": "linkedin", "what": "post", "text": "posted on LinkedIn"}),
        ("mentored an intern", None, {"title": "mentored an intern"}),
    ],
)
def test_a_line_is_taken_for_its_kind_with_what_it_says(line: str, kind: str | None, said: dict[str, str]) -> None:
    found = read(line, TODAY, VOCABULARY)
    assert (found.kind, found.said, found.day, found.elsewhere) == (kind, said, None, "")


@pytest.mark.parametrize(
    ("line", "elsewhere"),
    [
        ("gave a talk at KubeCon for 120 people", "talk"),
        ("submitted a talk proposal to FOSDEM", "proposal"),
        ("ran a workshop on etcd", "given"),
        ("attended Lena's brown bag", "attended"),
        ("completed the CNCF survey", "survey"),
    ],
)
def test_what_has_a_page_of_its_own_is_named(line: str, elsewhere: str) -> None:
    assert read(line, TODAY, VOCABULARY).elsewhere == elsewhere


@pytest.mark.parametrize(
    ("words", "day", "rest"),
    [
        ("etcd yesterday", date(2026, 11, 25), "etcd"),
        ("etcd last Tuesday", date(2026, 11, 24), "etcd"),
        ("etcd last Thursday", date(2026, 11, 19), "etcd"),
        ("etcd 3 days ago", date(2026, 11, 23), "etcd"),
        ("etcd on 3 Nov", date(2026, 11, 3), "etcd"),
        ("etcd on 3 Dec", date(2025, 12, 3), "etcd"),
        ("etcd Nov 3, 2024", date(2024, 11, 3), "etcd"),
        ("etcd 2026-11-02", date(2026, 11, 2), "etcd"),
        ("etcd 2026-12-02", None, "etcd 2026-12-02"),
        ("etcd 2026-02-31", None, "etcd 2026-02-31"),
        ("the monday release", None, "the monday release"),
        ("today", TODAY, ""),
    ],
)
def test_a_day_is_understood_and_taken_out_of_the_words(words: str, day: date | None, rest: str) -> None:
    assert day_in(words, TODAY) == (day, rest)


@pytest.mark.parametrize(
    ("url", "place", "channel"),
    [
        ("https://www.linkedin.com/posts/x", "linkedin", "linkedin.com"),
        ("https://hachyderm.io/@asha/111222333444", "mastodon", "hachyderm.io"),
        ("https://discuss.kubernetes.io/t/a-topic/123/4", "discourse", "discuss.kubernetes.io"),
        ("https://old.reddit.com/r/kubernetes/comments/abc/x", "reddit", "r/kubernetes"),
        ("https://github.com/kubernetes/kubernetes/pull/1", "github", "kubernetes/kubernetes"),
        ("https://devops.stackexchange.com/a/12", "stackexchange", "devops.stackexchange.com"),
        ("https://someones.example/post", "feed", "someones.example"),
        ("https://notlinkedin.com/x", "feed", "notlinkedin.com"),
    ],
)
def test_a_link_tells_its_place(url: str, place: str, channel: str) -> None:
    assert (place_of(url), channel_of(url, place)) == (place, channel)


def test_a_link_alone_or_with_a_day_is_a_link_and_its_sentence_mark_no_part_of_it() -> None:
    found = read("yesterday: https://hachyderm.io/@asha/111222333444.", TODAY, VOCABULARY)
    assert (found.is_link, found.said["url"]) == (True, "https://hachyderm.io/@asha/111222333444")
    assert found.day == date(2026, 11, 25)


@given(st.text(max_size=300))
def test_any_line_can_be_read_and_names_no_day_to_come(line: str) -> None:
    found = read(line, TODAY, VOCABULARY)
    assert found == read(line, TODAY, VOCABULARY)
    assert found.day is None or found.day <= TODAY
    assert all(found.said.values())
