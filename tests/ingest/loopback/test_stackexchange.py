"""The loopback platform answers as the real one is documented and recorded to."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from advocacy.domain.activity import Kind, Platform
from ingest.loopback.server import Answer, Ask
from ingest.loopback.stackexchange import StackExchange, of_world
from ingest.loopback.stackexchange_dump import DumpSite
from ingest.loopback.world import Outage, World
from tests.ingest.stack import HERE, JOINED, OVERFLOW

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
SHARED = Path(__file__).parents[4] / "shared/data/stackexchange"
CREATED = {"base": "default", "include": "answer.title;question.answers", "unsafe": "false"}


@pytest.fixture
def world() -> World:
    """One question of user 1 with three answers, the second of them accepted."""
    made = World()
    for number in (1, 2, 3):
        made.joins(HERE, f"{OVERFLOW}/{number}", JOINED, name=f"User <{number}>", about=f"I am {number}")
    asked = made.says(
        *(HERE, f"{OVERFLOW}/1", NOW - timedelta(days=9), "Why?"),
        kind=Kind.QUESTION,
        title="A <b>?",
        tags=("k8s",),
        channel=OVERFLOW,
        id="100",
    )
    for number, score in ((1, 1), (2, 5), (3, 3)):
        said = made.says(
            *(HERE, f"{OVERFLOW}/{number}", NOW - timedelta(days=8 - number), f"So {number}"),
            kind=Kind.ANSWER,
            answers=asked,
            id=str(100 + number),
        )
        said.scores.append((said.at, score))
    made.messages[HERE, "102"].accepted_at = NOW - timedelta(days=1)
    return made


def ask(platform: StackExchange, path: str, now: datetime = NOW, **query: Any) -> tuple[int, Mapping[str, Any]]:
    given = {"site": "stackoverflow", **query}
    answer: Answer = platform(Ask(path=f"2.3/{path}", headers={}, now=now, base="http://x/", query=given))
    return answer.status, json.loads(answer.body)


def items(platform: StackExchange, path: str, **query: Any) -> list[Any]:
    status, said = ask(platform, path, **query)
    assert status == 200, said
    found: list[Any] = said["items"]
    return found


def error(platform: StackExchange, path: str, now: datetime = NOW, **query: Any) -> tuple[int, str]:
    status, said = ask(platform, path, now, **query)
    assert status == 400
    return said["error_id"], said["error_name"]


def test_a_question_has_the_fields_of_a_recorded_one(world: World) -> None:
    if not SHARED.is_dir():
        pytest.skip("../shared is not beside the project")
    text = (SHARED / "api-questions-sample.js").read_text("utf-8")
    recorded = json.loads(text[text.index("{") : text.rindex("}") + 1])
    status, said = ask(of_world(world), "questions/100")
    assert status == 200
    assert set(said) == set(recorded)
    kinds = {name: type(value) for one in recorded["items"] for name, value in one.items()}
    known = {name: type(value) for name, value in said["items"][0].items() if name != "content_license"}
    assert known.items() <= {**kinds, "accepted_answer_id": int}.items()
    owners = {name: type(value) for one in recorded["items"] for name, value in one["owner"].items()}
    assert {name: type(value) for name, value in said["items"][0]["owner"].items()}.items() <= owners.items()


def test_titles_and_names_are_escaped(world: World) -> None:
    [asked] = items(of_world(world), "questions/100")
    assert (asked["title"], asked["owner"]["display_name"]) == ("A &lt;b&gt;?", "User &lt;1&gt;")


def test_a_filter_gives_the_fields_it_was_made_of_and_no_others(world: World) -> None:
    platform = of_world(world)
    [plain] = items(platform, "answers/102")
    [made] = items(platform, "filters/create", **CREATED)
    [full] = items(platform, "answers/102", filter=made["filter"])
    assert set(full) - set(plain) == {"title"}
    assert (full["title"], full["is_accepted"], made["filter_type"]) == ("A &lt;b&gt;?", True, "safe")
    [asked] = items(platform, "questions/100", filter=made["filter"])
    assert [(one["answer_id"], one["score"]) for one in asked["answers"]] == [(101, 1), (102, 5), (103, 3)]
    assert error(platform, "answers/102", filter="!none") == (400, "bad_parameter")
    assert error(platform, "filters/create", include="answer.colour") == (400, "bad_parameter")


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        ({"sort": "votes"}, [102, 103, 101]),
        ({"sort": "activity", "order": "asc"}, [101, 102, 103]),
        ({"sort": "activity", "order": "asc", "min": str(int((NOW - timedelta(days=6)).timestamp()))}, [102, 103]),
        ({"sort": "votes", "max": "3"}, [103, 101]),
        ({"sort": "votes", "pagesize": "2", "page": "2"}, [101]),
    ],
)
def test_answers_come_in_the_order_and_the_window_asked_for(
    world: World, query: dict[str, str], ids: list[int]
) -> None:
    assert [one["answer_id"] for one in items(of_world(world), "questions/100/answers", **query)] == ids


def test_a_page_says_whether_there_is_more(world: World) -> None:
    platform = of_world(world)
    assert ask(platform, "users/1;2;3/answers", pagesize="2")[1]["has_more"] is True
    assert ask(platform, "users/1;2;3/answers", pagesize="3")[1]["has_more"] is False


@pytest.mark.parametrize(
    ("path", "query", "told"),
    [
        ("users/1/answers", {"site": "nowhere"}, (400, "bad_parameter")),
        ("users/1/answers", {"site": ""}, (400, "bad_parameter")),
        ("users/x/answers", {}, (404, "no_method")),
        ("votes/1", {}, (404, "no_method")),
        ("answers/1/questions", {}, (404, "no_method")),
        ("users/1/answers", {"pagesize": "101"}, (400, "bad_parameter")),
        ("users/1/answers", {"page": "0"}, (400, "bad_parameter")),
        ("users/1/answers", {"min": "soon"}, (400, "bad_parameter")),
        ("users/1/answers", {"sort": "colour"}, (400, "bad_parameter")),
        ("users/1/answers", {"page": "26"}, (403, "access_denied")),
        ("users/1/answers", {"key": "unknown"}, (400, "bad_parameter")),
        (f"users/{';'.join(map(str, range(1, 102)))}/answers", {}, (400, "bad_parameter")),
    ],
)
def test_errors_are_a_400_with_their_number(
    world: World, path: str, query: dict[str, Any], told: tuple[int, str]
) -> None:
    assert error(of_world(world), path, **query) == told


def test_a_key_goes_beyond_page_25_and_has_more_requests(world: World) -> None:
    platform = of_world(world, frozenset({"k"}))
    status, said = ask(platform, "users/1/answers", page="26", key="k")
    assert (status, said["items"], said["quota_max"], said["quota_remaining"]) == (200, [], 10_000, 9_999)
    assert ask(platform, "users/1/answers")[1]["quota_remaining"] == 299


def test_a_quota_is_a_days(world: World) -> None:
    platform = of_world(world)
    platform.quota = 1
    assert ask(platform, "users/1")[0] == 200
    status, said = ask(platform, "users/1")
    assert (status, said["error_name"]) == (400, "throttle_violation")
    assert said["error_message"] == "too many requests from this IP, more requests available in 54000 seconds"
    assert ask(platform, "users/1", NOW + timedelta(hours=16))[0] == 200


def test_who_does_not_wait_is_throttled(world: World) -> None:
    platform = of_world(world)
    platform.backoffs["users/{}/answers"] = 10.5
    assert ask(platform, "users/1/answers")[1]["backoff"] == 10.5
    assert ask(platform, "users/1/questions")[0] == 200
    assert error(platform, "users/1/answers", NOW + timedelta(seconds=10)) == (502, "throttle_violation")
    assert ask(platform, "users/1/answers", NOW + timedelta(seconds=11))[0] == 200


def test_what_is_deleted_is_not_there_and_takes_its_answers_with_it(world: World) -> None:
    platform = of_world(world)
    world.messages[HERE, "101"].deleted_at = NOW - timedelta(hours=1)
    assert [one["answer_id"] for one in items(platform, "answers/101;102;103")] == [102, 103][::-1]
    assert items(platform, "questions/100")[0]["answer_count"] == 2
    world.messages[HERE, "100"].removed_at = NOW - timedelta(hours=1)
    assert items(platform, "answers/102;103") == items(platform, "users/2/answers") == []


def test_an_account_that_left_leaves_its_posts_without_a_number(world: World) -> None:
    world.members[HERE, f"{OVERFLOW}/2"].left_at = NOW - timedelta(hours=1)
    platform = of_world(world)
    assert items(platform, "users/2") == items(platform, "users/2/answers") == []
    [answer] = items(platform, "answers/102")
    assert answer["owner"] == {"user_type": "does_not_exist", "display_name": "user2"}


def test_an_outage_is_no_answer_of_the_api(world: World) -> None:
    world.outages.append(Outage(platform=Platform.STACKEXCHANGE, since=NOW, until=NOW + timedelta(hours=1)))
    answer = of_world(world)(Ask(path="2.3/users/1", headers={}, now=NOW, base="http://x/", query={}))
    assert (answer.status, answer.body[:6]) == (503, b"<html>")


def test_a_small_dump_is_served_and_its_planted_posts_are_not(tmp_path: Path) -> None:
    planted = row(Id="1000000001", PostTypeId="1", OwnerUserId="4", Title="Planted")
    question = row(Id="1", PostTypeId="1", OwnerUserId="4", Title="Why?", Tags="<a><b>", AcceptedAnswerId="2")
    answer = row(Id="2", PostTypeId="2", ParentId="1", OwnerUserId="77", OwnerDisplayName="gone", Score="3")
    (tmp_path / "Posts.xml").write_text(f"<posts>{question}{answer}{row(Id='3', PostTypeId='5')}{planted}</posts>")
    (tmp_path / "Users.xml").write_text(
        '<users><row Id="4" DisplayName="Asha" CreationDate="2016-08-02T15:36:45.333" /></users>'
    )
    site = DumpSite(tmp_path)
    assert site.skipped == {"planted by the publisher": 1, "neither a question nor an answer": 1}
    platform = StackExchange(lambda: {OVERFLOW: site})
    [asked] = items(platform, "users/4/questions")
    assert (asked["tags"], asked["accepted_answer_id"], asked["answer_count"]) == (["a", "b"], 2, 1)
    [given] = items(platform, "answers/2")
    assert (given["is_accepted"], given["owner"]["display_name"]) == (True, "gone")


def row(**values: str) -> str:
    dates = dict.fromkeys(("CreationDate", "LastActivityDate"), "2016-08-02T15:39:14.947")
    plain = {"Score": "0", "Body": "b", **dates, **values}
    told = " ".join(f'{name}="{value.replace("<", "&lt;").replace(">", "&gt;")}"' for name, value in plain.items())
    return f"<row {told} />"
