"""Works of the public voice: each once, in one form, and which of them are wanted."""

from dataclasses import replace
from datetime import date

import pytest

from advocacy.domain.activity import Kind, Platform
from advocacy.domain.public_voice import NONE, Format, Place, Wanted, format_of, to_promote, wanted, works

DAY = date(2026, 11, 1)
POST = Place(1, 11, 7, date(2026, 11, 3), Format.POST, Platform.X, ("csi",), ("sre",))
ARTICLE = Place(1, 10, 7, DAY, Format.ARTICLE, Platform.FEED, ("csi", "nfs"), ())
TALK = Place(2, 20, 8, DAY, Format.TALK, Platform.MANUAL)


@pytest.mark.parametrize(
    ("kind", "platform", "webinar", "form"),
    [
        (Kind.TALK, Platform.MANUAL, False, Format.TALK),
        (Kind.TALK, Platform.MANUAL, True, Format.VIDEO),
        (Kind.TALK, Platform.YOUTUBE, False, Format.VIDEO),
        (Kind.POST, Platform.YOUTUBE, False, Format.VIDEO),
        (Kind.ARTICLE, Platform.FEED, True, Format.ARTICLE),
        (Kind.ANSWER, Platform.STACKEXCHANGE, False, Format.ANSWER),
        (Kind.REPLY, Platform.REDDIT, False, Format.POST),
        (Kind.QUESTION, Platform.REDDIT, False, Format.POST),
        (Kind.TRAINING_GIVEN, Platform.MANUAL, False, None),
        (Kind.PROPOSAL, Platform.YOUTUBE, False, None),
        (Kind.NOTE, Platform.MANUAL, False, None),
    ],
)
def test_the_form_of_what_was_said(kind: Kind, platform: Platform, webinar: bool, form: Format | None) -> None:
    assert format_of(kind, platform, webinar=webinar) is form


def test_a_work_in_several_places_is_one_in_its_first_form_with_all_that_they_name() -> None:
    talk, article = works([POST, TALK, ARTICLE])
    assert (talk.id, talk.format) == (2, Format.TALK)
    assert (article.format, article.day, article.last) == (Format.ARTICLE, DAY, date(2026, 11, 3))
    assert (article.topics, article.personas) == (frozenset({"csi", "nfs"}), frozenset({"sre"}))
    assert (article.activities, article.people) == ((10, 11), frozenset({7}))
    assert article.platforms == {Platform.FEED, Platform.X}


def test_the_newest_stand_first() -> None:
    assert [one.id for one in works([TALK, replace(TALK, work_id=3), replace(POST, work_id=4)])] == [4, 3, 2]


def test_one_quiet_place_keeps_the_whole_work_from_being_promoted() -> None:
    found = works([replace(POST, quiet=True), ARTICLE, TALK])
    assert ([one.id for one in found if one.quiet], [one.id for one in to_promote(found)]) == ([1], [2])


@pytest.mark.parametrize(
    ("of", "ids"),
    [
        (Wanted(), [2, 1]),
        (Wanted(persona="sre"), [1]),
        (Wanted(topic="nfs", persona="sre", format="article"), [1]),
        (Wanted(format="post"), []),
        (Wanted(persona=NONE), [2]),
        (Wanted(topic=NONE, format="talk"), [2]),
        (Wanted(person=8), [2]),
        (Wanted(platform="x"), [1]),
        (Wanted(topic="zfs"), []),
    ],
)
def test_what_is_wanted(of: Wanted, ids: list[int]) -> None:
    assert [one.id for one in wanted(works([POST, ARTICLE, TALK]), of)] == ids
