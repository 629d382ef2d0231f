"""Minimal pairs for every rule: what is evidence, and what only looks like it."""

from datetime import UTC, datetime

import pytest

from advocacy import ladder
from advocacy.domain.activity import NO_THREAD, Activity, Kind, Platform, Thread, ThreadRole
from advocacy.domain.matching import match, relevant, strictest
from advocacy.domain.rulebook import Strength
from advocacy.domain.rulebook_file import load
from advocacy.domain.vocabulary import Vocabulary

VOCABULARY = Vocabulary.read(ladder.text("vocabulary.toml"))
RULEBOOK = load(ladder.text("rulebook.toml"), ladder.text("recognised_by.toml"), VOCABULARY.lists)
Story = tuple[str, ...]  # kind, platform, text, channel, url
OPENED, ANSWERED, SUSTAINED = ThreadRole.OPENED, ThreadRole.ANSWERED, ThreadRole.SUSTAINED


def activity(
    kind: str, platform: str, text: str, channel: str = "", url: str = "", *, thread: Thread = NO_THREAD
) -> Activity:
    return Activity(
        ref=f"{platform}:1",
        kind=Kind(kind),
        platform=Platform(platform),
        at=datetime(2026, 5, 4, tzinfo=UTC),
        text=text,
        channel=channel,
        url=url,
        thread=thread,
    )


def judged(*story: str, thread: Thread = NO_THREAD) -> dict[str, str]:
    found = match(activity(*story, thread=thread), RULEBOOK, VOCABULARY)
    return {m.rule: m.strength.value for m in strictest(found.matches, RULEBOOK)}


QUESTION = "How do you back up etcd?"
BOOK = "manual"


@pytest.mark.parametrize(
    ("rule", "story", "strength"),
    [
        ("surveys", ("survey", BOOK, "CNCF survey"), "strong"),
        ("surveys", ("survey", BOOK, "CNCF survey, not completed"), None),
        ("advocacy", ("reply", "reddit", "Mayastor can do that", "r/kubernetes"), "strong"),
        ("advocacy", ("reply", "reddit", "Longhorn can do that", "r/kubernetes"), None),
        ("advocacy", ("reply", "reddit", "Mayastor can do that", "r/openebs"), None),
        ("advocacy", ("article", "feed", "cStor pools", "", "https://asha.example/cstor"), "strong"),
        ("advocacy", ("article", "feed", "cStor pools", "", "https://openebs.io/blog/cstor"), None),
        ("advocacy", ("note", "slack", "Helped 4 people with Jiva", "#kubernetes-users"), "strong"),
        ("personas", ("article", "dev", "SREs, drain a node: `kubectl drain n1`"), "strong"),
        ("personas", ("article", "dev", "SREs, drain a node with care"), "weak"),
        ("personas", ("article", "dev", "Drain a node: `kubectl drain n1`"), None),
        ("talks", ("talk", BOOK, "Storage night"), "strong"),
        ("talks", ("proposal", BOOK, "Storage night, declined"), "strong"),
        ("talks", ("post", "x", "My talk on Helm: slides at https://speakerdeck.com/a/b"), "likely"),
        ("talks", ("post", "x", "A great talk by Mo on Helm, with slides"), None),
        ("tweets", ("post", "x", "TIL that etcd compacts lazily"), "strong"),
        ("tweets", ("post", "x", "RT @mo: TIL that etcd compacts lazily"), None),
        ("tweets", ("post", "x", "Coffee first"), None),
        ("tweets", ("post", "x", "A good week at MayaData"), "strong"),
        ("tweets", ("reply", "x", "Mayastor, yes"), "weak"),
        ("tweets", ("post", "reddit", "TIL that etcd compacts lazily"), None),
        ("trends", ("note", BOOK, "Loki vs ELK: bottom line, Loki is cheaper"), "strong"),
        ("trends", ("note", BOOK, "Loki vs ELK: both have friends"), "weak"),
        ("trends", ("note", BOOK, "Loki vs ELK: no verdict yet, conclusion later"), "weak"),
        ("learn-train", ("learning", BOOK, "A book on eBPF"), "strong"),
        ("learn-train", ("training_given", BOOK, "eBPF for the team"), "strong"),
        ("learn-train", ("training_given", BOOK, "eBPF for the team, next week"), "weak"),
        ("learn-train", ("post", "x", "A picture of eBPF bees"), None),
        ("guide", ("training_attended", BOOK, "Mo's session on eBPF"), "strong"),
        ("guide", ("training_attended", BOOK, "A Udemy course on eBPF"), None),
        ("guide", ("decision", BOOK, "Adopt Loki because it is cheaper"), "strong"),
        ("guide", ("decision", BOOK, "Loki"), "weak"),
        ("identify", ("need", BOOK, "Support asks for a workshop on cStor, from RCA 12"), "strong"),
        ("identify", ("need", BOOK, "SREs need quotas, see the backlog"), None),
        ("writing", ("review", BOOK, "Mo's draft on ZFS"), "strong"),
        ("writing", ("review", BOOK, "Mo's change to the CSI driver"), None),
        ("backlog", ("need", BOOK, "SREs need quotas: https://github.com/a/b/issues/9"), "strong"),
        ("backlog", ("need", BOOK, "SREs need quotas"), "weak"),
        ("support-training", ("training_given", BOOK, "Pools, for the support team"), "strong"),
        ("support-training", ("training_given", BOOK, "Pools, for the support team, scheduled"), "weak"),
        ("support-training", ("training_given", BOOK, "Pools, for the new developers"), None),
        ("requirements", ("note", BOOK, "Went through the training requests, closed two"), "strong"),
        ("requirements", ("note", BOOK, "Went through the pull requests, closed two"), None),
        ("feedback", ("note", BOOK, "Session feedback: 8 answered, average 4.2"), "strong"),
        ("feedback", ("note", BOOK, "Session feedback was nice"), "weak"),
        ("feedback", ("note", BOOK, "Code review feedback was nice"), None),
        ("oss-areas", ("note", BOOK, "I am now a reviewer in sig-storage"), "strong"),
        ("oss-areas", ("note", BOOK, "I am now on holiday"), None),
        ("oss-areas", ("review", "github", "Guard the nil map", "kubernetes/kubernetes"), "strong"),
        ("oss-areas", ("review", "github", "Guard the nil map", "openebs/mayastor"), None),
    ],
)
def test_evidence_and_what_only_looks_like_it(rule: str, story: Story, strength: str | None) -> None:
    assert judged(*story).get(rule) == strength


@pytest.mark.parametrize(
    ("kind", "thread", "strength"),
    [
        ("post", Thread(role=OPENED, replies=3), "strong"),
        ("post", Thread(role=OPENED, replies=2), None),
        ("post", Thread(role=OPENED, replies=9, participants=4), "strong"),
        ("post", Thread(role=OPENED, replies=9, participants=3), None),
        ("post", Thread(role=OPENED), None),
        ("post", Thread(replies=3), "likely"),
        ("answer", Thread(role=ANSWERED, accepted=True), "strong"),
        ("answer", Thread(role=ANSWERED, accepted=False), None),
        ("question", Thread(role=OPENED, accepted=True), None),
        ("answer", Thread(role=ANSWERED, rank=1), "strong"),
        ("answer", Thread(role=ANSWERED, rank=2), None),
        ("reply", Thread(role=SUSTAINED, own_messages=3, replies=2), "strong"),
        ("reply", Thread(role=SUSTAINED, own_messages=2, replies=2), None),
        ("reply", Thread(role=ThreadRole.MODERATED), "strong"),
        ("reply", Thread(role=ThreadRole.JOINED), None),
    ],
)
def test_leading_a_discussion(kind: str, thread: Thread, strength: str | None) -> None:
    assert judged(kind, "reddit", QUESTION, "r/kubernetes", thread=thread).get("discussion") == strength


def test_talk_of_cats_leads_nothing() -> None:
    thread = Thread(role=OPENED, replies=90)
    assert judged("post", "reddit", "My cat sleeps", "r/aww", thread=thread) == {}


def readings(rule: str, *story: str, thread: Thread = NO_THREAD) -> list[str]:
    found = match(activity(*story, thread=thread), RULEBOOK, VOCABULARY)
    return [m.reading for m in found.matches if m.rule == rule]


def test_leading_satisfies_the_gentler_wording_and_joining_only_that() -> None:
    led = Thread(role=OPENED, replies=4)
    assert readings("discussion", "post", "reddit", QUESTION, thread=led) == ["lead", "join"]
    assert readings("discussion", "reply", "reddit", "etcd needs fsync") == ["join"]
    assert readings("advocacy", "reply", "reddit", "Mayastor") == ["strong", "plain"]


@pytest.mark.parametrize(
    ("story", "facets"),
    [
        (("post", "x", "TIL our team ships Mayastor"), ["learning", "company", "product"]),
        (("proposal", BOOK, "Chaos"), ["proposal"]),
        (("learning", BOOK, "eBPF on Linux"), ["learned/ebpf", "learned/linux"]),
        (("learning", BOOK, "Juggling"), ["learned"]),
        (("training_given", BOOK, "Helm"), ["taught/helm"]),
        (("need", BOOK, "Workshop on ZFS, scheduled"), ["need", "planned"]),
        (("article", "dev", "SREs and DBAs: `kubectl get pv`"), ["sre", "database-administrator"]),
    ],
)
def test_what_is_counted_apart_is_matched_apart(story: Story, facets: list[str]) -> None:
    rules = {"post": "tweets", "proposal": "talks", "need": "identify", "article": "personas"}
    found = match(activity(*story), RULEBOOK, VOCABULARY).matches
    rule = RULEBOOK.rules[rules.get(story[0], "learn-train")]
    assert [m.facet for m in found if (m.rule, m.reading) == (rule.id, rule.readings[0].id)] == facets


@pytest.mark.parametrize(
    ("rule", "story", "thread", "why"),
    [
        (
            "discussion",
            ("post", "reddit", QUESTION, "r/kubernetes"),
            Thread(role=OPENED, replies=5),
            "You opened this thread in r/kubernetes and 5 others replied",
        ),
        (
            "discussion",
            ("answer", "stackexchange", QUESTION),
            Thread(accepted=True),
            "Accepted answer in Stack Exchange",
        ),
        (
            "personas",
            ("article", "dev", "SREs: `kubectl get pv`"),
            NO_THREAD,
            "Names the persona SRE and carries a code block",
        ),
        (
            "tweets",
            ("post", "x", "TIL {topic} of etcd"),
            NO_THREAD,
            'Your own post on X about something learned ("TIL")',
        ),
    ],
)
def test_the_reason_is_a_sentence_with_the_facts(rule: str, story: Story, thread: Thread, why: str) -> None:
    found = match(activity(*story, thread=thread), RULEBOOK, VOCABULARY)
    assert next(m.why for m in found.matches if m.rule == rule) == why


def test_what_is_named_only_late_in_a_long_text_is_not_its_subject() -> None:
    late = "A long walk through the release. " * 40 + "Loki vs ELK: bottom line, Loki wins for us."
    assert judged("article", "feed", late) == {"trends": "weak"}


def test_off_topic_posts_are_not_relevant() -> None:
    assert not relevant(match(activity("post", "x", "Lovely weather"), RULEBOOK, VOCABULARY))
    assert relevant(match(activity("post", "x", "Lovely etcd"), RULEBOOK, VOCABULARY))
    assert relevant(match(activity("talk", BOOK, "Evening"), RULEBOOK, VOCABULARY))


def test_the_same_activity_is_judged_the_same() -> None:
    story = activity("article", "feed", "TIL: Mayastor vs Longhorn, bottom line for SREs: `kubectl top`")
    assert match(story, RULEBOOK, VOCABULARY) == match(story, RULEBOOK, VOCABULARY)
    assert {m.strength for m in match(story, RULEBOOK, VOCABULARY).matches} >= {Strength.STRONG}
