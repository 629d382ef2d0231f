"""Hostile words wherever a stranger can write: Chromium runs none of them, and the policy is never hit."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta

import pytest
import sqlalchemy as sa
from playwright.sync_api import Browser

from advocacy.domain.activity import Activity, Kind, Platform
from advocacy.domain.health import Health
from advocacy.models import connect, db, facts, roster
from advocacy.models.accounts import Subscription
from advocacy.models.evidence import Evidence
from advocacy.models.fact import Owner
from advocacy.models.words import WorkState
from ingest.prepare import Reader, prepare
from tests.browser.company import Company, now
from tests.browser.window import Window
from tests.ingest.platform import ON_TOPIC

pytestmark = pytest.mark.browser

RUN = "window.ran=1"
PAYLOADS = {
    "script": f"<script>{RUN}</script>",
    "image": f"<img src=x: onerror={RUN}>",
    "drawing": f"<svg onload={RUN}></svg>",
    "animation": f"<svg><animate onbegin={RUN} attributeName=x dur=1s></svg>",
    "details": f"<details open ontoggle={RUN}>x</details>",
    "focus": f"<input autofocus onfocus={RUN}>",
    "frame": f'<iframe srcdoc="<script>parent.{RUN.removeprefix("window.")}</script>"></iframe>',
    "frame address": f"<iframe src='javascript:parent.{RUN}'></iframe>",
    "way out": f"</title></textarea></style></select></svg></a></script>--><script>{RUN}</script>",
    "attribute": f"\"'><img src=x: onerror={RUN}>",
    "mutation": f'<noscript><p title="</noscript><img src=x: onerror={RUN}>">',
}
LINKS = (
    f"javascript:{RUN}",
    f"java\tscript:{RUN}",
    f"data:text/html,<script>{RUN}</script>",
    "//evil.example/x",
    "x: y",
)
HANDLERS = """() => [...document.querySelectorAll("*")].flatMap((e) => [...e.attributes])
  .filter((a) => a.name.startsWith("on") || /^\\s*(javascript|data|vbscript):/i.test(a.value) && a.name != "title")
  .map((a) => a.name + "=" + a.value)"""


@dataclass(frozen=True)
class Target:
    """Somebody whose every source is hostile."""

    first: str
    paths: tuple[str, ...]


@pytest.fixture(scope="module")
def target(company: Company) -> Target:
    first = company.hire(" ".join(PAYLOADS.values()))
    with company.app.app_context():
        person = roster.by_email(f"{first}@tern.example")
        rules = company.app.extensions["advocacy.rules"]
        accounts = [_connected(person.id, words) for words in PAYLOADS.values()]
        owners = [Reader(Owner(account, person.id, person.zone)) for account in accounts]
        items = [_item(n, words) for n, words in enumerate([*PAYLOADS.values(), *LINKS])]
        kept = prepare(items, owners, rules).kept
        facts.keep([replace(fact, activity=replace(fact.activity, url=_raw(fact.activity))) for fact in kept], now())
        db.session.commit()
        mine = sa.select(Evidence.expectation_id).where(Evidence.person_id == person.id).distinct()
        expectations = [f"/expectations/{found}" for found in db.session.scalars(mine)]
    hostile = " ".join(PAYLOADS.values())
    found = {
        "title": hostile,
        "address": "http://127.0.0.1:9/feed.xml",
        "seen": 3,
        "kept": 1,
        "problem": "",
        "items": [{"title": words, "at": "2026-11-02T10:00:00+00:00", "kept": True, "why": words} for words in LINKS],
    }
    preview = company.previewed(first, address="https://hostile.example/", state=WorkState.DONE, result=found)
    broken = {"problem": hostile, "authors": [*PAYLOADS.values()]}
    other = company.previewed(first, address="https://worse.example/", state=WorkState.DONE, result=broken)
    previews = (f"/sources/connect/{preview}", f"/sources/connect/{other}")
    return Target(first, ("/", "/?period=2026", *expectations, "/sources", f"/sources/{accounts[0]}/forget", *previews))


def _connected(person_id: int, words: str) -> int:
    """A source that calls itself so, wants an author of that name, and fails with those words."""
    address = f"https://blog.example/{words}".replace("\t", "")
    account = connect.add(person_id, Platform.FEED, address, words, by=None, now=now())
    account.accepted_at = now()
    polled = db.session.get_one(Subscription, account.subscription_id)
    polled.title, polled.last_error, polled.failures, polled.next_due = words, words, 9, None
    polled.state = Health.FAILING
    db.session.flush()
    return account.id


def _item(number: int, words: str) -> Activity:
    return Activity(
        ref=f"feed:payload {number} {words}",
        kind=Kind.ARTICLE,
        platform=Platform.FEED,
        at=now() - timedelta(minutes=number),
        text=f"{words} {ON_TOPIC} {words}",
        title=words,
        channel=words,
        url=words,
        authors=(words,),
    )


def _raw(activity: Activity) -> str:
    """Addresses as no source of ours would give them: the pages must not rely on that."""
    return activity.title


@pytest.fixture
def hostile(window: Callable[..., Window], target: Target) -> Iterator[Window]:
    one = window(target.first)
    yield one
    assert one.complaints == []
    assert one.strangers == []


def test_case_44_nothing_runs_wherever_it_stands(hostile: Window, target: Target) -> None:
    page = hostile.page
    for path in target.paths:
        answer = page.goto(path)
        assert answer is not None
        assert answer.status == 200, path
        page.evaluate("() => document.querySelectorAll('details').forEach((one) => { one.open = true; })")
        assert page.evaluate(HANDLERS) == [], path
        assert page.evaluate("window.ran") is None, path
        assert RUN in page.locator("main").inner_text(), path


@pytest.mark.parametrize("name", PAYLOADS)
def test_a_payload_is_no_dud(chromium: Browser, name: str) -> None:
    page = chromium.new_page()
    page.set_content(f"<!doctype html><title>x</title><div>{PAYLOADS[name]}</div>")
    page.wait_for_function("window.ran === 1", timeout=10_000)
    page.close()
