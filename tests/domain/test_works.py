"""One work in several places: what is folded and why, what is not, and that the order of arrival says nothing."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from hashlib import blake2b
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from advocacy.domain.activity import Activity, Kind, Platform
from advocacy.domain.links import link_key
from advocacy.domain.work_marks import link_mark, marks_of, title_mark
from advocacy.domain.works import ALONE, BY_HAND, Choice, Piece, Place, arranged, fold, rearranged

DAY = datetime(2026, 10, 5, 9, tzinfo=UTC)
POST = "https://blog.example/chaos-for-an-sre"
TITLE = "Chaos engineering for an SRE"
ASHA, LENA = 1, 2
PERMALINK = "https://x.example/asha/status/1"


def piece(number: int, platform: Platform = Platform.FEED, *, days: float = 0, **more: Any) -> Piece:
    """A piece of Asha's by the address, title and links that its activity would have."""
    people = frozenset(more.pop("people", {ASHA}))
    url, title, links = (more.pop(name, "") for name in ("url", "title", "links"))
    one = Activity(
        ref=f"{platform}:{more.pop('name', number)}",
        kind=more.pop("kind", Kind.ARTICLE if platform is Platform.FEED else Kind.POST),
        platform=platform,
        at=DAY + timedelta(days=days),
        text="",
        url=url,
        title=title,
        shares=tuple(links or ()),
    )
    return Piece(
        id=number,
        key=blake2b(one.ref.encode()).digest(),
        kind=one.kind,
        platform=platform,
        at=one.at,
        people=people,
        page=link_key(url),
        address=link_mark(url),
        title=title_mark(title),
        shares=marks_of(one)[1],
        **more,
    )


def works(pieces: Iterable[Piece]) -> set[frozenset[bytes]]:
    """Who stands together, by what does not depend on the order of arrival."""
    pieces = list(pieces)
    keys = {one.id: one.key for one in pieces}
    found: dict[int, set[bytes]] = {}
    for number, place in arranged(pieces).items():
        found.setdefault(place.lead or number, set()).add(keys[number])
    return {frozenset(group) for group in found.values()}


def sizes(*pieces: Piece) -> list[int]:
    return sorted(map(len, works(pieces)))


blog = piece(1, url=POST, title=TITLE)
dev = piece(2, Platform.DEV, days=3, url="https://dev.example/asha/chaos", title=TITLE, links=[POST])
tweet = piece(3, Platform.X, days=1, url=PERMALINK, links=[f"{POST}?utm_source=x"])
share = piece(4, Platform.REDDIT, days=400, url="https://reddit.example/r/k8s/1", title="Look at this", links=[POST])
talk = piece(5, Platform.MANUAL, days=20, kind=Kind.TALK, title="Chaos Engineering, for an SRE!")


def test_a_post_its_copy_a_tweet_a_share_and_a_talk_are_one_work_with_reasons() -> None:
    assert arranged([talk, share, tweet, dev, blog]) == {
        1: Place(1, None),
        2: Place(1, "links to blog.example/chaos-for-an-sre"),
        3: Place(1, "links to blog.example/chaos-for-an-sre"),
        4: Place(1, "links to blog.example/chaos-for-an-sre"),
        5: Place(1, "same title, 20 days apart"),
    }


def test_what_came_first_may_be_the_tweet() -> None:
    late = replace(blog, id=9)
    assert arranged([late, tweet]) == {3: Place(3, None), 9: Place(3, "linked from x.example/asha/status/1")}


@pytest.mark.parametrize("kind", [Kind.ANSWER, Kind.REPLY, Kind.QUESTION, Kind.NOTE, Kind.PROPOSAL])
def test_an_answer_that_links_ones_own_post_is_a_work_of_its_own(kind: Kind) -> None:
    answer = piece(2, Platform.STACKEXCHANGE, kind=kind, url="https://so.example/a/1", title=TITLE, links=[POST])
    assert (fold(answer, blog), fold(blog, answer), sizes(blog, answer)) == (None, None, [1, 1])


def test_people_who_share_nothing_are_never_folded_together() -> None:
    other = replace(tweet, people=frozenset({LENA}))
    assert (fold(other, blog), sizes(blog, other)) == (None, [1, 1])


def test_what_two_wrote_together_is_one_work_with_what_each_made_of_it() -> None:
    both, hers = replace(blog, people=frozenset({ASHA, LENA})), replace(share, people=frozenset({LENA}))
    assert sizes(both, tweet, hers) == [3]


def test_a_list_of_five_own_posts_is_a_copy_of_none() -> None:
    posts = [piece(n, url=f"https://blog.example/{n}") for n in range(1, 6)]
    weekly = piece(9, Platform.X, links=[f"https://blog.example/{n}" for n in range(1, 6)])
    assert sizes(*posts, weekly) == [1] * 6


def test_a_tweet_of_a_post_and_of_its_copy_elsewhere_belongs_to_both() -> None:
    both = piece(9, Platform.X, links=[POST, "https://dev.example/asha/chaos"])
    assert sizes(blog, dev, both) == [3]


def test_one_foreign_page_shared_here_and_there_is_one_work_within_a_month() -> None:
    first, second, late = (piece(n, p, days=d, links=["https://else.example/report"]) for n, p, d in SHARES)
    assert arranged([first, second, late]) == {1: Place(1), 2: Place(1, "links to the same page"), 3: ALONE}


SHARES = ((1, Platform.X, 0), (2, Platform.REDDIT, 30), (3, Platform.LINKEDIN, 31))


def test_a_share_of_a_list_is_no_share_of_one_of_its_pages() -> None:
    page = "https://else.example/report"
    assert sizes(piece(1, Platform.X, links=[page]), piece(2, Platform.REDDIT, links=[page, f"{page}/2"])) == [1, 1]


@pytest.mark.parametrize(
    "url",
    [
        *("https://asha.example/", "https://asha.example", "https://github.com/tern/tern", "https://github.com/tern"),
        *("https://x.com/asha", "https://youtube.com/@asha", "https://reddit.com/r/kubernetes", "javascript:alert(1)"),
    ],
)
def test_home_pages_repositories_and_profiles_make_no_work(url: str) -> None:
    assert link_mark(url) == b""
    assert sizes(piece(1, Platform.X, links=[url]), piece(2, Platform.REDDIT, links=[url])) == [1, 1]


def test_a_page_pointed_at_again_and_again_is_a_habit_and_no_work() -> None:
    habit = [piece(n, Platform.X, days=n, links=["https://else.example/docs"]) for n in range(1, 6)]
    assert (sizes(*habit[:4]), sizes(*habit)) == ([4], [1] * 5)


def test_the_same_title_tells_nothing_on_one_platform_or_a_month_later() -> None:
    same, late = piece(2, title=TITLE), piece(3, Platform.DEV, days=31, title=TITLE)
    assert (sizes(blog, same), sizes(blog, late)) == ([1, 1], [1, 1])


@pytest.mark.parametrize("title", ["", "Release notes", "Notes from here", "W" * 40, "a b c"])
def test_short_titles_are_anybodys(title: str) -> None:
    one, other = piece(1, title=title), piece(2, Platform.DEV, title=title)
    assert sizes(one, other) == ([2] if title == "Notes from here" else [1, 1])


def test_instalments_of_one_name_are_works_of_their_own_each_with_its_copies() -> None:
    name = "This week in our storage engine"
    blogs = [piece(n, days=7 * n, title=name) for n in range(1, 5)]
    devs = [piece(10 + n, Platform.DEV, days=7 * n + 4, title=name) for n in range(1, 5)]
    assert sizes(*blogs, *devs) == [2] * 4


def test_two_communities_that_got_the_same_post_are_places_of_one_work() -> None:
    one, two = (piece(n, Platform.REDDIT, days=1, title=TITLE) for n in (7, 8))
    assert sizes(blog, one, two) == [3]


def test_episodes_that_all_lead_to_one_page_are_no_copies_of_each_other() -> None:
    show = "https://cast.example/show"
    episodes = [piece(n, url=show, title=f"Episode {n}") for n in (1, 2)]
    assert sizes(*episodes, piece(3, Platform.X, links=[show])) == [1, 1, 1]


def test_one_post_in_two_feeds_is_one_work() -> None:
    planet = piece(2, name="planet", url=POST, title=TITLE)
    assert arranged([blog, planet])[2] == Place(1, "stands at the same address")
    assert sizes(blog, planet, tweet) == [3]


def test_what_a_person_says_stands_for_itself_is_folded_with_nothing_and_the_rest_stays() -> None:
    apart = Choice(ASHA, None)
    assert works([blog, replace(tweet, choice=apart), dev]) == {frozenset({blog.key, dev.key}), frozenset({tweet.key})}
    assert sizes(replace(blog, choice=apart), tweet, dev) == [1, 2]


def test_what_a_person_put_somewhere_stays_there_and_nowhere_else() -> None:
    other = piece(7, url="https://blog.example/other")
    moved = replace(tweet, choice=Choice(ASHA, 7))
    assert arranged([blog, moved, other]) == {1: ALONE, 3: Place(3), 7: Place(3, BY_HAND)}


def test_a_word_on_what_is_no_longer_the_persons_is_no_tie() -> None:
    other = replace(blog, people=frozenset({LENA}))
    assert sizes(other, replace(tweet, choice=Choice(ASHA, 1))) == [1, 1]


def test_marks_are_of_what_can_be_a_copy_and_never_point_at_the_page_itself() -> None:
    one = Activity(
        ref="x:1", kind=Kind.POST, platform=Platform.X, at=DAY, text="", url=PERMALINK, shares=(PERMALINK, POST)
    )
    assert marks_of(one) == ([link_mark(PERMALINK)], frozenset({link_mark(POST)}))
    assert marks_of(replace(one, kind=Kind.REPLY)) == ([], frozenset())


NAMES = ["The state of our storage", "Chaos engineering for an SRE", "Short"]
PAGES = [f"https://blog.example/{n}" for n in range(4)]


@st.composite
def lives(draw: st.DrawFn) -> list[Piece]:
    """What some people might have published."""
    platforms = st.sampled_from([Platform.FEED, Platform.DEV, Platform.X, Platform.REDDIT])
    count = draw(st.integers(2, 9))
    return [
        piece(
            number,
            draw(platforms),
            days=draw(st.integers(0, 60)),
            url=draw(st.sampled_from(["", *PAGES])),
            title=draw(st.sampled_from(NAMES)),
            links=draw(st.lists(st.sampled_from(PAGES), max_size=2, unique=True)),
            kind=draw(st.sampled_from([Kind.POST, Kind.ARTICLE, Kind.TALK, Kind.ANSWER])),
            people=draw(st.sets(st.sampled_from([ASHA, LENA]), min_size=1)),
        )
        for number in range(1, count + 1)
    ]


def arriving(pieces: Sequence[Piece], order: Sequence[int]) -> list[Piece]:
    """The same, numbered as they came."""
    return [replace(pieces[place], id=number) for number, place in enumerate(order, 1)]


@settings(max_examples=100, deadline=None)
@given(lives(), st.data())
def test_the_order_of_arrival_never_matters(pieces: list[Piece], data: st.DataObject) -> None:
    order = data.draw(st.permutations(range(len(pieces))))
    assert works(arriving(pieces, order)) == works(pieces)


@settings(max_examples=80, deadline=None)
@given(lives())
def test_every_work_has_the_smallest_number_for_its_lead_and_a_reason_for_every_other(pieces: list[Piece]) -> None:
    for number, place in arranged(pieces).items():
        assert (place.lead or number) <= number
        assert (place.why is None) == (place.lead in (None, number))


class Store:
    """Activities as they come, each arranged with what is near it, as the tables do it."""

    def __init__(self) -> None:
        self.pieces: dict[int, Piece] = {}
        self.places: dict[int, Place] = {}

    def take(self, one: Piece) -> None:
        before = self.pieces.get(one.id, one).marks
        self.pieces[one.id] = one
        seeds = {one.id, *(other.id for other in self.pieces.values() if other.marks & (before | one.marks))}
        self.places |= rearranged(seeds, self.near, self.mates)

    def near(self, core: set[int]) -> list[Piece]:
        marks = {mark for number in core for mark in self.pieces[number].marks}
        return [one for one in self.pieces.values() if one.id in core or one.marks & marks]

    def mates(self, core: set[int]) -> set[int]:
        leads = {self.places.get(number, ALONE).lead or number for number in core}
        return {number for number, place in self.places.items() if (place.lead or number) in leads}


@settings(max_examples=100, deadline=None)
@given(lives(), lives())
def test_one_after_the_other_ends_as_all_at_once(pieces: list[Piece], edited: list[Piece]) -> None:
    store = Store()
    for one in [*pieces, *edited]:
        store.take(one)
        assert store.places == arranged(store.pieces.values())


@settings(max_examples=80, deadline=None)
@given(lives(), st.data())
def test_a_word_taken_back_leaves_no_trace(pieces: list[Piece], data: st.DataObject) -> None:
    store = Store()
    for one in pieces:
        store.take(one)
    one = data.draw(st.sampled_from(pieces))
    other = data.draw(st.sampled_from([None, *(other.id for other in pieces if other is not one)]))
    before = dict(store.places)
    person = min(one.people)
    store.take(replace(one, choice=Choice(person, other)))
    store.places |= rearranged({one.id, other or one.id}, store.near, store.mates)
    assert store.places == arranged(store.pieces.values())
    assert other is not None or store.places[one.id] == ALONE
    store.take(one)
    assert store.places == before
