"""The export of Reddit: two tables, without the addresses they were written from."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from advocacy.domain.activity import Activity, Kind, ThreadRole
from advocacy.domain.normal import content_hash, normal
from ingest.bundle import BadArchive
from ingest.sources import reddit_items
from tests.ingest.archives.given import ASHA, file, read, table, zipped

POSTS = ("id", "permalink", "date", "ip", "subreddit", "gildings", "title", "url", "body")
COMMENTS = ("id", "permalink", "date", "ip", "subreddit", "gildings", "link", "parent", "body")
HERE = "https://www.reddit.com/r/kubernetes/comments/abc/operators"
WHEN = "2026-10-01 12:34:56 UTC"
POST = ("abc", f"{HERE}/", WHEN, "203.0.113.9", "kubernetes", 0, "Operators", f"{HERE}/", "Reconcile, do not remember.")
COMMENT = ("k3x9", f"{HERE}/k3x9/", WHEN, "203.0.113.9", "kubernetes", 0, f"{HERE}/", "", "Use an operator")
STATISTICS = "statistic,value\naccount name,asha_k\nexport time,2026-11-02 03:00:00 UTC\nemail,asha@tern.example\n"
WHOLE = {"posts.csv": table(POSTS, POST), "comments.csv": table(COMMENTS, COMMENT), "statistics.csv": STATISTICS}


def test_posts_and_comments_with_whose_they_are(tmp_path: Path) -> None:
    found = read("reddit-export", zipped(tmp_path / "export.zip", WHOLE))
    post, comment = found.items
    assert (post.ref, post.kind, post.title, post.channel) == ("reddit:t3_abc", Kind.POST, "Operators", "r/kubernetes")
    assert (post.url, post.text, post.authors) == (f"{HERE}/", "Reconcile, do not remember.", ("asha_k",))
    assert (comment.ref, comment.kind, comment.text) == ("reddit:t1_k3x9", Kind.REPLY, "Use an operator")
    assert (comment.thread.key, comment.url) == ("reddit:t3_abc", f"{HERE}/k3x9/")
    assert (found.told.handle, found.told.whole, found.told.until) == (
        "asha_k",
        True,
        datetime(2026, 11, 2, 3, tzinfo=UTC),
    )


def test_a_post_of_the_export_says_what_the_api_says(tmp_path: Path) -> None:
    link = ("abd", f"{HERE.replace('abc', 'abd')}/", WHEN, "", "kubernetes", 0, "Read", "https://blog.example/a", "")
    posts = table(POSTS, POST, link)
    found = read(
        "reddit-export", zipped(tmp_path / "export.zip", {**WHOLE, "posts.csv": posts, "comments.csv": table(COMMENTS)})
    )
    common = {
        "author": "asha_k",
        "created_utc": 1790858096.0,
        "subreddit": "kubernetes",
        "score": 12,
        "num_comments": 3,
    }
    told = [
        {**common, "name": "t3_abc", "permalink": "/r/kubernetes/comments/abc/operators/", "is_self": True}
        | {"title": "Operators", "selftext": "Reconcile, do not remember.", "url": f"{HERE}/"},
        {**common, "name": "t3_abd", "permalink": "/r/kubernetes/comments/abd/operators/", "is_self": False}
        | {"title": "Read", "selftext": "", "url": "https://blog.example/a"},
    ]
    api = [one for thing in told if isinstance(one := reddit_items.activity(thing), Activity)]
    assert [content_hash(normal(one)) for one in found.items] == [content_hash(normal(one)) for one in api]
    assert len(api) == 2


def test_the_address_it_was_written_from_is_nowhere(tmp_path: Path) -> None:
    assert "203.0.113.9" not in repr(list(read("reddit-export", zipped(tmp_path / "export.zip", WHOLE))))


def test_a_reply_to_a_comment_joins_and_a_deleted_one_is_skipped(tmp_path: Path) -> None:
    reply = (*COMMENT[:7], "k0", "and so on")
    gone = ("k4", *COMMENT[1:8], "[removed]")
    found = read("reddit-export", file(tmp_path, "comments.csv", table(COMMENTS, reply, gone)))
    assert (found.one.thread.role, [one.reason for one in found.skipped]) == (ThreadRole.JOINED, ["removed"])
    assert found.told.whole is False


def test_without_the_table_of_statistics_the_account_names_the_author(tmp_path: Path) -> None:
    posts = file(tmp_path, "posts.csv", WHOLE["posts.csv"])
    assert read("reddit-export", posts).one.authors == ()
    assert read("reddit-export", posts, replace(ASHA, handle="asha_k")).one.authors == ("asha_k",)


def test_a_row_with_a_wrong_date_is_told_with_its_line(tmp_path: Path) -> None:
    wrong = (*POST[:2], "yesterday", *POST[3:])
    found = read("reddit-export", file(tmp_path, "posts.csv", table(POSTS, wrong, POST)))
    assert ([one.where for one in found.wrong], len(found.items)) == (["posts.csv line 2"], 1)


def test_what_is_no_export_of_reddits(tmp_path: Path) -> None:
    with pytest.raises(BadArchive, match="there is neither posts.csv nor comments.csv in export.zip"):
        read("reddit-export", zipped(tmp_path / "export.zip", {"messages.csv": "id,ip\n"}))
    with pytest.raises(BadArchive, match="votes.csv is no table of Reddit's"):
        read("reddit-export", file(tmp_path, "votes.csv", "id,permalink,direction\n"))
