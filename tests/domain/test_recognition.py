"""Sentences of many companies' role pages against the rules that stand behind them."""

import time
from pathlib import Path

import pytest

from advocacy import ladder
from advocacy.domain.ladder import read
from advocacy.domain.recognition import Recognition, recognise
from advocacy.domain.rulebook import Reading, Rule, Rulebook
from advocacy.domain.rulebook_file import load

LADDER = Path(__file__).parents[2] / "advocacy" / "ladder"


@pytest.fixture(scope="module")
def rulebook() -> Rulebook:
    """The rules that we ship."""
    return load(ladder.text("rulebook.toml"), ladder.text("recognised_by.toml"))


def recognised(sentence: str, rulebook: Rulebook) -> Recognition:
    page = read(f"# Role\n## Work\n- {sentence}\n", "role.md")
    return recognise(page, rulebook)[page.bullets[0].key]


HITS = [
    ("Fill in the yearly engagement survey", "surveys", "all"),
    ("Respond to internal and CNCF surveys", "surveys", "all"),
    ("Be a strong advocate for our product in the wider community", "advocacy", "strong"),
    ("Evangelise the platform outside the company", "advocacy", "plain"),
    ("Promotes the project in external forums and Slack channels", "advocacy", "plain"),
    ("Moderates debates in online communities", "discussion", "lead"),
    ("Starts conversations on Reddit", "discussion", "lead"),
    ("Takes part in community discussions", "discussion", "join"),
    ("Answer user questions on Stack Overflow", "discussion", "join"),
    ("Explain our personas to the public with concrete demos", "personas", "all"),
    ("Speak at conferences and meetups twice a year", "talks", "regular"),
    ("Submit at least one CFP to a conference each quarter", "talks", "regular"),
    ("Give a talk at a meetup", "talks", "some"),
    ("Has presented at an external conference", "talks", "some"),
    ("Tweets weekly about their work", "tweets", "all"),
    ("Share your learnings on LinkedIn or Mastodon", "tweets", "all"),
    ("Keeps up with industry trends", "trends", "all"),
    ("Researches the competitive landscape", "trends", "all"),
    ("Picks up new tools and teaches others", "learn-train", "pair"),
    ("Continuously learns new skills", "learn-train", "learn"),
    ("Earns certifications", "learn-train", "learn"),
    ("Mentor juniors", "learn-train", "teach"),
    ("Coaches new hires", "learn-train", "teach"),
    ("Shares knowledge with colleagues", "learn-train", "teach"),
    ("Advise teams on which technology to adopt", "guide", "all"),
    ("Spots training needs", "identify", "all"),
    ("Organise workshops across the organisation", "identify", "all"),
    ("Encourage engineers to publish blog posts", "writing", "all"),
    ("Gathers user needs and brings them into the roadmap", "backlog", "all"),
    ("Enablement of the support desk", "support-training", "all"),
    ("Teach the support engineers about each release", "support-training", "all"),
    ("Own the intake of training requests", "requirements", "all"),
    ("Collects feedback from workshop participants", "feedback", "all"),
    ("Maintainer of an upstream component", "oss-areas", "lead"),
    ("Chairs a working group in a CNCF project", "oss-areas", "lead"),
    ("Contributes to open-source projects", "oss-areas", "active"),
]

MISSES = [
    "Design surveys for customers",
    "Analyse survey results",
    "Promote code quality in the project",
    "Lead design discussions within the team",
    "Regular talks with each member of your team",
    "Respond to customer tweets",
    "Analyse performance trends of the service",
    "Personal development of the team is planned",
    "Learn the tool for time tracking",
    "Write blog posts",
    "Help the documentation team to write guides",
    "Groom the backlog with the product owner",
    "Empower the support team to solve issues themselves",
    "Give honest feedback in code reviews",
    "Lead a team of five engineers",
    "Review open source licences",
    "Choose good names for variables",
    "Identify risks across the company",
    "Improve the release process",
    "Write project proposals for customers",
    "Talk to customers regularly",
    "Present the state of the project to stakeholders",
]


@pytest.mark.parametrize(("sentence", "rule", "reading"), HITS)
def test_other_companies_words_find_the_rule(sentence: str, rule: str, reading: str, rulebook: Rulebook) -> None:
    found = recognised(sentence, rulebook)
    assert (found.rule, found.reading) == (rule, reading), found.reason


@pytest.mark.parametrize("sentence", MISSES)
def test_a_sentence_that_only_sounds_like_a_rule_finds_none(sentence: str, rulebook: Rulebook) -> None:
    found = recognised(sentence, rulebook)
    assert found.rule is None, found.reason


@pytest.mark.parametrize(
    ("slipped", "right", "rule"),
    [
        ("Completeing surveyes", "Completing surveys", "surveys"),
        ("Identifing traning needs", "Identifying training needs", "identify"),
        ("Contribute to opersource projects", "Contribute to opensource projects", "oss-areas"),
        ("Guide the team on chosing a technolgy", "Guide the team on choosing a technology", "guide"),
    ],
)
def test_typing_slips_are_forgiven(slipped: str, right: str, rule: str, rulebook: Rulebook) -> None:
    assert recognised(slipped, rulebook).rule == recognised(right, rulebook).rule == rule


def test_the_reason_names_the_phrase_the_words_and_the_slip(rulebook: Rulebook) -> None:
    assert recognised("Completing survveys", rulebook).reason == (
        "Like “complete survey”: it has completing and survveys; read “survveys” as survey."
    )


def test_what_is_not_recognised_says_what_was_missing(rulebook: Rulebook) -> None:
    found = recognised("Motivate the team", rulebook)
    assert (found.rule, found.reason) == (None, "Nearest is writing, “motivate team write”, but write is not in it.")
    assert recognised("Keep an eye on the release rhythm", rulebook).reason.endswith(" are not in it.")


def test_two_rules_alike_are_left_to_a_person() -> None:
    rules = {
        name: Rule(
            id=name,
            title=name,
            section="",
            readings=(Reading(id="all", recognised_by=("water plants",), conditions=(), target=()),),
        )
        for name in ("one", "two")
    }
    found = recognised("Water the plants", Rulebook(rules=rules, fingerprint=""))
    assert (found.rule, found.reason) == (None, "It reads like one as much as like two: please choose.")


def test_the_section_of_the_rule_helps_a_little() -> None:
    rule = Rule(
        id="one",
        title="One",
        section="Work",
        readings=(Reading(id="all", recognised_by=("water plants",), conditions=(), target=()),),
    )
    away = Rule(id="one", title="One", section="Elsewhere", readings=rule.readings)
    sentence = "Water the plants of our many kind neighbours"
    near, far = (recognised(sentence, Rulebook(rules={"one": r}, fingerprint="")).score for r in (rule, away))
    assert near - far == pytest.approx(0.05)


def test_a_sentence_of_small_words_alone_finds_none(rulebook: Rulebook) -> None:
    assert recognised("To be or not to be", rulebook).rule is None


def test_the_starter_page_has_every_rule_under_its_own_name(rulebook: Rulebook) -> None:
    page = read((LADDER / "starter.md").read_bytes(), "starter.md")
    found = recognise(page, rulebook)
    assert {key: said.rule for key, said in found.items() if said.rule} == {name: name for name in rulebook.rules}
    assert {found[name].reading for name in rulebook.rules} == {"all", "strong", "lead", "regular", "pair"}
    assert (page.title, page.problems) == ("Lead engineer", ())


def test_a_page_of_thirty_bullets_is_recognised_within_50_ms(rulebook: Rulebook) -> None:
    page = read((LADDER / "starter.md").read_bytes(), "starter.md")
    recognise(page, rulebook)
    times = []
    for _ in range(5):
        begun = time.perf_counter()
        recognise(page, rulebook)
        times.append(time.perf_counter() - begun)
    assert min(times) < 0.05
