"""A pasted link: its page is asked once, and fills in what the person has not said."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

import pytest

from advocacy import logbook
from advocacy.domain.logbook.kinds import LogKind
from advocacy.logbook import Draft
from advocacy.models import jobs
from advocacy.models.base import db
from advocacy.models.log_entries import LogEntry
from advocacy.models.runs import JobRun
from advocacy.models.words import WorkState
from ingest.jobs import claim, perform
from ingest.page_card import Card, card_of
from tests.cast import Cast
from tests.fault_server import FaultServer
from tests.ingest.scene import Scene, rows

HEAD = """<!doctype html><html><head><title>Tab title</title>
<meta property="og:title" content="Mayastor &amp; replicas">
<meta name="description" content="How they &lt;b&gt;move&lt;/b&gt;.">
<script type="application/ld+json">{"@graph": [{"headline": "LD", "datePublished": "2026-11-02T22:00:00Z"}]}</script>
</head><body></body></html>"""


@pytest.fixture
def web() -> Iterator[FaultServer]:
    with FaultServer() as server:
        yield server


def paste(scene: Scene, cast: Cast, url: str, **said: str) -> LogEntry:
    entry = logbook.save(Draft(kind=LogKind.POST, said={"url": url, **said}), cast.asha, scene.now, scene.rules)
    jobs.ask_unfurl(entry.id, url, cast.asha.id, scene.now)
    db.session.commit()
    return entry


def line(scene: Scene) -> str:
    """How it ended, in words."""
    for job_id, token in claim(scene.now, 10, timedelta(minutes=5)):
        perform(scene.hands, job_id, token)
    job = next(row for row in rows(JobRun) if row.kind == jobs.UNFURL)
    assert job.state is WorkState.DONE
    return str(job.line)


def test_the_page_fills_in_title_day_and_description(scene: Scene, cast: Cast, web: FaultServer) -> None:
    entry = paste(scene, cast, web.answers("/post", HEAD.encode(), Content_Type="text/html"))
    assert line(scene) == "The page told its title, day and description."
    assert entry.entry.says["title"] == "Mayastor & replicas"
    assert (entry.entry.says["text"], entry.day) == ("How they move.", date(2026, 11, 3))  # the day in Asia/Kolkata


def test_what_the_person_said_stays(scene: Scene, cast: Cast, web: FaultServer) -> None:
    entry = paste(scene, cast, web.answers("/post", HEAD.encode(), Content_Type="text/html"), title="Mine")
    line(scene)
    assert (entry.entry.says["title"], entry.entry.says["text"]) == ("Mine", "How they move.")


@pytest.mark.parametrize(
    ("status", "body", "words"),
    [
        (404, b"", "nothing is there (404); look whether it is complete"),
        (999, b"", "its page is shown to people who sign in only"),
        (200, b"<html><input type=password></html>", "its page is shown to people who sign in only"),
        (500, b"", "the site answers 500 just now"),
    ],
)
def test_what_fails_is_told_in_words_and_the_link_stays(
    scene: Scene, cast: Cast, web: FaultServer, status: int, body: bytes, words: str
) -> None:
    url = web.answers("/post", body, status=status, Content_Type="text/html")
    entry = paste(scene, cast, url)
    assert line(scene) == f"The link is saved, but {words}: add what is missing by hand."
    assert entry.entry.says == {"url": url}


def test_no_page_without_a_title_no_file_and_no_private_address_is_believed(
    scene: Scene, cast: Cast, web: FaultServer
) -> None:
    told = []
    for url in (
        web.answers("/a", b"<html></html>", Content_Type="text/html"),
        web.answers("/b", b"%PDF-1.7", Content_Type="application/pdf"),
        "http://192.168.0.1/x",
    ):
        paste(scene, cast, url)
        told.append(line(scene))
        db.session.query(JobRun).delete()
        db.session.commit()
    assert told[:2] == [
        "The link is saved, but its page names no title: add what is missing by hand.",
        "The link is saved, but what stands there is no page: add what is missing by hand.",
    ]
    assert "192.168.0.1" in told[2]


def test_an_entry_that_was_deleted_meanwhile_is_left_alone(scene: Scene, cast: Cast, web: FaultServer) -> None:
    entry = paste(scene, cast, web.answers("/post", HEAD.encode(), Content_Type="text/html"))
    entry.gone_at = scene.now
    db.session.commit()
    assert line(scene) == "The entry was deleted meanwhile."


def test_nobody_keeps_the_worker_busy_with_links(scene: Scene, cast: Cast) -> None:
    asked = [jobs.ask_unfurl(n, "https://a.example", cast.asha.id, scene.now) for n in range(25)]
    assert asked == [True] * jobs.MOST_UNFURLED + [False] * 5


@pytest.mark.parametrize(
    ("page", "card"),
    [
        ("<title>Only\n a title</title>", Card("Only a title", "", "")),
        ("<title>T</title><time datetime='2026-10-01'>", Card("T", "", "2026-10-01")),
        ('<script type="application/ld+json">[[[{</script><title>T</title>', Card("T", "", "")),
        ("<meta property=og:title content='A'><meta property='og:title' content='B'>", Card("A", "", "")),
    ],
)
def test_a_page_is_read_as_far_as_it_says_something(page: str, card: Card) -> None:
    assert card_of(page.encode(), "text/html") == card


def test_other_encodings_are_read_too() -> None:
    assert card_of("<title>Ünïcode</title>".encode("latin-1"), "text/html; charset=iso-8859-1").title == "Ünïcode"
    assert card_of(b"<title>x</title>", "text/html; charset=nonsense").title == "x"


def test_a_hostile_page_costs_little_time() -> None:
    began = datetime.now()  # noqa: DTZ005 - a stretch of time
    for page in ("<meta " * 80_000, "<script type=application/ld+json>" + "[" * 400_000, '<meta a="' * 60_000):
        card_of(page.encode(), "text/html")
    assert datetime.now() - began < timedelta(seconds=5)  # noqa: DTZ005
