"""The inbox: what waits, folded; what is said of it; and the way back."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from advocacy.domain.activity import Kind, Thread, ThreadRole
from advocacy.models import attention
from advocacy.models.activities import ActivityRow
from advocacy.models.base import db
from advocacy.models.evidence import Evidence, Verdict
from advocacy.models.inbox.acts import Act
from advocacy.models.people import Person
from advocacy.models.words import Word
from advocacy.rules import Rules
from tests.cast import Cast
from tests.conftest import NOW
from tests.ingest.scene import expectation, rows
from tests.journey import Browser
from tests.models.stage import POST, TITLE, Stage, family, said
from tests.test_journeys import words_of

SignIn = Callable[[Person], Browser]
AT = datetime(2026, 11, 2, 9, tzinfo=UTC)
TODAY = date(2026, 11, 23)
EVER = (date(1970, 1, 1), date(9999, 12, 31))


@pytest.fixture
def stage(app: Flask, cast: Cast, rules: Rules) -> Stage:
    return Stage(rules, NOW)


@pytest.fixture
def asha(cast: Cast, sign_in: SignIn) -> Browser:
    return sign_in(cast.asha)


def read(browser: Browser, more: str = "") -> str:
    answer = browser.get(f"/inbox{more}")
    assert answer.status_code == 200, answer.text
    return words_of(answer.text)


def words(activity_id: int) -> dict[int, Word | None]:
    """The words in force on an activity, by sentence."""
    db.session.rollback()
    held = [one for one in rows(Verdict) if one.activity_id == activity_id and one.superseded_at is None]
    return {one.expectation_id: one.word for one in held if one.word}


def waits(cast: Cast) -> int:
    db.session.rollback()
    return attention.waiting(cast.asha.id, *EVER, TODAY)


def posts(stage: Stage, cast: Cast, count: int, channel: str = "r/kubernetes") -> list[int]:
    return [
        stage.says(cast.asha, said(f"reddit:t3_{n}", AT, days=-n, url=f"https://reddit.example/{n}", channel=channel))[
            0
        ]
        for n in range(count)
    ]


def test_an_empty_inbox_says_what_comes_next(cast: Cast, asha: Browser) -> None:
    page = read(asha)
    assert "Nothing waits for your word." in page
    assert "No source is connected yet" in page


def test_it_shows_what_waits_and_counts_it_as_home_does(stage: Stage, cast: Cast, asha: Browser) -> None:
    posts(stage, cast, 3)
    page = read(asha)
    assert "3 items wait for your word" in page
    assert waits(cast) == 3
    assert "kubectl get pvc" in page
    assert "Mayastor" in page


def test_confirming_leads_to_the_next_item_and_is_undone(stage: Stage, cast: Cast, asha: Browser) -> None:
    first, second = posts(stage, cast, 2)
    answer = asha.post("/inbox/words", activities=f"{second}", word="confirmed", next=f"{first}")
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/inbox?item={first}")
    assert set(words(second).values()) == {Word.CONFIRMED}
    page = asha.get(f"/inbox?item={first}").text
    assert "Confirmed." in words_of(page)
    assert waits(cast) == 1
    assert asha.post("/inbox/undo", act="1").headers["Location"] == f"/inbox?item={second}"
    assert (words(second), waits(cast)) == ({}, 2)


def test_what_is_not_ticked_is_put_aside_and_another_sentence_attached(stage: Stage, cast: Cast, asha: Browser) -> None:
    [number] = posts(stage, cast, 1)
    suggested = {one.expectation_id for one in rows(Evidence)}
    advocacy, talks = expectation("advocacy"), expectation("talks")
    assert advocacy in suggested
    assert len(suggested) > 1
    asha.post(
        "/inbox/words",
        activities=f"{number}",
        word="confirmed",
        choose="yes",
        expectation=f"{advocacy}",
        also=f"{talks}",
    )
    wanted = {key: Word.CONFIRMED if key == advocacy else Word.REJECTED for key in suggested}
    assert words(number) == wanted | {talks: Word.CONFIRMED}
    asha.post("/inbox/undo", act="1")
    assert words(number) == {}
    assert {one.expectation_id for one in rows(Evidence)} == suggested


def test_what_was_decided_elsewhere_meanwhile_is_told_and_stays(stage: Stage, cast: Cast, asha: Browser) -> None:
    [number] = posts(stage, cast, 1)
    asha.post("/inbox/words", activities=f"{number}", word="confirmed")
    before = words(number)
    asha.post("/inbox/words", activities=f"{number}", word="rejected")
    assert "Nothing of it waited for your word any more" in read(asha)
    assert (words(number), len(rows(Act))) == (before, 1)


def test_nothing_ticked_is_told_in_words(stage: Stage, cast: Cast, asha: Browser) -> None:
    [number] = posts(stage, cast, 1)
    answer = asha.post("/inbox/words", activities=f"{number}", word="confirmed", choose="yes")
    assert (answer.status_code, words(number)) == (400, {})
    assert "Tick at least one sentence" in answer.text


def test_not_evidence_keeps_its_reason(stage: Stage, cast: Cast, asha: Browser) -> None:
    [number] = posts(stage, cast, 1)
    asha.post("/inbox/words", activities=f"{number}", word="rejected", reason="a joke")
    assert set(words(number).values()) == {Word.REJECTED}
    page = words_of(asha.get(f"/activities/{number}").text)
    assert "What was said of it" in page
    assert "a joke · holds" in page
    assert waits(cast) == 0


def test_what_is_put_off_comes_back_on_its_day(app: Flask, stage: Stage, cast: Cast, asha: Browser) -> None:
    [number] = posts(stage, cast, 1)
    asha.post("/inbox/snoozes", activities=f"{number}", until="2026-11-25")
    assert (waits(cast), "1 item is put off and will come back by itself" in read(asha)) == (0, True)
    page = read(asha, "?put_off=yes")
    assert "Put off until 25 Nov 2026" in page
    assert attention.waiting(cast.asha.id, *EVER, date(2026, 11, 25)) == 1
    app.extensions["advocacy.clock"] = lambda: NOW + timedelta(days=2)
    assert "1 item waits for your word" in read(asha)


@pytest.mark.parametrize("until", ["2026-11-23", "2020-01-01", "2029-01-01", "soon", ""])
def test_a_day_that_is_not_to_come_is_refused(stage: Stage, cast: Cast, asha: Browser, until: str) -> None:
    [number] = posts(stage, cast, 1)
    assert asha.post("/inbox/snoozes", activities=f"{number}", until=until).status_code == 400
    assert waits(cast) == 1


def test_putting_off_is_undone(stage: Stage, cast: Cast, asha: Browser) -> None:
    [number] = posts(stage, cast, 1)
    asha.post("/inbox/snoozes", activities=f"{number}", until="2026-11-25")
    asha.post("/inbox/snoozes", activities=f"{number}", until="2026-12-25")
    asha.post("/inbox/undo", act="2")
    assert attention.waiting(cast.asha.id, *EVER, date(2026, 11, 25)) == 1
    asha.post("/inbox/undo", act="1")
    assert waits(cast) == 1


def test_all_strong_ones_are_one_step(stage: Stage, cast: Cast, asha: Browser) -> None:
    numbers = posts(stage, cast, 4)
    page = asha.get("/inbox/strong").text
    pieces = [
        f"{one.activity_id}.{one.expectation_id}"
        for one in rows(Evidence)
        if one.strength == "strong" and not one.verdict
    ]
    assert all(f'value="{piece}"' in page for piece in pieces)
    answer = asha.post("/inbox/pieces", piece=pieces)
    assert answer.status_code == 303
    assert all(Word.CONFIRMED in words(number).values() for number in numbers)
    assert "Confirmed: 4 items." in read(asha)
    asha.post("/inbox/undo", act="1")
    assert [words(number) for number in numbers] == [{}] * 4


def test_a_thread_a_work_and_a_series_are_one_card_each(stage: Stage, cast: Cast, asha: Browser) -> None:
    thread = Thread(key="q1", role=ThreadRole.OPENED, replies=5)
    talk = [
        said(
            f"reddit:t1_{n}",
            AT,
            days=n,
            kind=Kind.REPLY,
            thread=thread,
            channel="r/openebs",
            url=f"https://r.example/{n}",
        )
        for n in range(3)
    ]
    for one in (*talk, *family(AT).values()):
        stage.says(cast.asha, one)
    for n in range(2):
        one = said(f"feed:{n}", AT, days=n, url=f"https://notes.example/{n}", title=f"Mayastor notes {n}")
        stage.says(cast.asha, replace(one, channel="notes.example"))
    page = read(asha)
    assert "3 items of one thread" in page
    assert "one work in 5 places" in page
    assert "2 items of a series" in page
    assert "3 cards" in page
    assert "1 card" in read(asha, "?group=series")


def test_a_whole_thread_is_answered_at_once(stage: Stage, cast: Cast, asha: Browser) -> None:
    numbers = posts(stage, cast, 3)
    ids = ",".join(map(str, numbers))
    asha.post("/inbox/words", activities=ids, word="confirmed")
    assert all(set(words(number).values()) == {Word.CONFIRMED} for number in numbers)
    asha.post("/inbox/undo", act="1")
    asha.post("/inbox/words", activities=ids, word="rejected")
    assert all(set(words(number).values()) == {Word.REJECTED} for number in numbers)


def test_filters_stand_in_the_address_and_in_the_count(stage: Stage, cast: Cast, asha: Browser) -> None:
    posts(stage, cast, 2)
    stage.says(cast.asha, said("feed:post", AT, url=POST, title=TITLE))
    assert "1 item waits for your word" in read(asha, "?platform=feed")
    assert "2 items wait for your word" in read(asha, "?platform=reddit&strength=strong")
    assert "Nothing of this kind waits." in read(asha, "?period=2025")
    assert "3 items wait for your word in 2026-Q4" in read(
        asha, f"?period=2026-Q4&expectation={expectation('advocacy')}"
    )


@pytest.mark.parametrize(
    "query", ["platform=cats", "strength=sure", "group=all", "period=soon", "before=x", "expectation=x", "item=x"]
)
def test_an_address_that_asks_for_nothing_there_is_is_refused_in_words(asha: Browser, query: str) -> None:
    assert asha.get(f"/inbox?{query}").status_code == 400


def test_the_list_goes_on_by_key_and_as_a_sheet(stage: Stage, cast: Cast, asha: Browser) -> None:
    numbers = posts(stage, cast, 32)
    page = asha.get("/inbox").text
    assert f'item={numbers[29]}"' in page
    assert f'item={numbers[30]}"' not in page
    older = asha.get(f"/inbox?before=2026-10-04.{numbers[29]}").text
    assert "before=2026-10-04." in page
    assert f'&amp;item={numbers[30]}"' in older
    assert "Older ones" not in older
    assert len(asha.get("/inbox/list.csv").text.splitlines()) == 33


def test_never_from_here_hides_now_and_later_and_says_that_a_rule_did(stage: Stage, cast: Cast, asha: Browser) -> None:
    first, *_ = posts(stage, cast, 3, channel="r/cats")
    assert "r/cats on Reddit (3 waiting)" in read(asha)
    kept = stage.says(cast.asha, said("feed:post", AT, url=POST, title=TITLE))[0]
    asha.post("/inbox/words", activities=f"{first}", word="confirmed")
    asha.post("/inbox/rules/from-item", activity=f"{first}", where="channel", expectation="")
    stage.says(cast.asha, said("reddit:t3_new", AT, url="https://reddit.example/new", channel="r/cats"))
    db.session.rollback()
    assert {one.activity_id for one in rows(Evidence) if one.verdict is None} == {kept}
    assert set(words(first).values()) == {Word.CONFIRMED}, "a person's word stands above a rule"
    assert len(rows(Verdict)) == len(words(first)), "a rule says no person's word"
    page = words_of(asha.get("/inbox/rules").text)
    assert "Nothing from r/cats (Reddit)" in page
    assert "It put aside 3 items." in page
    hidden = words_of(asha.get(f"/activities/{first + 1}").text)
    assert "put aside by a rule of yours" in hidden
    assert "not evidence, you said" not in hidden


def test_a_rule_that_goes_gives_back_what_it_hid_and_comes_back_itself(stage: Stage, cast: Cast, asha: Browser) -> None:
    first, *_ = posts(stage, cast, 3, channel="r/cats")
    asha.post("/inbox/rules/from-item", activity=f"{first}", where="platform", expectation="")
    assert waits(cast) == 0
    page = asha.post("/inbox/rules/1/delete")
    assert (page.status_code, waits(cast)) == (303, 3)
    asha.post("/inbox/rules/again", platform="reddit", any="yes", acts="yes")
    assert waits(cast) == 0


def test_undo_of_never_from_here_takes_the_rule_back(stage: Stage, cast: Cast, asha: Browser) -> None:
    first, *_ = posts(stage, cast, 2, channel="r/cats")
    asha.post("/inbox/rules/from-item", activity=f"{first}", where="channel", expectation=f"{expectation('advocacy')}")
    db.session.rollback()
    assert {one.expectation_id for one in rows(Evidence) if one.hidden_by} == {expectation("advocacy")}
    asha.post("/inbox/undo", act="1")
    db.session.rollback()
    assert [one for one in rows(Evidence) if one.hidden_by or one.verdict] == []


def test_a_rule_is_offered_after_three_of_a_kind_and_never_again_once_left(
    stage: Stage, cast: Cast, asha: Browser
) -> None:
    numbers = posts(stage, cast, 4, channel="r/cats")
    for number in numbers[:2]:
        asha.post("/inbox/words", activities=f"{number}", word="rejected")
    assert "Shall that be a rule" not in read(asha)
    asha.post("/inbox/words", activities=f"{numbers[2]}", word="rejected")
    assert "You put aside 3 items from r/cats (Reddit)" in read(asha)
    for key in sorted(words(numbers[0])):
        form = {"expectation": f"{key}", "platform": "reddit", "channel": "r/cats"}
        answer = asha.post("/inbox/rules/offered", headers=None, answer="leave", **form)
        assert answer.status_code in (303, 400)
    for key in sorted(words(numbers[0])):
        form = {"expectation": f"{key}", "platform": "reddit", "channel": "r/cats"}
        asha.post("/inbox/rules/offered", headers=None, answer="leave", **form)
    assert "Shall that be a rule" not in read(asha)
    assert waits(cast) == 1, "what was left does not act"
    assert "Not a rule, you said" in words_of(asha.get("/inbox/rules").text)


def edit(stage: Stage, cast: Cast, text: str) -> int:
    return stage.says(cast.asha, said("feed:post", AT, url=POST, title=TITLE, text=text))[0]


BEFORE = "How OpenEBS Mayastor serves stateful workloads on Kubernetes, for an SRE.\n```\nkubectl get pvc\n```"
AFTER = BEFORE.replace("stateful", "stateless")


def test_what_was_edited_after_it_was_confirmed_comes_back_with_its_changes(
    stage: Stage, cast: Cast, asha: Browser
) -> None:
    number = edit(stage, cast, BEFORE)
    asha.post("/inbox/words", activities=f"{number}", word="confirmed")
    edit(stage, cast, AFTER)
    for path in ("/inbox", f"/activities/{number}"):
        page = asha.get(path).text
        assert '<del><span class="visually-hidden">[gone:] </span> stateful<span' in page, path
        assert "[new:] </span> stateless<span" in page, path
    assert "1 changed since you confirmed it" in read(asha)
    asha.post("/inbox/edits", activity=f"{number}", still="yes")
    assert attention.edited(cast.asha.id) == []
    asha.post("/inbox/undo", act="2")
    db.session.rollback()
    assert {row.activity_id for row in attention.edited(cast.asha.id)} == {number}
    asha.post("/inbox/edits", activity=f"{number}", still="no")
    assert words(number) == {}
    assert asha.post("/inbox/edits", activity=f"{number}", still="yes").status_code == 404


def test_what_is_not_ones_own_is_not_there(stage: Stage, cast: Cast, sign_in: SignIn, asha: Browser) -> None:
    [number] = posts(stage, cast, 1)
    sven = sign_in(cast.sven)
    assert sven.get(f"/inbox?item={number}").status_code == 404
    for path, form in (
        ("/inbox/words", {"activities": f"{number}", "word": "confirmed"}),
        ("/inbox/snoozes", {"activities": f"{number}", "until": "2026-12-01"}),
        ("/inbox/rules/from-item", {"activity": f"{number}", "where": "platform"}),
    ):
        assert sven.post(path, headers=None, **form).status_code == 404
    assert (words(number), waits(cast)) == ({}, 1)


def test_hostile_and_right_to_left_titles_are_text(stage: Stage, cast: Cast, asha: Browser) -> None:
    title = "<script>alert(1)</script> كيف بدأت " + "W" * 200
    stage.says(cast.asha, said("feed:post", AT, url="javascript:alert(1)", title=title, channel='"><i>'))
    page = asha.get("/inbox").text
    assert "<script>alert" not in page
    assert "javascript:" not in page
    assert '"><i>' not in page
    assert "كيف بدأت" in page
    assert db.session.scalar(sa.select(sa.func.count(ActivityRow.id))) == 1


def test_steps_are_forgotten_after_a_month(stage: Stage, cast: Cast, asha: Browser) -> None:
    first, second = posts(stage, cast, 2)
    asha.post("/inbox/words", activities=f"{first}", word="confirmed")
    before = words(first)
    db.session.execute(sa.update(Act).values(at=NOW - timedelta(days=31)))
    db.session.commit()
    asha.post("/inbox/words", activities=f"{second}", word="rejected")
    assert [(one.deed, one.at) for one in rows(Act)] == [("rejected", NOW)]
    assert words(first) == before, "the word itself stays"


def test_a_sitting_tells_what_was_done_and_what_it_supports(stage: Stage, cast: Cast, asha: Browser) -> None:
    first, second, third = posts(stage, cast, 3)
    asha.post("/inbox/words", activities=f"{first},{second}", word="confirmed")
    asha.post("/inbox/words", activities=f"{third}", word="rejected")
    page = read(asha)
    assert "That was all." in page
    assert "In this sitting: 2 confirmed, 1 not evidence, 0 put off" in page
    assert "What you confirmed now supports:" in page
    assert "– 2 items" in page
    db.session.execute(sa.update(Act).values(at=NOW - timedelta(hours=2)))
    db.session.commit()
    assert "In this sitting" not in read(asha)


def test_what_was_said_since_is_not_taken_back_with_an_older_step(stage: Stage, cast: Cast, asha: Browser) -> None:
    [number] = posts(stage, cast, 1)
    asha.post("/inbox/words", activities=f"{number}", word="confirmed")
    advocacy = expectation("advocacy")
    asha.post(f"/expectations/{advocacy}/verdicts", activity=f"{number}", word="rejected")
    asha.post("/inbox/undo", act="1")
    assert words(number) == {advocacy: Word.REJECTED}
