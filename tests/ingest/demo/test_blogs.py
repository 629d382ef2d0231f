"""The loopback blogs behave as good and bad servers do."""

import io
import json
import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.client import HTTPConnection

import feedparser
import pytest

from ingest.demo.blogs import BLOGS, WINDOW, Blog, Blogs
from ingest.loopback.server import Platforms

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def blogs() -> Blogs:
    return Blogs(NOON, seed=7)


@pytest.fixture
def world(blogs: Blogs) -> Iterator[Platforms]:
    with Platforms({"blogs": blogs}) as platforms:
        platforms.turn_to(NOON)
        yield platforms


def ask(world: Platforms, path: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
    connection = HTTPConnection("127.0.0.1", world.port, timeout=5)
    connection.request("GET", path, headers={name.replace("_", "-"): value for name, value in headers.items()})
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    return answer.status, {name.lower(): value for name, value in answer.getheaders()}, body


def titles(body: bytes) -> list[str]:
    if body.startswith(b"{"):
        return [item["title"] for item in json.loads(body)["items"]]
    return [entry.title for entry in feedparser.parse(io.BytesIO(body), sanitize_html=False).entries]


def test_the_same_document_is_not_sent_twice(world: Platforms) -> None:
    _, headers, _ = ask(world, "/blogs/asha/feed.xml")
    assert ask(world, "/blogs/asha/feed.xml", If_None_Match=headers["etag"])[0::2] == (304, b"")
    assert ask(world, "/blogs/asha/feed.xml", If_None_Match="W/" + headers["etag"])[0] == 304
    assert ask(world, "/blogs/asha/feed.xml", If_Modified_Since=headers["last-modified"])[0] == 304


def test_a_wrong_etag_outweighs_a_right_date(world: Platforms) -> None:
    _, headers, _ = ask(world, "/blogs/asha/feed.xml")
    date = headers["last-modified"]
    assert ask(world, "/blogs/asha/feed.xml", If_None_Match='"old"', If_Modified_Since=date)[0] == 200


def test_a_new_post_makes_a_new_document(world: Platforms) -> None:
    _, before, old = ask(world, "/blogs/asha/feed.xml")
    world.turn_to(NOON + timedelta(minutes=2))
    status, _, new = ask(world, "/blogs/asha/feed.xml", If_None_Match=before["etag"])
    assert status == 200
    assert titles(new)[1:WINDOW] == titles(old)[: WINDOW - 1]


def test_only_what_is_older_than_its_day_is_published(world: Platforms, blogs: Blogs) -> None:
    world.turn_to(NOON - timedelta(days=200))
    old = [p.title for p in blogs.columns["joon"].until(NOON - timedelta(days=200))]
    assert titles(ask(world, "/blogs/joon/feed.json")[2]) == old[::-1]


@pytest.mark.parametrize("blog", [b for b in BLOGS if not b.breaks and b.name != "bomb"], ids=lambda b: b.name)
def test_every_feed_says_what_was_written(world: Platforms, blogs: Blogs, blog: Blog) -> None:
    status, headers, body = ask(world, f"/blogs/{blog.name}/{blog.file}")
    written = [p.title for p in blogs.columns[blog.name].until(NOON)][::-1][:WINDOW]
    assert (status, headers["content-type"].split(";")[0]) == (200, blog.media_type)
    assert titles(body) == written


def test_a_blog_that_moved_says_where(world: Platforms) -> None:
    status, headers, _ = ask(world, "/blogs/sofia/index.rdf")
    assert (status, headers["location"]) == (301, f"{world.address}blogs/sofia/atom.xml")


def test_the_broken_blog_worked_until_some_days_ago(world: Platforms) -> None:
    assert ask(world, "/blogs/lena/feed.xml")[0] == 500
    world.turn_to(NOON - timedelta(days=7))
    assert ask(world, "/blogs/lena/feed.xml")[0] == 200


def test_a_page_names_its_feed_and_links_its_posts(world: Platforms, blogs: Blogs) -> None:
    page = ask(world, "/blogs/til/")[2].decode()
    assert 'type="application/feed+json"' in page
    post = blogs.columns["til"].until(NOON)[-1]
    assert f'href="{post.slug}"' in page
    assert ask(world, f"/blogs/til/{post.slug}")[0] == 200


def test_the_intranet_asks_for_a_password(world: Platforms) -> None:
    status, headers, _ = ask(world, "/blogs/wiki/feed.xml")
    assert (status, headers["location"]) == (302, f"{world.address}blogs/wiki/login")
    assert b'type="password"' in ask(world, "/blogs/wiki/login")[2]


@pytest.mark.parametrize("path", ["/", "/blogs/", "/blogs/nobody/feed.xml", "/blogs/asha/none", "/x/"])
def test_what_is_not_there_is_404(world: Platforms, path: str) -> None:
    assert ask(world, path)[0] == 404


def test_the_seed_gives_the_same_days_every_time(blogs: Blogs) -> None:
    state = random.getstate()
    assert Blogs(NOON, seed=7).columns == blogs.columns
    assert Blogs(NOON, seed=8).columns != blogs.columns
    assert random.getstate() == state


def test_the_posts_fill_fourteen_months_with_working_days(blogs: Blogs) -> None:
    past = [p for name, column in blogs.columns.items() if name != "bomb" for p in column.until(NOON)]
    assert 110 <= len(past) <= 150
    assert len({p.title for p in past}) == len(past)
    assert timedelta(days=400) < NOON - min(p.at for p in past) < timedelta(days=430)
    assert 0.1 < sum(not p.keep for p in past) / len(past) < 0.3
