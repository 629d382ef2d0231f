"""Fault cases 39 to 42 and 44 to 48: what a feed's items may hold, read through the whole line into rows and pages."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from html import escape

import pytest

from advocacy.domain.health import Health, Outcome
from advocacy.models.activities import ActivityRow, Quarantined
from advocacy.models.people import Person
from ingest.source import Page
from tests.cast import Cast
from tests.faults.blog import Blog, entry, item, json_feed
from tests.ingest.platform import ON_TOPIC, post
from tests.ingest.scene import BLOG, Scene, expectation, rows
from tests.journey import Browser
from tests.markup import opened

SIGN_IN = Callable[[Person], Browser]
NO_DATE = datetime(1, 1, 1, tzinfo=UTC)
LONG = "".join(chr(0x4E00 + n * 7919 % 20_000) for n in range(9000))


def pages(blog: Blog, sign_in: SIGN_IN) -> str:
    """What Asha's pages show, each of them well and wholly ours."""
    return opened(sign_in(blog.asha), "/", f"/expectations/{expectation('advocacy')}", "/sources")


def by_title(blog: Blog) -> dict[str, ActivityRow]:
    return {row.title: row for row in blog.stored()}


# Characters, lengths, numbers


def test_case_39_controls_and_surrogates_leave_the_rest_of_the_text(blog: Blog, sign_in: SIGN_IN) -> None:
    words = "a\x00b\x07c\x1bd\x7fe\x85f\ud800g\ufffeh\ufdd0i"
    blog.says(
        entry(1, id=f"1{words}", title=words, content_text=f"{ON_TOPIC} {words}", authors=[{"name": words}]),
        entry(2, title="Untouched"),
        title=words,
    )
    pull = blog.read()
    assert (pull.outcome, pull.new, pull.poison) == (Outcome.OK, 2, 0)
    one = by_title(blog)["abcdefghi"]
    assert (one.text, one.authors) == (f"{ON_TOPIC} abcdefghi", ["abcdefghi"])
    assert (set(by_title(blog)), blog.scene.subscription(blog.address).title) == (
        {"abcdefghi", "Untouched"},
        "abcdefghi",
    )
    assert "abcdefghi" in pages(blog, sign_in)


def test_case_39_an_impossible_character_costs_no_other_item_of_an_rss_feed(blog: Blog) -> None:
    impossible = ["\x01", "\x00", "&#0;", "&#x1F;", "&#xD800;", "&#x110000;", f"&#{'9' * 5000};", "\x9b"]
    for number, raw in enumerate(impossible):
        bad = f"<item><title>bad {raw}</title><guid>https://blog.example/bad</guid></item>"
        blog.shows(item(f"before {number}"), bad, item(f"after {number}"))
        assert blog.read().outcome is Outcome.OK
    names = {f"{place} {number}" for place in ("before", "after") for number in range(len(impossible))}
    assert names <= set(by_title(blog))


def test_case_40_nine_kilobytes_of_guid_link_title_and_author_are_one_row(blog: Blog, sign_in: SIGN_IN) -> None:
    long = entry(1, id=LONG, url=f"https://blog.example/{LONG}", title=LONG, authors=[{"name": LONG}], language=LONG)
    blog.says(long, entry(2, id=f"{LONG}!"))
    assert blog.read().new == 2
    one = by_title(blog)[LONG[:500]]
    assert (one.url, one.authors, len(one.ref)) == ("", [LONG[:200]], 45)
    blog.says(long, entry(2, id=f"{LONG}!"), stamp=1)
    pull = blog.read()
    assert (pull.new, pull.changed, len(blog.stored())) == (0, 0, 2)
    assert LONG[:200] in pages(blog, sign_in)


def test_case_40_numbers_that_are_none_cost_only_the_number(blog: Blog) -> None:
    numbers = ["9223372036854775808", "-1", "1e309", "NaN", "Infinity", "9" * 5000, "true", "0x10", "42"]
    views = '<media:community><media:statistics views="{}"/></media:community>'
    blog.shows(*(item(f"n{n}", guid=told, more=views.format(told)) for n, told in enumerate(numbers)))
    assert blog.read().new == len(numbers)
    assert {title: row.metrics for title, row in by_title(blog).items() if row.metrics} == {"n8": {"views": 42}}


def test_case_40_numbers_of_any_length_are_ids_in_a_json_feed(blog: Blog) -> None:
    ids = ["9223372036854775808", "9" * 5000, f"{'9' * 5000}.5", "-Infinity", "NaN", "1e309", "7"]
    body = json_feed(*(entry(n, id=f"id {n}", url="") for n in range(len(ids)))).decode()
    for number, told in enumerate(ids):
        body = body.replace(f'"id {number}"', told)
    blog.server.answers("/feed", body.encode())
    pull = blog.read()
    assert (pull.outcome, pull.new, pull.poison, len({row.ref for row in blog.stored()})) == (Outcome.OK, 7, 0, 7)


# Dates


ABSURD = [
    "",
    "soon",
    "0000-00-00T00:00:00Z",
    "0001-01-01T00:00:00Z",
    "1704067200",
    "2024-13-40",
    "Tue, 10 Nov 1970 10:00:00 GMT",
    "31 Dec 9999",
    "9999-12-31T23:59:59Z",
    "9999-12-31T23:59:59-14:00",
    "10000-01-01T00:00:00Z",
    "-2026-11-10T10:00:00Z",
    "-1",
    "1",
    "9" * 400,
    "x" * 9000,
]


def test_case_41_an_absurd_date_is_when_the_item_was_first_seen_and_stays_it(blog: Blog, sign_in: SIGN_IN) -> None:
    items = [item(f"n{n}", date=date) for n, date in enumerate(ABSURD)]
    blog.shows(*items)
    blog.read()
    seen = dict.fromkeys(by_title(blog), (blog.scene.now, True))
    assert {title: (row.at, row.at_guessed) for title, row in by_title(blog).items()} == seen
    blog.shows(item("another"), *items)
    pull = blog.read()
    assert (pull.new, pull.changed, pull.same) == (1, 0, len(ABSURD))
    assert "(date guessed)" in pages(blog, sign_in)


def test_case_41_an_absurd_date_of_a_json_feed_is_when_the_item_was_first_seen(blog: Blog) -> None:
    dates: list[object] = [*ABSURD, 5, 2**70, -1, None, [], {}, True]
    blog.says(*(entry(n, date_published=date) for n, date in enumerate(dates)))
    assert blog.read().new == len(dates)
    assert {(row.at, row.at_guessed) for row in blog.stored()} == {(blog.scene.now, True)}


def test_case_42_a_future_date_gives_way_to_the_update_and_else_to_when_it_was_seen(blog: Blog) -> None:
    far = "2030-01-01T00:00:00Z"
    blog.says(
        entry(1, date_published=far, date_modified="2026-11-01T00:00:00+05:30"),
        entry(2, date_published=far),
        entry(3, date_published=far, date_modified=far),
    )
    blog.read()
    now = blog.scene.now
    assert {title: (row.at, row.at_guessed) for title, row in by_title(blog).items()} == {
        "Part 1": (datetime(2026, 10, 31, 18, 30, tzinfo=UTC), False),
        "Part 2": (now, True),
        "Part 3": (now, True),
    }


def test_case_42_a_date_of_tomorrow_is_believed_for_clocks_and_zones_differ(blog: Blog) -> None:
    moment = blog.scene.now + timedelta(hours=30)
    blog.says(entry(1, date_published=moment.isoformat()))
    blog.read()
    assert [(row.at, row.at_guessed) for row in blog.stored()] == [(moment, False)]


# Markup and links


XSS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    "<a href=javascript:alert(1)>x</a>",
    "<a href='java\nscript:alert(1)'>x</a>",
    "<iframe src=javascript:alert(1)></iframe>",
    '"><script>alert(1)</script>',
    "' onmouseover='alert(1)",
    "</title></textarea></style></script><script>alert(1)</script>",
    "<style>*{background:url(javascript:alert(1))}</style>",
    "<math><a xlink:href=javascript:alert(1)>x</a></math>",
    "<base href=javascript:/><form action=//evil.example><button formaction=javascript:alert(1)>x</button></form>",
    "<meta http-equiv=refresh content='0;url=javascript:alert(1)'><link rel=stylesheet href=//evil.example>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
]


def test_case_44_nothing_of_a_payload_becomes_markup_wherever_it_stands(blog: Blog, sign_in: SIGN_IN) -> None:
    for number, payload in enumerate(XSS):
        html = f"<p>{ON_TOPIC} {payload} {'x' * 40}</p>"
        one = entry(1, id=payload, title=payload, url=payload, content_html=html, authors=[{"name": payload}])
        two = entry(
            2, id=f"{number}", title=f"{payload} twice", url=f"https://blog.example/{payload}", content_text=html
        )
        blog.says(one, two, title=payload, home_page_url=payload)
        assert blog.read().new == 2
        if number % 3 == 2:  # of those that came last, Home shows five
            assert "twice" in pages(blog, sign_in)


LINKS = {
    "/relative?utm_source=x#part": "/relative",
    "other.html": "/other.html",
    "?p=7": "/feed?p=7",
    "//blog.example/two": "http://blog.example/two",
    "HTTPS://Blog.Example:443/Three": "https://blog.example/Three",
    "https://blog.example/a\tb\nc": "https://blog.example/abc",
    "https://blog.example/\"onclick='x'<b>": "https://blog.example/\"onclick='x'<b>",
    "javascript:alert(1)": "",
    " JavaScript:alert(1)": "",
    "java\tscript:alert(1)": "",
    "\x01javascript:alert(1)": "",
    "javascript://blog.example/%0aalert(1)": "",
    "data:text/html,<script>alert(1)</script>": "",
    "vbscript:x": "",
    "file:///etc/passwd": "",
    "mailto:asha@blog.example": "",
    "ftp://blog.example/x": "",
    "blob:https://blog.example/x": "",
    "https://user:secret@blog.example/x": "",
    "https://[::1": "",
    "https:///nowhere": "",
    "http://blog.example:99999999/": "",
}


def test_case_45_a_link_is_an_absolute_web_address_or_none(blog: Blog, sign_in: SIGN_IN) -> None:
    blog.says(*(entry(n, url=link) for n, link in enumerate(LINKS)))
    assert blog.read().new == len(LINKS)
    titles = {f"Part {n}": clean for n, clean in enumerate(LINKS.values())}
    wanted = {title: blog.server.url(clean) if clean.startswith("/") else clean for title, clean in titles.items()}
    assert {title: row.url for title, row in by_title(blog).items()} == wanted
    assert "Part 0" in pages(blog, sign_in)


def test_case_45_links_in_rss_and_in_a_text_are_held_to_the_same(blog: Blog, sign_in: SIGN_IN) -> None:
    texts = [f'<p>{ON_TOPIC}: <a href="{escape(link)}">read</a></p>' for link in LINKS]
    blog.shows(
        *(item(f"n{n}", guid=f"{n}", link=link, text=texts[n]) for n, link in enumerate(LINKS) if "\x01" not in link)
    )
    assert blog.read().new == len(LINKS) - 1
    assert {row.url.partition(":")[0] for row in blog.stored()} == {"http", "https", ""}
    spoken = " ".join(row.text for row in blog.stored()).lower()
    assert [scheme for scheme in ("script:", "data:", "file:", "blob:", "secret") if scheme in spoken] == []
    assert "n0" in pages(blog, sign_in)


# Wrong shapes


def test_case_46_a_json_feed_with_wrong_types_loses_only_what_is_wrong(blog: Blog) -> None:
    blog.says(
        entry(1, url="/one", title="One", content_text="Kubernetes: a < b"),
        {"id": 2, "title": {"no": 1}, "content_html": 7, "summary": "Kubernetes", "authors": 9, "date_published": 5},
        "no item",
        {"id": "4", "content_html": "<b>Kubernetes</b>", "author": {"name": "Lena"}},
        title=["no"],
        home_page_url={},
        language="en-GB",
        authors=[{"name": "Asha"}, "Lena", None],
    )
    pull = blog.read()
    assert (pull.outcome, pull.seen, pull.new, pull.poison) == (Outcome.OK, 4, 3, 1)
    shown = {(row.title, row.text, tuple(row.authors), row.lang, row.at_guessed) for row in blog.stored()}
    assert shown == {
        ("One", "Kubernetes: a < b", ("Asha",), "en", False),
        ("", "Kubernetes", ("Asha",), "en", True),
        ("", "Kubernetes", ("Lena",), "en", True),
    }
    assert [(row.reason, row.raw) for row in rows(Quarantined)] == [("is no object", b'"no item"')]


WRONG: list[object] = [
    *(None, True, 7, 2**70, -1.5, "x", "", [], ["x", None], [[]], {}),
    *({"name": 7}, {"name": {}}, [{"name": []}]),
]
FIELDS = (
    *("id", "url", "external_url", "title", "content_html", "content_text", "summary", "authors", "author"),
    *("date_published", "date_modified", "language", "tags", "attachments", "image"),
)


def test_case_46_any_field_of_any_type_breaks_nothing(blog: Blog, sign_in: SIGN_IN) -> None:
    items = [entry(n, **{"summary": "Kubernetes", field: one}) for field in FIELDS for n, one in enumerate(WRONG)]
    for number, one in enumerate(items):
        one["id"] = one["id"] if one["id"] in WRONG else f"{number}"
    blog.says(*items, entry(99, title="Untouched"), **dict.fromkeys(FIELDS, WRONG))
    pull = blog.read()
    assert (pull.outcome, pull.poison, "Untouched" in by_title(blog)) == (Outcome.OK, 0, True)
    assert pull.new > len(WRONG) * (len(FIELDS) - 2)
    pages(blog, sign_in)


@pytest.mark.parametrize("items", [None, 7, "x", {}, {"a": 1}], ids=str)
def test_case_46_items_of_another_type_are_no_json_feed(blog: Blog, items: object) -> None:
    blog.server.answers("/feed", json.dumps({"version": "https://jsonfeed.org/version/1.1", "items": items}).encode())
    pull = blog.read()
    assert (pull.outcome, "JSON, but no JSON Feed" in pull.message) == (Outcome.REFUSED, True)


# Poison


def test_case_47_of_twenty_items_with_one_that_no_database_could_keep_nineteen_are_stored(
    scene: Scene, cast: Cast
) -> None:
    scene.connects(cast.asha)
    items = (*(post(n) for n in range(19)), post(19, at=NO_DATE))
    scene.blogs.says(BLOG, Page(address=BLOG, activities=items, cursor={"read": 20}))
    pull = scene.sweeps()[BLOG]
    assert (pull.outcome, pull.seen, pull.new, pull.poison) == (Outcome.OK, 20, 19, 1)
    assert (len(rows(ActivityRow)), scene.subscription().cursor) == (19, {"read": 20})
    assert scene.subscription().state is Health.DEGRADED
    [bad] = rows(Quarantined)
    assert (bad.reason, b"Post 19" in bad.raw) == (f"the date {NO_DATE!r} cannot be stored", True)


@pytest.mark.parametrize("place", [0, 7, 19])
def test_case_47_of_twenty_items_of_a_feed_with_one_of_no_shape_nineteen_are_stored(blog: Blog, place: int) -> None:
    items = [entry(n) for n in range(20)]
    items[place] = {"nothing": "x" * 100_000}
    blog.says(*items)
    pull = blog.read()
    assert (pull.outcome, pull.seen, pull.new, pull.poison) == (Outcome.OK, 20, 19, 1)
    [bad] = rows(Quarantined)
    assert (bad.reason, len(bad.raw)) == ("has neither id, link, title nor text", 32 * 1024)


def test_case_48_of_a_page_that_is_all_poison_the_cursor_stays_and_the_source_has_failed(
    scene: Scene, cast: Cast
) -> None:
    scene.connects(cast.asha)
    bad = tuple(post(n, at=NO_DATE) for n in range(5))
    scene.blogs.says(BLOG, *[Page(address=BLOG, activities=bad, cursor={"read": 5}, covers_from=scene.now)] * 2)
    for failures in (1, 2):
        pull = scene.sweeps()[BLOG]
        told = scene.subscription()
        assert (pull.outcome, pull.message) == (Outcome.FAILED, "none of its 5 items could be stored")
        assert (told.cursor, told.complete_from, told.failures) == ({}, None, failures)
    assert len(rows(Quarantined)) == 5


def test_case_48_a_feed_that_was_all_poison_is_read_when_it_is_mended(blog: Blog) -> None:
    blog.says(entry(1))
    blog.read()
    cursor = blog.scene.subscription(blog.address).cursor
    blog.says("no", "item", 7)
    pull = blog.read()
    assert (pull.outcome, pull.message) == (Outcome.FAILED, "none of its 3 items could be stored")
    assert blog.scene.subscription(blog.address).cursor == cursor
    blog.says(entry(1), entry(2))
    assert (blog.read().outcome, len(blog.stored())) == (Outcome.OK, 2)
