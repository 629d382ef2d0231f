"""Sources' health for operators: states, the machinery, one button per trouble, and never what was read."""

import csv
from collections.abc import Callable
from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from advocacy.domain.activity import Platform
from advocacy.domain.health import Health
from advocacy.models import connect, hosts, workers
from advocacy.models.accounts import Subscription
from advocacy.models.base import db
from advocacy.models.people import Person
from advocacy.models.polled import PAGE
from advocacy.models.runs import JobRun
from tests.cast import Cast
from tests.conftest import NOW
from tests.journey import Browser
from tests.views.test_query_counts import counted

SignIn = Callable[[Person], Browser]
STATES = (Health.HEALTHY, Health.FAILING, Health.GONE, Health.DEGRADED)


def blog(cast: Cast, number: int, state: Health, **more: object) -> Subscription:
    account = connect.add(cast.asha.id, Platform.FEED, f"https://{number}.example/feed", by=cast.asha.id, now=NOW)
    db.session.flush()
    row = db.session.get_one(Subscription, account.subscription_id)
    row.state, row.next_due = state, NOW + timedelta(hours=1)
    for name, value in more.items():
        setattr(row, name, value)
    db.session.commit()
    return row


def addresses(page: str) -> list[str]:
    return [part.partition("<")[0] for part in page.split('· <span dir="ltr">')[1:]]


def test_an_empty_installation_is_told_what_to_do_and_that_no_worker_runs(cast: Cast, sign_in: SignIn) -> None:
    page = sign_in(cast.adam).get("/admin/sources").text
    assert "0 addresses read for people" in page
    assert "Nothing is read yet." in page
    assert "No worker runs, and none was ever seen" in page


def test_the_worst_come_first_and_a_state_narrows_the_list(cast: Cast, sign_in: SignIn) -> None:
    for number, state in enumerate(STATES):
        blog(cast, number, state, last_error="the server answers 502" if state is Health.FAILING else "")
    browser = sign_in(cast.adam)
    page = browser.get("/admin/sources").text
    assert addresses(page) == [f"https://{n}.example/feed" for n in (1, 2, 3, 0)]
    assert "2 of 4 addresses cannot be read" in page
    assert "the server answers 502" in page
    assert addresses(browser.get("/admin/sources?state=gone").text) == ["https://2.example/feed"]
    assert addresses(browser.get("/admin/sources?q=3.ex").text) == ["https://3.example/feed"]
    assert "Nothing is like that." in browser.get("/admin/sources?q=%25").text
    assert browser.get("/admin/sources?state=purple").status_code == 400
    assert browser.get("/admin/sources?after=x~y").status_code == 400


@pytest.mark.parametrize("sort", ["trouble", "address"])
def test_a_long_list_is_walked_by_its_links_each_address_once(cast: Cast, sign_in: SignIn, sort: str) -> None:
    for number in range(PAGE * 2 + 3):
        blog(cast, number, STATES[number % 4])
    browser, path, seen = sign_in(cast.adam), f"/admin/sources?sort={sort}", list[str]()
    for _ in range(3):
        page = browser.get(path).text
        seen += addresses(page)
        path = page.partition('rel="next" href="')[2].partition('"')[0].replace("&amp;", "&")
    assert (path, len(seen), len(set(seen))) == ("", PAGE * 2 + 3, PAGE * 2 + 3)
    assert sort == "trouble" or seen == sorted(seen)


def test_the_list_is_a_file_too_in_which_no_cell_is_a_formula(cast: Cast, sign_in: SignIn) -> None:
    blog(cast, 1, Health.FAILING, title='=HYPERLINK("http://evil.example")')
    blog(cast, 2, Health.HEALTHY)
    answer = sign_in(cast.adam).get("/admin/sources.csv?state=failing")
    assert answer.headers["Content-Disposition"] == "attachment; filename=sources.csv"
    [line] = csv.DictReader(answer.text.splitlines())
    assert (line["state"], line["address"]) == ("failing", "https://1.example/feed")
    assert line["title"] == """'=HYPERLINK("http://evil.example")"""


def test_trying_now_is_one_job_however_often_it_is_pressed(cast: Cast, sign_in: SignIn) -> None:
    row = blog(cast, 1, Health.FAILING)
    path = f"/admin/sources/{row.id}/pull"
    db.session.query(JobRun).delete()
    db.session.commit()
    browser = sign_in(cast.adam)
    assert [browser.post(path).status_code for _ in range(3)] == [303, 303, 303]
    [job] = db.session.scalars(sa.select(JobRun))
    assert (job.kind, job.subject, job.asked_by_id) == ("pull", str(row.id), cast.adam.id)
    assert "waiting for the worker" in browser.get("/admin/sources").text
    assert browser.post("/admin/sources/999/pull").status_code == 404


def test_workers_at_work_are_named_and_dead_ones_missed(cast: Cast, sign_in: SignIn) -> None:
    workers.sign_of_life("ada/7/abc", "0.1.0", 4, NOW - timedelta(hours=1), 3, NOW - timedelta(seconds=20))
    workers.sign_of_life("old/8/abc", "0.1.0", 4, NOW - timedelta(days=1), 3, NOW - timedelta(hours=2))
    db.session.commit()
    page = sign_in(cast.adam).get("/admin/sources").text
    assert ("ada/7/abc" in page, "old/8/abc" in page, "No worker runs" in page) == (True, False, False)


def test_our_own_outage_is_told_to_admins_and_to_whom_it_concerns(cast: Cast, sign_in: SignIn) -> None:
    hosts.note_answer("fine.example", NOW - timedelta(hours=1))
    for number in range(3):
        blog(cast, number, Health.HEALTHY)
        hosts.note_silence(f"{number}.example", number, NOW - timedelta(minutes=9 - number))
    db.session.commit()
    told = "We seem to be offline since Mon 23 Nov 2026, "
    assert f"{told}08:51" in sign_in(cast.adam).get("/admin/sources").text
    assert f"{told}14:21" in sign_in(cast.asha).get("/sources").text  # in her zone


def test_no_item_and_no_owner_is_shown(cast: Cast, sign_in: SignIn, article: Callable[..., int], app: Flask) -> None:
    article(cast.asha, title="My secret diary")
    blog(cast, 1, Health.HEALTHY)
    page = sign_in(cast.adam).get("/admin/sources").text
    assert ("My secret diary" in page, "Asha" in page) == (False, False)


def test_more_addresses_cost_no_more_statements(cast: Cast, sign_in: SignIn) -> None:
    browser, costs = sign_in(cast.adam), []
    for number in range(9):
        blog(cast, number, STATES[number % 4])
        if number in (0, 8):
            with counted(db.engine) as said:
                assert browser.get("/admin/sources").status_code == 200
            costs.append(len(said))
    assert costs[0] == costs[1]
    assert costs[1] <= 14, "\n".join(said)
