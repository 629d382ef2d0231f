"""The archive of X, in the layouts of all years."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from advocacy.domain.activity import Activity, Kind, ThreadRole
from advocacy.domain.normal import content_hash, normal
from ingest.bundle import BadArchive
from ingest.sources import x_posts
from tests.ingest.archives.given import MANIFEST, file, read, tweet, tweets, zipped

LINK = {"url": "https://t.co/abc", "expanded_url": "https://blog.example/post?utm_source=x", "indices": ["3", "26"]}
FROM_2013 = """Grailbird.data.tweets_2013_01 =
 [ {"source": "web", "entities": {"user_mentions": [], "media": [], "hashtags": [], "urls": []}, "geo": {},
  "id_str": "291", "text": "OpenEBS &amp; Kubernetes", "id": 291, "created_at": "2013-01-31 21:55:39 +0000",
  "user": {"name": "Asha", "screen_name": "asha_k", "protected": false, "id_str": "77", "id": 77}},
  {"id_str": "292", "text": "RT @lena: hi", "created_at": "2013-01-31 21:56:39 +0000", "user": {"id_str": "77"},
   "retweeted_status": {"id_str": "1"}} ]"""


def api(number: str, text: str, **more: Any) -> dict[str, Any]:
    """The same post as the API tells it."""
    plain = {
        "id": number,
        "text": text,
        "created_at": "2018-10-10T20:19:24.000Z",
        "lang": "en",
        "author_id": "77",
        "conversation_id": number,
        "edit_history_tweet_ids": [number],
        "public_metrics": {"like_count": 9, "retweet_count": 2, "reply_count": 1, "quote_count": 0},
    }
    return plain | more


def said(post: dict[str, Any]) -> bytes:
    made = x_posts.activity(post)
    assert isinstance(made, Activity)
    return content_hash(normal(made))


def test_a_post_is_what_the_archive_tells(tmp_path: Path) -> None:
    post = tweet(12, "See https://t.co/abc &amp; tell", entities={"urls": [LINK]})
    one = read("x-archive", zipped(tmp_path / "x.zip", {"data/tweets.js": tweets(post)})).one
    assert (one.ref, one.kind, one.at) == ("x:12", Kind.POST, datetime(2018, 10, 10, 20, 19, 24, tzinfo=UTC))
    assert one.text == "See https://blog.example/post & tell"
    assert (one.url, one.shares) == ("https://x.com/i/status/12", ("https://blog.example/post",))
    assert (dict(one.metrics), one.thread.role, one.thread.key) == (
        {"likes": 3, "reposts": 1},
        ThreadRole.OPENED,
        "x:12",
    )


@pytest.mark.parametrize(
    ("archived", "told"),
    [
        (tweet(12, "Plain &lt;3"), api("12", "Plain &lt;3")),
        (
            tweet(12, "See https://t.co/abc", entities={"urls": [LINK]}),
            api("12", "See https://t.co/abc", entities={"urls": [LINK]}),
        ),
        (
            tweet(
                12,
                "Look https://t.co/pic",
                entities={"media": [{"url": "https://t.co/pic", "expanded_url": "https://x.com/a/status/12/photo/1"}]},
            ),
            api(
                "12",
                "Look https://t.co/pic",
                entities={
                    "urls": [
                        {
                            "url": "https://t.co/pic",
                            "expanded_url": "https://x.com/a/status/12/photo/1",
                            "media_key": "3_1",
                        }
                    ]
                },
            ),
        ),
        (
            tweet(
                12,
                "So true https://t.co/q",
                entities={"urls": [{"url": "https://t.co/q", "expanded_url": "https://twitter.com/lena/status/5"}]},
            ),
            api(
                "12",
                "So true https://t.co/q",
                entities={"urls": [{"url": "https://t.co/q", "expanded_url": "https://twitter.com/lena/status/5"}]},
                referenced_tweets=[{"type": "quoted", "id": "5"}],
            ),
        ),
        (
            tweet(
                13,
                "Twice",
                edit_info={"edit": {"initialTweetId": "12", "editControlInitial": {"editTweetIds": ["12", "13"]}}},
            ),
            api("13", "Twice", edit_history_tweet_ids=["12", "13"]),
        ),
        (tweet(12, "Nothing said", lang="zxx"), api("12", "Nothing said", lang="qme")),
    ],
    ids=["plain", "link", "picture", "quote", "edited", "language"],
)
def test_a_post_of_the_archive_says_what_the_api_says(
    tmp_path: Path, archived: dict[str, Any], told: dict[str, Any]
) -> None:
    members = {"data/tweets.js": tweets(archived), "data/manifest.js": MANIFEST}
    assert content_hash(normal(read("x-archive", zipped(tmp_path / "x.zip", members)).one)) == said(told)


def test_a_long_post_is_found_by_moment_and_beginning(tmp_path: Path) -> None:
    whole = "Chaos on Kubernetes, " * 30 + "see https://t.co/abc"
    note = {
        "noteTweetId": "9",
        "createdAt": "2018-10-10T20:19:24.000Z",
        "core": {"text": whole, "urls": [{"shortUrl": "https://t.co/abc", "expandedUrl": LINK["expanded_url"]}]},
    }
    members = {
        "data/tweets.js": tweets(tweet(12, f"{whole[:275]}… https://t.co/self"), tweet(13, "Chaos, but short")),
        "data/note-tweet.js": f"window.YTD.note_tweet.part0 = {json.dumps([{'noteTweet': note}])}",
    }
    long, short = read("x-archive", zipped(tmp_path / "x.zip", members)).items
    assert long.text == whole.replace("https://t.co/abc", "https://blog.example/post")
    assert short.text == "Chaos, but short"
    entities = {"urls": [{"url": "https://t.co/abc", "expanded_url": LINK["expanded_url"]}]}
    told = api("12", "cut …", note_tweet={"text": whole, "entities": entities})
    assert content_hash(normal(long)) == said(told)


def test_replies_and_own_threads_are_told_apart_by_the_manifest(tmp_path: Path) -> None:
    other = tweet(12, "@lena yes", in_reply_to_status_id_str="5", in_reply_to_user_id_str="8")
    own = tweet(13, "and more", in_reply_to_status_id_str="12", in_reply_to_user_id_str="77")
    found = read(
        "x-archive", zipped(tmp_path / "x.zip", {"data/tweets.js": tweets(other, own), "data/manifest.js": MANIFEST})
    )
    assert [(one.kind, one.thread.role, one.thread.key) for one in found.items] == [
        (Kind.REPLY, ThreadRole.JOINED, ""),
        (Kind.POST, ThreadRole.UNKNOWN, ""),
    ]
    assert (found.told.handle, found.told.until) == ("asha_k", datetime(2026, 11, 1, 5, tzinfo=UTC))


def test_reposts_and_earlier_versions_are_passed_over(tmp_path: Path) -> None:
    first = tweet(12, "Once", edit_info={"initial": {"editTweetIds": ["12", "13"], "isEditEligible": True}})
    found = read("x-archive", file(tmp_path, "tweets.js", tweets(tweet(11, "RT @lena: hi"), first)))
    assert [one.reason for one in found.skipped] == [x_posts.REPOST, "an earlier version of a post that was edited"]
    assert found.items == []


@pytest.mark.parametrize(
    "members",
    [
        {"data/tweets.js": tweets(tweet(1)), "data/tweets-part1.js": tweets(tweet(2), part=1)},
        {"twitter-2026-11-01/data/tweets.js": tweets(tweet(1), tweet(2))},
        {
            "data/tweet.js": tweets(tweet(1), name="tweet"),
            "data/tweet-part1.js": tweets(tweet(2), part=1, name="tweet"),
        },
        {"tweet.js": tweets(tweet(1), tweet(2), name="tweet", wrapped=False)},
        {"data/tweets.js": json.dumps([{"tweet": tweet(1)}, {"tweet": tweet(2)}])},
    ],
    ids=["parts", "in a folder", "2019", "2018", "without the assignment"],
)
def test_layouts_of_the_years(tmp_path: Path, members: dict[str, str]) -> None:
    found = read("x-archive", zipped(tmp_path / "x.zip", members))
    assert (sorted(one.ref for one in found.items), found.told.whole) == (["x:1", "x:2"], True)
    for name, content in members.items():
        file(tmp_path / "folder", name, content)
    assert read("x-archive", tmp_path / "folder").items == found.items


def test_the_layout_of_2013(tmp_path: Path) -> None:
    members = {"data/js/tweets/2013_01.js": FROM_2013, "data/js/user_details.js": "var user_details = {}"}
    found = read("x-archive", zipped(tmp_path / "x.zip", members))
    assert (found.one.ref, found.one.text) == ("x:291", "OpenEBS & Kubernetes")
    assert found.one.at == datetime(2013, 1, 31, 21, 55, 39, tzinfo=UTC)
    assert [one.reason for one in found.skipped] == [x_posts.REPOST]


def test_a_single_part_may_have_any_name_and_holds_not_everything(tmp_path: Path) -> None:
    found = read("x-archive", file(tmp_path, "tweets (1).js", tweets(tweet(1))))
    assert ([one.ref for one in found.items], found.told.whole) == (["x:1"], False)


def test_messages_are_never_opened_whatever_they_are_called(tmp_path: Path) -> None:
    messages = 'window.YTD.direct_messages.part0 = [{"dmConversation": {"messages": []}}]'
    with pytest.raises(BadArchive, match=r"holds window.YTD.direct_messages.part0, not tweets: give data/tweets.js"):
        read("x-archive", file(tmp_path, "tweets.js", messages))
    with pytest.raises(BadArchive, match="there is no data/tweets.js in x.zip"):
        read("x-archive", zipped(tmp_path / "x.zip", {"data/direct-messages.js": messages}))


def test_only_what_is_named_is_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import zipfile

    private = (
        "direct-messages",
        "direct-messages-group",
        "ip-audit",
        "phone-number",
        "account",
        "email-address-change",
    )
    members = {f"data/{name}.js": "{ not to be read" for name in private} | {
        "data/tweets.js": tweets(tweet(1)),
        "data/manifest.js": MANIFEST,
        "data/deleted-tweets.js": tweets(tweet(9)),
        "data/twitter-circle-tweet.js": tweets(tweet(8)),
    }
    opened: list[str] = []
    whole = zipfile.ZipFile.open

    def note(self: zipfile.ZipFile, name: Any, *rest: Any, **more: Any) -> Any:
        opened.append(getattr(name, "filename", name))
        return whole(self, name, *rest, **more)

    path = zipped(tmp_path / "x.zip", members)
    monkeypatch.setattr(zipfile.ZipFile, "open", note)
    assert [one.ref for one in read("x-archive", path).items] == ["x:1"]
    assert sorted(opened) == ["data/manifest.js", "data/tweets.js"]


def test_one_bad_tweet_costs_only_itself(tmp_path: Path) -> None:
    good = [json.dumps({"tweet": tweet(n)}) for n in (1, 2)]
    bad = ['{"tweet": {"id_str": "7", oops}}', '{"tweet": 5}', '{"tweet": {"id_str": "8", "created_at": "yesterday"}}']
    text = f"window.YTD.tweets.part0 = [ {good[0]}, {', '.join(bad)}, {good[1]} ]"
    found = read("x-archive", file(tmp_path, "tweets.js", text))
    assert [one.ref for one in found.items] == ["x:1", "x:2"]
    assert [one.where for one in found.wrong] == [f"tweets.js item {n}" for n in (2, 3, 4)]


def test_a_file_that_was_cut_gives_what_is_whole(tmp_path: Path) -> None:
    text = tweets(*(tweet(n) for n in range(1, 40)))
    found = read("x-archive", file(tmp_path, "tweets.js", text[:-300]))
    assert ([one.ref for one in found.items], len(found.wrong)) == ([f"x:{n}" for n in range(1, 39)], 1)
    assert "ends in the middle" in found.wrong[0].what
