"""Handing an archive in: looked at first, agreed to, taken back; the file is ours alone and gone when it was used."""

import io
import os
import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from waitress.adjustments import Adjustments
from werkzeug.test import TestResponse

from advocacy import uploads
from advocacy.models import db, import_batches, import_jobs, jobs
from advocacy.models.activities import ActivityRow
from advocacy.models.import_jobs import Handed
from advocacy.models.people import Person
from advocacy.models.runs import JobRun
from advocacy.rules import Rules
from advocacy.serve import MOST, Parser
from advocacy.settings import Settings
from ingest.chores import forget_uploads
from ingest.jobs import claim, perform
from tests.cast import Cast
from tests.conftest import NOW
from tests.ingest.archives.given import MANIFEST, table, tweet, tweets, zipped
from tests.ingest.scene import Scene, dump, rows
from tests.journey import Browser

SignIn = Callable[[Person], Browser]
TEXT = "For an SRE on Kubernetes with OpenEBS: what I do first.\n```\nkubectl describe pvc\n```\nThat is all."
ROWS = table(
    ("date", "title", "text"), ("2026-10-01", "SRE", TEXT), ("soon", "SRE", TEXT), ("2026-10-02", "Garden", "")
)


@pytest.fixture
def scene(app: Flask, rules: Rules) -> Scene:
    return Scene(app, rules, NOW)


@pytest.fixture
def worker(scene: Scene, cast: Cast) -> Callable[[], None]:
    """Let the worker do all that was asked for."""
    db.session.query(JobRun).delete()
    db.session.commit()

    def work() -> None:
        for job_id, token in claim(scene.now, 10, timedelta(minutes=5)):
            perform(scene.hands, job_id, token)

    return work


@pytest.fixture
def folder(settings: Settings) -> Path:
    return settings.data_dir / "uploads"


def hands_in(
    browser: Browser, content: str | bytes, name: str = "talks.csv", kind: str = "csv", **more: Any
) -> TestResponse:
    data = content.encode() if isinstance(content, str) else content
    return browser.post("/sources/import", kind=kind, file=(io.BytesIO(data), name), **more)


def words_of(page: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def test_a_table_is_looked_at_taken_in_and_taken_back(
    scene: Scene, cast: Cast, sign_in: SignIn, worker: Callable[[], None], folder: Path
) -> None:
    browser, before = sign_in(cast.asha), dump()
    page = hands_in(browser, ROWS).headers["Location"]
    (kept,) = folder.iterdir()
    assert (kept.read_text("utf-8").replace("\r\n", "\n"), kept.stat().st_mode & 0o777) == (
        ROWS.replace("\r\n", "\n"),
        0o600,
    )
    assert "Waiting for the worker" in browser.get(page).text
    worker()
    seen = words_of(browser.get(page).text)
    assert "3 rows: 1 new, 0 the same, 1 not kept, 1 not understood" in seen
    assert "its date is" in seen
    assert "write it as 2026-10-01" in seen
    assert dump() == before
    taking = browser.post(page).headers["Location"]
    assert taking != page
    worker()
    told = words_of(browser.get(taking).text)
    assert "3 rows: 1 new" in told
    assert [row.title for row in rows(ActivityRow)] == ["SRE"]
    assert list(folder.iterdir()) == []
    assert "talks.csv" in browser.get("/sources/import").text
    (batch,) = import_batches.of_person(cast.asha.id)
    db.session.rollback()
    back = browser.post(f"/sources/import/batches/{batch.id}/undo")
    assert back.headers["Location"] == "/sources/import#batches"
    assert "Taken back: 1 items are gone." in words_of(browser.get("/sources/import").text)
    assert dump() == before


def test_an_archive_of_x_through_the_page(
    scene: Scene, cast: Cast, sign_in: SignIn, worker: Callable[[], None], tmp_path: Path
) -> None:
    path = zipped(tmp_path / "x.zip", {"data/tweets.js": tweets(tweet(1, TEXT)), "data/manifest.js": MANIFEST})
    browser = sign_in(cast.asha)
    page = hands_in(browser, path.read_bytes(), "twitter-2026.zip", "x-archive").headers["Location"]
    worker()
    seen = words_of(browser.get(page).text)
    assert "a new account of yours, asha_k" in seen
    assert "It holds everything from 2018-10-10 to 2026-11-01" in seen
    browser.post(page)
    worker()
    assert [row.ref for row in rows(ActivityRow)] == ["x:1"]
    assert "asha_k" in browser.get("/sources").text


def test_what_is_left_is_deleted_at_once(
    scene: Scene, cast: Cast, sign_in: SignIn, worker: Callable[[], None], folder: Path
) -> None:
    browser = sign_in(cast.asha)
    page = hands_in(browser, ROWS).headers["Location"]
    assert browser.post(f"{page}/leave").status_code == 404  # the worker may be reading it
    worker()
    assert browser.post(f"{page}/leave").headers["Location"] == "/sources/import"
    assert (list(folder.iterdir()), browser.get(page).status_code) == ([], 404)


@pytest.mark.parametrize(
    ("kind", "content", "words"),
    [
        ("x-archive", "window.YTD.direct_messages.part0 = []", "not tweets: give data/tweets.js"),
        ("pretalx", "{", "is no JSON"),
        ("csv", "", "is empty: its first line must name the columns"),
        ("reddit-export", "PK\x03\x04 and so on", "the zip is broken"),
    ],
)
def test_what_cannot_be_read_is_told_in_words_and_deleted(
    scene: Scene,
    cast: Cast,
    sign_in: SignIn,
    worker: Callable[[], None],
    folder: Path,
    kind: str,
    content: str,
    words: str,
) -> None:
    browser = sign_in(cast.asha)
    page = hands_in(browser, content, kind=kind).headers["Location"]
    worker()
    assert words in words_of(browser.get(page).text)
    assert (list(folder.iterdir()), browser.post(page).status_code) == ([], 404)


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ({"kind": "poem"}, "Choose what it is."),
        ({"kind": "csv", "file": ""}, "Choose the file."),
        ({"kind": "csv", "columns": "Held on"}, "write COLUMN=FIELD; the fields are"),
    ],
)
def test_a_form_that_is_not_complete_says_so_and_keeps_no_file(
    cast: Cast, sign_in: SignIn, folder: Path, form: dict[str, Any], words: str
) -> None:
    whole: dict[str, Any] = {"file": (io.BytesIO(b"x"), "x.csv"), **form}
    answer = sign_in(cast.asha).post("/sources/import", **whole)
    assert (answer.status_code, words in answer.text) == (422, True)
    assert not folder.exists() or list(folder.iterdir()) == []


def test_a_stranger_leaves_no_file(app: Flask, cast: Cast, stranger: Browser, folder: Path) -> None:
    app.config["MAX_CONTENT_LENGTH"] = 10_000
    assert hands_in(stranger, b"x" * 5_000).status_code == 401
    assert hands_in(stranger, b"x" * 20_000).status_code == 413
    assert not folder.exists()


def test_without_the_forms_token_no_file_is_kept(cast: Cast, sign_in: SignIn, folder: Path) -> None:
    browser = sign_in(cast.asha)
    assert hands_in(browser, ROWS, csrf_token="forged").status_code == 400
    assert list(folder.iterdir()) == []


def test_only_this_route_takes_more_than_a_page_and_not_more_than_it_says(
    app: Flask, cast: Cast, sign_in: SignIn, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app.config["MAX_CONTENT_LENGTH"] = 10_000
    monkeypatch.setattr(uploads, "MOST", 30_000)
    browser = sign_in(cast.asha)
    assert hands_in(browser, b"x" * 20_000).status_code == 303
    assert browser.post("/sources/connect/feed", address="x" * 20_000).status_code == 413
    answer = hands_in(browser, b"x" * 40_000)
    assert (answer.status_code, "an archive 64 MB" in answer.text) == (413, True)
    assert len(list(folder.iterdir())) == 1


@pytest.mark.parametrize(
    ("head", "size", "taken"),
    [
        (b"POST /sources/import", 60_000_000, True),
        (b"POST /sources/import?x=1", 60_000_000, True),
        (b"POST /sources/import", 600_000_000, False),
        (b"POST /sources/imports", 60_000_000, False),
        (b"PUT /sources/import", 60_000_000, False),
        (b"POST /sign-in", 60_000_000, False),
    ],
)
def test_the_server_takes_a_large_body_only_where_archives_are_handed_in(head: bytes, size: int, taken: bool) -> None:
    parser: Any = Parser(Adjustments(max_request_body_size=MOST))
    parser.received(b"%s HTTP/1.1\r\nHost: x\r\nContent-Length: %d\r\n\r\n" % (head, size))
    assert (parser.error is None) is taken


def test_a_hostile_name_is_only_words(cast: Cast, sign_in: SignIn, folder: Path) -> None:
    browser = sign_in(cast.asha)
    page = hands_in(browser, ROWS, "../../etc/<b>x\u202e\x07.csv").headers["Location"]
    assert re.fullmatch("[0-9a-f]{32}", next(folder.iterdir()).name)
    text = browser.get(page).text
    assert "<b>x" not in text
    assert "etc" not in text


def test_so_many_files_at_a_time(
    scene: Scene, cast: Cast, sign_in: SignIn, worker: Callable[[], None], folder: Path
) -> None:
    browser = sign_in(cast.asha)
    for _ in range(import_jobs.MOST_OPEN):
        assert hands_in(browser, ROWS).status_code == 303
    assert hands_in(browser, ROWS).status_code == 429
    assert len(list(folder.iterdir())) == import_jobs.MOST_OPEN
    for _ in range(4):
        worker()
        assert hands_in(browser, ROWS).status_code == 303
    worker()
    assert len(list(folder.iterdir())) == import_jobs.MOST_KEPT


def test_what_nobody_took_in_is_forgotten_within_a_day(
    scene: Scene, cast: Cast, sign_in: SignIn, worker: Callable[[], None], folder: Path
) -> None:
    hands_in(sign_in(cast.asha), ROWS)
    worker()
    (file,) = folder.iterdir()
    at = NOW.timestamp()
    os.utime(file, (at, at))
    forget_uploads(NOW + timedelta(hours=23))
    assert (len(rows(JobRun)), file.exists()) == (1, True)
    forget_uploads(NOW + timedelta(hours=25))
    db.session.commit()
    assert (rows(JobRun), file.exists()) == ([], False)


def test_a_file_that_is_gone_is_told_in_words(
    scene: Scene, cast: Cast, sign_in: SignIn, worker: Callable[[], None], folder: Path
) -> None:
    browser = sign_in(cast.asha)
    page = hands_in(browser, ROWS).headers["Location"]
    next(folder.iterdir()).unlink()
    worker()
    assert "the file is not there any more" in browser.get(page).text


def test_no_name_of_a_file_leads_out_of_the_folder(settings: Settings) -> None:
    uploads.folder(settings.data_dir)
    (settings.data_dir / "secret_key").write_text("x")
    assert [uploads.place(settings.data_dir, name) for name in ("../secret_key", "secret_key", "", "a" * 32)] == [
        None
    ] * 4


def test_pressed_twice_it_is_taken_in_once(
    scene: Scene, cast: Cast, sign_in: SignIn, worker: Callable[[], None]
) -> None:
    browser = sign_in(cast.asha)
    page = hands_in(browser, ROWS).headers["Location"]
    worker()
    assert browser.post(page).headers["Location"] == browser.post(page).headers["Location"]
    worker()
    assert len(import_batches.of_person(cast.asha.id)) == 1


def test_who_is_shut_out_gets_nothing_taken_in(
    scene: Scene, cast: Cast, worker: Callable[[], None], settings: Settings
) -> None:
    name = "0" * 32
    (uploads.folder(settings.data_dir) / name).write_text(ROWS)
    import_jobs.look(Handed(kind="csv", file=name, name="t.csv"), cast.asha.id, NOW)
    db.session.commit()
    worker()
    import_jobs.take(rows(JobRun)[0].id, cast.asha.id, NOW)
    cast.asha.disabled_at = NOW
    db.session.commit()
    worker()
    assert rows(ActivityRow) == []
    assert "shut out" in rows(JobRun)[-1].line
    assert rows(JobRun)[-1].kind == jobs.IMPORT
