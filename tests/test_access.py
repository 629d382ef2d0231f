"""Who may call what: every route, every kind of person, and somebody else's things."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from html import unescape
from io import BytesIO
from zipfile import ZipFile

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from advocacy import access
from advocacy.access import SAFE
from advocacy.models import db, leaving, roster
from advocacy.models.people import Person
from advocacy.models.words import Capability
from advocacy.settings import Settings
from tests import routes
from tests.cast import ROLE, Cast
from tests.conftest import NOW
from tests.journey import Browser
from tests.routes import BLOG, CALLS, READ, TITLE, Call, Things, Watched

SignIn = Callable[[Person], Browser]
LATER = NOW + timedelta(hours=2)  #: a login is noted as seen again

ACTORS = {
    "nobody": "",
    "an engineer": "sven",
    "a lead": "lena",
    "another team's lead": "olga",
    "a peer of the team": "paul",
    "marketing": "mark",
    "an admin": "adam",
    "somebody disabled": "sven",
    "whoever clicked in the demo": "sven",
}
PUBLIC = {
    *("static", "health.alive", "health.ready", "logins.sign_in", "logins.enter", "logins.enter_demo"),
    *("logins.setup", "logins.accept"),
    *("unsubscribing.ask", "unsubscribing.stop", "feeds.atom", "feeds.json_feed", "feeds.calendar"),
    *("feeds.works_atom", "feeds.works_json"),
    *("rsvp.ask", "rsvp.answer"),
}
FOR_MARKETING = {"released.show"}
"""Pages of another person's that marketing may open, too: they show what was released, and the look is written down."""
FOR_ADMINS = {
    *("ladder.read", "ladder.preview", "ladder.take_in", "ladder.correct"),
    *("admin.sources", "admin.sources_sheet", "admin.pull"),
}
OPENERS = frozenset({Capability.LEAD, Capability.MARKETING, Capability.ADMIN})
FOR_OPENERS = {
    *("surveys.ask", "surveys.begin", "surveys.close", "surveys.chase"),
    *("surveys.ask_responses", "surveys.take_responses", "surveys.undo_responses"),
}
ASKERS = frozenset({Capability.LEAD, Capability.MARKETING})
FOR_ASKERS = {"asks.ask", "asks.send", "asks.sent", "asks.as_sheet"}
FOR_MARKETERS = {
    *("voice.show", "voice.as_sheet", "voice.behind", "voice.behind_sheet", "voice_works.show", "voice_works.as_sheet"),
    "directory.as_files",
    *("speakers.find", "speakers.as_sheet", "speakers.compare", "speakers.choose", "speakers.save"),
    *("speakers.forget", "speakers.shortlist", "speakers.shortlist_sheet", "speakers.shortlist_markdown"),
    *("event_editing.ask", "event_editing.add", "event_editing.edit", "event_editing.change", "event_editing.call_off"),
    *("event_imports.ask", "event_imports.look", "event_imports.take", "event_imports.undo"),
}
OF_THE_BOARD = {"wishes.become", "wishes.take_back"}
"""What any lead may decide: requests stand on the board for the whole company."""
FOR_LEADS = {
    *("team.show", "team.as_sheet", "team.others", "report.show", "report.as_markdown", "report.as_sheet"),
    *("planner.show", "planner.as_sheet", "planner.topic"),
    *("matrix.show", "matrix.as_sheet", "matrix.add", "matrix.end", "matrix.again", "matrix.note", "matrix.drop_note"),
}


@pytest.fixture
def hers(app: Flask, cast: Cast, article: Callable[..., int]) -> Things:
    """Asha's things; two hours have gone by since."""
    sentence = routes.only_hers(app, cast.asha, NOW)
    olga = roster.add("olga@tern.example", "Olga Other", NOW, can=[Capability.LEAD])
    roster.join_team(olga.id, "Network", roster.EVER, leads=True)
    paul = roster.add("paul@tern.example", "Paul Peer", NOW)
    roster.join_team(paul.id, "Storage", roster.EVER)
    for person in (olga, paul):
        roster.give_role(person.id, ROLE, roster.EVER)
    db.session.commit()
    hers = routes.things(cast.asha, article(cast.asha), NOW)
    app.extensions["advocacy.clock"] = lambda: LATER
    return replace(hers, expectation=sentence)


@pytest.fixture
def come(app: Flask, cast: Cast, settings: Settings, sign_in: SignIn) -> Callable[[str], Browser]:
    """Let somebody of the list come, with a browser as they have it."""

    def begin(who: str) -> Browser:
        if who == "nobody":
            return Browser(app.test_client())
        if who == "whoever clicked in the demo":
            app.extensions["advocacy.settings"] = replace(settings, demo=True)
            browser = Browser(app.test_client())
            assert browser.post("/sign-in/demo", email=cast.sven.email).status_code == 303
            browser.token = ""
            return browser
        browser = sign_in(person_of(cast, who))
        if who == "somebody disabled":
            leaving.disable(cast.sven, NOW)
            cast.sven.disabled_at = None
            browser = sign_in(cast.sven)
            cast.sven.disabled_at = NOW
            db.session.commit()
        return browser

    return begin


def person_of(cast: Cast, who: str) -> Person:
    """Who that is: one of the cast, or one who came with Asha's things."""
    return getattr(cast, ACTORS[who], None) or roster.by_email(f"{ACTORS[who]}@tern.example")


def told(endpoint: str, method: str, who: str, person: Person | None, call: int) -> int:
    """What the policy says that somebody hears; `call` is what is said to whoever it lets in."""
    if endpoint == "logins.sign_in" and person is None and method != "OPTIONS":
        return 200
    if endpoint == "logins.enter_demo" and who == "whoever clicked in the demo" and method != "OPTIONS":
        return 303
    if endpoint not in PUBLIC and person is None:
        return 303 if method in SAFE else 401
    if endpoint in FOR_ADMINS and not (person and person.can(Capability.ADMIN)):
        return 403
    if method != "OPTIONS" and who == "marketing" and endpoint in FOR_MARKETING:
        return 200
    if endpoint in FOR_LEADS and not (person and person.can(Capability.LEAD)):
        return 403
    if endpoint in FOR_MARKETERS and not (person and person.can(Capability.MARKETING)):
        return 403
    if endpoint in FOR_OPENERS and not (person and any(map(person.can, OPENERS))):
        return 403
    if endpoint in FOR_ASKERS and not (person and any(map(person.can, ASKERS))):
        return 403
    return 200 if method == "OPTIONS" else call


def send(browser: Browser, method: str, path: str, fields: dict[str, str]) -> TestResponse:
    """A request that names all these fields, in its body or in its address."""
    if method == "POST":
        return browser.post(path, headers=None, **fields)
    with browser.served():
        return browser.client.open(path + routes.query(fields), method=method, buffered=True)


def methods(method: str) -> tuple[str, ...]:
    return (method, "HEAD", "OPTIONS") if method == "GET" else (method, "OPTIONS")


def changed(before: set[str], after: set[str]) -> list[str]:
    return sorted(before ^ after)


def shown(answer: TestResponse, call: Call = READ) -> list[str]:
    """What an answer tells of Asha's things that it is not there to tell."""
    said = unpacked(answer.data) if answer.data and answer.mimetype == "application/zip" else unescape(answer.text)
    return [words for words in (BLOG, TITLE) if words in said and words not in call.shows]


def unpacked(data: bytes) -> str:
    """All that the files of a ZIP say."""
    with ZipFile(BytesIO(data)) as pack:
        return "\n".join(pack.read(name).decode() for name in pack.namelist())


def test_every_route_stands_in_the_table_of_calls(app: Flask) -> None:
    there = {(endpoint, method) for endpoint, method, _ in routes.of(app)}
    assert there - set(CALLS) == set(), "say in tests/routes.py how it is called with somebody's things"
    assert set(CALLS) - there == set(), "there is no such route any more"


def test_a_new_route_is_missed_by_name(bare_app: Flask) -> None:
    bare_app.add_url_rule("/teams/<int:team_id>", "teams.rename", access.signed_in(lambda team_id: ""), methods=["PUT"])
    assert {(one, method) for one, method, _ in routes.of(bare_app)} - set(CALLS) == {("teams.rename", "PUT")}


def test_what_is_public_and_what_is_for_admins_is_what_the_routes_say(app: Flask) -> None:
    policies = {endpoint: access.policy_of(app, endpoint) for endpoint, _, _ in routes.of(app)}
    assert {endpoint for endpoint, policy in policies.items() if not policy.signed_in} == PUBLIC
    wanted = {endpoint: policy.capabilities for endpoint, policy in policies.items() if policy.capabilities}
    admins, leads = frozenset({Capability.ADMIN}), frozenset({Capability.LEAD})
    marketing = (FOR_MARKETERS, frozenset({Capability.MARKETING}))
    rights = ((FOR_ADMINS, admins), (FOR_LEADS, leads), (FOR_OPENERS, OPENERS), (FOR_ASKERS, ASKERS), marketing)
    assert wanted == {endpoint: right for endpoints, right in rights for endpoint in endpoints}


@pytest.mark.parametrize("who", ACTORS)
def test_every_route_for_everybody_with_somebody_elses_things(
    app: Flask, cast: Cast, hers: Things, come: Callable[[str], Browser], who: str
) -> None:
    """In the path, in the body and in the query; what is refused changes nothing, and reading never does."""
    browser = None
    me: Person | None = person_of(cast, who) if who not in ("nobody", "somebody disabled") else None
    mine = frozenset({("person", me.id)}) if me else frozenset()
    heard, expected, traces, watched = {}, {}, {}, Watched(db.engine)
    for endpoint, usual, rule in routes.of(app):
        call = CALLS[endpoint, usual]
        for method in methods(usual):
            browser = browser or come(who)
            asked = endpoint, method
            leads = who == "a lead" or (who == "another team's lead" and endpoint in OF_THE_BOARD)
            expected[asked] = told(endpoint, method, who, me, call.lead if call.lead and leads else call.theirs)
            harmless = method in SAFE or expected[asked] in (403, 404)
            but = (frozenset(), frozenset()) if harmless else (mine, touches(call, who))
            but = but[0], but[1] | (call.notes if expected[asked] == 200 else frozenset())
            before, commits = watched.rows(*but), watched.commits
            answer = send(browser, method, hers.path(rule), {**hers.named(), **call.form})
            heard[asked] = answer.status_code
            traces[asked] = changed(before, watched.rows(*but)) + shown(answer, call)
            if method == "POST" and watched.commits > commits:
                browser = None  # the next one signs in anew
    assert heard == expected
    assert traces == dict.fromkeys(traces, [])
    assert watched.rows(*but) == routes.everything(*but), "something was written without a commit"


def touches(call: Call, who: str) -> frozenset[str]:
    """The tables that a call by somebody may change beyond the rows of their own; a demo's button signs anybody in."""
    return call.touches | ({"login", "audit"} if who == "whoever clicked in the demo" else frozenset())


@pytest.mark.parametrize("nick", ["sven", "adam"])
def test_ones_own_things_in_the_path_and_somebody_elses_in_the_body(
    app: Flask, cast: Cast, hers: Things, sign_in: SignIn, article: Callable[..., int], nick: str
) -> None:
    """A form that names another's account, activity, login or preview changes one's own, or nothing."""
    me: Person = getattr(cast, nick)
    activity = article(me, title="Another SRE's hour")
    heard, expected, traces, watched = {}, {}, {}, Watched(db.engine)
    own, browser, commits = None, sign_in(me), -1
    for number, (endpoint, method, rule) in enumerate(routes.of(app)):
        call = CALLS[endpoint, method]
        if own is None or watched.commits > commits:  # what was used up is there anew
            own, browser = routes.things(me, activity, NOW, number), sign_in(me)
            browser.get("/nowhere")  # that the login was seen again is noted
        but = frozenset({("person", me.id), ("subscription", own.subscription)})
        before, commits = watched.rows(but, call.touches), watched.commits
        answer = send(browser, method, own.path(rule), {**hers.named(), **call.form})
        heard[endpoint], expected[endpoint] = answer.status_code, told(endpoint, method, nick, me, call.own)
        traces[endpoint] = changed(before, watched.rows(but, call.touches)) + shown(answer, call)
    assert heard == expected
    assert traces == dict.fromkeys(traces, [])


def test_her_own_browser_is_shown_what_the_walk_looks_for(hers: Things, sign_in: SignIn) -> None:
    browser = sign_in(hers.person)
    assert (shown(browser.get("/")), shown(browser.get("/sources"))) == ([TITLE], [BLOG])


def test_the_walk_sees_what_a_leak_changes(app: Flask, cast: Cast, hers: Things) -> None:
    watched, but = Watched(db.engine), frozenset({("person", cast.sven.id)})
    before = watched.rows(but)
    hers.person.zone = "Europe/Berlin"
    db.session.commit()
    assert len(changed(before, watched.rows(but))) == 2


@pytest.mark.parametrize("who", ACTORS)
def test_unknown_addresses_and_wrong_methods_are_alike_for_everybody(
    cast: Cast, hers: Things, come: Callable[[str], Browser], who: str
) -> None:
    browser = come(who)
    unknown = [send(browser, method, "/nowhere/1", {}).status_code for method in ("GET", "HEAD", "POST")]
    wrong = [
        send(browser, method, path, {}).status_code
        for method, path in (("POST", "/logins"), ("DELETE", f"/sources/{hers.account}/pause"), ("PUT", "/ladder/1"))
    ]
    assert (unknown, wrong) == ([404] * 3, [405] * 3)


def test_a_route_without_a_policy_stops_the_start(bare_app: Flask) -> None:
    bare_app.add_url_rule("/unguarded", "unguarded", lambda: "")
    with pytest.raises(access.NoPolicy, match="'unguarded' has no policy"):
        access.check(bare_app)
