"""The board from real rows: whose page, which days count, what is known; in few questions (test_plans: how)."""

from datetime import date

import pytest

from advocacy.domain.activity import Platform
from advocacy.domain.coverage import Coverage
from advocacy.domain.period import parse
from advocacy.domain.progress import State
from advocacy.models import exhibits, ladder_import, roster
from advocacy.models.base import Missing, db
from advocacy.models.board import Board, Line, board, default_period
from advocacy.models.people import Absence, Person
from advocacy.models.words import Word
from tests.cast import Cast
from tests.ingest.platform import post
from tests.ingest.scene import BLOG, Scene, expectation, statements

Q4 = parse("2026-Q4")
OTHER = "# Storage engineer\n\n## Expectations\n\n### Voice\n- Be a strong advocate of your component in forums\n"


def board_of(scene: Scene, person: Person, period: str = "2026-Q4") -> Board:
    db.session.rollback()
    return board(person, parse(period), scene.now, scene.rules)


def line(found: Board, rule: str = "advocacy") -> Line:
    [one] = [line for line in found.lines if line.rule == rule]
    return one


@pytest.fixture
def posts(scene: Scene, cast: Cast) -> Scene:
    """Seven posts of Asha's in October and November; the blog is complete from the fifth of October."""
    scene.connects(cast.asha)
    scene.blogs.posts(BLOG, 7)
    scene.sweeps()
    return scene


def test_every_sentence_of_the_page_has_a_line_in_the_pages_order(posts: Scene, cast: Cast) -> None:
    found = board_of(posts, cast.asha)
    page = roster.page("starter")
    assert [line.text for line in found.lines] == [wording.text for wording in ladder_import.wordings(page)]
    assert (found.role_slug, found.today, found.period) == ("starter", date(2026, 11, 23), Q4)
    assert found.coverage == {Platform.FEED: Coverage(date(2026, 10, 5), date(2026, 11, 23))}
    assert {line.progress.state for line in found.lines if line.rule is None} == {State.NOT_MEASURED}


def test_one_sentence_asked_for_alone_reads_as_on_the_whole_page(posts: Scene, cast: Cast) -> None:
    for whole in board_of(posts, cast.asha).lines:
        alone = board(cast.asha, Q4, posts.now, posts.rules, only=whole.expectation_id)
        assert alone.lines == (whole,)


def test_what_is_rejected_does_not_count_and_what_is_confirmed_is_told(posts: Scene, cast: Cast) -> None:
    sentence = expectation("advocacy")
    first, second, *_ = posts.exhibits(cast.asha, sentence)
    posts.decides(cast.asha, first.activity_id, sentence, Word.REJECTED)
    posts.decides(cast.asha, second.activity_id, sentence, Word.CONFIRMED)
    progress = line(board_of(posts, cast.asha)).progress
    assert (progress.count, progress.confirmed, progress.newest) == (6, 1, date(2026, 10, 10))


def test_what_is_attached_by_hand_counts_for_a_sentence_that_nothing_measures(posts: Scene, cast: Cast) -> None:
    sentence = posts.unmeasured()
    activity = posts.exhibits(cast.asha, expectation("advocacy"))[0].activity_id
    posts.decides(cast.asha, activity, sentence, Word.CONFIRMED)
    [one] = [line for line in board_of(posts, cast.asha).lines if line.expectation_id == sentence]
    assert (one.progress.state, one.progress.count, one.progress.confirmed) == (State.NOT_MEASURED, 1, 1)


def test_days_away_lower_the_target(posts: Scene, cast: Cast) -> None:
    assert line(board_of(posts, cast.asha)).progress.target == 6
    db.session.add(Absence(person_id=cast.asha.id, since=date(2026, 11, 1), until=date(2026, 11, 30)))
    db.session.commit()
    assert line(board_of(posts, cast.asha)).progress.target == 4


def test_a_role_change_in_mid_period_judges_each_item_by_the_role_of_its_day(scene: Scene, cast: Cast) -> None:
    ladder_import.apply(
        ladder_import.preview(OTHER.encode(), "storage.md", scene.rules), OTHER.encode(), None, scene.now
    )
    roster.give_role(cast.asha.id, "storage", date(2026, 10, 8))
    db.session.commit()
    scene.connects(cast.asha)
    scene.blogs.posts(BLOG, 7)
    scene.sweeps()
    found = board_of(scene, cast.asha)
    assert (found.role_slug, found.earlier_roles, len(found.lines)) == ("storage", ("starter",), 1)
    assert line(found).progress.count == 4, "three days were the other role's"
    assert board_of(scene, cast.asha, "2026-Q3").role_slug == "starter"
    assert (found.lines[0].progress.target, board_of(scene, cast.asha, "2026-Q3").earlier_roles) == (6, ())


def test_the_first_role_is_shown_for_a_time_before_it_and_nobody_without_one_has_a_board(scene: Scene) -> None:
    late = roster.add("late@other.example", "Late", scene.now)
    db.session.commit()
    with pytest.raises(Missing, match="no role yet"):
        board_of(scene, late)


def test_an_unconnected_person_cannot_be_told_about(scene: Scene, cast: Cast) -> None:
    found = board_of(scene, cast.sven)
    assert (found.coverage, line(found).progress.state) == ({}, State.CANT_TELL)
    scene.connects(cast.sven)
    assert line(board_of(scene, cast.sven)).progress.state is State.CANT_TELL
    scene.sweeps()
    assert board_of(scene, cast.sven).coverage == {Platform.FEED: Coverage()}


def test_the_period_is_the_quarter_where_the_person_lives(scene: Scene, cast: Cast) -> None:
    scene.now = scene.now.replace(month=12, day=31, hour=20)
    assert (default_period(cast.asha, scene.now).label, default_period(cast.lena, scene.now).label) == (
        "2027-Q1",
        "2026-Q4",
    )


def test_an_item_counts_on_its_day_where_the_person_lives(scene: Scene, cast: Cast) -> None:
    late = scene.now.replace(month=9, day=30, hour=20)  # the first of October in Kolkata
    for person in (cast.asha, cast.lena):
        scene.connects(person)
    scene.blogs.log[BLOG] = [post(1, at=late)]
    scene.sweeps()
    assert [line(board_of(scene, who)).progress.count for who in (cast.asha, cast.lena)] == [1, 0]


def test_the_board_asks_at_most_nine_questions(posts: Scene, cast: Cast) -> None:
    board_of(posts, cast.asha)
    with statements() as sent:
        board_of(posts, cast.asha)
    asked = [one for one in sent if one.startswith("SELECT")]
    assert len(asked) <= 9


def test_exhibits_are_read_a_page_at_a_time(posts: Scene, cast: Cast) -> None:
    sentence, seen, before = expectation("advocacy"), [], None
    while page := exhibits.of(cast.asha.id, sentence, Q4.start, Q4.end, before=before, limit=3):
        seen += [one.activity_id for one in page]
        before = (page[-1].day, page[-1].activity_id)
    assert seen == [one.activity_id for one in posts.exhibits(cast.asha, sentence)]
    assert (len(seen), exhibits.by_month(cast.asha.id, sentence, Q4.start, Q4.end)) == (7, {"2026-10": 7})
