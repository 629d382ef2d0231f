"""The loopback X: tweepy runs against it unchanged, and it answers in the shapes that X was recorded with."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from functools import reduce
from ipaddress import ip_network
from typing import Any

import pytest
import tweepy

from advocacy.domain.activity import Platform
from ingest.fetch import Gate
from ingest.loopback.server import Platforms
from ingest.loopback.world import Message, Outage, World
from ingest.loopback.x import TOKEN, XApi
from ingest.session import session
from ingest.source import Polled, SourceError, TryLater
from ingest.sources.x import XSource
from tests.ingest.x_recorded import bodies, is_post, objects

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
POST_FIELDS = "created_at,author_id,conversation_id,in_reply_to_user_id,lang,public_metrics,entities,referenced_tweets"
POST_FIELDS += ",note_tweet,edit_history_tweet_ids,possibly_sensitive,reply_settings,source"
USER_FIELDS = "created_at,description,protected,verified,location,url,profile_image_url,public_metrics"


@pytest.fixture
def world() -> World:
    world = World()
    for handle in ("asha", "lena"):
        world.joins(Platform.X, handle, NOW - timedelta(days=900), about="I am here")
    return world


@pytest.fixture
def api(world: World) -> XApi:
    return XApi(world)


@pytest.fixture
def platforms(api: XApi) -> Iterator[Platforms]:
    with Platforms({"x": api}) as running:
        running.turn_to(NOW)
        yield running


@pytest.fixture
def client(platforms: Platforms) -> tweepy.Client:
    return speaks(platforms, TOKEN)


def speaks(platforms: Platforms, token: str) -> tweepy.Client:
    client = tweepy.Client(token, return_type=dict)
    gate = Gate((ip_network("127.0.0.0/8"),))
    client.session = session(gate, {"https://api.twitter.com": platforms.address + "x"})
    return client


def says(world: World, handle: str, text: str = "A post", **more: Any) -> Message:
    ago = more.pop("ago", timedelta(hours=1))
    return world.says(Platform.X, handle, NOW - ago, text, **more)


def ids(body: Mapping[str, Any]) -> list[str]:
    return [one["id"] for one in body.get("data", [])]


# Search


def test_a_search_knows_from_or_and_what_is_left_out(world: World, client: tweepy.Client) -> None:
    hers = says(world, "lena", ago=timedelta(hours=3))
    says(world, "asha", answers=hers)
    says(world, "asha", reposts=hers.id)
    mine = says(world, "asha", ago=timedelta(hours=2))
    says(world, "a stranger")
    found = client.search_recent_tweets("(from:Asha OR from:lena) -is:retweet -is:reply")
    assert ids(found) == [mine.id, hers.id]
    assert found["meta"] == {"newest_id": mine.id, "oldest_id": hers.id, "result_count": 2}
    assert len(ids(client.search_recent_tweets("from:asha"))) == 3
    assert client.search_recent_tweets("from:nobody") == {"meta": {"result_count": 0}}


def test_pages_follow_each_other_by_token(world: World, client: tweepy.Client) -> None:
    said = [says(world, "asha", ago=timedelta(minutes=n + 1)) for n in range(25)]
    found, token = [], None
    while True:
        page = client.search_recent_tweets("from:asha", max_results=10, next_token=token)
        found += ids(page)
        token = page["meta"].get("next_token")
        if token is None:
            break
    assert found == [post.id for post in said]


def test_seven_days_are_seen_and_an_older_mark_is_refused_in_x_words(world: World, client: tweepy.Client) -> None:
    old, new = says(world, "asha", ago=timedelta(days=8)), says(world, "asha", ago=timedelta(days=6))
    assert ids(client.search_recent_tweets("from:asha")) == [new.id]
    assert ids(client.search_recent_tweets("from:asha", since_id=new.id)) == []
    with pytest.raises(tweepy.BadRequest) as caught:
        client.search_recent_tweets("from:asha", since_id=old.id)
    [message] = caught.value.api_messages
    assert message.startswith("'since_id' must be a tweet id created after 2026-11-16T09:00Z. Please use a 'since_id'")
    with pytest.raises(tweepy.BadRequest, match="start_time"):
        client.search_recent_tweets("from:asha", start_time=NOW - timedelta(days=8))
    with pytest.raises(tweepy.BadRequest, match="in conjunction"):
        client.search_recent_tweets("from:asha", start_time=NOW - timedelta(days=1), since_id=new.id)


@pytest.mark.parametrize("query", ["from:asha has:links", "from:asha OR", "(from:asha) -is:reply " + "x" * 500])
def test_a_query_that_is_too_long_or_unknown_is_refused(client: tweepy.Client, query: str) -> None:
    with pytest.raises(tweepy.BadRequest):
        client.search_recent_tweets(query)


# Timelines, single posts, users


def test_a_timeline_begins_where_it_is_told_and_leaves_out_what_it_is_told(world: World, client: tweepy.Client) -> None:
    member = world.members[Platform.X, "asha"]
    old, new = says(world, "asha", ago=timedelta(days=20)), says(world, "asha", ago=timedelta(days=10))
    says(world, "asha", answers=says(world, "lena"))
    assert ids(client.get_users_tweets(member.id, exclude=["replies"])) == [new.id, old.id]
    assert ids(client.get_users_tweets(member.id, exclude=["replies"], since_id=old.id)) == [new.id]
    assert ids(client.get_users_tweets(member.id, start_time=NOW - timedelta(days=15), until_id=new.id)) == []


@pytest.mark.parametrize(("exclude", "most"), [(["retweets"], 3200), (["retweets", "replies"], 800)])
def test_a_timeline_ends_where_x_ends_it(world: World, client: tweepy.Client, exclude: list[str], most: int) -> None:
    for n in range(3300):
        says(world, "asha", ago=timedelta(minutes=n + 1))
    pages = tweepy.Paginator(
        client.get_users_tweets, world.members[Platform.X, "asha"].id, exclude=exclude, max_results=100
    )
    assert sum(len(ids(page)) for page in pages) == most


def test_an_edit_has_a_new_id_and_each_version_can_be_had(world: World, client: tweepy.Client) -> None:
    post = says(world, "asha", "First words")
    post.versions.append((NOW - timedelta(minutes=50), "Last words"))
    [found] = client.search_recent_tweets("from:asha", tweet_fields=["created_at"])["data"]
    first, last = found["edit_history_tweet_ids"]
    assert (first, last, found["text"]) == (post.id, found["id"], "Last words")
    assert found["created_at"] == "2026-11-23T08:10:00.000Z"
    both = client.get_tweets([first, last])["data"]
    assert [one["text"] for one in both] == ["First words", "Last words"]


def test_a_long_text_is_cut_and_stands_whole_beside(world: World, client: tweepy.Client) -> None:
    post = says(world, "asha", "word & " * 60, link="https://blog.example/x")
    [found] = client.get_tweets([post.id], tweet_fields=["note_tweet", "entities"])["data"]
    assert found["text"].endswith("…")
    assert found["note_tweet"]["text"].startswith("word &amp; word")
    assert [one["expanded_url"] for one in found["note_tweet"]["entities"]["urls"]] == ["https://blog.example/x"]


# Keys, limits, plans, outages


def test_without_the_right_token_nothing_is_given(platforms: Platforms) -> None:
    with pytest.raises(tweepy.Unauthorized):
        speaks(platforms, "guessed").search_recent_tweets("from:asha")


def test_the_limit_of_a_quarter_of_an_hour_is_told_and_kept(
    api: XApi, platforms: Platforms, client: tweepy.Client
) -> None:
    api.limits.limits["search"] = 2
    for _ in range(2):
        client.search_recent_tweets("from:asha")
    with pytest.raises(tweepy.TooManyRequests) as caught:
        client.search_recent_tweets("from:asha")
    assert caught.value.reset_time == int((NOW + timedelta(minutes=15)).timestamp())
    client.get_users(usernames=["asha"])
    platforms.turn_to(NOW + timedelta(minutes=15))
    client.search_recent_tweets("from:asha")


@pytest.mark.parametrize(
    ("status", "error"), [(402, tweepy.HTTPException), (403, tweepy.Forbidden), (503, tweepy.TwitterServerError)]
)
def test_a_plan_or_an_outage_refuses_everybody(
    world: World, client: tweepy.Client, status: int, error: type[Exception]
) -> None:
    world.outages.append(Outage(platform=Platform.X, since=NOW, until=NOW + timedelta(hours=1), status=status))
    with pytest.raises(error):
        client.search_recent_tweets("from:asha")


def test_our_reader_reads_it_over_the_wire(world: World, api: XApi, platforms: Platforms) -> None:
    post = says(world, "asha", "On & on", link="https://blog.example/x", ago=timedelta(days=3))
    config = {"bearer_token": TOKEN, "base_url": platforms.address + "x"}
    source = XSource.from_config(config, Gate((ip_network("127.0.0.0/8"),)))
    [page] = source.fetch([Polled(address="asha")], NOW)
    [activity] = page.activities
    assert (activity.ref, activity.text) == (f"x:{post.id}", "On & on https://blog.example/x")
    assert activity.shares == ("https://blog.example/x",)
    api.limits.limits["search"] = 0
    with pytest.raises(SourceError) as caught:
        list(source.fetch([Polled(address="asha", cursor=page.cursor or {})], NOW))
    assert isinstance(caught.value, TryLater)
    assert caught.value.at == NOW + timedelta(minutes=15)


# The recorded shapes


def kinds(value: Any) -> Any:
    """The keys and types of a JSON value; of a list, those of all its items together."""
    if isinstance(value, dict):
        return {name: kinds(one) for name, one in value.items()}
    if isinstance(value, list):
        return [reduce(together, map(kinds, value), {})]
    return "number" if type(value) in (int, float) else type(value).__name__


def together(one: Any, other: Any) -> Any:
    """The keys of both, at every depth; of two types of one key, the later."""
    if isinstance(one, dict) and isinstance(other, dict):
        return {name: together(one.get(name), kind) for name, kind in other.items()} | {
            name: kind for name, kind in one.items() if name not in other
        }
    return [together(one[0], other[0])] if isinstance(one, list) and isinstance(other, list) else other


def strays(ours: Any, recorded: Any, path: str = "") -> list[str]:
    """Where our answer has a key that X was never recorded with, or another type."""
    if isinstance(ours, dict) and isinstance(recorded, dict):
        found = [f"{path}.{name}" for name in ours.keys() - recorded.keys()]
        return found + [
            s for name in ours.keys() & recorded.keys() for s in strays(ours[name], recorded[name], f"{path}.{name}")
        ]
    if isinstance(ours, list) and isinstance(recorded, list):
        return strays(ours[0], recorded[0], f"{path}[]") if ours and recorded else []
    return [] if ours == recorded else [f"{path}: {ours} for {recorded}"]


def everything(answers: list[Mapping[str, Any]]) -> dict[str, Any]:
    """All that X was recorded with: posts, users, problems and what stands about a page, each with all its keys."""
    posts: list[Any] = []
    users: list[Any] = []
    for body in answers:
        posts += filter(is_post, objects(body))
        users += [one for one in objects(body) if "username" in one]
    problems = [one for body in answers for one in body.get("errors", [])]
    meta = [body["meta"] for body in answers if "meta" in body]
    return {"posts": kinds(posts), "users": kinds(users), "problems": kinds(problems), "meta": kinds(meta)}


NEWER = {".note_tweet", ".public_metrics.bookmark_count"}
"""What X tells since the recordings were made; its documents name both."""


def test_answers_have_the_keys_and_types_that_x_was_recorded_with(world: World, client: tweepy.Client) -> None:
    told = list(bodies())
    recorded = everything(told)
    hers = says(world, "lena", "Said", ago=timedelta(hours=5), link="https://blog.example/y")
    says(world, "asha", "Answered", answers=hers, ago=timedelta(hours=4))
    says(world, "asha", "Quoted", quotes=hers.id, ago=timedelta(hours=3))
    says(world, "asha", "Passed on", reposts=hers.id, ago=timedelta(hours=2))
    says(world, "asha", "long " * 80, ago=timedelta(hours=2))
    for n in range(20):
        says(world, "asha", ago=timedelta(minutes=n + 1))
    member = world.members[Platform.X, "asha"]
    asked = {"tweet_fields": POST_FIELDS.split(","), "max_results": 10}
    answers = [
        client.search_recent_tweets("from:asha OR from:lena", **{**asked, "max_results": 100}),
        client.search_recent_tweets("from:asha", **asked),
        client.search_recent_tweets("from:lena", **asked),
        client.get_users_tweets(member.id, **asked),
        client.get_tweets([hers.id, "17"], tweet_fields=POST_FIELDS.split(",")),
        client.get_users(usernames=["asha", "nobody"], user_fields=USER_FIELDS.split(",")),
        client.get_user(username="asha", user_fields=USER_FIELDS.split(",")),
    ]
    ours = everything(answers)
    found = {what: strays(ours[what][0], recorded[what][0]) for what in ours}
    assert {place for places in found.values() for place in places} <= NEWER
    assert ours["posts"][0].keys() >= {"id", "text", "edit_history_tweet_ids", "referenced_tweets", "entities"}
    assert ours["meta"][0].keys() == {"newest_id", "oldest_id", "result_count", "next_token"}
    assert {frozenset(answer) for answer in answers} <= {frozenset(body) - {"includes", "__twarc"} for body in told} | {
        frozenset({"data"}),
        frozenset({"data", "errors"}),
    }
