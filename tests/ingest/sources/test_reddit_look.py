"""Second looks and profiles: numbers, edits, deletions, and whose a handle is."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from advocacy.domain.normal import content_hash
from ingest.source import AccountGone, Gone
from tests.ingest.reddit_stage import Stage, names, stage


@pytest.fixture
def there() -> Iterator[Stage]:
    with stage() as made:
        made.joins("asha_k", name="Asha", about="I break clusters. advocacy-7f3a")
        yield made


def test_a_look_says_of_what_did_not_change_the_same_as_the_listing(there: Stage) -> None:
    question = there.says("stranger", 9, title="How do I resize a volume?")
    there.says("asha_k", 8, answers=question, text="Like so:\n\n    kubectl edit pvc data\n")
    there.says("asha_k", 7, title="A lab", link="https://asha.example/lab?utm_source=reddit")
    read = [one for page in there.pages("asha_k") for one in page.activities]
    there.asked()
    look = there.source.look([one.ref for one in read], there.now)
    assert [content_hash(one) for one in look.activities] == [content_hash(one) for one in read]
    assert [one.thread for one in look.activities] == [one.thread for one in read]
    assert (look.gone, look.cost.requests, there.asked()) == ((), 2, {"info": 2})


def test_a_hundred_things_cost_one_request_and_their_posts_another(there: Stage) -> None:
    posts = [there.says("stranger", 300 + number) for number in range(50)]
    mine = [there.says("asha_k", 200, answers=post) for post in posts]
    refs = [f"reddit:t1_{one.id}" for one in mine] + [f"reddit:t3_{one.id}" for one in posts]
    assert there.source.look_size == 100
    look = there.source.look(refs, there.now)
    assert len(look.activities) == 100
    assert there.asked() == {"token": 1, "info": 1}


def test_what_was_deleted_or_removed_is_gone_for_good_and_what_is_not_shown_is_not(there: Stage) -> None:
    deleted, removed, kept = (there.says("asha_k", ago) for ago in (3, 2, 1))
    reply = there.says("asha_k", 0.5, answers=kept)
    deleted.deleted_at = removed.removed_at = reply.deleted_at = there.now
    refs = [f"reddit:t3_{one.id}" for one in (deleted, removed, kept)] + [f"reddit:t1_{reply.id}", "reddit:t3_zzz"]
    look = there.source.look(refs, there.now)
    assert names(look.activities) == [f"t3_{kept.id}"]
    assert look.gone == (
        *(Gone(ref=ref, for_good=True) for ref in (refs[0], refs[1], refs[3])),
        Gone(ref="reddit:t3_zzz", for_good=False),
    )


def test_case_31_an_answer_without_anything_says_nothing_of_anything(there: Stage) -> None:
    look = there.source.look(["reddit:t3_zzz", "reddit:t1_zzz"], there.now)
    assert (look.activities, look.gone) == ((), ())


def test_an_edit_and_a_new_score_are_seen(there: Stage) -> None:
    post = there.says("asha_k")
    there.later(days=7)
    post.versions.append((there.now - timedelta(days=1), "mended"))
    post.scores.append((there.now, 40))
    [one] = there.source.look([f"reddit:t3_{post.id}"], there.now).activities
    assert one.text == "mended"
    assert 38 <= one.metrics["score"] <= 42


def test_a_profile_shows_its_stable_id_and_what_its_owner_wrote(there: Stage) -> None:
    profile = there.source.profile("Asha_K", there.now)
    [member] = there.world.members.values()
    assert (profile.id, profile.name) == (f"t2_{member.id}", "asha_k")
    assert profile.about == "I break clusters. advocacy-7f3a"
    assert profile.url == "https://www.reddit.com/user/asha_k"
    assert profile.cost.requests == 2


@pytest.mark.parametrize("address", ["nobody_here", "../../r/all", "u/asha_k", "", "a" * 60, "asha\x00k"])
def test_no_such_profile_is_gone_in_words(there: Stage, address: str) -> None:
    with pytest.raises(AccountGone) as told:
        there.source.profile(address, there.now)
    assert "Reddit" in str(told.value)
    with pytest.raises(AccountGone):
        there.pages(address)


def test_a_suspended_profile_is_gone(there: Stage) -> None:
    [member] = there.world.members.values()
    member.suspended_from = there.now
    with pytest.raises(AccountGone, match="suspended"):
        there.source.profile("asha_k", there.now)
    with pytest.raises(AccountGone, match="suspended"):
        there.pages("asha_k")
