"""Kinds of wording that decide: what did not happen, whom it was for, figures, and other languages."""

from dataclasses import replace

import pytest

from advocacy.domain.activity import Thread, ThreadRole
from advocacy.domain.matching import match
from tests.domain.test_matching import BOOK, RULEBOOK, VOCABULARY, Story, activity

OPENED = ThreadRole.OPENED


def strength(label: str, *story: str, title: str = "") -> str | None:
    """The strongest match of a rule, or of a rule and facet, at the strictest wording."""
    one = replace(activity(*story), title=title)
    rule, _, facet = label.partition("/")
    first = RULEBOOK.rules[rule].readings[0].id
    found = match(one, RULEBOOK, VOCABULARY)
    given = {
        m.strength.value for m in found.matches if (m.rule, m.reading) == (rule, first) and m.facet.startswith(facet)
    }
    return next((word for word in ("strong", "likely", "weak") if word in given), None)


@pytest.mark.parametrize(
    ("label", "story", "given"),
    [
        # what was called off, is to come, or was only meant
        ("talks/given", ("talk", BOOK, "GitOps in a barn, 40 people"), "strong"),
        ("talks/given", ("talk", BOOK, "GitOps in a barn. Annulé, trop de neige"), "weak"),
        ("talks/given", ("talk", BOOK, "GitOps in a barn. Will give it in June"), "weak"),
        ("advocacy", ("talk", BOOK, "Jiva in a barn", "DevOpsDays"), "strong"),
        ("advocacy", ("talk", BOOK, "Jiva in a barn, cancelled", "DevOpsDays"), None),
        ("learn-train/learned", ("learning", BOOK, "CKS passed"), "strong"),
        ("learn-train/learned", ("learning", BOOK, "CKS exam booked"), "weak"),
        ("guide/attended", ("training_attended", BOOK, "Mo on Helm"), "strong"),
        ("guide/attended", ("training_attended", BOOK, "Mo on Helm; didn't make it"), None),
        ("writing", ("note", BOOK, "Writing hour held, two outlines"), "strong"),
        ("writing", ("note", BOOK, "Writing hour: wanted to, but the release slipped"), None),
        ("requirements", ("note", BOOK, "Answered all nine", "training intake board"), "strong"),
        ("requirements", ("note", BOOK, "Did not get to it again", "training intake board"), None),
        ("talks/proposal", ("note", BOOK, "Abstract for FOSDEM submitted"), "likely"),
        ("talks/proposal", ("note", BOOK, "Abstract for FOSDEM half written, not submitted"), None),
        # whom it was for, where the channel says so
        ("support-training", ("training_given", BOOK, "Restore drill, all came", "support team"), "strong"),
        ("learn-train/taught", ("training_given", BOOK, "Restore drill, all came", "support team"), "weak"),
        ("learn-train/taught", ("training_given", BOOK, "Restore drill, all came", "storage team"), "strong"),
        ("learn-train/taught", ("training_given", BOOK, "Two days at a customer", ""), "weak"),
        ("learn-train/learned", ("training_attended", BOOK, "Fire safety"), None),
        ("guide/attended", ("training_attended", BOOK, "Go, two days, extern", "Akademie"), None),
        # figures, tickets and plans
        ("feedback", ("training_given", BOOK, "Workshop; survey: 8 of 9 answered"), "strong"),
        ("feedback", ("training_given", BOOK, "Workshop; nobody was asked"), None),
        ("backlog", ("need", BOOK, "SREs want a dry run. LIT-145"), "strong"),
        ("identify/planned", ("training_given", BOOK, "eBPF for the team, scheduled"), "likely"),
        ("identify/planned", ("training_given", BOOK, "eBPF for the team, cancelled"), None),
        ("guide/decision", ("decision", BOOK, "Hold Rook, nobody here knows it"), "likely"),
        ("learn-train/taught", ("article", "feed", "Last week I took my team through eBPF"), "likely"),
        # whose it was, and what one is still learning
        ("tweets/learning", ("post", "x", "Passed the CKS today"), "strong"),
        ("tweets/learning", ("post", "x", "Congrats to Caio, who passed the CKS today"), None),
        ("learn-train/learned", ("post", "x", "Congrats to Caio, who passed the CKS today"), None),
        ("learn-train/learned", ("question", "reddit", "Learning Rust from C, week 3"), "likely"),
        ("learn-train/learned", ("question", "reddit", "Which Rust crate do you use?"), "weak"),
        ("tweets/company", ("post", "x", "Ran a bpftrace session for my team"), "likely"),
        ("talks/proposal", ("post", "x", "The KubeCon mail is in: we regret"), "likely"),
        ("surveys", ("post", "x", "just submitted this year's Stack Overflow survey"), "likely"),
        # other languages
        ("talks/given", ("post", "mastodon", "Hoje falei no DevOps Porto. Slides: https://a.pt/s"), "likely"),
        ("tweets/learning", ("post", "x", "Heute gelernt: etcd verdichtet faul"), "strong"),
        ("personas/database", ("talk", BOOK, "Para los DBA: demo en directo con PostgreSQL"), "strong"),
        ("requirements", ("note", BOOK, "Alle acht durch", "Schulungsboard"), "strong"),
    ],
)  # fmt: skip
def test_a_wording_decides(label: str, story: Story, given: str | None) -> None:
    assert strength(label, *story) == given


@pytest.mark.parametrize(
    ("title", "text", "given"),
    [
        ("XFS or ext4", "71 min, 52 min, 9 min. Bottom line: XFS on the NVMe", "strong"),
        ("XFS or ext4", "71 min, 52 min, 9 min. I'd run XFS on the NVMe", "likely"),
        ("XFS or ext4", "I'd run XFS on the NVMe", None),
        ("XFS or ext4", "71 min, 52 min, 9 min on the NVMe. You decide", None),
        ("Our XFS", "71 min, 52 min, 9 min. I'd run XFS on the NVMe", None),
    ],
)
def test_a_comparison_is_told_by_its_title_and_figures(title: str, text: str, given: str | None) -> None:
    assert strength("trends", "article", "feed", text, title=title) == given


@pytest.mark.parametrize(
    ("kind", "thread", "given"),
    [
        ("post", Thread(role=OPENED, replies=1), "weak"),
        ("post", Thread(role=OPENED, replies=2, own_messages=1), "strong"),
        ("question", Thread(role=OPENED, replies=1), "weak"),
        ("question", Thread(role=OPENED, replies=2), "likely"),
    ],
)
def test_an_own_post_is_a_discussion_once_its_author_answers(kind: str, thread: Thread, given: str) -> None:
    found = match(activity(kind, "reddit", "How do you back up etcd?", thread=thread), RULEBOOK, VOCABULARY)
    assert [m.strength.value for m in found.matches if (m.rule, m.reading) == ("discussion", "join")] == [given]


@pytest.mark.parametrize(
    ("text", "given"),
    [
        ("Take a snapshot of etcd every hour and restore it somewhere each week", "strong"),
        ("+1, etcd here too", "weak"),
        ("> Take a snapshot of etcd every hour and restore it somewhere each week\n\nthis", "weak"),
        ("先给etcd做快照，再恢复到另一个集群里验证一遍数据", "strong"),
    ],
)
def test_taking_part_takes_more_than_a_few_words_of_ones_own(text: str, given: str) -> None:
    joined = Thread(role=ThreadRole.JOINED)
    found = match(activity("reply", "reddit", text, thread=joined), RULEBOOK, VOCABULARY)
    assert [m.strength.value for m in found.matches if (m.rule, m.reading) == ("discussion", "join")] == [given]


def test_a_thread_of_which_nothing_is_left_leads_nothing() -> None:
    gone = replace(activity("post", "reddit", "[removed]", "r/kubernetes"), title="[deleted]")
    found = match(replace(gone, thread=Thread(role=OPENED, replies=9)), RULEBOOK, VOCABULARY)
    assert {m.strength.value for m in found.matches if m.rule == "discussion"} == {"weak"}


@pytest.mark.parametrize(
    ("text", "channel", "components"),
    [
        ("Kubera season 3 is slow", "r/manhwa", ()),
        ("Kubera season 3 is slow", "r/kubernetes", ("kubera",)),
        ("Kubera shows the volumes of a cluster", "r/manhwa", ("kubera",)),
        ("Is Litmus worth the money for one newsletter?", "r/emailmarketing", ()),
        ("litmus kills the pod in our e2e job", "r/QualityAssurance", ("litmus",)),
        ("LitmusChaos is worth the money", "r/emailmarketing", ("litmus",)),
        ("Mayastor", "r/manhwa", ("mayastor",)),
    ],
)
def test_a_name_that_means_something_else_too_counts_beside_the_trade_alone(
    text: str, channel: str, components: tuple[str, ...]
) -> None:
    found = match(activity("reply", "reddit", text, channel), RULEBOOK, VOCABULARY)
    assert found.tags.components == components


def test_what_is_said_in_public_is_not_searched_for_words_that_only_a_log_is_asked_for() -> None:
    said = match(activity("post", "x", "The survey of attendees, scheduled"), RULEBOOK, VOCABULARY)
    logged = match(activity("note", BOOK, "The survey of attendees, scheduled"), RULEBOOK, VOCABULARY)
    assert "not_held" in logged.tags.words
    assert "not_held" not in said.tags.words
