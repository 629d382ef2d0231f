"""Fault cases 19 to 34: what a server answers, and what it comes to – for the source, and for the whole line."""

from datetime import timedelta

import pytest
from flask import Flask

from advocacy.domain.health import Health, Outcome
from advocacy.models.activities import ActivityRow
from advocacy.models.runs import Pull
from advocacy.rules import Rules
from ingest.selection import Selection
from ingest.source import AccountGone, Cost, Cursor, Page, Refused, TryLater
from tests.cast import Cast
from tests.conftest import NOW as TODAY
from tests.fault_server import FaultServer
from tests.ingest.feeds import NOW, SOURCE, fails, item, only, pull, rss
from tests.ingest.scene import BLOG, FACTS, Scene, due, dump, rows, statements, writes

ON_TOPIC = rss(*(item(f"openebs-on-kubernetes-{n}", guid=f"urn:{n}") for n in range(3)))
DUE = Selection()
"""Only what is due, as the worker selects."""


@pytest.fixture
def scene(app: Flask, rules: Rules, cast: Cast) -> Scene:
    """The whole line at TODAY: the real source behind the real gate."""
    return Scene(app, rules, TODAY, source=SOURCE)


def read(scene: Scene, address: str) -> Pull:
    """Read what is there, due or not."""
    return scene.sweeps()[address]


# 19 to 21: nothing new


def test_case_19_a_304_is_nothing_new(server: FaultServer) -> None:
    url = server.answers("/feed", rss(item()), ETag='"a"', Last_Modified="Tue, 10 Nov 2026 10:00:00 GMT")
    first = pull(url)
    server.answers("/feed", status=304)
    again = pull(url, first.cursor)
    asked = server.requests[1].headers
    assert (asked["if-none-match"], asked["if-modified-since"]) == ('"a"', "Tue, 10 Nov 2026 10:00:00 GMT")
    assert again == Page(address=url, activities=(), cost=Cost(requests=1))


def test_case_19_a_304_touches_no_fact_and_says_that_all_is_well(server: FaultServer, scene: Scene, cast: Cast) -> None:
    url = server.answers("/feed", ON_TOPIC, ETag='"a"')
    scene.connects(cast.asha, url)
    assert read(scene, url).new == 3
    before = dump(*FACTS)
    server.answers("/feed", status=304)
    scene.later(hours=2)
    with statements() as sent:
        told = read(scene, url)
    assert (told.outcome, told.requests, told.bytes) == (Outcome.UNCHANGED, 1, 0)
    assert (writes(sent), dump(*FACTS)) == ([], before)
    assert (scene.subscription(url).state, scene.subscription(url).complete_to) == (Health.HEALTHY, scene.now)


def test_case_19_a_304_that_nobody_asked_for_is_no_answer(server: FaultServer) -> None:
    assert isinstance(fails(server.answers("/feed", status=304)), TryLater)
    url = server.answers("/feed", rss(item()), ETag='"a"')
    cursor = {**(pull(url).cursor or {}), "again": True}
    server.answers("/feed", status=304)
    assert isinstance(fails(url, cursor), TryLater)


def test_case_20_a_new_etag_over_the_same_bytes_is_only_remembered(server: FaultServer) -> None:
    url = server.answers("/feed", rss(item()), ETag="1")
    first = pull(url)
    server.answers("/feed", rss(item()), ETag="2")
    again = pull(url, first.cursor)
    assert (again.activities, again.cursor) == ((), {**(first.cursor or {}), "etag": "2"})


def test_case_20_the_same_bytes_are_nothing_new_to_a_server_without_validators(server: FaultServer) -> None:
    url = server.answers("/feed", rss(item()))
    again = pull(url, pull(url).cursor)
    assert (again.activities, again.cursor, again.covers_from) == ((), None, None)


@pytest.mark.parametrize(
    "etag", ['W/"a  b"', '"a"', "unquoted", 'w/"lower"', 'W/"caf\xe9, \\"x\\""', '"' + "x" * 900 + '"']
)
def test_case_21_validators_go_back_byte_for_byte(server: FaultServer, etag: str) -> None:
    head = f"HTTP/1.1 200 X\r\nETag: {etag}\r\nLast-Modified: yesterday-ish\r\n\r\n".encode("latin-1")
    url = server.plays_raw("/feed", head, rss(item()))
    pull(url, pull(url).cursor)
    asked = server.requests[1].headers
    assert (asked["if-none-match"], asked["if-modified-since"]) == (etag, "yesterday-ish")


@pytest.mark.parametrize("etag", [b'"a\x00b"', b'"\x1b[2J"', b'"a\r\n folded"', b'"' + b"x" * 9000 + b'"'])
def test_case_21_what_no_honest_server_sends_is_not_kept(
    server: FaultServer, scene: Scene, cast: Cast, etag: bytes
) -> None:
    url = server.plays_raw("/feed", b"HTTP/1.1 200 X\r\nETag: " + etag + b"\r\n\r\n", ON_TOPIC)
    scene.connects(cast.asha, url)
    assert [read(scene, url).outcome for _ in range(2)] == [Outcome.OK, Outcome.UNCHANGED]
    assert ["if-none-match" in request.headers for request in server.requests] == [False, False]


# 22 to 24: come later


def test_case_22_429_is_obeyed_and_never_counted(server: FaultServer, scene: Scene, cast: Cast) -> None:
    url = server.answers("/feed", ON_TOPIC)
    scene.connects(cast.asha, url)
    read(scene, url)
    server.answers("/feed", b"slower", 429, Retry_After="7200")
    for _ in range(5):
        told = read(scene, url)
        subscription = scene.subscription(url)
        assert (told.outcome, told.message) == (Outcome.LATER, "the server asks to come later (429)")
        assert (subscription.state, subscription.failures) == (Health.HEALTHY, 0)
        assert due(subscription) == scene.now + timedelta(hours=2)
        scene.later(hours=1, minutes=59)
        assert scene.sweeps() == {}  # not even when somebody asks
        scene.later(minutes=1)


def test_case_22_a_503_is_obeyed_and_counted(server: FaultServer, scene: Scene, cast: Cast) -> None:
    url = server.answers("/feed", b"", 503, Retry_After="7200")
    scene.connects(cast.asha, url)
    told = read(scene, url)
    assert (told.outcome, scene.subscription(url).failures) == (Outcome.FAILED, 1)
    assert due(scene.subscription(url)) == scene.now + timedelta(hours=2)


@pytest.mark.parametrize("status", [429, 503])
@pytest.mark.parametrize(
    ("told", "wait"),
    [
        ("120", timedelta(minutes=2)),
        (" 120 ", timedelta(minutes=2)),
        ("120.7", timedelta(minutes=2)),
        ("1", timedelta(minutes=1)),
        ("0", timedelta(minutes=1)),
        ("-5", timedelta(minutes=1)),
        ("86401", timedelta(hours=24)),
        ("9" * 400, timedelta(hours=24)),
        ("-" + "9" * 400, timedelta(minutes=1)),
        ("Fri, 20 Nov 2026 13:00:00 GMT", timedelta(hours=1)),
        ("Fri, 20 Nov 2026 14:00:00 +0100", timedelta(hours=1)),
        ("Friday, 20-Nov-26 13:00:00 GMT", timedelta(hours=1)),
        ("Fri Nov 20 13:00:00 2026", timedelta(hours=1)),
        ("Fri, 20 Nov 2026 13:00:00", timedelta(hours=1)),
        ("Fri, 20 Nov 2020 13:00:00 GMT", timedelta(minutes=1)),
        ("Fri, 31 Dec 9999 23:59:59 GMT", timedelta(hours=24)),
        ("Fri, 31 Dec 9999 23:59:59 -9900", None),
        ("Mon, 99 Foo 2026 99:99:99 GMT", None),
        ("Fri, 20 Nov 2026 13:00:00 +999999999999999", None),
        ("soon", None),
        ("120, 240", None),
        ("1e9", None),
        ("\u0661\u0662".encode().decode("latin-1"), None),
        ("\x00", None),
        ("", None),
    ],
)
def test_case_23_retry_after_is_read_within_limits(
    server: FaultServer, status: int, told: str, wait: timedelta | None
) -> None:
    head = f"HTTP/1.1 {status} X\r\nRetry-After: {told}\r\nContent-Length: 0\r\n\r\n"
    error = fails(server.plays_raw("/feed", head.encode("latin-1")))
    assert isinstance(error, TryLater)
    assert (error.ours, error.at) == (status == 429, NOW + wait if wait else None)


@pytest.mark.parametrize("told", ["soon", "-5", "Fri, 20 Nov 2020 13:00:00 GMT"])
def test_case_23_without_a_usable_word_our_own_pause_decides(
    server: FaultServer, scene: Scene, cast: Cast, told: str
) -> None:
    url = server.answers("/feed", b"", 503, Retry_After=told)
    scene.connects(cast.asha, url)
    read(scene, url)
    assert timedelta(minutes=5) <= due(scene.subscription(url)) - scene.now <= timedelta(minutes=15)


@pytest.mark.parametrize("status", [500, 502, 504, 520, 599, 408, 425])
def test_case_24_an_outage_is_the_sources_own_and_tried_again(server: FaultServer, status: int) -> None:
    error = fails(server.answers("/feed", b"", status))
    assert isinstance(error, TryLater)
    assert (error.ours, str(error)) == (False, f"the server answers {status}")


def test_case_24_a_5xx_in_mid_pagination_keeps_the_pages_and_goes_on_from_there(scene: Scene, cast: Cast) -> None:
    scene.source = None  # a platform with pages: a feed has one only
    scene.connects(cast.asha)
    scene.blogs.posts(BLOG, 50)
    scene.blogs.fails_after(BLOG, pages=1)
    told = read(scene, BLOG)
    assert (told.outcome, told.new, told.message) == (Outcome.FAILED, 20, "the server answers 502")
    assert (len(rows(ActivityRow)), scene.subscription().cursor) == (20, {"read": 20})
    assert scene.subscription().complete_to is None

    scene.blogs.recovers(BLOG)
    told = read(scene, BLOG)
    assert (told.outcome, told.new, len(rows(ActivityRow))) == (Outcome.OK, 30, 50)
    assert (scene.subscription().state, scene.subscription().complete_to) == (Health.HEALTHY, scene.now)


# 25 to 27: not let in, not there


@pytest.mark.parametrize("status", [401, 402, 403, 407, 451])
def test_case_25_a_closed_door_is_refused(server: FaultServer, status: int) -> None:
    error = fails(server.answers("/feed", b"no", status))
    assert (type(error), error.cost) == (Refused, Cost(requests=1, bytes=2))


@pytest.mark.parametrize("status", [401, 403])
def test_case_25_a_closed_door_stops_and_tells_once(server: FaultServer, scene: Scene, cast: Cast, status: int) -> None:
    url = server.answers("/feed", ON_TOPIC)
    scene.connects(cast.asha, url)
    read(scene, url)
    facts, covered = dump(*FACTS), scene.subscription(url).complete_to

    server.answers("/feed", b"no", status)
    scene.later(hours=2)
    closed = scene.now
    assert read(scene, url).outcome is Outcome.REFUSED
    scene.later(hours=23)
    assert scene.sweeps(DUE) == {}  # no hammering at the door
    for _ in range(3):
        scene.later(days=1, hours=3)
        assert list(scene.sweeps(DUE)) == [url]
    subscription = scene.subscription(url)
    words = f"the server does not let us in ({status}); give the address of a public feed"
    assert (subscription.state, subscription.state_since, subscription.last_error) == (Health.REFUSED, closed, words)
    assert (dump(*FACTS), subscription.complete_to) == (facts, covered)

    server.answers("/feed", ON_TOPIC)
    assert (read(scene, url).outcome, scene.subscription(url).state) == (Outcome.UNCHANGED, Health.HEALTHY)


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (403, b"<html><title>Just a moment...</title>"),
        (503, b"<html><title>DDoS protection by X</title>"),
        (403, b"<html><body><div class='h-captcha'></div>"),
        (503, b"<!doctype html><title>x</title><p>Checking your browser before accessing"),
        (200, b"<!doctype html><html><head><title>Just a moment...</title></head><body>"),
        (200, b"<!doctype html><html><head><title dir=ltr>\nVerify you are human"),
    ],
)
def test_case_26_a_bot_challenge_is_named_as_such(server: FaultServer, status: int, body: bytes) -> None:
    error = fails(server.answers("/feed", body, status))
    words = "the site asks for proof that we are human; ask its owner for a feed without it"
    assert (type(error), str(error)) == (Refused, words)


def test_case_26_a_page_with_a_form_against_robots_is_a_page(server: FaultServer) -> None:
    page = b"<!doctype html><html><title>My blog</title><script src='/recaptcha.js'></script>"
    assert "the page offers none" in str(fails(server.answers("/feed", page)))


def test_case_27_410_twice_is_gone_and_a_good_answer_forgets_the_first(server: FaultServer) -> None:
    url = server.answers("/feed", status=410)
    first = fails(url)
    assert (type(first), first.cursor) == (TryLater, {"gone": 1})
    assert isinstance(fails(url, first.cursor), AccountGone)
    server.answers("/feed", rss(item()))
    assert "gone" not in (pull(url, first.cursor).cursor or {})


def test_case_27_404_five_times_is_gone(server: FaultServer) -> None:
    url, cursor, kinds = server.url("/none"), None, []
    for _ in range(5):
        error = fails(url, cursor)
        kinds.append(type(error))
        cursor = error.cursor
    assert kinds == [TryLater] * 4 + [AccountGone]


@pytest.mark.parametrize(("status", "times"), [(410, 2), (404, 5)])
def test_case_27_what_is_gone_keeps_its_facts_and_is_asked_daily(
    server: FaultServer, scene: Scene, cast: Cast, status: int, times: int
) -> None:
    url = server.answers("/feed", ON_TOPIC)
    scene.connects(cast.asha, url)
    read(scene, url)
    facts = dump(*FACTS)
    server.answers("/feed", status=status)
    outcomes = [read(scene, url).outcome for _ in range(times)]
    assert outcomes == [Outcome.FAILED] * (times - 1) + [Outcome.GONE]
    assert (scene.subscription(url).state, dump(*FACTS)) == (Health.GONE, facts)
    assert timedelta(hours=24) <= due(scene.subscription(url)) - scene.now <= timedelta(hours=27)

    server.answers("/feed", ON_TOPIC)
    scene.later(hours=27)
    assert (scene.sweeps(DUE)[url].outcome, scene.subscription(url).state) == (Outcome.UNCHANGED, Health.HEALTHY)
    assert "gone" not in scene.subscription(url).cursor


# 28 and 29: moved


@pytest.mark.parametrize("status", [301, 308])
def test_case_28_a_permanent_redirect_is_adopted_after_five_answers_and_a_day(server: FaultServer, status: int) -> None:
    url, new = server.redirects("/old", "/new", status), server.answers("/new", rss(item()))
    cursor: Cursor = {}
    for hour in (0, 1, 2, 3, 4, 5, 23.9):
        cursor = pull(url, cursor, NOW + timedelta(hours=hour)).cursor or cursor
    assert "feed" not in cursor
    cursor = pull(url, cursor, NOW + timedelta(days=1)).cursor or cursor
    assert cursor["feed"] == new
    server.requests.clear()
    pull(url, cursor)
    assert [request.path for request in server.requests] == ["/new"]


def test_case_28_a_day_without_five_answers_is_not_enough(server: FaultServer) -> None:
    url, cursor = server.redirects("/old", "/new", 301), None
    server.answers("/new", rss(item()))
    for day in range(4):
        cursor = pull(url, cursor, NOW + timedelta(days=day)).cursor or cursor
    assert "feed" not in (cursor or {})
    assert "feed" in (pull(url, cursor, NOW + timedelta(days=4)).cursor or {})


def test_case_28_another_place_or_none_begins_the_count_anew(server: FaultServer) -> None:
    url, cursor = server.redirects("/old", "/new", 301), None
    for path in ("/new", "/newer"):
        server.answers(path, rss(item()))
    for day in range(4):
        cursor = pull(url, cursor, NOW + timedelta(days=day)).cursor or cursor
    server.redirects("/old", "/newer", 301)
    for day in range(4, 8):
        cursor = pull(url, cursor, NOW + timedelta(days=day)).cursor or cursor
    assert "feed" not in (cursor or {})
    server.answers("/old", rss(item()))
    cursor = pull(url, cursor, NOW + timedelta(days=8)).cursor or cursor
    assert {"moved_to", "moved_seen", "moved_since"} & set(cursor or {}) == set()


def test_case_28_what_moved_brings_nothing_twice_and_may_come_back(
    server: FaultServer, scene: Scene, cast: Cast
) -> None:
    url = server.answers("/old", ON_TOPIC, ETag='"1"')
    scene.connects(cast.asha, url)
    read(scene, url)
    facts = dump(*FACTS)
    server.redirects("/old", "/new", 301)
    server.answers("/new", ON_TOPIC, ETag='"2"')
    for _ in range(6):
        scene.later(hours=6)
        assert read(scene, url).outcome is Outcome.UNCHANGED
    assert (scene.subscription(url).cursor["feed"], dump(*FACTS)) == (server.url("/new"), facts)

    del server.plays["/new"]
    server.answers("/old", ON_TOPIC)
    assert [read(scene, url).outcome for _ in range(2)] == [Outcome.FAILED, Outcome.OK]
    assert ("feed" in scene.subscription(url).cursor, dump(*FACTS)) == (False, facts)


@pytest.mark.parametrize("status", [302, 303, 307])
def test_case_29_a_temporary_redirect_is_never_adopted(server: FaultServer, status: int) -> None:
    url, cursor = server.redirects("/old", "/new", status), None
    server.answers("/new", rss(item()))
    for day in range(8):
        cursor = pull(url, cursor, NOW + timedelta(days=day)).cursor or cursor
    assert {"feed", "moved_to"} & set(cursor or {}) == set()


def test_case_29_a_temporary_hop_behind_a_permanent_one_is_not_adopted_either(server: FaultServer) -> None:
    url, cursor = server.redirects("/old", "/between", 301), None
    server.redirects("/between", "/new", 302)
    server.answers("/new", rss(item()))
    for day in range(8):
        cursor = pull(url, cursor, NOW + timedelta(days=day)).cursor or cursor
    assert {"feed", "moved_to"} & set(cursor or {}) == set()


# 30 to 32: no feed


LOGIN = (
    "<!doctype html><html><head><title>Sign in</title>{}</head>"
    "<form method=post><input name=user><input type='password' name=p></form>"
)
OFFER = '<link rel="alternate" type="application/rss+xml" href="/platform/news.xml">'


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b"<!doctype html><html><p>Hi", "not a feed but a page, and the page offers none; give the feed's own address"),
        (LOGIN.format("").encode(), "not a feed but a page that asks to sign in; give the address of a public feed"),
        (b'{"items": 3}', "this is JSON, but no JSON Feed (an answer of no type); give the feed's own address"),
        (b"{", "this is broken JSON (an answer of no type); give the feed's own address"),
    ],
)
def test_case_30_what_is_no_feed_is_refused_in_words(server: FaultServer, body: bytes, words: str) -> None:
    error = fails(server.answers("/feed", body))
    assert (type(error), str(error)) == (Refused, words)


@pytest.mark.parametrize("body", [b"just words", bytes(range(256)), b"%PDF-1.7", b"\x89PNG\r\n\x1a\n"])
def test_case_30_what_is_not_even_a_page_is_refused_in_words(server: FaultServer, body: bytes) -> None:
    error = fails(server.answers("/feed", body))
    assert isinstance(error, Refused)
    assert "this is no feed" in str(error)


def test_case_30_a_feed_that_became_a_login_page_is_told_with_the_feed_it_names(
    server: FaultServer, scene: Scene, cast: Cast
) -> None:
    url = server.answers("/feed", ON_TOPIC)
    news = server.answers("/platform/news.xml", rss(item("openebs-by-somebody-else", guid="urn:other")))
    scene.connects(cast.asha, url)
    read(scene, url)
    facts = dump(*FACTS)
    server.answers("/feed", LOGIN.format(OFFER).encode(), Content_Type="text/html")
    told = read(scene, url)
    words = f"not a feed but a page that asks to sign in; it names {news}, give that if it is the one"
    assert (told.outcome, told.message, dump(*FACTS)) == (Outcome.REFUSED, words, facts)
    assert "/platform/news.xml" not in {request.path for request in server.requests}  # it is nobody's here
    server.answers("/feed", ON_TOPIC)
    assert read(scene, url).outcome is Outcome.UNCHANGED


def test_case_30_a_redirect_to_a_login_page_is_told_with_the_feed_it_names(server: FaultServer) -> None:
    server.answers("/login?next=/feed", LOGIN.format(OFFER).encode(), Content_Type="text/html")
    error = fails(server.redirects("/feed", "/login?next=/feed"))
    assert str(error).endswith(f"it names {server.url('/platform/news.xml')}, give that if it is the one")


def test_case_30_a_front_page_with_a_box_to_sign_in_still_leads_to_its_feed(server: FaultServer) -> None:
    server.answers("/platform/news.xml", rss(item()))
    assert only(pull(server.answers("/", LOGIN.format(OFFER).encode()))).title == "one"


@pytest.mark.parametrize("content_type", ["application/rss+xml", "text/html"])
@pytest.mark.parametrize("body", [b"", b" \n", b"\xef\xbb\xbf\r\n"])
def test_case_31_an_empty_body_is_not_all_deleted(
    server: FaultServer, scene: Scene, cast: Cast, body: bytes, content_type: str
) -> None:
    url = server.answers("/feed", ON_TOPIC)
    scene.connects(cast.asha, url)
    read(scene, url)
    facts, cursor = dump(*FACTS), scene.subscription(url).cursor
    covered = scene.subscription(url).complete_to
    server.answers("/feed", body, Content_Type=content_type)
    scene.later(hours=2)
    told = read(scene, url)
    assert (told.outcome, told.message) == (Outcome.FAILED, "the server answers with nothing at all")
    subscription = scene.subscription(url)
    assert (dump(*FACTS), subscription.cursor, subscription.complete_to) == (facts, cursor, covered)


def test_case_31_an_empty_feed_is_a_feed_and_deletes_nothing(server: FaultServer, scene: Scene, cast: Cast) -> None:
    url = server.answers("/feed", ON_TOPIC)
    scene.connects(cast.asha, url)
    read(scene, url)
    facts, known = dump(*FACTS), scene.subscription(url).cursor["known"]
    server.answers("/feed", rss())
    assert (read(scene, url).outcome, dump(*FACTS)) == (Outcome.UNCHANGED, facts)
    assert scene.subscription(url).cursor["known"] == known
    server.answers("/feed", ON_TOPIC)
    assert (read(scene, url).same, dump(*FACTS)) == (3, facts)


def test_case_31_an_empty_feed_covers_until_now_and_is_no_gap(server: FaultServer) -> None:
    url = server.answers("/feed", rss(item()))
    first = pull(url)
    server.answers("/feed", rss())
    empty = pull(url, first.cursor)
    assert (empty.activities, empty.gap, empty.covers_from) == ((), "", NOW)


@pytest.mark.parametrize(
    "content_type",
    [
        "text/html",
        "text/plain",
        "application/octet-stream",
        "image/png",
        "application/json",
        "x/y; charset=\xff",
        "",
        "@",
    ],
)
def test_case_32_a_feed_of_a_wrong_type_is_read_as_a_feed(server: FaultServer, content_type: str) -> None:
    head = f"HTTP/1.1 200 X\r\nContent-Type: {content_type}\r\n\r\n".encode("latin-1")
    assert only(pull(server.plays_raw("/feed", head, rss(item())))).title == "one"


@pytest.mark.parametrize("content_type", ["text/html", "text/plain", "application/rss+xml"])
def test_case_32_a_json_feed_of_a_wrong_type_is_read_as_one(server: FaultServer, content_type: str) -> None:
    body = b'{"version": "https://jsonfeed.org/version/1.1", "items": [{"id": "1", "title": "one"}]}'
    assert only(pull(server.answers("/feed", body, Content_Type=content_type))).title == "one"


@pytest.mark.parametrize("content_type", ["application/rss+xml", "application/xml", "application/feed+json"])
def test_case_32_a_page_called_a_feed_is_none(server: FaultServer, content_type: str) -> None:
    error = fails(server.answers("/feed", b"<!doctype html><html><p>Hi", Content_Type=content_type))
    assert "not a feed but a page" in str(error)


# 33 and 34: hints


@pytest.mark.parametrize(
    ("hint", "head", "wait"),
    [
        ("public, max-age=7200", "", timedelta(hours=2)),
        ('MAX-AGE="7200"', "", timedelta(hours=2)),
        ("max-age=1", "", timedelta(minutes=15)),
        ("max-age=999999999", "", timedelta(hours=24)),
        ("max-age=" + "9" * 400, "", timedelta(hours=24)),
        ("max-age=0", "", None),
        ("max-age=-7200", "", None),
        ("s-maxage=7200", "", None),
        ("no-cache", "", None),
        ("max-age=soon", "", None),
        ("no-cache", "<ttl>60</ttl>", timedelta(hours=1)),
        ("max-age=600", "<ttl>60</ttl>", timedelta(hours=1)),
        ("max-age=7200", "<ttl>60</ttl>", timedelta(hours=2)),
        ("", "<ttl>99999999999</ttl>", timedelta(hours=24)),
        ("", "<ttl>-60</ttl>", None),
        ("", "<ttl>soon</ttl>", None),
    ],
)
def test_case_33_cache_hints_are_honoured_within_limits(
    server: FaultServer, hint: str, head: str, wait: timedelta | None
) -> None:
    page = pull(server.answers("/feed", rss(item(), head=head), Cache_Control=hint))
    assert page.next_at == (NOW + wait if wait else None)


def test_case_33_a_hint_moves_the_next_visit_also_when_nothing_changed(
    server: FaultServer, scene: Scene, cast: Cast
) -> None:
    url = server.answers("/feed", ON_TOPIC, ETag='"1"', Cache_Control="max-age=7200")
    scene.connects(cast.asha, url)
    read(scene, url)
    assert due(scene.subscription(url)) == scene.now + timedelta(hours=2)
    server.answers("/feed", status=304, Cache_Control="max-age=999999999")
    read(scene, url)
    assert due(scene.subscription(url)) == scene.now + timedelta(hours=24)


ODD = {
    "X_RateLimit_Limit": "-1",
    "X_RateLimit_Remaining": "NaN",
    "X_RateLimit_Reset": "9" * 400,
    "RateLimit": '"default";r=?;t=1e999',
    "RateLimit_Policy": "\x7f;w=\xff",
    "X_RateLimit_Used": "0x10, 0x20",
}


def test_case_34_odd_rate_headers_hinder_no_reading(server: FaultServer) -> None:
    page = pull(server.answers("/feed", rss(item()), 200, **ODD))
    assert (only(page).title, page.next_at) == ("one", None)


def test_case_34_odd_rate_headers_at_a_limit_leave_the_pause_to_us(
    server: FaultServer, scene: Scene, cast: Cast
) -> None:
    url = server.answers("/feed", b"", 429, **ODD)
    scene.connects(cast.asha, url)
    told = read(scene, url)
    assert (told.outcome, told.message) == (Outcome.LATER, "the server asks to come later (429)")
    assert due(scene.subscription(url)) - scene.now >= timedelta(minutes=15)


def test_an_unreachable_host_is_tried_later_and_a_forbidden_one_refused() -> None:
    assert isinstance(fails("http://127.0.0.1:1/feed"), TryLater)
    assert "is not a public address" in str(fails("http://10.0.0.5/feed"))
