"""The loopback Reddit: its library speaks with it unchanged, and what it answers has the recorded shapes."""

import json
from collections.abc import Iterator, Mapping
from datetime import timedelta
from ipaddress import ip_network
from time import monotonic_ns
from types import SimpleNamespace
from typing import Any

import praw
import pytest
from praw.models import Comment, Submission
from prawcore.exceptions import Forbidden, NotFound, Redirect, TooManyRequests

from advocacy.domain.activity import Platform
from ingest.fetch import Gate
from ingest.loopback.reddit import Reddit
from ingest.loopback.reddit_shapes import FUZZ
from ingest.loopback.server import Ask
from ingest.session import session
from tests.ingest.reddit_stage import KEY, NOW, Stage, stage
from tests.ingest.sources.recordings import recordings, things

LOOPBACK = ip_network("127.0.0.0/8")


@pytest.fixture
def there() -> Iterator[Stage]:
    with stage() as made:
        made.joins("asha_k", about="I break clusters.")
        yield made


@pytest.fixture
def library(there: Stage, monkeypatch: pytest.MonkeyPatch) -> praw.Reddit:
    """Reddit's library as anybody would use it, through our session; it paces itself, which nobody waits for here."""
    monkeypatch.setattr("prawcore.rate_limit.time", SimpleNamespace(sleep=lambda _: None, monotonic_ns=monotonic_ns))
    base = f"{there.server.address}reddit"
    mine = session(Gate((LOOPBACK,)), {"https://www.reddit.com": base, "https://oauth.reddit.com": base})
    return praw.Reddit(
        client_id=KEY[0],
        client_secret=KEY[1],
        user_agent="python:a-test:1 (by nobody)",
        check_for_updates=False,
        requestor_kwargs={"session": mine},
    )


def furnished(there: Stage) -> tuple[str, str]:
    """A question by a stranger, answered by Asha, who also wrote a post; the names of reply and post."""
    question = there.says("stranger", 9, title="How do I resize a volume?")
    answer = there.says("asha_k", 8, answers=question, text="Edit the claim")
    there.says("stranger", 7, answers=answer, text="It works")
    post = there.says("asha_k", 6, title="A lab", link="https://asha.example/lab")
    post.scores.append((there.now - timedelta(hours=1), 40))
    return f"t1_{answer.id}", f"t3_{post.id}"


def test_the_library_lists_a_person_newest_first(there: Stage, library: praw.Reddit) -> None:
    reply, post = furnished(there)
    found = list(library.redditor("asha_k").overview.new(limit=None))
    assert [one.fullname for one in found] == [post, reply]
    assert [type(one) for one in found] == [Submission, Comment]
    assert [one.fullname for one in library.redditor("asha_k").submissions.new()] == [post]
    assert [one.fullname for one in library.redditor("asha_k").comments.new()] == [reply]
    assert (found[1].link_title, found[1].link_author) == ("How do I resize a volume?", "stranger")
    assert found[0].url == "https://asha.example/lab"


def test_the_library_walks_to_the_ceiling(there: Stage, library: praw.Reddit) -> None:
    said = there.writes_much("asha_k", 1100)
    found = [one.id for one in library.redditor("asha_k").overview.new(limit=None)]
    assert found == [one.id for one in said[:1000]]


def test_the_library_pages_both_ways(there: Stage, library: praw.Reddit) -> None:
    names = [f"t3_{one.id}" for one in there.writes_much("asha_k", 30)]
    listing = library.redditor("asha_k").overview
    assert [one.fullname for one in listing.new(limit=5, params={"after": names[9]})] == names[10:15]
    assert [one.fullname for one in listing.new(limit=5, params={"before": names[9]})] == names[4:9]
    assert [one.fullname for one in listing.new(limit=5, params={"before": names[0]})] == []


def test_the_library_reads_communities_together(there: Stage, library: praw.Reddit) -> None:
    reply, post = furnished(there)
    other = there.says("stranger", 1, channel="openebs")
    both = library.subreddit("kubernetes+openebs")
    assert {one.fullname for one in both.new()} >= {post, f"t3_{other.id}"}
    assert reply in {one.fullname for one in both.comments()}
    with pytest.raises(Redirect):
        list(library.subreddit("nowhere").new())


def test_the_library_asks_for_single_things_deleted_ones_too(there: Stage, library: praw.Reddit) -> None:
    reply, post = furnished(there)
    there.world.messages[Platform.REDDIT, reply[3:]].deleted_at = there.now
    there.world.messages[Platform.REDDIT, post[3:]].removed_at = there.now
    first, second = library.info(fullnames=[reply, "t3_zzzzz", post])
    assert (first.author, first.body) == (None, "[deleted]")
    assert (second.fullname, second.removed_by_category) == (post, "moderator")
    assert list(library.redditor("asha_k").overview.new()) == []


def test_the_library_reads_a_tree(there: Stage, library: praw.Reddit) -> None:
    reply, _ = furnished(there)
    question = there.world.messages[Platform.REDDIT, reply[3:]].root
    submission = library.submission(question)
    said = [(one.fullname, one.parent_id, one.body) for one in submission.comments.list() if isinstance(one, Comment)]
    assert said[0] == (reply, f"t3_{question}", "Edit the claim")
    assert said[1][1:] == (reply, "It works")
    assert submission.num_comments == 2


def test_the_library_reads_a_profile_and_hears_who_is_not_there(there: Stage, library: praw.Reddit) -> None:
    furnished(there)
    member = there.world.members[Platform.REDDIT, "asha_k"]
    person = library.redditor("Asha_K")
    assert (person.id, person.subreddit.public_description) == (member.id, "I break clusters.")
    assert person.link_karma + person.comment_karma > 1
    member.hidden_from = there.now
    assert list(person.overview.new()) == []
    member.suspended_from = there.now
    assert library.redditor("asha_k").is_suspended
    with pytest.raises(Forbidden):
        list(person.overview.new())
    with pytest.raises(NotFound):
        list(library.redditor("nobody").overview.new())


def test_who_asks_too_often_hears_when_to_come_again(there: Stage, library: praw.Reddit) -> None:
    there.reddit.per_window = 1  # the token's own request
    with pytest.raises(TooManyRequests) as told:
        list(library.redditor("asha_k").overview.new())
    assert 0 < int(told.value.response.headers["retry-after"]) <= 600


def test_a_score_is_blurred_by_a_little_and_the_same_for_all_who_ask(there: Stage) -> None:
    post = there.says("asha_k", 5)
    post.scores.append((there.now - timedelta(hours=1), 40))
    shown = set()
    for _ in range(60):
        there.later(hours=1)
        first, second = (thing(there, post.id)["score"] for _ in range(2))
        assert first == second
        shown.add(first)
    assert shown == set(range(40 - FUZZ, 40 + FUZZ + 1))


def thing(there: Stage, number: str) -> Mapping[str, Any]:
    found: Mapping[str, Any] = next(iter(asked(there.reddit, there, "api/info", id=f"t3_{number}")))
    return found


def asked(reddit: Reddit, there: Stage, path: str, **query: str) -> list[Mapping[str, Any]]:
    """The things in an answer, past the library."""
    headers = {"authorization": "bearer loopback-token"}
    answer = reddit(Ask(path=path, headers=headers, now=there.now, base="http://x/", query=query))
    return list(things(json.loads(answer.body)))


def kinds(value: Any) -> str:
    if isinstance(value, bool) or value is None:
        return "flag"
    return "number" if isinstance(value, int | float) else type(value).__name__


def test_what_is_answered_has_the_recorded_shapes(there: Stage) -> None:
    told = recordings("praw")
    recorded: dict[tuple[str, str], set[str]] = {}
    for made in told.values():
        for one in (one for exchange in made for one in things(exchange.payload)):
            for key, value in one.items():
                recorded.setdefault((one["name"][:3], key), set()).add(kinds(value))
    reply, post = furnished(there)
    question = there.world.messages[Platform.REDDIT, reply[3:]].root
    answers = [
        *asked(there.reddit, there, "user/asha_k/overview"),
        *asked(there.reddit, there, "r/kubernetes/comments"),
        *asked(there.reddit, there, "r/kubernetes/new"),
        *asked(there.reddit, there, "api/info", id=f"{reply},{post}"),
        *asked(there.reddit, there, f"comments/{question}"),
    ]
    assert len(answers) >= 10
    for one in answers:
        for key, value in one.items():
            assert kinds(value) in recorded[one["name"][:3], key], (one["name"], key, value)


def test_what_only_listings_tell_stands_in_no_single_thing_as_recorded(there: Stage) -> None:
    reply, _ = furnished(there)
    [bare] = asked(there.reddit, there, "api/info", id=reply)
    [recorded] = things(recordings("praw")["TestComment.test_refresh"][1].payload)
    [listed, *_] = things(recordings("praw")["TestRedditorListings.test_comments__new"][1].payload)
    for key in ("link_title", "link_author", "link_url"):
        assert key not in bare
        assert key not in recorded
        assert key in listed


def test_the_headers_and_the_listing_are_the_recorded_ones(there: Stage) -> None:
    furnished(there)
    exchange = recordings("praw")["TestRedditorListings.test_overview__new"][1]
    headers = {"authorization": "bearer loopback-token"}
    answer = there.reddit(Ask(path="user/asha_k/overview", headers=headers, now=NOW, base="http://x/"))
    limits = {name for name in exchange.headers if name.startswith("x-ratelimit")}
    assert limits == {name for name in answer.headers if name.startswith("x-ratelimit")}
    for name in limits:
        assert ("." in answer.headers[name]) == ("." in exchange.headers[name])
    assert json.loads(answer.body)["data"].keys() <= exchange.payload["data"].keys()
