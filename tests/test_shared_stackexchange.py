"""A whole site's dump, served by the loopback platform and read by our client; and questions as the API gave them."""

import html
import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from xml.etree.ElementTree import parse

import pytest
from flask import Flask

from advocacy.domain.activity import Kind, ThreadRole
from advocacy.domain.health import Outcome
from advocacy.rules import Rules
from ingest.loopback.server import Platforms
from ingest.loopback.stackexchange import StackExchange
from ingest.loopback.stackexchange_dump import DumpSite
from ingest.source import Page, Polled
from ingest.sources.stackexchange_posts import activity
from ingest.sources.stackexchange_refs import QUESTIONS
from tests.cast import Cast
from tests.conftest import NOW
from tests.ingest.scene import FACTS, Scene, dump
from tests.ingest.stack import AI, activities, address, requests, source

SHARED = Path(__file__).parents[2] / "shared/data/stackexchange"
LATER = datetime(2026, 11, 24, 9, tzinfo=UTC)


@dataclass
class Counted:
    """What the dump says of one answer, counted here and nowhere else."""

    owner: int
    accepted: bool
    score: int
    rivals: list[int] = field(default_factory=list)

    @property
    def rank(self) -> int:
        return 1 + len([score for score in self.rivals if score > self.score])


@pytest.fixture(scope="module")
def folder() -> Path:
    if not SHARED.is_dir():
        pytest.skip("../shared is not beside the project")
    return SHARED


@pytest.fixture(scope="module")
def served(folder: Path) -> Iterator[Platforms]:
    site = DumpSite(folder / AI)
    assert site.skipped == {"neither a question nor an answer": 109}, "all else is questions and answers"
    with Platforms({"stackexchange": StackExchange(lambda: {AI: site}, frozenset({"a-key"}))}) as server:
        server.turn_to(NOW)
        yield server


@pytest.fixture(scope="module")
def rows(folder: Path) -> list[dict[str, str]]:
    return [dict(row.attrib) for row in parse(folder / AI / "Posts.xml").getroot()]


@pytest.fixture(scope="module")
def answers(rows: list[dict[str, str]]) -> dict[int, Counted]:
    """Every answer that somebody owns, counted from the dump's rows."""
    accepted = {row["AcceptedAnswerId"] for row in rows if "AcceptedAnswerId" in row}
    below = defaultdict(list)
    for row in rows:
        if row["PostTypeId"] == "2":
            below[row["ParentId"]].append(row)
    return {
        int(row["Id"]): Counted(
            owner=int(row["OwnerUserId"]),
            accepted=row["Id"] in accepted,
            score=int(row["Score"]),
            rivals=[int(other["Score"]) for other in below[row["ParentId"]] if other is not row],
        )
        for row in rows
        if row["PostTypeId"] == "2" and int(row.get("OwnerUserId", -1)) > 0
    }


@pytest.fixture(scope="module")
def everybody(rows: list[dict[str, str]]) -> list[str]:
    posts = [row for row in rows if row["PostTypeId"] in ("1", "2") and int(row.get("OwnerUserId", -1)) > 0]
    return [address(one, AI) for one in sorted({int(row["OwnerUserId"]) for row in posts})]


@pytest.fixture(scope="module")
def pages(served: Platforms, everybody: list[str]) -> list[Page]:
    """All owners read, a hundred a batch."""
    reader = source(served, key="a-key")
    lots = [everybody[first : first + reader.batch_size] for first in range(0, len(everybody), reader.batch_size)]
    return [page for lot in lots for page in reader.fetch([Polled(address=one) for one in lot], NOW)]


def test_every_answer_of_the_dump_is_accepted_and_ranked_as_the_dump_says(
    pages: list[Page], answers: dict[int, Counted]
) -> None:
    found = {
        int(one.ref.rpartition("/")[2]): (
            one.thread.accepted,
            one.thread.rank,
            one.metrics["answers"],
            one.metrics["score"],
        )
        for one in activities(pages).values()
        if one.kind is Kind.ANSWER
    }
    assert found == {key: (one.accepted, one.rank, len(one.rivals) + 1, one.score) for key, one in answers.items()}
    assert len(found) == 748


def test_every_post_comes_on_the_page_of_its_owner(pages: list[Page], rows: list[dict[str, str]]) -> None:
    letters = {"1": "q", "2": "a"}
    owned = {
        f"stackexchange:{AI}/{letters[row['PostTypeId']]}/{row['Id']}": address(int(row["OwnerUserId"]), AI)
        for row in rows
        if row["PostTypeId"] in letters and int(row.get("OwnerUserId", -1)) > 0
    }
    assert {one.ref: page.address for page in pages for one in page.activities} == owned
    assert [bad for page in pages for bad in page.unreadable] == []


def test_questions_tell_who_answered_and_whether_an_answer_was_accepted(
    pages: list[Page], rows: list[dict[str, str]]
) -> None:
    people = defaultdict(set)
    for row in rows:
        if row["PostTypeId"] == "2":
            people[row["ParentId"]].add(row.get("OwnerUserId", f"gone {row['Id']}"))
    told = {
        one.ref.rpartition("/")[2]: (one.thread.role, one.thread.replies, one.thread.participants, one.thread.accepted)
        for one in activities(pages).values()
        if one.kind is Kind.QUESTION
    }
    assert told == {
        row["Id"]: (
            ThreadRole.OPENED,
            int(row["AnswerCount"]),
            len(people[row["Id"]] | {row["OwnerUserId"]}),
            "AcceptedAnswerId" in row,
        )
        for row in rows
        if row["PostTypeId"] == "1" and int(row.get("OwnerUserId", -1)) > 0
    }


def test_all_of_it_costs_few_requests(pages: list[Page], everybody: list[str]) -> None:
    # Two filters; of each of four batches who is there; 748 answers and 417 questions, a hundred a page; their threads.
    assert (len(everybody), requests(pages)) == (330, 35)


def test_the_dump_becomes_rows_once(
    app: Flask, cast: Cast, rules: Rules, served: Platforms, everybody: list[str]
) -> None:
    scene = Scene(app, rules, NOW)
    scene.source = source(served, key="a-key")
    for one in everybody[:40]:
        scene.connects(cast.asha, one)
    first = scene.sweeps()
    assert {pull.outcome for pull in first.values()} == {Outcome.OK}
    assert sum(pull.poison for pull in first.values()) == 0
    before = dump(*FACTS)
    assert before["activity"]
    scene.now = LATER
    served.turn_to(LATER)
    second = scene.sweeps()
    served.turn_to(NOW)
    assert {pull.outcome for pull in second.values()} == {Outcome.UNCHANGED}
    assert dump(*FACTS) == before


def test_questions_as_the_api_gave_them_are_translated(folder: Path) -> None:
    text = (folder / "api-questions-sample.js").read_text("utf-8")
    items = json.loads(text[text.index("{") : text.rindex("}") + 1])["items"]
    made = [activity("stackoverflow.com", QUESTIONS, item, NOW) for item in items]
    assert len({one.ref for one in made}) == len(items) == 30
    for item, one in zip(items, made, strict=True):
        assert one.title == html.unescape(item["title"])
        assert one.text == " ".join(f"[{tag}]" for tag in item["tags"])
        assert one.at == datetime.fromtimestamp(item["creation_date"], UTC)
        assert one.url == f"https://stackoverflow.com/q/{item['question_id']}"
        assert (one.thread.replies, one.metrics["score"]) == (item["answer_count"], item["score"])
        assert one.authors == (html.unescape(item["owner"]["display_name"]),)
