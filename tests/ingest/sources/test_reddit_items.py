"""A thing of Reddit's API becomes an activity, or is left out for a reason."""

from datetime import UTC, datetime
from typing import Any

import pytest

from advocacy.domain.activity import Activity, Kind, Platform, Thread, ThreadRole
from advocacy.domain.examples import example
from advocacy.domain.own_places import OwnPlaces
from ingest.source import Gone
from ingest.sources.reddit_items import Skipped, activity
from ingest.sources.reddit_text import plain

POST: dict[str, Any] = {
    "name": "t3_1abc",
    "author": "asha_k",
    "subreddit": "kubernetes",
    "subreddit_name_prefixed": "r/kubernetes",
    "permalink": "/r/kubernetes/comments/1abc/a_lab/",
    "created_utc": 1795000000.0,
    "title": "A lab  for R&D",
    "selftext": "Look & see",
    "is_self": True,
    "url": "https://www.reddit.com/r/kubernetes/comments/1abc/a_lab/",
    "num_comments": 4,
    "score": 17,
}
COMMENT: dict[str, Any] = {
    "name": "t1_9xyz",
    "author": "asha_k",
    "subreddit": "kubernetes",
    "permalink": "/r/kubernetes/comments/1abc/how/9xyz/",
    "created_utc": 1795000100,
    "body": "Use &amp; escape it",
    "link_id": "t3_1abc",
    "parent_id": "t3_1abc",
    "link_title": "How do I resize a volume?",
    "link_author": "stranger",
    "num_comments": 40,
    "score": 3,
}


def made(thing: dict[str, Any], **more: Any) -> Activity:
    one = activity({**thing, **more})
    assert isinstance(one, Activity)
    return one


def test_a_post_is_what_its_author_wrote_where_and_how_it_was_taken() -> None:
    assert made(POST) == Activity(
        ref="reddit:t3_1abc",
        kind=Kind.POST,
        platform=Platform.REDDIT,
        at=datetime(2026, 11, 18, 11, 6, 40, tzinfo=UTC),
        text="Look & see",
        channel="r/kubernetes",
        url="https://www.reddit.com/r/kubernetes/comments/1abc/a_lab/",
        title="A lab for R&D",
        thread=Thread(key="reddit:t3_1abc", role=ThreadRole.OPENED, replies=4),
        metrics={"score": 17, "replies": 4},
        authors=("asha_k",),
    )


def test_a_comment_carries_the_title_of_its_thread_and_no_numbers_of_others() -> None:
    one = made(COMMENT)
    assert (one.ref, one.kind, one.title) == ("reddit:t1_9xyz", Kind.REPLY, "How do I resize a volume?")
    assert one.thread == Thread(key="reddit:t3_1abc", role=ThreadRole.ANSWERED)
    assert (one.metrics, one.url) == ({"score": 3}, "https://www.reddit.com/r/kubernetes/comments/1abc/how/9xyz/")
    assert one.text == "Use &amp; escape it"


@pytest.mark.parametrize(
    ("more", "role"),
    [
        ({"parent_id": "t1_8"}, ThreadRole.JOINED),
        ({"link_title": "OpenEBS 4.2 is out"}, ThreadRole.JOINED),
        ({"link_author": "Asha_K"}, ThreadRole.JOINED),
        ({"is_submitter": True}, ThreadRole.JOINED),
        ({"distinguished": "moderator"}, ThreadRole.MODERATED),
        ({"link_title": None, "link_author": None}, ThreadRole.UNKNOWN),
        ({"link_title": None, "parent_id": "t1_8"}, ThreadRole.JOINED),
    ],
)
def test_what_somebody_was_in_a_thread(more: dict[str, Any], role: ThreadRole) -> None:
    assert made(COMMENT, **more).thread.role is role


@pytest.mark.parametrize(
    ("url", "shares"),
    [
        ("https://asha.example/lab?utm_source=reddit#top", ("https://asha.example/lab",)),
        ("/r/openebs/comments/9/first/", ("https://www.reddit.com/r/openebs/comments/9/first/",)),
        ("https://i.redd.it/picture.png", ()),
        ("https://www.reddit.com/gallery/1abc", ()),
        ("javascript:alert(1)", ()),
        (None, ()),
    ],
)
def test_a_link_post_shares_its_link(url: str | None, shares: tuple[str, ...]) -> None:
    assert made(POST, is_self=False, selftext="", url=url).shares == shares


def test_a_hidden_score_is_not_known() -> None:
    assert made(COMMENT, score=1, score_hidden=True).metrics == {}
    assert made(POST, score=1, hide_score=True).metrics == {"replies": 4}


def test_what_stands_on_a_persons_own_page_has_that_as_its_channel() -> None:
    assert made(POST, subreddit="u_asha_k", subreddit_name_prefixed="u/asha_k").channel == "u/asha_k"
    assert made(POST, subreddit="u_asha_k", subreddit_name_prefixed=None).channel == "u/asha_k"


def test_the_channel_is_one_that_our_own_places_know() -> None:
    own = OwnPlaces(["r/kubernetes"])
    assert own.hold(made(POST).channel, "")
    assert own.hold("", made(POST).url)
    assert not own.hold(made(POST, subreddit="k8s", subreddit_name_prefixed="r/k8s").channel, "")


GONE = Gone(ref="reddit:t3_1abc")


@pytest.mark.parametrize(
    ("more", "gone"),
    [
        ({"author": None}, GONE),
        ({"author": "[deleted]"}, GONE),
        ({"selftext": "[deleted]"}, GONE),
        ({"selftext": "[removed]"}, GONE),
        ({"removed_by_category": "deleted"}, GONE),
        ({"removed_by_category": "moderator"}, Gone(ref="reddit:t3_1abc", for_good=False)),
        ({"promoted": True}, None),
        ({"created_utc": "yesterday"}, None),
        ({"created_utc": float("nan")}, None),
        ({"created_utc": 10**400}, None),
        ({"created_utc": -5}, None),
    ],
)
def test_what_is_no_activity_says_why(more: dict[str, Any], gone: Gone | None) -> None:
    one = activity({**POST, **more})
    assert isinstance(one, Skipped)
    assert (one.gone, bool(one.reason), one.ref) == (gone, True, "reddit:t3_1abc")


@pytest.mark.parametrize("name", [None, 7, "", "t5_abc", "t3_" + "a" * 400, "t3_\x00", "T3_ABC", {"a": 1}])
def test_what_has_no_name_of_reddits_is_left_out(name: Any) -> None:
    assert isinstance(activity({**POST, "name": name}), Skipped)


@pytest.mark.parametrize("odd", [None, 7, [], {}, "x" * 200_000, "\x00\ud800", 2**70, float("inf")])
def test_case_40_odd_values_anywhere_raise_nothing(odd: Any) -> None:
    for base in (POST, COMMENT):
        for key in base:
            assert isinstance(activity({**base, key: odd}), Activity | Skipped)


def test_code_that_is_only_indented_gets_fences() -> None:
    text = "Do this:\n\n    kubectl get pvc\n    \n    kubectl get pv\n\nand see."
    assert plain(text) == "Do this:\n\n```\nkubectl get pvc\n\nkubectl get pv\n```\n\nand see."
    assert example(plain(text)) == "code block"
    assert plain("\tfio --name=x") == "```\nfio --name=x\n```"


@pytest.mark.parametrize(
    "text",
    [
        "- one\n\n    more of one\n- two",
        "```\n    kept\n```",
        "~~~\n\n    kept\n~~~",
        "a line\n    that goes on",
        "1. step\n\n    its words",
    ],
)
def test_what_is_indented_for_another_reason_stays(text: str) -> None:
    assert plain(text) == text


def test_fillers_of_the_editor_go() -> None:
    assert plain("one\n\n&#x200B;\n\ntwo") == "one\n\n \n\ntwo"
