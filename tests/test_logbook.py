"""The log that people keep: what they say is on the timeline at once, and can be changed, deleted and brought back."""

import csv
import io
from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from advocacy import logbook, recording
from advocacy.domain.activity import Platform
from advocacy.domain.logbook.kinds import LogKind
from advocacy.domain.logbook.table import COLUMNS, row_of
from advocacy.logbook import Draft, Told
from advocacy.logbook_table import take_in
from advocacy.models import (
    activity_page,
    connect,
    db,
    log_alike,
    log_entries,
    offers,
    person_erasure,
    sentences,
    verdicts,
)
from advocacy.models.activities import ActivityPerson, ActivityRow, Provenance
from advocacy.models.base import Missing
from advocacy.models.evidence import Evidence
from advocacy.models.log_entries import LogEntry
from advocacy.models.people import Person
from advocacy.models.words import Part, Road, Word
from advocacy.rules import Rules
from tests.cast import Cast
from tests.conftest import NOW

POST = "https://www.linkedin.com/posts/asha_x-activity-7123456789012345678-abcd"
DECIDED = {"verdict": "adopt", "topic": "Mayastor", "reason": "it halves the cost"}
SAMPLES: dict[LogKind, tuple[dict[str, str], set[str]]] = {
    LogKind.POST: ({"url": POST, "text": "TIL how Mayastor moves replicas."}, {"tweets", "advocacy"}),
    LogKind.TALLY: ({"place": "#kubernetes-users", "about": "Mayastor"}, {"advocacy"}),
    LogKind.TREND: ({"topic": "Mayastor and Longhorn", "conclusion": "we stay with Mayastor"}, {"trends"}),
    LogKind.LEARNING: ({"topic": "etcd compaction", "how": "a course"}, {"learn-train"}),
    LogKind.NEED: ({"persona": "SRE", "need": "volume alerts", "backlog": "https://jira.example/1"}, {"backlog"}),
    LogKind.DECISION: (DECIDED, {"guide"}),
    LogKind.WRITING: ({"act": "reviewed", "who": "Ravi", "title": "Snapshots"}, {"writing"}),
    LogKind.AREA: ({"project": "Kubernetes SIG Storage", "part": "reviewer"}, {"oss-areas"}),
    LogKind.SUPPORT: ({"topic": "Mayastor", "count": "8"}, {"support-training"}),
    LogKind.FEEDBACK: ({"topic": "etcd", "count": "12", "asked": "20", "score": "4.4"}, {"feedback"}),
    LogKind.REQUEST: ({"topic": "eBPF", "text": "Weighed the votes and planned it."}, {"requirements"}),
}


def log(person: Person, rules: Rules, kind: LogKind = LogKind.DECISION, **more: str) -> LogEntry:
    said = {**SAMPLES[kind][0], **more} if kind in SAMPLES else more
    entry = logbook.save(Draft(kind=kind, said=said), person, NOW, rules)
    db.session.commit()
    return entry


def of(entry: LogEntry) -> ActivityRow:
    assert entry.activity_id is not None
    return db.session.get_one(ActivityRow, entry.activity_id)


@pytest.mark.parametrize("kind", SAMPLES)
def test_what_a_form_asked_for_is_understood_by_the_rule_it_is_meant_for(
    cast: Cast, rules: Rules, kind: LogKind
) -> None:
    entry = log(cast.asha, rules, kind)
    strong = sa.select(Evidence.rule).where(Evidence.activity_id == entry.activity_id, Evidence.strength != "weak")
    assert set(db.session.scalars(strong)) >= SAMPLES[kind][1]


def test_every_kind_with_a_rule_has_its_sample() -> None:
    assert set(SAMPLES) == set(LogKind) - {LogKind.OTHER}


def test_a_sentence_that_is_not_measured_takes_evidence_by_hand(cast: Cast, rules: Rules) -> None:
    page = sentences.of_page(sentences.pages(cast.asha.id)[0].id)
    silent = next(one for one in page if one.rule is None)
    draft = Draft(kind=LogKind.OTHER, said={"title": "Moved the standup"}, expectation_id=silent.expectation_id)
    entry = logbook.save(draft, cast.asha, NOW, rules)
    assert entry.activity_id is not None
    [found] = activity_page.supports(entry.activity_id, cast.asha.id)
    assert (found.expectation_id, found.verdict) == (silent.expectation_id, Word.CONFIRMED)


def test_a_changed_entry_is_the_same_activity_and_says_what_it_says_now(cast: Cast, rules: Rules) -> None:
    entry = log(cast.asha, rules)
    number = entry.activity_id
    draft = Draft(kind=LogKind.DECISION, said={**DECIDED, "topic": "Jiva"}, day=date(2026, 11, 3))
    logbook.change(entry, draft, cast.asha, NOW, rules)
    db.session.commit()
    mine = db.session.get_one(ActivityPerson, (entry.activity_id, cast.asha.id))
    assert (entry.activity_id, of(entry).title, mine.day) == (number, "Adopt Jiva", date(2026, 11, 3))


def test_what_was_deleted_is_gone_and_comes_back_with_what_was_said_of_it(cast: Cast, rules: Rules) -> None:
    entry = log(cast.asha, rules)
    assert entry.activity_id is not None
    sentence = activity_page.supports(entry.activity_id, cast.asha.id)[0].expectation_id
    verdicts.decide(
        person_id=cast.asha.id,
        activity_id=entry.activity_id,
        expectation_id=sentence,
        word=Word.CONFIRMED,
        by=cast.asha.id,
        now=NOW,
        reason="as agreed",
    )
    logbook.take_away(entry, NOW)
    db.session.commit()
    assert (db.session.scalar(sa.select(sa.func.count(ActivityRow.id))), entry.gone_at) == (0, NOW)
    with pytest.raises(Missing):
        log_entries.own(entry.id, cast.asha.id)
    logbook.bring_back(log_entries.own(entry.id, cast.asha.id, gone=True), cast.asha, NOW, rules)
    db.session.commit()
    assert entry.activity_id is not None
    found = {one.expectation_id: one.verdict for one in activity_page.supports(entry.activity_id, cast.asha.id)}
    assert found[sentence] is Word.CONFIRMED


def test_what_was_deleted_is_forgotten_in_time(cast: Cast, rules: Rules) -> None:
    entry = log(cast.asha, rules)
    logbook.take_away(entry, NOW)
    log_entries.forget_gone(NOW)
    assert db.session.scalar(sa.select(sa.func.count(LogEntry.id))) == 1
    log_entries.forget_gone(NOW + timedelta(seconds=1))
    assert db.session.scalar(sa.select(sa.func.count(LogEntry.id))) == 0


def test_a_page_fills_in_what_the_person_has_not_said(cast: Cast, rules: Rules) -> None:
    entry = logbook.save(Draft(kind=LogKind.POST, said={"url": POST}), cast.asha, NOW, rules)
    told = Told("Replicas of Mayastor", "How they move.", date(2026, 10, 2))
    assert logbook.tell(entry, told, cast.asha, NOW, rules)
    assert (of(entry).title, of(entry).text, entry.day) == ("Replicas of Mayastor", "How they move.", told.day)
    assert not logbook.tell(entry, told, cast.asha, NOW, rules)


def test_a_persons_word_is_never_overwritten_by_a_page(cast: Cast, rules: Rules) -> None:
    said = {"url": POST, "title": "My own title"}
    entry = logbook.save(Draft(kind=LogKind.POST, said=said, day=date(2026, 11, 1)), cast.asha, NOW, rules)
    logbook.tell(entry, Told("Theirs", "Text", date(2026, 10, 2)), cast.asha, NOW, rules)
    assert (of(entry).title, of(entry).text, entry.day) == ("My own title", "Text", date(2026, 11, 1))


def test_help_of_one_day_in_one_place_is_one_entry_that_grows(cast: Cast, rules: Rules) -> None:
    said = SAMPLES[LogKind.TALLY][0]
    first = logbook.tally(said, None, cast.asha, NOW, rules)
    second = logbook.tally({**said, "count": "2"}, None, cast.asha, NOW, rules)
    other = logbook.tally(said, date(2026, 11, 3), cast.asha, NOW, rules)
    assert (first.id, first.said["count"]) == (second.id, "3")
    assert other.id != first.id
    assert of(first).title == "Answered 3 questions in #kubernetes-users"
    logbook.count_up(first, -3, cast.asha, NOW, rules)
    assert first.gone_at == NOW


def test_the_same_again_is_another_one_of_today(cast: Cast, rules: Rules) -> None:
    draft = Draft(kind=LogKind.DECISION, said=DECIDED, day=date(2026, 11, 3))
    entry = logbook.save(draft, cast.asha, NOW, rules)
    more = logbook.again(entry, cast.asha, NOW, rules)
    assert (more.day, of(more).title, more.id != entry.id) == (date(2026, 11, 23), "Adopt Mayastor", True)


def test_nobody_comes_to_see_anothers_words_by_pasting_the_same_link(cast: Cast, rules: Rules) -> None:
    hers = log(cast.asha, rules, LogKind.POST, text="Between us: Mayastor")
    his = log(cast.sven, rules, LogKind.POST, text="Mine")
    assert hers.activity_id != his.activity_id
    assert (of(hers).ref, of(hers).text) == ("linkedin:urn:li:activity:7123456789012345678", "Between us: Mayastor")
    assert log_alike.alike(cast.lena.id, POST, "", NOW) == []


def test_the_same_link_or_title_is_found_and_said_why(cast: Cast, rules: Rules) -> None:
    linked, titled = log(cast.asha, rules, LogKind.POST), log(cast.asha, rules)
    found = log_alike.alike(cast.asha.id, f"{POST}?utm_source=x", "adopt mayastor", NOW)
    assert [(one.activity_id, one.why) for one in found] == [
        (linked.activity_id, "the same link"),
        (titled.activity_id, "the same title, within a week"),
    ]
    assert log_alike.alike(cast.asha.id, "", "adopt mayastor", NOW + timedelta(days=8)) == []


def test_what_is_logged_for_somebody_else_is_nobodys_until_they_take_it(app: Flask, cast: Cast, rules: Rules) -> None:
    draft = Draft(kind=LogKind.DECISION, said=DECIDED)
    entry = logbook.save(draft, cast.lena, NOW, rules, mine=False)
    assert entry.activity_id is not None
    offers.offer(entry.activity_id, cast.asha.id, Part.AUTHOR, "a decision", by=cast.lena.id, now=NOW)
    db.session.commit()
    assert db.session.scalar(sa.select(sa.func.count()).select_from(ActivityPerson)) == 0
    logbook.take_away(entry, NOW)
    db.session.commit()
    assert offers.waiting(cast.asha.id) == []
    logbook.bring_back(log_entries.own(entry.id, cast.lena.id, gone=True), cast.lena, NOW, rules)
    db.session.commit()
    assert [one.by for one in offers.waiting(cast.asha.id)] == ["Lena Fischer"]
    assert db.session.scalar(sa.select(sa.func.count()).select_from(ActivityPerson)) == 0


def test_the_table_of_a_log_can_be_taken_in_again_and_by_somebody_else(cast: Cast, rules: Rules) -> None:
    for kind in SAMPLES:
        log(cast.asha, rules, kind)
    log(cast.asha, rules, LogKind.LEARNING)
    told = io.StringIO()
    csv.writer(told).writerows([COLUMNS, *(row_of(one.entry) for one in log_entries.every(cast.asha.id))])
    again = take_in(told.getvalue(), cast.asha, NOW, rules)
    elsewhere = take_in(told.getvalue(), cast.lena, NOW, rules)
    assert (again.new, again.same, again.bad) == (0, len(SAMPLES) + 1, [])
    assert (elsewhere.new, elsewhere.same, elsewhere.bad) == (len(SAMPLES) + 1, 0, [])
    assert entries_of(cast.lena) == entries_of(cast.asha)


def entries_of(person: Person) -> list[list[str]]:
    return sorted(row_of(one.entry) for one in log_entries.every(person.id))


def test_the_same_again_for_somebody_else_is_theirs_to_take_again(cast: Cast, rules: Rules) -> None:
    entry = logbook.save(Draft(kind=LogKind.DECISION, said=DECIDED), cast.lena, NOW, rules, mine=False)
    assert entry.activity_id is not None
    offers.offer(entry.activity_id, cast.asha.id, Part.AUTHOR, "a decision", by=cast.lena.id, now=NOW)
    more = logbook.again(entry, cast.lena, NOW, rules)
    db.session.commit()
    assert sorted(one.activity_id for one in offers.waiting(cast.asha.id)) == [entry.activity_id, more.activity_id]
    assert db.session.scalar(sa.select(sa.func.count()).select_from(ActivityPerson)) == 0


def test_what_was_never_mine_does_not_become_mine_by_a_change(cast: Cast, rules: Rules) -> None:
    entry = logbook.save(Draft(kind=LogKind.DECISION, said=DECIDED), cast.lena, NOW, rules, mine=False)
    number = entry.activity_id
    assert number is not None
    recording.join(number, cast.asha.id, Part.AUTHOR, rules)
    recording.leave(number, cast.asha.id)
    db.session.commit()
    db.session.refresh(entry)
    logbook.change(entry, Draft(kind=LogKind.DECISION, said=DECIDED), cast.lena, NOW, rules)
    assert db.session.scalar(sa.select(sa.func.count()).select_from(ActivityPerson)) == 0


def test_what_a_source_brought_as_well_stays_when_the_entry_is_deleted(app: Flask, cast: Cast, rules: Rules) -> None:
    entry = log(cast.asha, rules, LogKind.POST)
    account = connect.add(cast.asha.id, Platform.FEED, "https://a.example/feed", by=cast.asha.id, now=NOW)
    number = entry.activity_id
    db.session.add(Provenance(activity_id=number, account_id=account.id, road=Road.SOURCE, seen_at=NOW))
    db.session.commit()
    logbook.take_away(entry, NOW)
    db.session.commit()
    assert db.session.get_one(ActivityPerson, (number, cast.asha.id)).by_hand is False


def test_who_is_erased_takes_their_log_along_and_what_nobody_took(cast: Cast, rules: Rules) -> None:
    log(cast.lena, rules)
    entry = logbook.save(Draft(kind=LogKind.DECISION, said=DECIDED), cast.lena, NOW, rules, mine=False)
    assert entry.activity_id is not None
    offers.offer(entry.activity_id, cast.asha.id, Part.AUTHOR, "a decision", by=cast.lena.id, now=NOW)
    hers = log(cast.asha, rules).activity_id
    person_erasure.erase_person(cast.lena, NOW)
    db.session.commit()
    assert list(db.session.scalars(sa.select(ActivityRow.id))) == [hers]
    assert [one.person_id for one in db.session.scalars(sa.select(LogEntry))] == [cast.asha.id]
