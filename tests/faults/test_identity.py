"""Fault cases 49 to 59: the same thing told twice, told otherwise, told no more – no row is lost, none is doubled."""

from datetime import datetime

import pytest

from advocacy.models import attention
from advocacy.models.activities import ActivityPerson, ActivityRow, PassedOver, Provenance
from advocacy.models.base import db
from advocacy.models.evidence import Evidence
from advocacy.models.words import Visibility, Word
from ingest.sources.feed_identity import Known, known_from, lines_of
from tests.cast import Cast
from tests.faults.blog import Blog, item
from tests.ingest.platform import OFF_TOPIC, ON_TOPIC
from tests.ingest.scene import BLOG, FACTS, Scene, dump, expectation, rows, statements, writes

LATER = "Fri, 20 Nov 2026 10:00:00 GMT"


def unchanged_by(blog: Blog, *items: str) -> None:
    """The feed shows these items now, and reading it writes no fact."""
    before = dump()
    blog.shows(*items)
    with statements() as sent:
        pull = blog.read()
    assert (pull.new, pull.changed, pull.poison) == (0, 0, 0)
    assert (writes(sent), dump()) == ([], before)


# The same again


def test_case_49_the_same_page_three_times_touches_no_row(blog: Blog) -> None:
    items = [item("one"), item("two", date=""), item("three", text=OFF_TOPIC)]
    blog.shows(*items)
    assert (blog.read().new, len(rows(PassedOver))) == (2, 1)
    unchanged_by(blog, *items)
    unchanged_by(blog, *items)


def test_case_49_a_feed_whose_server_stamps_every_answer_touches_no_row(blog: Blog) -> None:
    items = [item("one"), item("two", date="soon"), item("three", text=OFF_TOPIC)]
    blog.shows(*items)
    assert blog.read().new == 2
    for hour in (7, 8, 9):
        unchanged_by(blog, f"<lastBuildDate>Mon, 23 Nov 2026 0{hour}:00:00 GMT</lastBuildDate>", *items)


def test_case_49_the_same_page_with_an_expectation_confirmed_touches_no_row(blog: Blog) -> None:
    blog.shows(item("one"))
    blog.read()
    blog.scene.decides(blog.asha, blog.scene.activity(), expectation("advocacy"), Word.CONFIRMED)
    unchanged_by(blog, item("one"), "<generator>another</generator>")


# Ids


def test_case_50_doubled_guids_are_as_many_rows_in_whatever_order(blog: Blog) -> None:
    one, two, three = (item(name, guid="same") for name in ("one", "two", "three"))
    blog.shows(one)
    blog.read()
    [first] = blog.stored()
    blog.shows(one, two)
    assert blog.read().new == 1
    blog.shows(three, two, one)
    assert blog.read().new == 1
    assert [row.title for row in blog.stored()] == ["one", "two", "three"]
    assert blog.stored()[0].ref == first.ref
    unchanged_by(blog, two, three, one)


def test_case_50_an_item_that_is_there_twice_is_one_row_and_the_first_of_them_holds(blog: Blog) -> None:
    doubled = [item("one", guid="1", text=f"{ON_TOPIC}, revised"), item("one", guid="1"), item("one", guid="1")]
    blog.shows(*doubled)
    assert blog.read().new == 1
    assert [row.text for row in blog.stored()] == [f"{ON_TOPIC}, revised"]
    unchanged_by(blog, *doubled, doubled[0])


def test_case_51_without_guids_links_tell_items_apart_and_without_links_title_and_date(blog: Blog) -> None:
    items = [item("one"), item("two", link=""), item("three", link=""), item("three", link="", date=LATER)]
    blog.shows(*items)
    assert blog.read().new == 4
    unchanged_by(blog, *items[::-1])


def test_case_51_without_guids_an_edited_title_is_an_edit(blog: Blog) -> None:
    blog.shows(item("one"))
    blog.read()
    blog.shows(item("One, mended", link="https://blog.example/one"))
    pull = blog.read()
    assert (pull.new, pull.changed, [row.title for row in blog.stored()]) == (0, 1, ["One, mended"])


def test_case_52_rewritten_guids_double_nothing(blog: Blog) -> None:
    names = ("one", "two", "three")
    blog.shows(*(item(name, guid=name) for name in names))
    assert blog.read().new == 3
    unchanged_by(blog, *(item(name, guid=f"urn:new:{name}") for name in names))
    unchanged_by(blog, *(item(name) for name in names))
    unchanged_by(blog, *(item(name, guid=f"tag:blog.example,2026:{name}") for name in names[::-1]))


def test_case_52_a_link_that_says_nothing_keeps_no_row_together(blog: Blog) -> None:
    front = "https://blog.example/"
    blog.shows(item("one", guid="1", link=front))
    blog.read()
    blog.shows(item("two", guid="2", link=front))
    assert (blog.read().new, [row.title for row in blog.stored()]) == (1, ["one", "two"])


def test_case_53_a_move_to_https_and_from_www_doubles_nothing(blog: Blog) -> None:
    def at(start: str, end: str = "") -> list[str]:
        sites = [f"{start}blog.example/{name}{end}" for name in ("one", "two")]
        return [item("x", guid=site, link=site) for site in sites]

    blog.shows(*at("http://www."))
    assert blog.read().new == 2
    before = {row.ref: row.id for row in blog.stored()}
    for moved in (at("https://www."), at("https://"), at("https://", "/")):
        blog.shows(*moved)
        assert blog.read().new == 0
    assert {row.ref: row.id for row in blog.stored()} == before
    unchanged_by(blog, *at("https://", "/"), item("off topic", text=OFF_TOPIC))


def test_case_54_a_guid_given_to_another_post_takes_nothing_from_the_first(blog: Blog) -> None:
    blog.shows(item("one", guid="1"))
    blog.read()
    blog.scene.decides(blog.asha, blog.scene.activity(), expectation("advocacy"), Word.CONFIRMED)
    again = item("two", guid="1", date=LATER)
    blog.shows(again)
    assert (blog.read().new, blog.told()) == (
        1,
        {("one", "https://blog.example/one"), ("two", "https://blog.example/two")},
    )
    assert attention.edited(blog.asha.id) == []
    unchanged_by(blog, again, item("cat", text=OFF_TOPIC))
    unchanged_by(blog, item("one", guid="1"), again)


@pytest.mark.parametrize(
    "edited",
    [
        item("Two", guid="1", link="https://blog.example/two"),
        item("Two", guid="1", link="https://blog.example/one", date=LATER),
        item("one", guid="1", link="https://blog.example/two", date=LATER),
        item("Two", guid="1", link="https://blog.example/two", date=""),
    ],
    ids=["title and link", "title and date", "link and date", "date gone"],
)
def test_case_54_while_something_of_a_post_is_as_it_was_it_is_an_edit(blog: Blog, edited: str) -> None:
    blog.shows(item("one", guid="1"))
    blog.read()
    blog.shows(edited)
    pull = blog.read()
    assert (pull.new, pull.changed, len(blog.stored())) == (0, 1, 1)


def test_case_54_what_an_earlier_version_remembered_is_enough() -> None:
    ref, link = "a" * 40, "b" * 16
    old = known_from([f"{ref} {link}", f"{ref[1:]}c - 2026-11-20T12:00:00+00:00"])
    assert list(old.values()) == [Known(ref, link), Known(f"{ref[1:]}c", "-", "2026-11-20T12:00:00+00:00")]
    assert known_from(lines_of(list(old.values()), {})) == old


# Edits, and what is gone


def test_case_55_an_edit_keeps_what_a_person_decided_and_flags_it(scene: Scene, cast: Cast) -> None:
    scene.connects(cast.asha)
    scene.blogs.posts(BLOG, 2)
    scene.sweeps()
    row = next(row for row in rows(ActivityRow) if row.title == "Post 0")
    sentence, hash_before = expectation("advocacy"), row.content_hash
    scene.decides(cast.asha, row.id, sentence, Word.CONFIRMED)
    db.session.get_one(ActivityPerson, (row.id, cast.asha.id)).visibility = Visibility.PUBLIC
    db.session.commit()

    scene.blogs.edits(BLOG, 0, text=f"{ON_TOPIC}, and what it does not do")
    pull = scene.sweeps()[BLOG]
    edited = db.session.get_one(ActivityRow, row.id)
    mine = db.session.get_one(ActivityPerson, (row.id, cast.asha.id))
    assert (pull.changed, edited.text, mine.visibility) == (1, f"{ON_TOPIC}, and what it does not do", "public")
    assert edited.content_hash != hash_before
    exhibit = next(one for one in scene.exhibits(cast.asha, sentence) if one.activity_id == row.id)
    assert (exhibit.verdict, exhibit.edited_since, exhibit.visibility) == (Word.CONFIRMED, True, "public")
    assert [found.title for found in attention.edited(cast.asha.id)] == ["Post 0"]


def test_case_55_an_edit_of_a_real_feed_keeps_verdicts_a_rejection_too(blog: Blog) -> None:
    blog.shows(item("one"), item("two"))
    blog.read()
    one, two = blog.stored()
    sentence = expectation("advocacy")
    blog.scene.decides(blog.asha, one.id, sentence, Word.CONFIRMED)
    blog.scene.decides(blog.asha, two.id, sentence, Word.REJECTED)
    blog.shows(item("one", text=f"{ON_TOPIC}, again"), item("two", text=f"{ON_TOPIC}, again"))
    assert blog.read().changed == 2
    told = {one.title: (one.verdict, one.edited_since) for one in blog.scene.exhibits(blog.asha, sentence)}
    assert told == {"one": (Word.CONFIRMED, True), "two": (Word.REJECTED, False)}


def test_case_56_what_vanished_from_the_window_is_kept(blog: Blog) -> None:
    blog.shows(item("one"), item("two"), item("three"))
    blog.read()
    unchanged_by(blog, item("three"))
    unchanged_by(blog)
    unchanged_by(blog, item("two"), item("three"))
    assert {row.title for row in blog.stored()} == {"one", "two", "three"}


@pytest.mark.parametrize("edited", ["", ", mended"], ids=["the same", "edited"])
def test_case_57_what_was_scrubbed_is_not_brought_back_by_reading_it_again(blog: Blog, edited: str) -> None:
    blog.shows(item("one"), item("two"))
    blog.read()
    scrub("one", blog.scene.now)
    before = dump(*FACTS)
    blog.shows(item("one", text=f"{ON_TOPIC}{edited}"), item("two"), item("cat", text=OFF_TOPIC))
    pull = blog.read()
    assert (pull.seen, pull.new, pull.changed, pull.same, pull.skipped) == (3, 0, 0, 2, 1)
    assert dump(*FACTS) == before
    assert blog.scene.items_of(blog.asha) == ["two"]


def test_case_57_nor_by_reading_it_for_somebody_else_or_with_other_rules(blog: Blog, cast: Cast) -> None:
    blog.shows(item("one"), item("two"))
    blog.read()
    scrub("one", blog.scene.now)
    blog.scene.connects(cast.lena, blog.address)
    subscription = blog.scene.subscription(blog.address)
    subscription.vocabulary = "older rules"
    db.session.commit()
    pull = blog.read()
    assert (pull.seen, pull.new, pull.changed, blog.scene.items_of(cast.lena)) == (2, 0, 0, ["two"])
    [scrubbed] = [row for row in blog.stored() if row.deleted_at]
    assert (scrubbed.title, scrubbed.text, scrubbed.url) == ("", "", "")
    assert [row for row in rows(Evidence) if row.person_id == cast.lena.id and row.activity_id == scrubbed.id] == []


def scrub(title: str, now: datetime) -> None:
    """Leave a tombstone where the activity was, as a source will that tells of deletions."""
    row = next(row for row in rows(ActivityRow) if row.title == title)
    row.title = row.text = row.url = ""
    row.deleted_at = now
    db.session.commit()


# One thing by two ways


def test_case_59_two_addresses_of_one_blog_bring_their_new_items_to_each_ones_people(scene: Scene, cast: Cast) -> None:
    again = "https://blog.example/"
    scene.connects(cast.asha)
    scene.connects(cast.lena, again)
    for text in (ON_TOPIC, OFF_TOPIC):
        scene.blogs.log[again] = [*scene.blogs.log.get(again, ()), *scene.blogs.posts(BLOG, 1, text)]
        scene.later(hours=2)
        scene.sweeps()
    scene.blogs.log[again] += scene.blogs.posts(BLOG, 1)
    scene.later(hours=2)
    scene.sweeps()
    assert (scene.items_of(cast.asha), scene.items_of(cast.lena)) == (["Post 0", "Post 2"], ["Post 0", "Post 2"])
    assert (len(rows(ActivityRow)), len(rows(Provenance)), len(rows(PassedOver))) == (2, 4, 2)


def test_case_59_one_post_by_two_feeds_of_a_person_is_one_row_that_came_two_ways(blog: Blog) -> None:
    other = blog.server.answers("/everything", b"")
    account = blog.scene.connects(blog.asha, other)
    blog.says({"id": "https://blog.example/1", "url": "https://blog.example/1", "content_text": ON_TOPIC})
    blog.server.plays["/everything"] = blog.server.plays["/feed"]
    blog.scene.later(hours=2)
    pulls = blog.scene.sweeps()
    assert [pull.new + pull.same for pull in pulls.values()] == [1, 1]  # both at once: each may call it new
    [row] = blog.stored()
    assert {way.activity_id for way in rows(Provenance)} == {row.id}
    assert account.id in {way.account_id for way in rows(Provenance)}
    assert (len(rows(Provenance)), len(rows(ActivityPerson))) == (2, 1)
    before = dump("activity", "activity_person", "evidence")
    blog.scene.later(hours=2)
    blog.scene.sweeps()
    assert dump("activity", "activity_person", "evidence") == before
