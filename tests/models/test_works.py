"""Works in the tables: folded as they come, counted once, told apart and put together by a person, and erased."""

import random
import threading
from datetime import UTC, datetime

import pytest
import sqlalchemy as sa
from flask import Flask

from advocacy.domain.activity import Activity
from advocacy.domain.works import BY_HAND
from advocacy.models import connect, verdicts, work_choices
from advocacy.models.activities import ActivityLink, ActivityPerson, ActivityRow, WorkChoice
from advocacy.models.base import Missing, db
from advocacy.models.evidence import Evidence
from advocacy.models.person_erasure import erase_person
from advocacy.models.words import Word
from advocacy.models.work_choices import BadChoice
from advocacy.rejudge import rejudge
from advocacy.remap import remap
from advocacy.rules import Rules
from tests.cast import Cast
from tests.conftest import NOW
from tests.ingest.scene import expectation, rows, statements, writes
from tests.models.stage import POST, TITLE, Stage, family, said

AT = datetime(2026, 11, 2, 9, tzinfo=UTC)
LINKS = "links to blog.example/chaos-for-an-sre"


@pytest.fixture
def stage(app: Flask, cast: Cast, rules: Rules) -> Stage:
    return Stage(rules, NOW)


@pytest.fixture
def five(stage: Stage, cast: Cast) -> dict[str, int]:
    """Asha's work in five places, one after the other."""
    return {name: stage.says(cast.asha, one)[0] for name, one in family(AT).items()}


def lead(stage: Stage) -> dict[str, str]:
    return {ref: lead for ref, (lead, _) in stage.works().items()}


def test_five_places_of_one_work_stand_together_with_reasons(stage: Stage, five: dict[str, int]) -> None:
    assert stage.works() == {
        "feed:post": ("feed:post", None),
        "dev:copy": ("feed:post", LINKS),
        "x:1": ("feed:post", LINKS),
        "reddit:t3_1": ("feed:post", LINKS),
        "manual:talk": ("feed:post", "same title, 9 days apart"),
    }
    assert stage.evidence() == {(ref, "feed:post") for ref in stage.works()}


def test_they_count_once_for_each_expectation_and_in_every_medium(
    stage: Stage, cast: Cast, five: dict[str, int]
) -> None:
    progress = stage.progress(cast.asha)
    [items], [mediums] = ([one.count for one in group] for group in reversed(progress.measures))
    assert (progress.counted, {items, mediums}) == (1, {1, 5})


@pytest.mark.parametrize("seed", range(8))
def test_in_whatever_order_and_pages_they_come_it_ends_the_same(stage: Stage, cast: Cast, seed: int) -> None:
    by_chance = random.Random(seed)
    pages = [f"https://blog.example/{n}" for n in range(3)]
    all_ = [*family(AT).values(), said("x:2", AT, shares=("https://else.example/a",))]
    all_ += [said(f"feed:{n}", AT, url=page, title=f"Part {n} of our storage story") for n, page in enumerate(pages)]
    all_ += [said("x:3", AT, shares=tuple(pages)), said("x:4", AT, shares=(pages[1],))]
    all_ += [said("linkedin:5", AT, days=4, shares=("https://else.example/a",)), said("x:6", AT, shares=(POST, POST))]
    by_chance.shuffle(all_)
    while all_:
        first = all_[0].platform
        page = [one for one in all_[: by_chance.randint(1, 6)] if one.platform is first]
        stage.says(cast.asha, *page)
        all_ = [one for one in all_ if one not in page]
    assert stage.together() == {
        frozenset({"feed:post", "dev:copy", "x:1", "reddit:t3_1", "manual:talk", "x:6"}),
        frozenset({"x:2", "linkedin:5"}),
        frozenset({"feed:1", "x:4"}),
    }


def test_a_whole_family_in_one_page_is_folded_too(stage: Stage, cast: Cast) -> None:
    one, other = said("feed:a", AT, url=POST, title=TITLE), said("feed:b", AT, url=POST, title=TITLE)
    stage.says(cast.asha, one, other)
    assert stage.together() == {frozenset({"feed:a", "feed:b"})}
    assert {work for _, work in stage.evidence()} == {min(("feed:a", "feed:b"), key=stage.number)}


def test_an_edit_that_no_longer_points_there_leaves_the_work_and_one_that_does_joins(
    stage: Stage, cast: Cast, five: dict[str, int]
) -> None:
    stage.says(cast.asha, said("x:1", AT, text="OpenEBS, mended", url="https://x.example/asha/status/1"))
    assert "x:1" not in stage.works()
    assert ("x:1", "x:1") in stage.evidence()
    stage.says(cast.asha, said("x:1", AT, shares=(POST,)))
    assert stage.works()["x:1"] == ("feed:post", LINKS)
    assert ("x:1", "feed:post") in stage.evidence()


def test_a_second_own_page_makes_a_list_of_what_was_a_copy(stage: Stage, cast: Cast) -> None:
    stage.says(cast.asha, said("feed:post", AT, url=POST, title=TITLE))
    stage.says(cast.asha, said("x:1", AT, shares=(POST, "https://blog.example/other")))
    assert stage.together() == {frozenset({"feed:post", "x:1"})}
    stage.says(cast.asha, said("feed:other", AT, url="https://blog.example/other", title="Something else altogether"))
    assert stage.together() == set()


def test_a_page_with_nothing_in_common_asks_once_and_writes_no_place(stage: Stage, cast: Cast) -> None:
    stage.says(cast.asha, *(said(f"feed:{n}", AT, url=f"https://blog.example/{n}") for n in range(3)))
    with statements() as sent:
        stage.says(cast.asha, *(said(f"feed:{n}", AT, url=f"https://blog.example/{n}") for n in range(10, 50)))
    assert len([one for one in sent if "activity_link" in one]) == 2, "its links written, and one question"
    assert [one for one in sent if one.startswith("UPDATE")] == []


def test_a_page_costs_the_same_number_of_questions_however_much_it_folds(stage: Stage, cast: Cast) -> None:
    def shares(start: int, count: int) -> list[Activity]:
        return [said(f"x:{n}", AT, shares=(f"https://blog.example/{n}",)) for n in range(start, start + count)]

    stage.says(cast.asha, *(said(f"feed:{n}", AT, url=f"https://blog.example/{n}") for n in range(60)))
    costs = []
    stage.says(cast.asha, *shares(0, 1))
    for start, count in ((1, 2), (10, 40)):
        with statements() as sent:
            stage.says(cast.asha, *shares(start, count))
        costs.append(len([one for one in sent if "activity.ref = " not in one]))  # the stage's own
    assert costs[0] == costs[1]


def test_the_same_page_again_asks_and_writes_nothing_of_works(stage: Stage, cast: Cast, five: dict[str, int]) -> None:
    with statements() as sent:
        stage.says(cast.asha, family(AT)["tweet"])
    assert [one for one in sent if "activity_link" in one] + writes(sent) == []


def test_somebody_elses_post_is_no_work_of_mine(stage: Stage, cast: Cast) -> None:
    stage.says(cast.sven, said("feed:post", AT, url=POST, title=TITLE))
    stage.says(cast.asha, said("x:1", AT, shares=(POST,)))
    assert stage.works() == {}


def test_a_person_splits_counts_one_more_and_takes_it_back(stage: Stage, cast: Cast, five: dict[str, int]) -> None:
    before = stage.works()
    work_choices.split(cast.asha.id, five["tweet"], NOW)
    db.session.commit()
    assert stage.together() == {frozenset({"feed:post", "dev:copy", "reddit:t3_1", "manual:talk"})}
    assert stage.progress(cast.asha).counted == 2
    stage.says(cast.asha, said("x:1", AT, text="OpenEBS, told anew", shares=(POST,)))
    assert "x:1" not in stage.works(), "the machine never folds what a choice speaks of"
    assert work_choices.undo(cast.asha.id, five["tweet"], NOW)
    db.session.commit()
    assert (stage.works(), stage.progress(cast.asha).counted) == (before, 1)
    assert [row.superseded_at is None for row in rows(WorkChoice)] == [False]
    assert not work_choices.undo(cast.asha.id, five["tweet"], NOW)


def test_the_post_itself_split_leaves_the_rest_one_work(stage: Stage, cast: Cast, five: dict[str, int]) -> None:
    work_choices.split(cast.asha.id, five["post"], NOW)
    db.session.commit()
    assert "feed:post" not in stage.works()
    assert stage.progress(cast.asha).counted == 2


@pytest.mark.parametrize("name", ["post", "copy", "tweet", "share", "talk"])
def test_split_and_merged_back_is_as_before(stage: Stage, cast: Cast, five: dict[str, int], name: str) -> None:
    before = stage.works()
    work_choices.split(cast.asha.id, five[name], NOW)
    db.session.commit()
    other = five["post" if name != "post" else "copy"]
    work_choices.merge(cast.asha.id, five[name], other, NOW)
    db.session.commit()
    assert stage.works() == before


def test_whole_works_are_put_together_by_one_word_and_taken_apart_by_one(
    stage: Stage, cast: Cast, five: dict[str, int]
) -> None:
    [other] = stage.says(cast.asha, said("feed:other", AT, url="https://blog.example/other"))
    before = stage.works()
    assert stage.progress(cast.asha).counted == 2
    work_choices.merge(cast.asha.id, five["tweet"], other, NOW)
    db.session.commit()
    assert {len(group) for group in stage.together()} == {6}
    assert stage.works()["feed:other"] == ("feed:post", BY_HAND)
    assert stage.progress(cast.asha).counted == 1
    work_choices.undo(cast.asha.id, five["copy"], NOW)
    db.session.commit()
    assert stage.works() == before


def test_only_ones_own_can_be_split_or_put_together(stage: Stage, cast: Cast, five: dict[str, int]) -> None:
    [his] = stage.says(cast.sven, said("feed:his", AT, url="https://sven.example/1"))
    for act in (
        lambda: work_choices.split(cast.sven.id, five["post"], NOW),
        lambda: work_choices.merge(cast.sven.id, his, five["post"], NOW),
        lambda: work_choices.merge(cast.asha.id, five["post"], his, NOW),
        lambda: work_choices.undo(cast.sven.id, five["post"], NOW),
    ):
        with pytest.raises(Missing):
            act()
        db.session.rollback()
    with pytest.raises(BadChoice):
        work_choices.merge(cast.asha.id, five["post"], five["post"], NOW)
    assert rows(WorkChoice) == []


def test_evidence_attached_by_hand_counts_for_the_work(stage: Stage, cast: Cast, five: dict[str, int]) -> None:

    for name in ("tweet", "share"):
        verdicts.decide(
            person_id=cast.asha.id,
            activity_id=five[name],
            expectation_id=expectation("trends"),
            word=Word.CONFIRMED,
            by=cast.asha.id,
            now=NOW,
        )
    db.session.commit()
    assert {work for _, work in stage.evidence()} == {"feed:post"}
    assert stage.progress(cast.asha, "trends").counted == 1


def test_works_outlive_a_new_derivation_and_a_new_judgement(
    stage: Stage, cast: Cast, rules: Rules, five: dict[str, int]
) -> None:
    before = (stage.works(), stage.evidence())
    remap(rules, lambda: NOW, lambda done, left: None)
    assert (stage.works(), stage.evidence()) == before
    rejudge(cast.asha.id, rules)
    db.session.commit()
    assert (stage.works(), stage.evidence()) == before


def test_what_was_stored_before_works_were_known_is_folded_by_the_next_derivation(
    stage: Stage, cast: Cast, rules: Rules, five: dict[str, int]
) -> None:
    db.session.execute(sa.delete(ActivityLink))
    db.session.execute(sa.update(ActivityRow).values(work_id=None, work_why=None))
    db.session.execute(sa.update(Evidence).values(work_id=Evidence.activity_id))
    db.session.commit()
    remap(rules, lambda: NOW, lambda done, left: None)
    assert stage.together() == {frozenset({"feed:post", "dev:copy", "manual:talk"})}, "links were not kept then"
    assert ("dev:copy", "feed:post") in stage.evidence()


def test_another_member_leads_when_the_leads_account_is_forgotten(
    stage: Stage, cast: Cast, five: dict[str, int]
) -> None:
    blog = stage.accounts[cast.asha.id, next(iter(family(AT).values())).platform]
    connect.forget(blog, cast.asha.id, NOW)
    db.session.commit()
    assert lead(stage) == dict.fromkeys(["dev:copy", "x:1", "reddit:t3_1", "manual:talk"], "dev:copy")
    assert {work for _, work in stage.evidence()} == {"dev:copy"}


def test_who_wrote_it_with_somebody_leaves_the_others_work_whole(stage: Stage, cast: Cast) -> None:
    both = said("feed:post", AT, url=POST, title=TITLE)
    stage.says(cast.asha, said("x:1", AT, shares=(POST,)))
    stage.says(cast.asha, both)
    stage.says(cast.sven, both)
    stage.says(cast.sven, said("reddit:t3_1", AT, shares=(POST,)))
    assert stage.together() == {frozenset({"x:1", "feed:post", "reddit:t3_1"})}
    erase_person(cast.asha, NOW)
    db.session.commit()
    assert lead(stage) == dict.fromkeys(["feed:post", "reddit:t3_1"], "feed:post")
    assert stage.evidence() == {("feed:post", "feed:post"), ("reddit:t3_1", "feed:post")}
    assert {row.person_id for row in rows(ActivityPerson)} == {cast.sven.id}


def test_two_who_store_two_places_at_once_still_fold_them(app: Flask, stage: Stage, cast: Cast, rules: Rules) -> None:
    stage.says(cast.asha, said("feed:first", AT), said("feed:first2", AT))
    stage.says(cast.asha, said("x:first", AT))
    asha = cast.asha.id
    gate = threading.Barrier(2, timeout=30)

    def store(one: Activity) -> None:
        with app.app_context():
            gate.wait()
            mine = Stage(rules, NOW, dict(stage.accounts))
            mine.says(db.session.get_one(type(cast.asha), asha), one)

    for n in range(6):
        page = f"https://blog.example/at-once-{n}"
        pair = said(f"feed:once{n}", AT, url=page), said(f"x:once{n}", AT, shares=(page,))
        db.session.rollback()
        both = [threading.Thread(target=store, args=(one,)) for one in pair]
        for one in both:
            one.start()
        for one in both:
            one.join()
        assert frozenset({f"feed:once{n}", f"x:once{n}"}) in stage.together()
