"""Quick add, as somebody without JavaScript uses it."""

import re
from collections.abc import Callable
from html import unescape
from typing import Any
from urllib.parse import quote

import pytest
import sqlalchemy as sa
from flask import Flask

from advocacy.models import db, jobs, offers, sentences
from advocacy.models.activities import ActivityPerson, ActivityRow
from advocacy.models.log_entries import LogEntry
from advocacy.models.people import Person
from advocacy.models.runs import JobRun
from tests.cast import Cast
from tests.ingest.scene import rows
from tests.journey import Browser

LINK = "https://www.linkedin.com/posts/asha_x-activity-7123456789012345678-abcd"
DECIDED: dict[str, Any] = {"kind": "decision", "verdict": "adopt", "topic": "Mayastor", "reason": "it halves the cost"}
SignIn = Callable[[Person], Browser]


@pytest.fixture
def asha(cast: Cast, sign_in: SignIn) -> Browser:
    return sign_in(cast.asha)


def entries() -> list[LogEntry]:
    return [one for one in rows(LogEntry) if one.gone_at is None]


def field(page: str, name: str) -> str:
    """What a field of the page is filled with."""
    found = re.search(rf'<input[^>]*name="{name}"[^>]*value="([^"]*)"', page)
    found = found or re.search(rf'<textarea[^>]*name="{name}"[^>]*>([^<]*)<', page)
    chosen = re.search(rf'<select[^>]*name="{name}".*?<option value="([^"]*)" selected', page, re.DOTALL)
    return unescape((found or chosen)[1]) if found or chosen else ""  # type: ignore[index]


def told(page: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page)).split())


def test_a_pasted_link_is_saved_at_once_and_its_page_asked_for(asha: Browser) -> None:
    answer = asha.post("/add", q=f"{LINK} yesterday")
    [entry] = entries()
    assert (answer.status_code, answer.location) == (303, f"/add/log/{entry.id}")
    assert (entry.said["url"], entry.said["platform"], entry.day.isoformat()) == (LINK, "linkedin", "2026-11-22")
    [job] = [one for one in rows(JobRun) if one.kind == jobs.UNFURL]
    assert (job.subject, job.payload) == (str(entry.id), {"url": LINK})
    page = told(asha.get(answer.location).text)
    assert "Saved." in page
    assert "Looking at the page behind the link …" in page


def test_words_open_the_form_they_are_taken_for_filled_in(asha: Browser) -> None:
    answer = asha.post("/add", q="adopt Mayastor because it halves the cost yesterday")
    assert (answer.status_code, entries()) == (303, [])
    page = asha.get(answer.location).text
    wanted = {"verdict": "adopt", "topic": "Mayastor", "reason": "it halves the cost", "day": "2026-11-22"}
    assert {name: field(page, name) for name in wanted} == wanted


def test_what_is_saved_says_what_it_supports_and_why_and_can_be_undone(asha: Browser) -> None:
    answer = asha.post("/add/save", **DECIDED)
    page = asha.get(answer.location).text
    assert "This now supports 1 sentence" in page
    assert "because: A recorded decision (“" in told(page).replace('"', "“")
    undo = re.search(r'action="(/add/log/\d+/delete)"', page)
    assert undo is not None
    asha.post(undo[1])
    assert (entries(), db.session.scalar(sa.select(sa.func.count(ActivityRow.id)))) == ([], 0)
    back = re.search(r'action="(/add/log/\d+/restore)"', asha.get("/add").text)
    assert back is not None
    asha.post(back[1])
    assert [one.said["topic"] for one in entries()] == ["Mayastor"]


def test_what_supports_nothing_says_why_and_what_to_do(asha: Browser) -> None:
    answer = asha.post("/add/save", kind="tally", place="#kubernetes-users")
    page = told(asha.get(answer.location).text)
    assert "It supports no sentence yet It names no component of yours: say in its words which one" in page


def test_bad_input_is_told_beside_its_field_and_nothing_typed_is_lost(asha: Browser) -> None:
    answer = asha.post("/add/save", kind="decision", topic="Mayastor", day="2027-01-01", url="nowhere")
    page = answer.text
    assert (answer.status_code, entries()) == (422, [])
    assert (field(page, "topic"), field(page, "url"), field(page, "day")) == ("Mayastor", "nowhere", "2027-01-01")
    assert [words for words in (
        "Choose: adopt, trial or hold.",
        "Give the reason: without it, nobody can learn from it.",
        "Give the whole address, beginning with https://.",
        "That day has not come yet: give the day it happened.",
    ) if words not in unescape(page)] == []  # fmt: skip


def test_another_kind_can_be_chosen_and_what_was_typed_goes_along(asha: Browser) -> None:
    answer = asha.post("/add/save", **DECIDED, turn="trend")
    assert (answer.status_code, entries(), field(answer.text, "topic")) == (200, [], "Mayastor")


def test_the_same_link_is_offered_before_it_is_saved_twice(asha: Browser) -> None:
    asha.post("/add", q=LINK)
    answer = asha.post("/add", q=LINK)
    assert (answer.status_code, len(entries())) == (409, 1)
    assert "This seems to be there already" in answer.text
    assert asha.post("/add/save", kind="post", url=LINK, another="1").status_code == 303
    assert len(entries()) == 2


def test_any_sentence_takes_evidence_by_hand(asha: Browser, cast: Cast) -> None:
    page = sentences.of_page(sentences.pages(cast.asha.id)[0].id)
    silent = next(one for one in page if one.rule is None)
    form = asha.get(f"/add?expectation={silent.expectation_id}").text
    assert field(form, "expectation") == str(silent.expectation_id)
    answer = asha.post("/add/save", kind="other", title="Moved the standup", expectation=str(silent.expectation_id))
    assert silent.text in told(asha.get(answer.location).text)


def test_help_grows_with_one_tap_and_goes_back_by_undo(asha: Browser) -> None:
    asha.post("/add/save", kind="tally", place="#kubernetes-users", about="Mayastor", day="2026-11-20")
    [first] = entries()
    asha.post(f"/add/log/{first.id}/tap", by="1")
    asha.post(f"/add/log/{first.id}/tap", by="1")
    today = entries()[-1]
    assert (today.id != first.id, today.said["count"], today.day.isoformat()) == (True, "2", "2026-11-23")
    assert "3 on 2 days" in told(asha.get("/add").text)
    asha.post(f"/add/log/{today.id}/tap", by="-1")
    assert entries()[-1].said["count"] == "1"


def test_the_same_again_is_one_click(asha: Browser) -> None:
    asha.post("/add/save", **DECIDED, day="2026-11-02")
    [first] = entries()
    answer = asha.post(f"/add/log/{first.id}/again")
    assert answer.status_code == 303
    assert [one.day.isoformat() for one in entries()] == ["2026-11-02", "2026-11-23"]


def test_a_change_is_kept_and_a_bad_one_is_not(asha: Browser) -> None:
    asha.post("/add/save", **DECIDED)
    [entry] = entries()
    wrong = asha.post(f"/add/log/{entry.id}", verdict="hold", topic="", reason="later")
    assert (wrong.status_code, field(wrong.text, "verdict")) == (422, "hold")
    assert asha.post(f"/add/log/{entry.id}", verdict="hold", topic="Jiva", reason="later").status_code == 303
    assert [one.said["topic"] for one in entries()] == ["Jiva"]


def test_a_colleague_is_asked_and_it_counts_for_nobody_until_they_say_yes(
    app: Flask, cast: Cast, asha: Browser
) -> None:
    answer = asha.post("/add/save", **DECIDED, whose="theirs", colleague="lena fischer")
    assert answer.status_code == 303
    assert "Lena Fischer is asked" in told(asha.get(answer.location).text)
    assert [one.by for one in offers.waiting(cast.lena.id)] == ["Asha Rao"]
    assert db.session.scalar(sa.select(sa.func.count()).select_from(ActivityPerson)) == 0


def test_somebody_unknown_is_told_beside_the_field(asha: Browser) -> None:
    answer = asha.post("/add/save", **DECIDED, whose="ours", colleague="Nobody")
    assert (answer.status_code, entries()) == (422, [])
    assert "Nobody here has this name" in answer.text


def test_a_person_of_ones_own_is_all_that_one_sees(asha: Browser, cast: Cast, sign_in: SignIn) -> None:
    asha.post("/add/save", **DECIDED)
    [entry] = entries()
    sven = sign_in(cast.sven)
    assert sven.get(f"/add/log/{entry.id}").status_code == 404
    assert "Mayastor" not in sven.get("/add/log").text + sven.get("/add/log/sheet").text


def test_the_log_is_shown_by_kind_page_by_page_and_as_a_table(asha: Browser) -> None:
    for n in range(52):
        asha.post("/add/save", kind="learning", topic=f"Topic number {n}")
    asha.post("/add/save", **DECIDED)
    page = asha.get("/add/log?kind=learning").text
    assert "52 entries in your log" in page
    older = re.search(r'href="(/add/log\?kind=learning&amp;before=[^"]+)"', page)
    assert older is not None
    rest = asha.get(unescape(older[1])).text
    assert (page.count("Topic number") // 2, rest.count("Topic number") // 2) == (50, 2)
    sheet = asha.get("/add/log/sheet?kind=decision").text.splitlines()
    assert len(sheet) == 2
    assert '"adopt"' in sheet[1]


def test_a_hostile_line_is_shown_as_text(asha: Browser) -> None:
    page = asha.get("/add?q=%3Cscript%3Ealert(1)%3C/script%3E").text
    assert "<script>alert" not in page
    asha.post("/add/save", kind="other", title="<b>x</b>", url='https://a.example/"onmouseover=1')
    assert "<b>x</b>" not in asha.get("/add").text


def test_an_empty_line_and_a_very_long_one_are_told(asha: Browser) -> None:
    assert [asha.post("/add", q=words).status_code for words in ("", "x" * 1001)] == [422, 422]


@pytest.mark.parametrize(
    ("line", "page", "link", "title"),
    [
        ("gave a talk at KubeCon yesterday", "/talks/given", "A talk given", "gave a talk at KubeCon"),
        ("submitted a talk proposal to FOSDEM", "/talks/propose", "A proposal", "submitted a talk proposal to FOSDEM"),
        ("ran a workshop on etcd yesterday", "/trainings/given", "A training given", "ran a workshop on etcd"),
        ("completed the CNCF survey", "/surveys", "A survey answered", "completed the CNCF survey"),
    ],
)
def test_what_has_a_page_of_its_own_is_led_to_with_what_was_read(
    asha: Browser, line: str, page: str, link: str, title: str
) -> None:
    note = re.search(rf'<p class="note">[^<]*<a href="({page}[^"]*)">{link} ', asha.get(f"/add?q={quote(line)}").text)
    assert note is not None
    assert f'value="{title}"' in asha.get(unescape(note[1])).text
