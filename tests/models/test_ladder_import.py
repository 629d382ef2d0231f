"""A role page taken in again and again: ids and verdicts stay, versions count up, a person's correction stands."""

import pytest

from advocacy.models import ladder_import, roster
from advocacy.models.base import Missing, db
from advocacy.models.jobs import REMAP, open_job
from advocacy.models.ladders import Expectation, LadderVersion, Wording
from advocacy.models.runs import JobRun
from advocacy.models.words import Word
from tests.cast import Cast
from tests.ingest.scene import BLOG, Scene, dump, rows

PAGE = """# Storage engineer

## Expectations

### Public voice
- Be a strong advokate of your componant in places that are not ours: forums and open source comunities
- Propose and give taks regularly, at conferances, meetups and webinars, about our product
- Tweat about what you learned, about the company and about the product

### Technical leadership
- Analyse where the market is headng: compare the trends, and end with a conclusion
- Learn a new tecnology, then train the team in it
- Find out what our personas need, and bring it into the product backlg

### Process
- Ask for feedbak after every training session, measure it, and act on it
- Name risks early, with a way arround each of them
- Break large work into steps that the team can finish within days
"""
TYPOS = {
    "advokate": "advocate",
    "componant": "component",
    "comunities": "communities",
    "taks": "talks",
    "conferances": "conferences",
    "Tweat": "Tweet",
    "headng": "heading",
    "tecnology": "technology",
    "backlg": "backlog",
    "feedbak": "feedback",
    "arround": "around",
}
SECOND = "- Propose and give taks regularly, at conferances, meetups and webinars, about our product\n"
LADDER = ("role_page", "ladder_version", "expectation", "wording")


def imports(scene: Scene, page: str) -> dict[str, str]:
    """Take the page in; what became of each sentence, by key."""
    source = page.encode()
    plan = ladder_import.preview(source, "storage.md", scene.rules)
    ladder_import.apply(plan, source, None, scene.now)
    db.session.commit()
    return {change.key: change.state.value for change in plan.diff.changes}


def ids() -> dict[str, int]:
    """The ids of the sentences in force, by their first word."""
    page = roster.page("storage")
    return {wording.text.split()[0]: wording.expectation_id for wording in ladder_import.wordings(page)}


@pytest.fixture
def storage(scene: Scene) -> Scene:
    imports(scene, PAGE)
    db.session.query(JobRun).delete()
    db.session.commit()
    return scene


def test_the_same_page_again_changes_nothing(storage: Scene) -> None:
    before = dump(*LADDER)
    assert ladder_import.preview(PAGE.encode(), "storage.md", storage.rules).unchanged is True
    states = imports(storage, PAGE)
    assert (dump(*LADDER), set(states.values()), rows(JobRun)) == (before, {"unchanged"}, [])


def test_showing_a_plan_writes_nothing(storage: Scene) -> None:
    before = dump(*db.metadata.tables)
    ladder_import.preview(PAGE.replace("Tweat", "Tweet").encode(), "storage.md", storage.rules)
    assert dump(*db.metadata.tables) == before


def test_fixed_typos_keep_every_id_and_every_verdict(storage: Scene) -> None:
    person = storage.person("ben", "storage")
    storage.connects(person)
    storage.blogs.posts(BLOG, 1)
    storage.sweeps()
    activity, before = storage.activity(), ids()
    for expectation_id in before.values():
        storage.decides(person, activity, expectation_id, Word.CONFIRMED)
    fixed = PAGE
    for wrong, right in TYPOS.items():
        fixed = fixed.replace(wrong, right)
    states = imports(storage, fixed)
    assert sorted(states.values()) == ["reworded"] * 8 + ["unchanged"]
    assert list(ids().values()) == list(before.values())
    for expectation_id in before.values():
        [exhibit] = storage.exhibits(person, expectation_id)
        assert (exhibit.verdict, exhibit.reworded_since) == (Word.CONFIRMED, False)
    assert [version.number for version in rows(LadderVersion)] == [1, 2]
    assert (job := open_job(REMAP, "")) is not None
    assert job.kind == REMAP


def test_a_sentence_that_says_something_else_now_flags_what_was_confirmed(storage: Scene) -> None:
    person = storage.person("ben", "storage")
    storage.connects(person)
    storage.blogs.posts(BLOG, 1)
    storage.sweeps()
    sentence = ids()["Break"]
    storage.decides(person, storage.activity(), sentence, Word.CONFIRMED)
    imports(storage, PAGE.replace("finish within days", "finish and release within two weeks or less"))
    assert sentence in {row.expectation_id for row in rows(Wording) if not row.minor}
    [exhibit] = storage.exhibits(person, sentence)
    assert (exhibit.verdict, exhibit.reworded_since) == (Word.CONFIRMED, True)
    storage.decides(person, storage.activity(), sentence, Word.CONFIRMED)
    [exhibit] = storage.exhibits(person, sentence)
    assert exhibit.reworded_since is False, "confirmed again as it reads now"


def test_a_dropped_sentence_that_comes_back_is_who_it_was(storage: Scene) -> None:
    person, before = storage.person("ben", "storage"), ids()
    storage.connects(person)
    storage.blogs.posts(BLOG, 1)
    storage.sweeps()
    storage.decides(person, storage.activity(), before["Propose"], Word.CONFIRMED)
    states = imports(storage, PAGE.replace(SECOND, ""))
    assert sorted(states.values()) == ["dropped"] + ["unchanged"] * 8
    assert (len(rows(Expectation)), "Propose" in ids()) == (9, False)
    imports(storage, PAGE.replace(SECOND, "").replace("Name risks", "Tell of risks"))
    imports(storage, PAGE)
    assert (ids(), [version.number for version in rows(LadderVersion)]) == (before, [1, 2, 3, 4])
    assert [one.verdict for one in storage.exhibits(person, before["Propose"])] == [Word.CONFIRMED]


def test_a_new_sentence_never_gets_the_name_of_a_dropped_one(storage: Scene) -> None:
    imports(storage, PAGE.replace(SECOND, ""))
    imports(storage, PAGE.replace(SECOND, "- Propose to marry\n"))
    assert len({row.key for row in rows(Expectation)}) == len(rows(Expectation)) == 10


def test_a_persons_correction_stands_against_every_later_import(storage: Scene, cast: Cast) -> None:
    sentence = ids()["Break"]
    ladder_import.correct(sentence, "talks", "regular", cast.adam.id, storage.now)
    db.session.commit()
    imports(storage, PAGE.replace("within days", "within a few days"))
    found = db.session.get_one(Expectation, sentence)
    assert (found.rule, found.reading, found.corrected_by_id) == ("talks", "regular", cast.adam.id)
    ladder_import.correct(sentence, None, "regular", cast.adam.id, storage.now)
    assert (found.rule, found.reading) == (None, "")
    with pytest.raises(Missing):
        ladder_import.correct(99_999, None, "", None, storage.now)
