"""Letters that are due: written once, sent once, tried again when they surely did not go."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

from advocacy.domain.survey import Addressed
from advocacy.letters import sending
from advocacy.letters.gather import gather
from advocacy.models import db, leaving, letter_wishes, outbox, surveys
from advocacy.models.outbox import Going, Letter
from advocacy.models.people import Person
from advocacy.models.surveys import SurveyCampaign
from advocacy.rules import Rules
from tests.cast import Cast
from tests.conftest import NOW
from tests.mail_server import END, HANG_UP, RCPT, MailServer

Wants = Callable[..., None]
MINUTE = timedelta(minutes=1)


def arrived(folder: Path) -> list[EmailMessage]:
    files = sorted(folder.glob("*.eml")) if folder.exists() else []
    return [message_from_bytes(file.read_bytes(), policy=policy.default) for file in files]


def states() -> list[tuple[str, str, int]]:
    rows = db.session.execute(sa.select(Letter.key, Letter.state, Letter.attempts).order_by(Letter.id))
    found = [(row.key, row.state, row.attempts) for row in rows]
    db.session.rollback()
    return found


def plain(letter: EmailMessage) -> str:
    body = letter.get_body(("plain",))
    assert body is not None
    return str(body.get_content())


def test_a_letter_goes_to_its_person_alone(
    cast: Cast, rules: Rules, folder: Path, wants: Wants, article: Callable[..., int]
) -> None:
    article(cast.lena)
    wants(cast.lena)
    done = sending.go_round(NOW, rules)
    (letter,) = arrived(folder)
    assert (done.sent, letter["To"]) == (1, "Lena Fischer <lena@tern.example>")
    assert letter["Subject"] == "Your week: 1 new, 1 waiting"
    assert plain(letter).startswith("Your week: 1 new, 1 waiting\r\n\r\nNew\r\n---\r\n- 1 new item since 16 Nov")
    assert "https://tern.example/adv/inbox" in plain(letter)
    assert states() == [("2026-W48", Going.SENT, 1)]


def test_nobody_gets_one_who_did_not_ask(cast: Cast, rules: Rules, folder: Path, article: Callable[..., int]) -> None:
    article(cast.lena)
    assert (sending.go_round(NOW, rules).letters, arrived(folder)) == ([], [])


def test_twice_in_a_week_is_once_and_changing_the_day_changes_nothing_of_it(
    cast: Cast, rules: Rules, folder: Path, wants: Wants, article: Callable[..., int]
) -> None:
    article(cast.lena)
    wants(cast.lena)
    sending.go_round(NOW, rules)
    sending.go_round(NOW + MINUTE, rules)
    wants(cast.lena, weekday=2)
    sending.go_round(NOW + timedelta(days=2), rules)
    assert (len(arrived(folder)), len(states())) == (1, 1)


def test_a_week_without_news_is_silent_and_is_not_looked_at_again(
    cast: Cast, rules: Rules, folder: Path, wants: Wants, article: Callable[..., int]
) -> None:
    wants(cast.sven)
    sending.go_round(NOW, rules)
    article(cast.sven)
    sending.go_round(NOW + MINUTE, rules)
    assert (arrived(folder), states()) == ([], [("2026-W48", Going.SILENT, 0)])


def test_what_was_chosen_after_the_hour_holds_from_the_next_one_on(
    cast: Cast, rules: Rules, folder: Path, article: Callable[..., int]
) -> None:
    article(cast.lena)
    letter_wishes.say(cast.lena.id, 0, 8, NOW)
    db.session.commit()
    assert sending.due_weeks(NOW) == []
    assert sending.due_weeks(NOW + timedelta(days=7)) == [(cast.lena.id, "2026-W49")]


def test_a_worker_that_was_away_for_longer_sends_nothing_of_last_week(cast: Cast, folder: Path, wants: Wants) -> None:
    wants(cast.lena)
    assert sending.due_weeks(NOW + timedelta(days=2)) == [(cast.lena.id, "2026-W48")]
    assert sending.due_weeks(NOW + timedelta(days=4)) == []


def test_who_is_disabled_gets_none_and_not_what_waited(
    cast: Cast, rules: Rules, set_up: Callable[[str], None], wants: Wants, article: Callable[..., int]
) -> None:
    article(cast.lena)
    wants(cast.lena)
    with MailServer(says={RCPT: "450 later"}) as server:
        set_up(f"smtp://127.0.0.1:{server.port}")
        sending.go_round(NOW, rules)
        leaving.disable(cast.lena, NOW)
        db.session.commit()
        server.says.clear()
        sending.go_round(NOW + timedelta(hours=1), rules)
    assert (server.raw, sending.due_weeks(NOW + timedelta(days=7))) == ([], [])


def test_who_stops_the_letters_gets_none_that_waited(
    cast: Cast, rules: Rules, folder: Path, wants: Wants, article: Callable[..., int]
) -> None:
    article(cast.lena)
    wants(cast.lena)
    sending.write(cast.lena.id, "2026-W48", NOW, rules)
    letter_wishes.stop(cast.lena.id, NOW)
    db.session.commit()
    sending.go_round(NOW, rules)
    assert (arrived(folder), states()) == ([], [("2026-W48", Going.FAILED, 0)])


def test_it_waits_longer_each_time_and_is_given_up_in_the_end(
    cast: Cast, rules: Rules, set_up: Callable[[str], None], wants: Wants, article: Callable[..., int]
) -> None:
    article(cast.lena)
    wants(cast.lena)
    pauses, now = [], NOW
    with MailServer(says={RCPT: "450 later"}) as server:
        set_up(f"smtp://127.0.0.1:{server.port}")
        while states() == [] or states()[0][1] == Going.WAITING:
            sending.go_round(now, rules)
            following = db.session.scalar(sa.select(Letter.next_try_at))
            db.session.rollback()
            pauses.append((following - now) // MINUTE if following else None)
            now = following or now
    assert pauses == [5, 10, 20, 40, 80, 160, 320, 360, 360, None]
    error = db.session.scalars(sa.select(Letter.error)).one()
    assert error == "given up after 10 tries: the mail server said 450 later"


@pytest.mark.parametrize(
    ("says", "state", "words"),
    [
        ({RCPT: "550 no such person"}, Going.FAILED, "the mail server said 550 no such person"),
        ({END: "451 busy"}, Going.WAITING, "the mail server said 451 busy"),
        ({END: HANG_UP}, Going.FAILED, "it may have arrived"),
    ],
)
def test_what_becomes_of_a_letter_that_does_not_go(
    cast: Cast,
    rules: Rules,
    set_up: Callable[[str], None],
    wants: Wants,
    article: Callable[..., int],
    says: dict[str, str],
    state: Going,
    words: str,
) -> None:
    article(cast.lena)
    wants(cast.lena)
    with MailServer(says=says) as server:
        set_up(f"smtp://127.0.0.1:{server.port}")
        done = sending.go_round(NOW, rules)
    assert (states(), server.raw) == ([("2026-W48", state, 1)], [])
    assert words in done.unsent[0]


def test_one_refused_address_keeps_no_other_letter_back(
    cast: Cast, rules: Rules, set_up: Callable[[str], None], wants: Wants, article: Callable[..., int]
) -> None:
    for number, person in enumerate((cast.lena, cast.mark)):
        article(person, title=f"An SRE's hour {number}")
        wants(person)
    with MailServer(says={RCPT: "550 no such person"}) as server:

        def only_the_first(verb: str) -> None:
            if server.verbs.count(RCPT) > 1:
                server.says.clear()

        server.before = only_the_first
        set_up(f"smtp://127.0.0.1:{server.port}")
        done = sending.go_round(NOW, rules)
    assert (done.sent, len(done.unsent)) == (1, 1)
    assert [one["To"].addresses[0].addr_spec for one in server.messages] == ["mark@tern.example"]


class Killed(BaseException):
    """What a test ends a sender with, in the middle of it."""


@pytest.mark.parametrize("at", ["before it is handed over", "after it is handed over"])
def test_whoever_is_killed_while_handing_over_never_sends_it_twice(
    cast: Cast,
    rules: Rules,
    folder: Path,
    wants: Wants,
    article: Callable[..., int],
    monkeypatch: pytest.MonkeyPatch,
    at: str,
) -> None:
    article(cast.lena)
    wants(cast.lena)

    def killed(*more: object) -> None:
        raise Killed

    with monkeypatch.context() as patch:
        if at == "before it is handed over":
            patch.setattr("advocacy.mail.carrier.FolderOfMail.carry", killed)
        else:
            patch.setattr(outbox, "went", killed)
        with pytest.raises(Killed):
            sending.go_round(NOW, rules)
    db.session.rollback()
    there = len(arrived(folder))
    assert states() == [("2026-W48", Going.GOING, 1)]
    sending.go_round(NOW + 5 * MINUTE, rules)
    assert states() == [("2026-W48", Going.GOING, 1)]
    sending.go_round(NOW + 16 * MINUTE, rules)
    assert (states(), len(arrived(folder))) == ([("2026-W48", Going.FAILED, 1)], there)
    assert "may have arrived" in db.session.scalars(sa.select(Letter.error)).one()


def test_killed_before_it_is_claimed_it_goes_at_the_next_round(
    cast: Cast, rules: Rules, folder: Path, wants: Wants, article: Callable[..., int]
) -> None:
    article(cast.lena)
    wants(cast.lena)
    sending.write(cast.lena.id, "2026-W48", NOW, rules)
    assert states() == [("2026-W48", Going.WAITING, 0)]
    sending.go_round(NOW + MINUTE, rules)
    assert len(arrived(folder)) == 1


def test_a_claimed_letter_is_nobody_elses(cast: Cast, rules: Rules, folder: Path, article: Callable[..., int]) -> None:
    article(cast.lena)
    sending.write(cast.lena.id, "2026-W48", NOW, rules)
    (letter_id,) = outbox.due(NOW)
    assert outbox.claim(letter_id, NOW) is not None
    assert outbox.claim(letter_id, NOW) is None


def test_of_many_senders_at_the_same_moment_one_sends_it(
    app: Flask, cast: Cast, rules: Rules, folder: Path, wants: Wants, article: Callable[..., int]
) -> None:
    for number, person in enumerate((cast.lena, cast.mark, cast.adam)):
        article(person, title=f"An SRE's hour {number}")
        wants(person)
    db.session.rollback()

    def go(_: int) -> int:
        with app.app_context():
            return sending.go_round(NOW, rules).sent

    with ThreadPoolExecutor(6) as threads:
        assert sum(threads.map(go, range(6))) == 3
    assert [one[1:] for one in states()] == [(Going.SENT, 1)] * 3
    assert len(arrived(folder)) == 3


def test_news_of_a_letter_that_failed_stands_in_the_next_one(
    cast: Cast, rules: Rules, folder: Path, wants: Wants, article: Callable[..., int]
) -> None:
    article(cast.lena)
    wants(cast.lena)
    sending.write(cast.lena.id, "2026-W48", NOW, rules)
    db.session.execute(sa.update(Letter).values(state=Going.FAILED.value))
    db.session.commit()
    done = sending.go_round(NOW + timedelta(days=7), rules)
    assert [one.subject for one in done.letters] == ["Your week: 1 new, 1 waiting"]


def test_a_letter_that_cannot_be_written_keeps_no_other_one_back(
    cast: Cast,
    rules: Rules,
    folder: Path,
    wants: Wants,
    article: Callable[..., int],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for number, person in enumerate((cast.lena, cast.mark)):
        article(person, title=f"An SRE's hour {number}")
        wants(person)

    def broken(person: Person, *more: object) -> object:
        if person.id == cast.lena.id:
            raise RuntimeError("broken")
        return gather(person, *more)  # type: ignore[arg-type]

    monkeypatch.setattr(sending, "gather", broken)
    done = sending.go_round(NOW, rules)
    assert (done.faults, [letter["To"].addresses[0].addr_spec for letter in arrived(folder)]) == (
        1,
        ["mark@tern.example"],
    )


def test_a_hostile_title_is_text_in_the_letter(
    cast: Cast, rules: Rules, folder: Path, wants: Wants, set_up: Callable[[str], None]
) -> None:
    title = "<script>alert(1)</script>\r\nBcc: x@y.example"
    one = SurveyCampaign(title=title, opens=NOW.date(), deadline=NOW.date(), created_at=NOW, by_id=cast.adam.id)
    one.addressed = Addressed.EVERYBODY
    surveys.add(one)
    wants(cast.lena)
    sending.go_round(NOW, rules)
    letters = arrived(folder)
    assert len(letters) > 1  # the weekly one, and the reminder that everybody gets
    for letter in letters:
        html = letter.get_body(("html",))
        assert html is not None
        assert "<script" not in html.get_content()
        assert "&lt;script&gt;" in html.get_content()
        assert letter["Bcc"] is None


def test_long_ago_letters_go_but_the_last_one_stays(cast: Cast, rules: Rules) -> None:
    for week in ("2025-W01", "2025-W02"):
        outbox.put(cast.lena.id, outbox.DIGEST, week, None, NOW - timedelta(days=500))
    outbox.forget(NOW - timedelta(days=365))
    db.session.commit()
    assert [key for key, _, _ in states()] == ["2025-W02"]
