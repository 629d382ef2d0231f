"""The privacy page: who sees what, rules, single items and many, who looked, judgement, the copy, and leaving."""

import json
from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from zipfile import ZipFile

import pytest
import sqlalchemy as sa

from advocacy.models import db, holdings, looks, verdicts
from advocacy.models.activities import ActivityPerson
from advocacy.models.audience import Audience
from advocacy.models.people import Person
from advocacy.models.release import rules
from advocacy.models.words import Visibility, Word
from tests.cast import Cast
from tests.conftest import NOW
from tests.ingest.scene import expectation
from tests.journey import Browser
from tests.plain import text

SignIn = Callable[[Person], Browser]
Publish = Callable[..., int]


def confirm(person: Person, activity_id: int, rule: str = "personas", word: Word = Word.CONFIRMED) -> None:
    verdicts.decide(
        person_id=person.id,
        activity_id=activity_id,
        expectation_id=expectation(rule),
        word=word,
        by=person.id,
        now=NOW,
    )
    db.session.commit()


def seen(person: Person) -> list[Visibility]:
    db.session.rollback()
    mine = ActivityPerson
    query = sa.select(mine.visibility).where(mine.person_id == person.id).order_by(mine.activity_id)
    return list(db.session.scalars(query))


def undo(browser: Browser, page: str) -> None:
    """Press Undo as it stands at the top of the page."""
    before, _, _ = page.partition('<button class="link">Undo')
    form = before.rpartition("<form ")[2]
    action = form.partition('action="')[2].partition('"')[0]
    fields = {
        part.partition('"')[0]: part.partition('value="')[2].partition('"')[0] for part in form.split('name="')[1:]
    }
    fields.pop("csrf_token")
    browser.post(action, headers=None, **fields)


def test_whoever_has_nothing_is_told_so(cast: Cast, sign_in: SignIn) -> None:
    page = text(sign_in(cast.sven).get("/privacy/").text)
    assert "None of 0 items released: only you see them" in page
    assert "nobody leads a team of yours today" in page
    assert "Nobody looked at what you released yet" in page


def test_the_page_counts_what_each_sees_in_words(cast: Cast, sign_in: SignIn, article: Publish) -> None:
    first, _ = article(cast.asha), article(cast.asha, "An SRE's second hour")
    confirm(cast.asha, first)
    browser = sign_in(cast.asha)
    browser.post("/privacy/items", to="marketing")
    page = text(browser.get("/privacy/").text)
    assert "2 of 2 items released to somebody" in page
    assert "Your lead: Lena Fischer 2 items 1 that you confirmed; 1 not confirmed, so not seen" in page
    assert "Marketing: Mark O’Neil 2 items 1 that you confirmed; 1 not confirmed, so not seen" in page
    assert "Everybody here: whoever can sign in 0 items 0 that you confirmed" in page


def test_an_item_is_released_on_its_page_and_taken_back(cast: Cast, sign_in: SignIn, article: Publish) -> None:
    first, browser = article(cast.asha), sign_in(cast.asha)
    assert "Who sees it: ○ only you" in text(browser.get(f"/activities/{first}").text)
    answer = browser.post(f"/privacy/items/{first}", to="lead")
    assert (answer.status_code, answer.location) == (303, f"/activities/{first}#who")
    page = browser.get(f"/activities/{first}").text
    assert "Your lead may see this." in text(page)
    assert "They see it once you confirm it as evidence." in text(page)
    undo(browser, page)
    assert seen(cast.asha) == [Visibility.PRIVATE]


def test_a_filter_shows_its_items_and_releases_them_alone(cast: Cast, sign_in: SignIn, article: Publish) -> None:
    article(cast.asha, at=NOW - timedelta(days=40))
    article(cast.asha, "An SRE's second hour")
    browser = sign_in(cast.asha)
    path = "/privacy/items?kind=article&last=2026-10-31"
    assert "1 item of this filter" in text(browser.get(path).text)
    browser.post("/privacy/items", to="public", kind="article", last="2026-10-31")
    assert seen(cast.asha) == [Visibility.PUBLIC, Visibility.PRIVATE]
    page = browser.get("/privacy/items?kind=article").text
    assert "Everybody here may see 1 item more." in text(page)
    undo(browser, page)
    assert seen(cast.asha) == [Visibility.PRIVATE, Visibility.PRIVATE]
    assert "Nothing of yours is like that." in text(browser.get("/privacy/items?channel=nowhere").text)


def test_the_list_goes_on_by_key_and_is_a_sheet(cast: Cast, sign_in: SignIn, article: Publish) -> None:
    for number in range(52):
        article(cast.asha, f"=An SRE's hour {number}", at=NOW - timedelta(hours=number))
    browser = sign_in(cast.asha)
    page = browser.get("/privacy/items").text
    older = page.partition("before=")[2].partition('"')[0]
    rest = browser.get(f"/privacy/items?before={older}").text
    assert (page.count("hour "), rest.count("hour ")) == (50, 2)
    sheet = browser.get("/privacy/items.csv").text.splitlines()
    assert (len(sheet), sheet[1].split(",")[4]) == (53, "\"'=An SRE's hour 0\"")


@pytest.mark.parametrize(
    "query", ["before=x", "before=2026-11-23~1", "kind=cat", "platform=moon", "account=x", "first=x", "seen=all"]
)
def test_an_address_that_says_nothing_is_refused_in_words(cast: Cast, sign_in: SignIn, query: str) -> None:
    assert sign_in(cast.asha).get(f"/privacy/items?{query}").status_code == 400


def test_a_rule_is_made_shown_with_its_number_and_deleted(cast: Cast, sign_in: SignIn, article: Publish) -> None:
    article(cast.asha)
    browser = sign_in(cast.asha)
    answer = browser.post("/privacy/rules", kind=["article", "talk"], to="marketing", backwards="yes")
    assert (answer.status_code, answer.location, seen(cast.asha)) == (303, "/privacy/#rules", [Visibility.MARKETING])
    page = text(browser.get("/privacy/").text)
    assert "Your rule stands: it opened 1 item, and opens what comes." in page
    assert "articles and talks → ◑ your lead and marketing" in page
    assert "releases 1 item" in page
    browser.post(f"/privacy/rules/{rules.standing(cast.asha.id)[0].rule.id}/end")
    assert seen(cast.asha) == [Visibility.PRIVATE]
    page_after = browser.get("/privacy/").text
    assert "The rule is gone; it had opened 1 item." in text(page_after)
    undo(browser, page_after)
    assert seen(cast.asha) == [Visibility.MARKETING]


def test_a_rule_that_says_nothing_comes_back_with_what_was_chosen(cast: Cast, sign_in: SignIn) -> None:
    answer = sign_in(cast.asha).post("/privacy/rules", to="public", backwards="yes")
    assert answer.status_code == 422
    assert "Say of what: a kind, a platform, an account or a channel." in text(answer.text)
    assert '<option value="public" selected>' in answer.text
    assert 'name="backwards" value="yes" checked' in answer.text


def test_who_looked_is_listed_and_a_sheet(cast: Cast, sign_in: SignIn) -> None:
    asha, lena = cast.asha.id, cast.lena.id
    db.session.rollback()
    for number in range(3):
        looks.note(lena, asha, Audience.LEAD, f"quarter {number}", NOW)
    browser = sign_in(cast.asha)
    assert "3 looks at what you released Lena Fischer, as your lead, at quarter 2" in text(
        browser.get("/privacy/").text
    )
    assert browser.get("/privacy/looks.csv").text.splitlines()[1:] == [
        f'"2026-11-23T09:00:00+00:00","Lena Fischer","lead","quarter {number}"' for number in (2, 1, 0)
    ]
    assert "3 looks" in text(browser.get("/privacy/looks").text)
    assert "0 looks" in text(sign_in(cast.sven).get("/privacy/looks").text)


def test_judgement_is_switched_off_and_on_again(cast: Cast, sign_in: SignIn, article: Publish) -> None:
    article(cast.asha)
    browser = sign_in(cast.asha)
    browser.post("/privacy/judging", judging="off")
    page = browser.get("/privacy/").text
    assert "Automatic judgement: off" in text(page)
    assert "Nothing of yours is judged any more." in text(page)
    undo(browser, page)
    assert "Automatic judgement: on" in text(browser.get("/privacy/").text)
    assert browser.post("/privacy/judging", judging="").status_code == 400


def test_the_copy_has_every_table_twice_and_can_be_read(cast: Cast, sign_in: SignIn, article: Publish) -> None:
    first = article(cast.asha, "=An SRE's hour")
    article(cast.lena, "A lead's hour on Kubernetes")
    confirm(cast.asha, first)
    answer = sign_in(cast.asha).post("/privacy/copy")
    assert answer.headers["Content-Disposition"] == "attachment; filename=advocacy-2026-11-23.zip"
    with ZipFile(BytesIO(answer.data)) as pack:
        files = {name: pack.read(name).decode() for name in pack.namelist()}
    tables = {f"tables/{name}.{end}" for name in holdings.tables() for end in ("json", "csv")}
    assert set(files) == tables | {"README.md", "index.html", "style.css", "sentences.csv"}
    told = json.loads(files["tables/evidence.json"])[0]["expectation_id"]
    assert f'"{told}","' in files["sentences.csv"]
    assert [one["title"] for one in json.loads(files["tables/activity.json"])] == ["=An SRE's hour"]
    assert "\"'=An SRE's hour\"" in files["tables/activity.csv"]
    assert [one["word"] for one in json.loads(files["tables/verdict.json"])] == ["confirmed"]
    assert "| activity | 1 |" in files["README.md"]
    assert '<h2 id="verdict">verdict: 1 row</h2>' in files["index.html"]
    everything = "\n".join(files.values())
    assert [
        word for word in ("lead&#39;s hour", "lead's hour", "lena@tern.example", "password_hash") if word in everything
    ] == []


def test_that_a_copy_was_taken_is_written_down(cast: Cast, sign_in: SignIn) -> None:
    browser = sign_in(cast.asha)
    browser.post("/privacy/copy")
    acts = [one["act"] for one in holdings.read("audit", cast.asha.id)]
    assert acts[-1] == "copy.taken"


def test_erasing_shows_what_goes_and_wants_ones_own_address(cast: Cast, sign_in: SignIn, article: Publish) -> None:
    article(cast.asha)
    browser = sign_in(cast.asha)
    assert "1 item of yours alone" in text(browser.get("/privacy/erase/").text)
    answer = browser.post("/privacy/erase/", confirm="lena@tern.example")
    assert (answer.status_code, 'value="lena@tern.example"' in answer.text) == (422, True)
    assert seen(cast.asha) == [Visibility.PRIVATE]
    number = cast.asha.id
    answer = browser.post("/privacy/erase/", confirm=" Asha@Tern.example ")
    assert (answer.status_code, answer.location) == (303, "/sign-in")
    assert "You are erased." in text(browser.get("/sign-in").text)
    assert browser.get("/privacy/").status_code == 303
    db.session.rollback()
    assert db.session.get(Person, number) is None
