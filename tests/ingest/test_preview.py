"""What an address would give, told before anybody agrees to it."""

from datetime import UTC, datetime

import pytest

from advocacy.domain.activity import Activity
from advocacy.rules import Rules, load
from advocacy.settings import Settings
from ingest.preview import SHOWN, preview
from ingest.source import Refused
from tests.ingest.platform import OFF_TOPIC, Blogs, post

BLOG = "https://blog.example/feed"
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def rules() -> Rules:
    return load(Settings())


def shown(rules: Rules, *items: Activity, author: str = "") -> dict[str, object]:
    blogs = Blogs(log={BLOG: list(items)})
    return preview(blogs, BLOG, author, "UTC", rules, NOW)


def test_the_newest_items_are_shown_with_the_reason(rules: Rules) -> None:
    found = shown(rules, post(0), post(1, OFF_TOPIC), post(2, "Volume snapshots on Kubernetes"))
    assert (found["title"], found["seen"], found["kept"], found["problem"]) == ("A blog", 3, 2, "")
    assert [(item["title"], item["kept"], item["why"]) for item in found["items"]] == [  # type: ignore[attr-defined]
        ("Post 2", True, "names snapshots, kubernetes"),
        ("Post 1", False, "not about work: no word of the vocabulary and no rule meets it"),
        ("Post 0", True, "Speaks of OpenEBS in blog.example, outside the company's own channels"),
    ]


def test_a_long_blog_shows_a_screenful(rules: Rules) -> None:
    found = shown(rules, *(post(n) for n in range(45)))
    assert (found["seen"], found["kept"], len(found["items"])) == (45, 45, SHOWN)  # type: ignore[arg-type]


def test_an_author_that_nobody_is_gets_the_names_there_are(rules: Rules) -> None:
    found = shown(rules, post(0, authors=("Otto",)), post(1, authors=("Anna", "Otto")), author="Asha")
    assert (found["kept"], found["authors"], found["problem"]) == (
        0,
        ["Anna", "Otto"],
        "no entry is by 'Asha'; the names that the feed carries are listed below",
    )


def test_a_refusal_is_told_in_its_own_words(rules: Rules) -> None:
    blogs = Blogs(said={BLOG: [Refused("this is a page")]})
    found = preview(blogs, BLOG, "", "UTC", rules, NOW)
    assert (found["problem"], found["seen"], found["items"]) == ("this is a page", 0, [])
