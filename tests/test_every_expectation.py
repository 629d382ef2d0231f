"""Every expectation that a rule measures, from what an engineer does to the state on the page, and what does not count.

The page is the starter's, the period 2026-Q4, the day 23 November 2026. No source is connected, so where several could
hold evidence, or the one that must, nothing is "can't tell" and never nothing.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from html import unescape
from typing import TypeAlias

import pytest
from flask import Flask

from advocacy.domain.activity import Kind, Thread, ThreadRole
from advocacy.models import db, ladder_import, roster, sentences
from advocacy.models.people import Person
from advocacy.models.release import items
from advocacy.models.words import Visibility
from advocacy.rules import Rules
from tests.cast import JOINED, Cast
from tests.cli.console import Console
from tests.conftest import NOW
from tests.deeds import EXAMPLE, Life, on
from tests.journey import Browser
from tests.views.test_privacy import confirm

Deed: TypeAlias = Callable[[Life], object]
NOTHING = "no_evidence_yet"
SENIOR = b"""# Senior

## Public voice

- Involve yourself in discussions on Reddit, Stack Overflow and X
"""


@dataclass(frozen=True)
class Case:
    """A rule: what is no evidence, what is, by what reason; and the figure when the quarter's target is reached."""

    rule: str
    near: Deed
    deeds: tuple[Deed, ...]
    why: str
    figure: str
    before: str = NOTHING


def survey(life: Life) -> None:
    lena = life.sign_in(life.cast.lena)
    lena.post("/surveys/open", headers=None, title="State of storage", deadline="2026-12-10")


def answers_it(life: Life) -> None:
    found = re.search(r"/surveys/(\d+)/done", life.asha.get("/surveys").text)
    assert found
    life.sends(found[0])


def tweets(life: Life) -> None:
    """Fourteen, of each category every month."""
    for number in range(5):
        life.posts("x", f"TIL that etcd compacts lazily, part {number}", on(10, 2) - 7 * number)
        life.posts("x", f"MayaData is hiring for storage, part {number}", on(10, 3) - 7 * number)
        life.posts("x", f"Mayastor has snapshots now, part {number}", on(10, 4) - 7 * number)


def advocates(life: Life) -> None:
    """Six items in three mediums."""
    answer = {"kind": Kind.ANSWER, "thread": Thread(role=ThreadRole.ANSWERED)}
    for number in range(3):
        life.posts(
            "reddit", f"Mayastor wants hugepages on the node first, number {number}", 3 + number, kind=Kind.REPLY
        )
        life.posts(
            "stackexchange", f"The cStor pool is bound to the label of the node, {number}", 30 + number, **answer
        )
    life.logs("tally", place="#kubernetes-users", count="2", about="helped with Jiva")


def threads(life: Life) -> None:
    """Six that others replied to."""
    for number in range(6):
        life.leads(f"How do you run etcd, part {number}?", 3 + 6 * number)


def informs(life: Life) -> None:
    """Three items, each persona once."""
    for number, persona in enumerate(("SRE", "DevOps engineer", "platform engineer")):
        life.posts(
            "feed", f"For the {persona} on Kubernetes: what I look at.{EXAMPLE}", 5 + 20 * number, kind=Kind.ARTICLE
        )


def speaks(life: Life) -> None:
    """Three proposals, one of them given later, in three places."""
    for title, event in (("Chaos on etcd", "KubeCon Oslo"), ("A year with Mayastor", "FOSDEM")):
        life.sends("/talks/propose", title=title, event=event, state="submitted", day="2026-11-02")
    where = life.sends("/talks/propose", title="Rook", event="KCD Munich", state="submitted", day="2026-10-02")
    life.sends(f"{where}/steps", state="declined", day="2026-10-20")
    life.sends("/talks/given", title="Chaos on etcd", event="Meetup Pune", day="2026-11-20", room="40")


def learns_and_teaches(life: Life) -> None:
    life.logs("learning", topic="eBPF", how="a book", day="2026-10-20")
    life.sends("/trainings/given", title="eBPF for the storage team", day="2026-11-10")


def listens(life: Life) -> None:
    for number, month in enumerate(("10", "11", "11")):
        title = ("etcd", "Rook", "Helm")[number]
        life.sends(
            "/trainings/attended", title=f"Lena on {title}", by="Lena Fischer", day=f"2026-{month}-{10 + number}"
        )
    life.logs("decision", verdict="adopt", topic="Mayastor", reason="it halves the cost")


def raises(life: Life) -> None:
    for what in ("Training on Rook", "Training on eBPF"):
        life.sends("/trainings/request", title=what, origin="roadmap")
    life.sends("/trainings/plan", title="Training on Rook")


def enables(life: Life) -> None:
    for number in range(3):
        said = {"act": "reviewed", "who": "Lena", "title": f"Draft of a blog post, {number}"}
        life.logs("writing", day=f"2026-{10 + number // 2}-1{number}", **said)


def files(life: Life) -> None:
    for number in range(3):
        need = f"a dry run of volume snapshots, {number}"
        life.logs("need", persona="sre", need=need, backlog=f"https://github.com/openebs/openebs/issues/{number + 1}")


CASES = (
    Case(
        "surveys",
        near=lambda life: life.posts("x", "please complete our survey of storage on Kubernetes"),
        deeds=(survey, answers_it),
        why="You marked a survey done",
        figure="1 of 1 survey asked of you",
        before="covered",
    ),
    Case(
        "advocacy",
        near=lambda life: life.posts("reddit", "Mayastor, in our own place", channel="r/openebs"),
        deeds=(advocates,),
        why="Speaks of Mayastor in r/kubernetes, outside the company's own channels",
        figure="3 of 3 mediums",
        before="cant_tell",
    ),
    Case(
        "discussion",
        near=lambda life: life.leads("Who backs up etcd on Kubernetes?", 9, others=1),
        deeds=(threads,),
        why="You opened this thread in r/kubernetes and 4 others replied",
        figure="6 of 6 threads led",
        before="cant_tell",
    ),
    Case(
        "personas",
        near=lambda life: life.posts("feed", "An SRE on Kubernetes has no time.", kind=Kind.ARTICLE),
        deeds=(informs,),
        why="Names the persona SRE and carries a code block",
        figure="3 of 3 personas",
        before="cant_tell",
    ),
    Case(
        "talks",
        near=lambda life: life.sends("/talks/propose", title="An idea", event="SREcon", state="idea", day="2026-11-02"),
        deeds=(speaks,),
        why="A proposal you sent; it counts whatever became of it",
        figure="3 of 3 proposals",
    ),
    Case(
        "tweets",
        near=lambda life: life.posts("x", "RT @someone: TIL that etcd compacts lazily"),
        deeds=(tweets,),
        why="Your own post on X about something learned",
        figure="3 of 3 categories",
        before="cant_tell",
    ),
    Case(
        "trends",
        near=lambda life: life.posts("feed", "Mayastor vs Longhorn: just the numbers.", kind=Kind.ARTICLE),
        deeds=(lambda life: life.logs("trend", topic="Mayastor and Longhorn", conclusion="We stay with Mayastor"),),
        why="comes to a conclusion",
        figure="1 of 1 analysis",
        before="cant_tell",
    ),
    Case(
        "learn-train",
        near=lambda life: life.logs("learning", topic="Rust", how="course booked, not started"),
        deeds=(learns_and_teaches,),
        why="You logged that you learned eBPF",
        figure="1 of 1 topic learned, then taught",
    ),
    Case(
        "guide",
        near=lambda life: life.logs("tally", place="#storage", about="listened"),
        deeds=(listens,),
        why="with its reason",
        figure="1 of 1 recommendation",
    ),
    Case(
        "identify",
        near=lambda life: life.logs("learning", topic="etcd"),
        deeds=(raises,),
        why="that you raised",
        figure="2 of 2 needs raised",
    ),
    Case(
        "writing",
        near=lambda life: life.posts("feed", "My own post about etcd.", kind=Kind.ARTICLE),
        deeds=(enables,),
        why="You reviewed a colleague's",
        figure="3 of 3 enabling acts",
    ),
    Case(
        "backlog",
        near=lambda life: life.logs("need", persona="sre", need="a dry run of volume snapshots"),
        deeds=(files,),
        why="A need of the persona SRE with its place in the backlog",
        figure="3 of 3 needs accepted",
    ),
    Case(
        "support-training",
        near=lambda life: life.sends("/trainings/plan", title="Restore drill for support", with_support="1"),
        deeds=(lambda life: life.sends("/trainings/given", title="Restore drill", day="2026-11-10", with_support="1"),),
        why="A training held with the",
        figure="1 of 1 training held",
    ),
    Case(
        "requirements",
        near=lambda life: life.logs("learning", topic="etcd"),
        deeds=(lambda life: life.logs("request", topic="eBPF", text="weighed it, took it in"),),
        why="Works on training requirements",
        figure="1 of 1 act on a request",
    ),
    Case(
        "feedback",
        near=lambda life: life.sends("/trainings/given", title="etcd", day="2026-11-10"),
        deeds=(lambda life: life.logs("feedback", topic="etcd workshop", count="8", asked="9", score="4.4"),),
        why="",
        figure="1 of 1 session evaluated",
    ),
    Case(
        "oss-areas",
        near=lambda life: life.posts("github", "+1", channel="kubernetes/kubernetes", kind=Kind.REPLY),
        deeds=(
            lambda life: life.logs(
                "area",
                project="Kubernetes, SIG Storage",
                part="reviewer",
                url="https://github.com/kubernetes/community",
            ),
        ),
        why="role in a",
        figure="1 of 1 act",
    ),
)


@pytest.fixture
def console(bare_app: Flask, environ: dict[str, str]) -> Console:
    return Console(bare_app, environ)


@pytest.fixture
def life(app: Flask, cast: Cast, rules: Rules, sign_in: Callable[[Person], Browser]) -> Life:
    return Life(cast, rules, sign_in, sign_in(cast.asha))


def path(cast: Cast, rule: str) -> str:
    page = sentences.of_page(sentences.pages(cast.asha.id)[0].id)
    return f"/expectations/{next(one.expectation_id for one in page if one.rule == rule)}"


def told(page: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page)).split())


def state(page: str) -> str:
    found = re.search(r'class="verdict-line"><span class="state state-(\w+)"', page)
    assert found
    return found[1]


def counted(page: str) -> int:
    """How many items the page counts as evidence."""
    found = re.search(r"\d+ of (\d+) confirmed in", told(page))
    return int(found[1]) if found else 0


def test_no_rule_is_without_a_case(rules: Rules) -> None:
    assert sorted(case.rule for case in CASES) == sorted(rules.rulebook.rules)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.rule)
def test_what_only_looks_like_it_does_not_count(life: Life, case: Case) -> None:
    where = path(life.cast, case.rule)
    assert state(life.asha.get(where).text) == case.before
    case.near(life)
    page = life.asha.get(where).text
    assert (state(page), counted(page)) == (case.before, 0)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.rule)
def test_what_is_evidence_comes_to_the_page_with_its_reason_and_reaches_the_target(
    life: Life, case: Case, console: Console
) -> None:
    for deed in case.deeds:
        deed(life)
    page = life.asha.get(path(life.cast, case.rule)).text
    assert (state(page), case.why in told(page), case.figure in told(page)) == ("covered", True, True), told(page)
    lines = console.json("progress", "progress", life.cast.asha.email)["expectations"]
    assert next(line["state"] for line in lines if line["rule"] == case.rule) == "covered"


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.rule)
def test_a_word_on_a_piece_is_kept_and_counted(life: Life, case: Case) -> None:
    for deed in case.deeds:
        deed(life)
    where = path(life.cast, case.rule)
    before = life.asha.get(where).text
    piece = re.search(r'name="activity" value="(\d+)"', before)
    assert piece
    life.asha.post(f"{where}/verdicts", activity=piece[1], word="confirmed")
    confirmed = life.asha.get(where).text
    assert f"1 of {counted(before)} confirmed in" in told(confirmed)
    life.asha.post(f"{where}/verdicts", activity=piece[1], word="rejected")
    assert "not evidence, you said" in told(life.asha.get(where).text)
    assert counted(life.asha.get(where).text) == counted(before) - 1


def test_what_was_learned_and_not_taught_is_named_until_it_is_taught(life: Life) -> None:
    where = path(life.cast, "learn-train")
    life.logs("learning", topic="eBPF", how="a book", day="2026-10-20")
    named = "You learned eBPF (20 Oct) and have not taught it yet"
    assert (state(life.asha.get(where).text), named in told(life.asha.get(where).text)) == ("getting_there", True)
    link = re.search(rf'<a href="([^"]+)"[^>]*>{re.escape(named)}', life.asha.get(where).text)
    assert link is not None
    assert 'value="eBPF"' in life.asha.get(unescape(link[1])).text
    life.sends("/trainings/given", title="eBPF for the storage team", day="2026-11-10")
    assert named not in told(life.asha.get(where).text)


def test_colleagues_writing_stands_beside_ones_own_acts_and_counts_for_nobody(
    life: Life, article: Callable[..., int]
) -> None:
    for title in ("Lena's first post", "Lena's second, not confirmed"):
        number = article(life.cast.lena, title=title)
        items.say(life.cast.lena.id, number, Visibility.PUBLIC, NOW)
        if title == "Lena's first post":
            confirm(life.cast.lena, number)
    db.session.commit()
    page = life.asha.get(path(life.cast, "writing")).text
    assert ("Lena's first post" in told(page), counted(page), state(page)) == (True, 0, NOTHING)
    assert "not confirmed" not in told(page)


@pytest.mark.parametrize(("role", "stands", "pieces"), [("starter", "cant_tell", 0), ("senior", "covered", 3)])
def test_the_same_evidence_is_read_at_each_levels_wording(
    life: Life, rules: Rules, cast: Cast, role: str, stands: str, pieces: int
) -> None:
    """Joining threads is what the senior's page asks for, and not what the lead's does; both stand side by side."""
    ladder_import.apply(ladder_import.preview(SENIOR, "senior.md", rules), SENIOR, None, JOINED)
    if role == "senior":
        roster.give_role(cast.asha.id, role, date(2026, 1, 1))
    db.session.commit()
    for number, days_ago in enumerate((1, 23, 40)):
        text = f"Take a snapshot of etcd every hour and restore it somewhere each week, part {number}"
        life.posts("reddit", text, days_ago, kind=Kind.REPLY, thread=Thread(role=ThreadRole.JOINED))
    page = life.asha.get(path(cast, "discussion")).text
    assert (state(page), counted(page)) == (stands, pieces)
    assert ("Involve yourself in discussions" in told(page), "Lead discussions in public" in told(page)) == (True, True)
    assert ("You took part in a thread in r/kubernetes" in told(page)) == (role == "senior")
