"""The rulebook file: what the shipped one says, and how a slip in it is told."""

import pytest

from advocacy import ladder
from advocacy.domain.activity import Platform
from advocacy.domain.rulebook import Rulebook
from advocacy.domain.rulebook_file import RulebookError, load
from advocacy.domain.target import Counting, Measure, Unit
from advocacy.domain.vocabulary import Vocabulary

RULES = """
[thanks]
title = "Say thanks"
section = "Manners"
sources = ["x"]

[thanks.much]
target = [[{ at_least = 2, per = "month" }]]

[[thanks.much.when]]
kinds = ["post"]
words = ["thanks"]
why = "You said {word}"

[thanks.some]
includes = ["much"]
target = [[{ at_least = 1 }]]
"""
PHRASES = '[thanks.much]\nrecognised_by = ["say thanks"]\n'


@pytest.fixture(scope="module")
def shipped() -> Rulebook:
    lists = Vocabulary.read(ladder.text("vocabulary.toml")).lists
    return load(ladder.text("rulebook.toml"), ladder.text("recognised_by.toml"), lists)


def test_all_rules_and_readings_are_shipped(shipped: Rulebook) -> None:
    assert {rule.id: tuple(r.id for r in rule.readings) for rule in shipped.rules.values()} == {
        "surveys": ("all",),
        "advocacy": ("strong", "plain"),
        "discussion": ("lead", "join"),
        "personas": ("all",),
        "talks": ("regular", "some"),
        "tweets": ("all",),
        "trends": ("all",),
        "learn-train": ("pair", "learn", "teach"),
        "guide": ("all",),
        "identify": ("all",),
        "writing": ("all",),
        "backlog": ("all",),
        "support-training": ("all",),
        "requirements": ("all",),
        "feedback": ("all",),
        "oss-areas": ("lead", "active"),
    }


def spoken(measure: Measure) -> str:
    """A measure in short: `2 items a month`, `1 items/given a quarter`."""
    facet = f"/{measure.facet}" if measure.facet else ""
    each = f" of {'+'.join(measure.each)}" if measure.each else ""
    return f"{measure.at_least} {measure.counting}{facet}{each} a {measure.per}"


@pytest.mark.parametrize(
    ("rule", "reading", "target"),
    [
        ("advocacy", "strong", [["2 items a month"], ["3 platforms a half_year"]]),
        ("discussion", "lead", [["2 items a month", "6 items a quarter"]]),
        ("discussion", "join", [["1 items a month"]]),
        ("personas", "all", [["1 items a month"], ["1 each of * a quarter"]]),
        (
            "talks",
            "regular",
            [
                ["1 items/proposal a month", "3 items/proposal a quarter"],
                ["1 items/given a quarter"],
                ["3 platforms a year"],
            ],
        ),
        ("tweets", "all", [["1 items a week"], ["1 each of learning+company+product a month"]]),
        ("trends", "all", [["1 items a quarter"]]),
        ("learn-train", "pair", [["1 pairs a quarter"]]),
        ("learn-train", "learn", [["1 items/learned a quarter"]]),
        ("learn-train", "teach", [["1 items/taught a quarter"]]),
        ("guide", "all", [["1 items/attended a month"], ["1 items/decision a quarter"]]),
        ("identify", "all", [["2 items/need a quarter"], ["1 items/planned a quarter"]]),
        ("writing", "all", [["1 items a month"]]),
        ("backlog", "all", [["3 items a quarter"]]),
        ("support-training", "all", [["1 items a quarter"]]),
        ("requirements", "all", [["1 items a quarter"]]),
        ("feedback", "all", [["1 items a quarter"]]),
        ("oss-areas", "lead", [["1 items a quarter"]]),
        ("oss-areas", "active", [["1 items a quarter"]]),
    ],
)
def test_the_default_targets(shipped: Rulebook, rule: str, reading: str, target: list[list[str]]) -> None:
    said = [[spoken(m) for m in group] for group in shipped.rules[rule].reading(reading).target]
    assert said == target


def test_surveys_want_all_that_was_asked(shipped: Rulebook) -> None:
    assert shipped.rules["surveys"].readings[0].target[0][0].counting is Counting.ASKED


def test_only_tweets_depend_on_one_source_alone(shipped: Rulebook) -> None:
    assert {r.id: r.alone for r in shipped.rules.values() if r.alone} == {"tweets": Platform.X}
    assert {r.id for r in shipped.rules.values() if r.sources} == {
        "advocacy", "discussion", "personas", "tweets", "trends",
    }  # fmt: skip


def test_a_rule_is_read_with_its_phrases() -> None:
    rule = load(RULES, PHRASES, {"thanks"}).rules["thanks"]
    assert (rule.title, rule.sources, rule.readings[0].recognised_by) == (
        "Say thanks",
        (Platform.X,),
        ("say thanks",),
    )
    assert rule.readings[0].target == ((Measure(at_least=2, per=Unit.MONTH),),)


def test_a_gentler_reading_includes_the_strict_ones_conditions() -> None:
    much, some = load(RULES, PHRASES).rules["thanks"].readings
    assert some.conditions == much.conditions


def test_the_fingerprint_changes_with_a_rule_and_with_a_phrase() -> None:
    prints = {
        load(RULES, PHRASES).fingerprint,
        load(RULES.replace("at_least = 2", "at_least = 3"), PHRASES).fingerprint,
        load(RULES, PHRASES.replace("say", "give")).fingerprint,
    }
    assert len(prints) == 3
    assert load("# a note\n" + RULES, PHRASES).fingerprint in prints


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('title = "Say thanks"', "", r"\[thanks\]: title is missing"),
        ("sources", "sauces", r"\[thanks\]: unknown key 'sauces'"),
        ('"x"', '"myspace"', r"\[thanks\]: sources: 'myspace' is not a valid Platform"),
        ('why = "You said {word}"', "", r"\[\[thanks.much.when\]\] 1: why is missing"),
        ("{word}", "{verb}", "unknown placeholder {verb}"),
        ("{word}", "{persona}", "why uses {persona}, so persona must be asked for"),
        ('kinds = ["post"]', 'kinds = ["shout"]', "kinds: 'shout' is not a valid Kind"),
        ('kinds = ["post"]', "min_others = true", "min_others must be a int"),
        ('words = ["thanks"]', 'words = ["cheers"]', "words names no word list of the vocabulary: 'cheers'"),
        ('includes = ["much"]', 'includes = ["more"]', "includes names an unknown reading 'more'"),
        ('includes = ["much"]', "", r"\[thanks.some\]: when is missing"),
        ("target = [[{ at_least = 1 }]]", "target = []", r"\[thanks.some\]: target must be"),
        ("at_least = 2", "at_least = 0", "at_least must be a whole number from 1"),
        ('"month"', '"fortnight"', "per: 'fortnight' is not a valid Unit"),
        ("[thanks]", "[thanks", "rulebook.toml is no TOML"),
    ],
)
def test_a_slip_is_told_by_table_and_key(old: str, new: str, message: str) -> None:
    assert old in RULES
    with pytest.raises(RulebookError, match=message):
        load(RULES.replace(old, new, 1), PHRASES, {"thanks"})


@pytest.mark.parametrize(
    ("phrases", "message"),
    [
        ("", r"\[thanks\]: recognised_by.toml has no phrase"),
        ('[cheers.all]\nrecognised_by = ["x"]', "there is no such rule"),
        ('[thanks.lots]\nrecognised_by = ["x"]', "the rule has no such reading"),
        ('[thanks.much]\nrecognized_by = ["x"]', "unknown key 'recognized_by'"),
    ],
)
def test_a_slip_in_the_phrases_is_told(phrases: str, message: str) -> None:
    with pytest.raises(RulebookError, match=message):
        load(RULES, phrases)
