"""Posts of X as activities: both spellings, edits, long texts, links, what they are to other posts."""

from datetime import UTC, datetime
from typing import Any

import pytest

from advocacy.domain.activity import Activity, Kind, Thread, ThreadRole
from advocacy.domain.normal import content_hash, normal
from ingest.source import Unreadable
from ingest.sources.x_account import id_at
from ingest.sources.x_posts import REPOST, WITHHELD, Skipped, activity

AT = datetime(2026, 11, 10, 10, 0, 5, tzinfo=UTC)
ID = str(id_at(AT) + 7)
LATER = str(id_at(AT.replace(minute=20)) + 7)


def post(**more: Any) -> dict[str, Any]:
    plain = {
        "id": ID,
        "text": "Mayastor on Kubernetes",
        "author_id": "11",
        "created_at": "2026-11-10T10:00:05.000Z",
        "conversation_id": ID,
        "lang": "en",
        "edit_history_tweet_ids": [ID],
        "public_metrics": {"like_count": 3, "reply_count": 2, "retweet_count": 1, "quote_count": 0},
    }
    return {name: value for name, value in {**plain, **more}.items() if value is not None}


def made(**more: Any) -> Activity:
    told = activity(post(**more))
    assert isinstance(told, Activity)
    return told


def link(short: str, **where: str) -> dict[str, Any]:
    return {"start": 0, "end": 23, "url": short, "display_url": "…", **where}


def test_a_post_that_begins_its_conversation() -> None:
    told = made()
    assert (told.ref, told.kind, told.at, told.text) == (f"x:{ID}", Kind.POST, AT, "Mayastor on Kubernetes")
    assert (told.url, told.channel, told.lang) == (f"https://x.com/i/status/{ID}", "X", "en")
    assert told.thread == Thread(key=f"x:{ID}", role=ThreadRole.OPENED, replies=2)
    assert told.metrics == {"likes": 3, "replies": 2, "reposts": 1, "quotes": 0}
    assert normal(told) is told


def test_the_newest_spelling_says_the_same() -> None:
    old = post(
        note_tweet={"text": "long &amp; whole"},
        referenced_tweets=[{"type": "quoted", "id": "99"}],
        edit_history_tweet_ids=[ID, LATER],
        id=LATER,
    )
    renamed = {"note_tweet": "note_post", "referenced_tweets": "referenced_posts"}
    renamed |= {"edit_history_tweet_ids": "edit_history_post_ids"}
    assert activity({renamed.get(name, name): value for name, value in old.items()}) == activity(old)


def test_views_and_bookmarks_as_far_as_they_are_told() -> None:
    told = {"impression_count": 800, "bookmark_count": 2, "like_count": "many", "reply_count": -1, "other": 5}
    assert made(public_metrics=told).metrics == {"views": 800, "bookmarks": 2}


def test_no_views_is_what_x_says_of_a_time_when_it_did_not_count_them() -> None:
    assert made(public_metrics={"impression_count": 0, "like_count": 0}).metrics == {"likes": 0}


def test_an_edit_keeps_the_first_id_its_date_and_its_conversation() -> None:
    first = made(edit_history_tweet_ids=[ID, LATER])
    edited = made(
        id=LATER,
        edit_history_tweet_ids=[ID, LATER],
        conversation_id=LATER,
        created_at="2026-11-10T10:20:05.000Z",
        text="Mayastor on Kubernetes, corrected",
    )
    assert (edited.ref, edited.at, edited.url, edited.thread) == (first.ref, first.at, first.url, first.thread)
    assert content_hash(edited) != content_hash(first)


def test_numbers_alone_are_no_edit() -> None:
    assert content_hash(made(public_metrics={"like_count": 99})) == content_hash(made())


def test_a_long_text_is_taken_whole_with_its_own_links() -> None:
    whole = {"text": "a" * 600 + " https://t.co/long", "entities": {"urls": [link("https://t.co/long")]}}
    whole["entities"]["urls"][0]["expanded_url"] = "https://blog.example/x"  # type: ignore[index]
    told = made(text="a" * 275 + "…", note_tweet=whole)
    assert told.text == "a" * 600 + " https://blog.example/x"
    assert told.shares == ("https://blog.example/x",)


def test_short_links_are_written_out_and_told_as_what_is_shared() -> None:
    links = [
        link("https://t.co/one", expanded_url="http://bit.ly/1", unwound_url="https://Blog.Example/x?utm_source=x"),
        link("https://t.co/two", expanded_url="https://dev.to/asha/y"),
        link("https://t.co/pic", expanded_url="https://x.com/asha/status/5/photo/1", media_key="3_5"),
        link("https://t.co/vid", expanded_url="https://twitter.com/asha/status/5/video/1"),
        link("https://t.co/bad", expanded_url="javascript:alert(1)"),
    ]
    told = made(text="Read https://t.co/one and https://t.co/two https://t.co/pic", entities={"urls": links})
    assert told.text == "Read https://blog.example/x and https://dev.to/asha/y"
    assert told.shares == ("https://blog.example/x", "https://dev.to/asha/y")


def test_entities_are_unescaped_once_and_not_within_links() -> None:
    links = [link("https://t.co/q", expanded_url="https://a.example/?x=1&copy=2")]
    told = made(text="&lt;b&gt; &amp;amp; https://t.co/q", entities={"urls": links})
    assert told.text == "<b> &amp; https://a.example/?x=1&copy=2"


def test_a_quote_is_an_own_post_that_shares_what_it_quotes() -> None:
    links = [link("https://t.co/q", expanded_url="https://twitter.com/lena/status/77?s=20")]
    told = made(
        referenced_tweets=[{"type": "quoted", "id": "77"}], text="So true https://t.co/q", entities={"urls": links}
    )
    assert (told.kind, told.thread.role) == (Kind.POST, ThreadRole.OPENED)
    assert told.shares == ("https://x.com/i/status/77",)
    assert told.text == "So true https://x.com/i/status/77"


def test_a_reply_to_somebody_else_joins_their_conversation() -> None:
    told = made(referenced_tweets=[{"type": "replied_to", "id": "5"}], in_reply_to_user_id="12", conversation_id="4")
    assert (told.kind, told.thread) == (Kind.REPLY, Thread(key="x:4", role=ThreadRole.JOINED, replies=2))


def test_an_own_reply_goes_on_with_the_thread() -> None:
    told = made(referenced_tweets=[{"type": "replied_to", "id": "5"}], in_reply_to_user_id="11", conversation_id="5")
    assert (told.kind, told.thread) == (Kind.POST, Thread(key="x:5", role=ThreadRole.UNKNOWN, replies=2))


def test_a_post_that_begins_with_a_name_is_no_reply() -> None:
    told = made(text="@lena look", in_reply_to_user_id="12")
    assert (told.kind, told.thread.role) == (Kind.POST, ThreadRole.OPENED)


def test_where_the_conversation_is_not_told_the_role_is_unknown() -> None:
    told = made(conversation_id=None, public_metrics=None)
    assert (told.thread, dict(told.metrics)) == (Thread(), {})


def test_a_repost_is_passed_over_with_its_reason() -> None:
    reposted = post(text="RT @lena: hello", referenced_tweets=[{"type": "retweeted", "id": "77"}])
    assert activity(reposted) == Skipped(f"x:{ID}", REPOST)


def test_a_repost_that_is_wanted_says_that_it_is_one() -> None:
    told = activity(post(text="RT @lena: hello", referenced_tweets=[{"type": "retweeted", "id": "77"}]), reposts=True)
    assert isinstance(told, Activity)
    assert told.text == "RT @lena: hello"


def test_a_withheld_post_is_not_taken_for_its_authors_words() -> None:
    notice = "@asha's account has been withheld in India in response to a legal demand. Learn more."
    assert activity(post(text=notice, withheld={"country_codes": ["IN"]})) == Skipped(f"x:{ID}", WITHHELD)


@pytest.mark.parametrize("language", ["und", "qme", "zxx", None, 7])
def test_no_language_is_told_as_none(language: object) -> None:
    assert made(lang=language).lang == ""


def test_without_a_date_the_id_tells_the_moment() -> None:
    assert (made(created_at=None).at, made(created_at="2026-13-40Z").at) == (AT, AT)


@pytest.mark.parametrize(
    "odd",
    [
        {"id": None, "edit_history_tweet_ids": None},
        {"id": "../../x", "edit_history_tweet_ids": ["<b>"]},
        {"id": "20", "edit_history_tweet_ids": ["20"], "created_at": None},
        {"id": "9" * 5000, "edit_history_tweet_ids": None},
    ],
)
def test_what_has_no_identity_or_no_date_is_kept_raw(odd: dict[str, Any]) -> None:
    told = activity({**post(), **odd})
    assert isinstance(told, Unreadable)
    assert (told.ref.startswith("x:"), bool(told.reason), bool(told.raw)) == (True, True, True)


ODD: list[Any] = [7, None, "x", [], {}, [7], {"urls": 7}, {"text": 7}, [{"type": "quoted"}], "\ud800\x00"]


@pytest.mark.parametrize("odd", ODD, ids=repr)
@pytest.mark.parametrize("name", ["text", "entities", "note_tweet", "referenced_tweets", "public_metrics", "lang"])
def test_no_field_of_a_wrong_type_breaks_the_reading(name: str, odd: object) -> None:
    told = activity({**post(), name: odd})
    assert isinstance(told, Activity)
    normal(told)
