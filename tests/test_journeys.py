"""What people do with the pages, from the first click to the last, through HTTP."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask

from advocacy import passwords
from advocacy.domain.activity import Platform
from advocacy.domain.health import Health
from advocacy.models import connect, db, exhibits, invitations, jobs, roster, sentences
from advocacy.models.accounts import Account
from advocacy.models.people import Person
from advocacy.models.runs import JobRun
from advocacy.models.words import Word, WorkState
from tests.cast import Cast
from tests.conftest import NOW
from tests.journey import Browser

SignIn = Callable[[Person], Browser]
PASSWORD = "seven wet otters juggle"


def words_of(page: str) -> str:
    """The page as it is read: without markup, one space between words."""
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def personas(cast: Cast) -> int:
    page = sentences.pages(cast.asha.id)[0]
    return next(one.expectation_id for one in sentences.of_page(page.id) if one.rule == "personas")


def test_an_invited_person_sets_a_password_and_comes_back_with_it(app: Flask, cast: Cast, stranger: Browser) -> None:
    link = f"/setup/{invitations.invite(cast.asha.id, NOW)}"
    db.session.commit()
    assert "Welcome, Asha Rao" in words_of(stranger.get(link).text)
    assert stranger.post(link, password="short", again="short").status_code == 422
    assert stranger.post(link, password=PASSWORD, again=PASSWORD + "!").status_code == 422
    entered = stranger.post(link, password=PASSWORD, again=PASSWORD)
    assert (entered.status_code, entered.headers["Location"]) == (303, "/")
    assert "Asha Rao" in stranger.get("/").text
    assert stranger.get(link).status_code == 404
    stranger.token = ""
    assert stranger.post("/sign-out").headers["Location"] == "/sign-in"
    assert stranger.get("/").headers["Location"] == "/sign-in"
    stranger.token = ""
    again = stranger.post("/sign-in", email="asha@tern.example", password=PASSWORD, next="sources.show")
    assert (again.status_code, again.headers["Location"]) == (303, "/sources")


def test_a_link_older_than_half_an_hour_opens_nothing(app: Flask, cast: Cast, stranger: Browser) -> None:
    token = invitations.invite(cast.asha.id, NOW - timedelta(minutes=31))
    db.session.commit()
    assert stranger.get(f"/setup/{token}").status_code == 404


def test_unknown_accounts_get_the_very_same_answer(app: Flask, cast: Cast, stranger: Browser) -> None:
    cast.asha.password_hash = passwords.hashed(PASSWORD)
    db.session.commit()
    told = []
    for email in ("asha@tern.example", "nobody@tern.example"):
        answer = stranger.post("/sign-in", email=email, password="not the password")
        told.append((answer.status_code, words_of(answer.text)))
    assert told[0] == told[1]
    assert told[0][0] == 401


def test_after_five_failures_the_account_has_to_wait(app: Flask, cast: Cast, stranger: Browser) -> None:
    cast.asha.password_hash = passwords.hashed(PASSWORD)
    db.session.commit()
    wrong = [stranger.post("/sign-in", email="asha@tern.example", password="wrong").status_code for _ in range(6)]
    right = stranger.post("/sign-in", email="asha@tern.example", password=PASSWORD)
    assert (wrong, right.status_code) == ([401] * 5 + [429], 429)
    app.extensions["advocacy.clock"] = lambda: NOW + timedelta(minutes=16)
    assert stranger.post("/sign-in", email="asha@tern.example", password=PASSWORD).status_code == 303


def test_a_sign_in_leads_nowhere_but_to_pages_of_ours(app: Flask, cast: Cast, stranger: Browser) -> None:
    cast.asha.password_hash = passwords.hashed(PASSWORD)
    db.session.commit()
    answer = stranger.post("/sign-in", email="asha@tern.example", password=PASSWORD, next="https://evil.example/")
    assert answer.headers["Location"] == "/"


def test_signing_in_gives_a_new_cookie_and_ends_what_was_planted(app: Flask, cast: Cast, stranger: Browser) -> None:
    cast.asha.password_hash = passwords.hashed(PASSWORD)
    db.session.commit()
    stranger.client.set_cookie("advocacy", "planted")
    stranger.post("/sign-in", email="asha@tern.example", password=PASSWORD)
    held = stranger.client.get_cookie("advocacy")
    assert held is not None
    assert (held.value != "planted", held.http_only, held.same_site) == (True, True, "Lax")


def test_one_sees_and_ends_ones_other_browsers(app: Flask, cast: Cast, sign_in: SignIn) -> None:
    here, there = sign_in(cast.asha), sign_in(cast.asha)
    assert "Signed in on 2 browsers" in here.get("/logins").text
    assert here.post("/logins/end-others").status_code == 303
    assert there.get("/").headers["Location"] == "/sign-in"
    assert "Signed in on 1 browser" in here.get("/logins").text


def test_the_demo_buttons_are_shut_outside_a_demo(app: Flask, cast: Cast, stranger: Browser) -> None:
    assert stranger.post("/sign-in/demo", email="asha@tern.example").status_code == 404


def test_home_shows_every_sentence_with_state_and_figures(
    app: Flask, cast: Cast, sign_in: SignIn, article: Callable[..., int]
) -> None:
    article(cast.asha)
    page = sign_in(cast.asha).get("/?period=2026-Q4").text
    said = words_of(page)
    sentences_there = sentences.of_page(sentences.pages(cast.asha.id)[0].id)
    assert [one.text for one in sentences_there if one.text not in said.replace("&#39;", "'")] == []
    assert "1 of 3 items in 2026-Q4" in said
    assert "newest today , 23 Nov 2026" in said


def test_a_period_that_is_none_is_told_in_words(cast: Cast, sign_in: SignIn) -> None:
    answer = sign_in(cast.asha).get("/?period=soon")
    assert answer.status_code == 400
    assert "write 2026 (a year), 2026-H2, 2026-Q4 or 2026-10 (a month)" in words_of(answer.text)


def test_asha_confirms_puts_aside_and_takes_back(
    app: Flask, cast: Cast, sign_in: SignIn, article: Callable[..., int]
) -> None:
    activity_id, expectation_id = article(cast.asha), personas(cast)
    browser = sign_in(cast.asha)
    address = f"/expectations/{expectation_id}"
    assert "carries a code block" in browser.get(address).text

    def say(word: str) -> Word | None:
        answer = browser.post(f"{address}/verdicts", activity=activity_id, word=word, period="2026-Q4")
        assert answer.headers["Location"] == f"{address}?period=2026-Q4#evidence"
        (one,) = exhibits.of(cast.asha.id, expectation_id, NOW.date(), NOW.date())
        db.session.rollback()
        return one.verdict

    assert [say("confirmed"), say("rejected"), say("")] == [Word.CONFIRMED, Word.REJECTED, None]


def test_after_a_verdict_the_page_offers_to_undo_it(cast: Cast, sign_in: SignIn, article: Callable[..., int]) -> None:
    activity_id, expectation_id = article(cast.asha), personas(cast)
    browser = sign_in(cast.asha)
    answer = browser.post(f"/expectations/{expectation_id}/verdicts", activity=activity_id, word="rejected")
    page = browser.get(answer.headers["Location"]).text
    assert "Put aside: it no longer counts here." in page
    assert ">Undo</button>" in page


@pytest.mark.parametrize("form", [{"activity": "x"}, {"activity": "1", "word": "maybe"}, {"activity": "9" * 30}])
def test_a_verdict_that_is_none_is_refused(cast: Cast, sign_in: SignIn, form: dict[str, str]) -> None:
    answer = sign_in(cast.asha).post(f"/expectations/{personas(cast)}/verdicts", headers=None, **form)
    assert answer.status_code == 400


def test_asha_connects_a_blog_in_three_steps(app: Flask, cast: Cast, sign_in: SignIn) -> None:
    browser = sign_in(cast.asha)
    assert "What we never read" in browser.get("/sources/connect/feed").text
    assert browser.post("/sources/connect/feed", address="not an address at all").status_code == 422
    asked = browser.post("/sources/connect/feed", address="https://asha.example/blog", author="Asha")
    preview = asked.headers["Location"]
    assert "Waiting for the worker" in browser.get(preview).text
    found = {"title": "Blocks", "seen": 2, "kept": 1, "problem": "", "authors": ["Asha"], "items": []}
    found["items"] = [
        {"title": "PVCs", "at": "2026-11-01", "kept": True, "why": "Names the persona SRE"},
        {"title": "Cats", "at": "2026-11-02", "kept": False, "why": "not about work"},
    ]
    job = db.session.query(JobRun).filter_by(kind=jobs.PREVIEW).one()
    job.payload, job.state = {**job.payload, "result": found}, WorkState.DONE
    db.session.commit()
    said = words_of(browser.get(preview).text)
    assert "1 of 2 items would be kept" in said
    assert "not kept not about work" in said
    assert browser.post(preview).headers["Location"].startswith("/sources#source-")
    account = db.session.query(Account).one()
    assert (account.handle, account.author, account.accepted_at) == ("https://asha.example/blog", "Asha", NOW)
    assert jobs.open_job(jobs.PULL, str(account.subscription_id)) is not None


def test_reading_now_pressed_twenty_times_is_one_job(cast: Cast, sign_in: SignIn) -> None:
    account_id = connected(cast.asha, cast.asha)
    browser = sign_in(cast.asha)
    pressed = {browser.post(f"/sources/{account_id}/pull").status_code for _ in range(20)}
    assert (pressed, db.session.query(JobRun).filter_by(kind=jobs.PULL).count()) == ({303}, 1)


def test_what_an_operator_connected_waits_for_ashas_word(cast: Cast, sign_in: SignIn) -> None:
    account_id = connected(cast.asha, cast.adam)
    browser = sign_in(cast.asha)
    assert "Adam Admin connected this for you" in words_of(browser.get("/sources").text)
    assert "1 source somebody connected for you" in words_of(browser.get("/").text)
    assert browser.post(f"/sources/{account_id}/refuse").status_code == 303
    assert "No source is connected." in browser.get("/sources").text


def test_a_paused_source_is_resumed_by_one_button(cast: Cast, sign_in: SignIn) -> None:
    account_id = connected(cast.asha, cast.asha)
    browser = sign_in(cast.asha)
    browser.post(f"/sources/{account_id}/pause")
    assert f'action="/sources/{account_id}/resume"' in browser.get("/sources").text
    assert browser.post(f"/sources/{account_id}/pull").status_code == 400


def test_a_failing_source_is_told_on_home(cast: Cast, sign_in: SignIn) -> None:
    connected(cast.asha, cast.asha)
    subscription = db.session.query(Account).one().subscription
    assert subscription is not None
    subscription.state, subscription.last_error = Health.FAILING, "it answers 500"
    db.session.commit()
    browser = sign_in(cast.asha)
    assert "1 of 1 source failing – numbers may be low" in words_of(browser.get("/").text)
    assert "it answers 500" in browser.get("/sources").text


def test_forgetting_says_first_what_will_go(cast: Cast, sign_in: SignIn) -> None:
    account_id = connected(cast.asha, cast.asha)
    browser = sign_in(cast.asha)
    assert "This cannot be undone." in browser.get(f"/sources/{account_id}/forget").text
    assert db.session.query(Account).count() == 1
    browser.post(f"/sources/{account_id}/forget")
    assert db.session.query(Account).count() == 0


def connected(person: Person, by: Person) -> int:
    account = connect.add(person.id, Platform.FEED, "https://asha.example/feed", by=by.id, now=NOW)
    db.session.commit()
    return account.id


def test_adam_sees_what_a_page_would_change_and_takes_it_in(cast: Cast, sign_in: SignIn) -> None:
    browser = sign_in(cast.adam)
    page = "# Pilot\n\n## Public voice\n- Complete the surveys that are addressed to you\n- Land softly\n"
    seen = browser.post("/ladder/import", text=page, name="pilot.md")
    assert "2 new" in words_of(seen.text)
    packed = re.search(r'name="packed" value="([^"]+)"', seen.text)
    assert packed
    assert [one.slug for one in sentences.pages(cast.adam.id)] == ["starter"]
    taken = browser.post("/ladder/import/apply", packed=packed[1], name="pilot.md")
    assert taken.headers["Location"] == "/ladder?page=pilot"
    assert "stands as version 1" in browser.get(taken.headers["Location"]).text


def test_a_text_that_is_no_role_page_is_told_and_nothing_is_stored(cast: Cast, sign_in: SignIn) -> None:
    answer = sign_in(cast.adam).post("/ladder/import", text="", name="x.md")
    assert answer.status_code == 422
    assert [one.slug for one in sentences.pages(cast.adam.id)] == ["starter"]


def test_adam_corrects_a_recognition(cast: Cast, sign_in: SignIn) -> None:
    one = sentences.of_page(sentences.pages(cast.adam.id)[0].id)[0]
    browser = sign_in(cast.adam)
    assert browser.post(f"/ladder/{one.expectation_id}", rule="nonsense").status_code == 400
    assert browser.post(f"/ladder/{one.expectation_id}", rule="trends/all").status_code == 303
    now = sentences.of_page(one.page_id)[0]
    assert (now.rule, now.reading, now.corrected) == ("trends", "all", True)


def test_somebody_without_a_role_is_shown_the_three_steps(app: Flask, cast: Cast, sign_in: SignIn) -> None:
    nia = roster.add("nia@tern.example", "Nia New", NOW)
    db.session.commit()
    said = words_of(sign_in(nia).get("/").text)
    assert "Three steps and this page fills itself" in said
    assert "Leads and marketing:" not in said


def test_who_has_rights_is_told_what_they_open_today(cast: Cast, sign_in: SignIn) -> None:
    seen = words_of(sign_in(cast.adam).get("/").text)
    assert "People are taken in from the command line: advocacy people add" in seen
    seen = words_of(sign_in(cast.mark).get("/").text)
    assert "see what colleagues released to them and confirmed, and nothing else of anybody’s" in seen
