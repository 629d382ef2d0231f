"""X read in batches: what is asked, what it costs, what is remembered, and what could not be seen."""

from datetime import date, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest

from advocacy.domain.activity import Kind
from ingest.loopback.server import Answer, Ask
from ingest.source import AccountGone, Page, Polled, TryLater
from ingest.sources.x_account import id_at
from tests.ingest.x_stage import NOW, Stage, activities, cost, refs

WEEK_OLD = timedelta(days=8)


@pytest.fixture
def stage() -> Stage:
    return Stage()


def settled(stage: Stage, *handles: str) -> Stage:
    """Everybody is there and was read once, an hour ago."""
    for handle in handles:
        stage.joins(handle)
    stage.visit(*handles)
    stage.later(hours=1)
    stage.api.asked.clear()
    stage.http.urls.clear()
    return stage


def queries(stage: Stage) -> list[dict[str, str]]:
    return [{name: value[0] for name, value in parse_qs(urlsplit(url).query).items()} for url in stage.http.urls]


# What is read


def test_the_first_visit_reads_a_month_back_and_says_so(stage: Stage) -> None:
    stage.joins("asha")
    kept = [stage.posts("asha", ago=timedelta(days=days)) for days in (1, 10, 29)]
    stage.posts("asha", ago=timedelta(days=31))
    [page] = stage.visit("asha")
    assert refs([page]) == [f"x:{post.id}" for post in kept]
    assert page.covers_from == NOW - timedelta(days=30)
    assert page.covers_why == "the first reading goes back 30 days (ADVOCACY_X__BACKFILL_DAYS)"
    assert (page.gap, stage.api.asked) == ("", ["users", "timeline"])


def test_a_later_start_is_read_from_there_and_needs_no_excuse(stage: Stage) -> None:
    stage.joins("asha")
    recent = stage.posts("asha", ago=timedelta(days=3))
    stage.posts("asha", ago=timedelta(days=12))
    [page] = stage.source.fetch([Polled(address="asha", since=date(2026, 11, 19))], NOW)
    assert refs([page]) == [f"x:{recent.id}"]
    assert (page.covers_from is not None and page.covers_from.date(), page.covers_why) == (date(2026, 11, 18), "")
    assert stage.api.asked == ["users", "search"]


def test_a_quiet_visit_costs_one_search_and_no_money(stage: Stage) -> None:
    settled(stage, "asha", "lena", "mark")
    pages = stage.visit("asha", "lena", "mark")
    assert (refs(pages), stage.api.asked, cost(pages).requests, cost(pages).usd) == ([], ["search"], 1, 0.0)
    assert [page.cursor is not None for page in pages] == [True, True, True]


def test_each_gets_their_own_posts_and_nobody_a_repost_or_a_reply(stage: Stage) -> None:
    settled(stage, "asha", "lena")
    mine, hers = stage.posts("asha", ago=timedelta(minutes=5)), stage.posts("lena", ago=timedelta(minutes=9))
    stage.posts("asha", reposts=hers.id)
    stage.posts("asha", answers=hers)
    pages = stage.visit("asha", "lena")
    assert (refs(pages, "asha"), refs(pages, "lena")) == ([f"x:{mine.id}"], [f"x:{hers.id}"])
    assert cost(pages).usd == pytest.approx(2 * 0.005)
    assert queries(stage)[0]["query"].endswith(") -is:retweet -is:reply")


def test_replies_are_read_when_the_organisation_wants_them() -> None:
    stage = settled(Stage(replies="1"), "asha", "lena")
    said = stage.posts("lena", ago=timedelta(minutes=30))
    answered = stage.posts("asha", ago=timedelta(minutes=5), answers=said)
    [reply] = activities(stage.visit("asha", "lena"), "asha")
    assert (reply.ref, reply.kind, reply.thread.key) == (f"x:{answered.id}", Kind.REPLY, f"x:{said.id}")


def test_two_spellings_of_one_handle_are_both_served(stage: Stage) -> None:
    settled(stage, "asha")
    stage.visit("Asha")
    stage.later(hours=1)
    post = stage.posts("asha", ago=timedelta(minutes=1))
    pages = stage.visit("asha", "Asha")
    assert (refs(pages, "asha"), refs(pages, "Asha")) == ([f"x:{post.id}"], [f"x:{post.id}"])


def test_reading_on_brings_each_post_once(stage: Stage) -> None:
    settled(stage, "asha", "lena")
    brought: list[str] = []
    said = []
    for hour in range(30):
        said.append(stage.posts("asha" if hour % 3 else "lena", ago=timedelta(seconds=hour)))
        brought += refs(stage.visit("asha", "lena"))
        stage.later(hours=1)
    assert brought == [f"x:{post.id}" for post in said]
    assert stage.money.spent == pytest.approx(30 * 0.005 + 2 * 0.010)


def test_an_edit_comes_again_under_its_first_id(stage: Stage) -> None:
    settled(stage, "asha")
    post = stage.posts("asha", "First words", ago=timedelta(minutes=2))
    [first] = activities(stage.visit("asha"))
    stage.later(minutes=10)
    post.versions.append((stage.now, "Better words"))
    stage.later(minutes=50)
    [edited] = activities(stage.visit("asha"))
    assert (edited.ref, edited.at, edited.text) == (first.ref, first.at, "Better words")


def test_asked_anew_everything_comes_again_from_where_it_once_began(stage: Stage) -> None:
    settled(stage, "asha")
    posts = [stage.posts("asha", ago=timedelta(days=days)) for days in (1, 20)]
    polled = Polled(address="asha", cursor={**stage.cursors["asha"], "again": True})
    [page] = stage.source.fetch([polled], stage.now)
    assert refs([page]) == [f"x:{post.id}" for post in posts]
    assert page.cursor is not None
    assert "again" not in page.cursor


# Many pages


def test_a_search_of_many_pages_adopts_its_cursor_at_the_end(stage: Stage) -> None:
    settled(stage, "asha", "lena")
    before = stage.cursors["lena"]["seen"]
    for minute in range(250):
        stage.posts("asha", ago=timedelta(seconds=minute))
    seen = []
    for page in stage.pages("asha", "lena"):
        seen.append((page.address, len(page.activities), stage.cursors["asha"].get("until", "") != ""))
    assert seen == [("asha", 100, True), ("asha", 100, True), ("asha", 50, False), ("lena", 0, False)]
    assert int(str(stage.cursors["lena"]["seen"])) > int(str(before))


@pytest.mark.parametrize("handles", [["asha"], ["asha", "lena"]])
def test_a_walk_that_was_cut_short_goes_on_where_it_was(stage: Stage, handles: list[str]) -> None:
    settled(stage, *handles)
    said = [stage.posts("asha", ago=timedelta(seconds=10 * n)) for n in range(250)]
    visit = stage.pages(*handles)
    brought = refs([next(visit), next(visit)])
    visit.close()
    stage.later(hours=1)
    said.append(stage.posts("asha", ago=timedelta(minutes=1)))
    pages = stage.visit(*handles)
    brought += refs(pages)
    assert sorted(brought) == sorted(f"x:{post.id}" for post in said)
    assert len(brought) == 251
    assert "until" not in stage.cursors["asha"]


def test_a_first_reading_that_was_cut_short_goes_on_and_covers_all(stage: Stage) -> None:
    stage.joins("asha")
    said = [stage.posts("asha", ago=timedelta(hours=2 * n)) for n in range(250)]
    visit = stage.pages("asha")
    brought = refs([next(visit)])
    visit.close()
    stage.later(hours=1)
    pages = stage.visit("asha")
    brought += refs(pages)
    assert sorted(brought) == sorted(f"x:{post.id}" for post in said)
    assert len(brought) == 250
    [covering] = [page for page in pages if page.covers_from]
    assert covering.covers_from == NOW - timedelta(days=30)
    assert covering.covers_why.startswith("the first reading goes back")
    assert stage.api.asked == ["users", "timeline", "timeline", "timeline", "search"]


def test_what_fails_after_a_walk_was_taken_up_again_is_told_and_read_later(stage: Stage) -> None:
    settled(stage, "asha", "lena")
    for n in range(150):
        stage.posts("asha", ago=timedelta(seconds=n))
    visit = stage.pages("asha", "lena")
    next(visit)
    visit.close()
    stage.later(hours=1)
    late = stage.posts("asha", ago=timedelta(minutes=5))
    answers = stage.http.handler
    stage.http.handler = lambda ask: answers(ask) if "until_id" in ask.query else Answer(status=503)
    pages, error = stage.breaks("asha")
    assert (len(activities(pages)), str(error)) == (50, "X answers 503: it has trouble of its own")
    stage.http.handler = answers
    assert refs(stage.visit("asha")) == [f"x:{late.id}"]


def test_visits_at_the_same_time_share_nothing(stage: Stage) -> None:
    settled(stage, "asha", "lena")
    for n in range(250):
        stage.posts("asha", ago=timedelta(seconds=n))
    stage.posts("lena", ago=timedelta(minutes=5))
    one, other = stage.pages("asha"), stage.pages("lena")
    pages = [next(one), next(other), next(one), *other, *one]
    told = [(page.address, page.cost.requests, round(page.cost.usd, 3)) for page in pages]
    assert told == [("asha", 1, 0.5), ("lena", 1, 0.005), ("asha", 1, 0.5), ("asha", 1, 0.25)]


# What lies further back than the search sees


def test_after_more_than_a_week_away_the_timeline_closes_the_hole(stage: Stage) -> None:
    settled(stage, "asha")
    stage.later(days=9)
    said = [stage.posts("asha", ago=timedelta(days=days)) for days in (1, 8)]
    [page] = stage.visit("asha")
    assert refs([page]) == [f"x:{post.id}" for post in said]
    assert (page.gap, page.covers_from, stage.api.asked) == ("", None, ["timeline"])


def test_who_is_silent_for_weeks_is_still_searched_for(stage: Stage) -> None:
    settled(stage, "asha", "lena")
    for _ in range(25):
        stage.visit("asha", "lena")
        stage.later(days=1)
    assert set(stage.api.asked) == {"search"}
    post = stage.posts("asha", ago=timedelta(hours=1))
    assert refs(stage.visit("asha", "lena")) == [f"x:{post.id}"]


def test_a_search_that_does_not_look_back_so_far_after_all_becomes_timelines() -> None:
    stage = settled(Stage(search_window_days="20"), "asha", "lena")
    stage.later(days=9)
    post = stage.posts("asha", ago=timedelta(days=8))
    assert refs(stage.visit("asha", "lena")) == [f"x:{post.id}"]
    assert stage.api.asked == ["search", "timeline", "timeline"]


def test_more_posts_than_x_shows_are_a_ceiling_at_first_and_a_gap_later() -> None:
    stage = Stage(replies="1", timeline_posts="300")
    stage.joins("asha")
    said = [stage.posts("asha", ago=timedelta(hours=n)) for n in range(300)]
    *_, page = stage.visit("asha")
    assert page.covers_from == said[-1].at
    assert page.covers_why == "X shows no more than the newest 300 posts of an account"
    stage.later(days=40)
    news = [stage.posts("asha", ago=timedelta(hours=n)) for n in range(300)]
    *_, page = stage.visit("asha")
    assert page.covers_from == news[-1].at
    assert page.gap == (
        "X shows no more than the newest 300 posts of an account; "
        "older ones between 2026-11-23 and 2026-12-20 cannot be had"
    )


def test_those_who_were_read_at_other_times_are_asked_for_apart(stage: Stage) -> None:
    settled(stage, "asha", "lena")
    stage.posts("asha", ago=timedelta(minutes=5))
    stage.visit("asha")
    stage.later(hours=1)
    pages = stage.visit("asha", "lena")
    assert (refs(pages), cost(pages).usd) == ([], 0.0)
    assert [query["query"].split()[0] for query in queries(stage)[1:]] == ["(from:lena)", "(from:asha)"]


def test_trouble_after_some_were_read_is_told_of_the_others_only(stage: Stage) -> None:
    handles = [f"engineer_{n:06}" for n in range(60)]
    settled(stage, *handles)
    mine, hers = (stage.posts(handle, ago=timedelta(minutes=5)) for handle in (handles[0], handles[-1]))
    answers = stage.http.handler
    stage.http.handler = lambda ask: Answer(status=503) if len(stage.http.urls) == 3 else answers(ask)
    pages = stage.visit(*handles)
    unread = {page.address for page in pages if page.error}
    assert len(unread) == 60 - 2 * 20
    assert {str(page.error) for page in pages if page.error} == {"X answers 503: it has trouble of its own"}
    assert cost(pages).requests == 3
    stage.http.handler = answers
    stage.later(hours=1)
    pages += stage.visit(*handles)
    assert sorted(refs(pages)) == [f"x:{mine.id}", f"x:{hers.id}"]


# Whose handle it is


def test_a_handle_is_resolved_once_by_a_hundred(stage: Stage) -> None:
    handles = [f"person_{n}" for n in range(150)]
    settled(stage, *handles)
    stage.visit(*handles)
    assert "users" not in stage.api.asked
    assert stage.money.spent == pytest.approx(150 * 0.010)


def error_of(page: Page) -> str:
    assert isinstance(page.error, AccountGone)
    return str(page.error)


def test_those_who_cannot_be_read_are_named_and_the_others_are_read(stage: Stage) -> None:
    for handle in ("asha", "mark", "lena"):
        stage.joins(handle)
    stage.world.members[stage.joins("mark").platform, "mark"].suspended_from = NOW - WEEK_OLD
    stage.world.members[stage.joins("lena").platform, "lena"].hidden_from = NOW - WEEK_OLD
    post = stage.posts("asha")
    pages = {page.address: page for page in stage.visit("no handle!", "nobody", "mark", "lena", "asha")}
    assert error_of(pages["no handle!"]).startswith("@no handle! is no handle of X")
    assert error_of(pages["nobody"]) == "@nobody does not exist on X"
    assert error_of(pages["mark"]) == "@mark is suspended by X"
    assert error_of(pages["lena"]) == "@lena is protected: only approved followers see its posts"
    assert refs([pages["asha"]]) == [f"x:{post.id}"]
    assert stage.money.spent == pytest.approx(0.010 + 0.010 + 0.005)


def test_a_handle_that_a_stranger_took_over_brings_nothing_of_theirs(stage: Stage) -> None:
    settled(stage, "asha", "lena")
    stage.joins("asha", id="666")
    stage.posts("asha", "Buy my coins", ago=timedelta(minutes=5))
    hers = stage.posts("lena", ago=timedelta(minutes=5))
    pages = {page.address: page for page in stage.visit("asha", "lena")}
    assert error_of(pages["asha"]) == "@asha belongs to somebody else now; give your new handle"
    assert (pages["asha"].activities, refs([pages["lena"]])) == ((), [f"x:{hers.id}"])
    stage.later(days=1)
    spent = stage.money.spent
    [again] = stage.visit("asha")
    assert error_of(again) == "@asha belongs to somebody else now; give your new handle"
    assert stage.money.spent - spent == pytest.approx(0.010)


def test_a_handle_that_came_back_is_read_on(stage: Stage) -> None:
    settled(stage, "asha")
    mine = stage.world.members[stage.joins("lena").platform, "asha"]
    stage.joins("asha", id="666")
    stage.posts("asha", "Buy my coins", ago=timedelta(minutes=5))
    stage.visit("asha")
    stage.world.members[mine.platform, "asha"] = mine
    stage.later(hours=1)
    post = stage.posts("asha", ago=timedelta(minutes=5))
    assert f"x:{post.id}" in refs(stage.visit("asha"))


def test_after_a_month_of_silence_it_is_asked_whether_the_handle_is_still_theirs(stage: Stage) -> None:
    settled(stage, "asha")
    stage.world.members[stage.joins("lena").platform, "asha"].left_at = stage.now
    errors = []
    for _ in range(33):
        errors += [page.error for page in stage.visit("asha") if page.error]
        stage.later(days=1)
    assert str(errors[0]) == "@asha does not exist on X"
    assert (stage.api.asked.index("users"), len(errors)) == (31, 2)


def test_of_whom_x_says_nothing_it_is_asked_again(stage: Stage) -> None:
    stage.http.handler = lambda ask: Answer(body=b'{"data": []}')
    [page] = stage.visit("asha")
    assert (type(page.error), str(page.error)) == (TryLater, "X says nothing of @asha")


def test_an_account_that_closes_in_mid_backfill_is_named(stage: Stage) -> None:
    stage.joins("asha")
    stage.world.members[stage.joins("lena").platform, "asha"].suspended_from = NOW + timedelta(days=1)
    stage.visit("asha")
    stage.later(days=10)
    [page] = stage.visit("asha")
    assert (error_of(page), stage.cursors["asha"]["lost"]) == ("@asha is suspended by X", True)


def test_a_post_that_was_found_by_id_does_not_prove_the_handle(stage: Stage) -> None:
    settled(stage, "asha")
    before = stage.cursors["asha"]["checked"]
    stage.later(days=10)
    stage.posts("asha", ago=timedelta(days=8))
    stage.visit("asha")
    assert (stage.api.asked, stage.cursors["asha"]["checked"]) == (["timeline"], before)
    stage.later(days=1)
    stage.posts("asha", ago=timedelta(hours=1))
    stage.visit("asha")
    assert stage.cursors["asha"]["checked"] == stage.now.date().isoformat()


# Money and requests


def test_the_most_that_a_request_may_cost_is_set_aside_before_it(stage: Stage) -> None:
    settled(stage, "asha")
    stage.posts("asha", ago=timedelta(minutes=5))
    stage.money.reserved.clear()
    stage.visit("asha")
    assert (stage.money.reserved, stage.money.held) == ([100 * 0.005], 0.0)


def test_an_empty_purse_stops_before_the_request(stage: Stage) -> None:
    settled(stage, "asha")
    stage.money.refusal = TryLater("the month's money is spent", at=NOW)
    pages, error = stage.breaks("asha")
    assert (pages, error, stage.api.asked) == ([], stage.money.refusal, [])


def test_prices_are_the_operators() -> None:
    stage = settled(Stage(price_post_usd="0.5", price_user_usd="2"), "asha")
    stage.posts("asha", ago=timedelta(minutes=5))
    stage.visit("asha")
    assert stage.money.spent == pytest.approx(2.5)


def test_what_was_paid_to_learn_an_id_is_not_lost_when_the_rest_fails(stage: Stage) -> None:
    stage.joins("asha")
    answers = stage.http.handler

    def fails_at_timelines(ask: Ask) -> Answer:
        return Answer(status=503) if ask.path.endswith("/tweets") else answers(ask)

    stage.http.handler = fails_at_timelines
    [page] = stage.visit("asha")
    assert isinstance(page.error, TryLater)
    assert page.error.cost.requests == 2
    assert page.error.cost.usd == pytest.approx(0.010)
    stage.http.handler = answers
    stage.posts("asha")
    stage.visit("asha")
    assert stage.api.asked == ["users", "timeline"]


def test_a_clock_of_ours_that_runs_ahead_skips_nothing(stage: Stage) -> None:
    """The platform's own date goes before ours when it is the earlier one."""
    settled(stage, "asha")
    answers = stage.http.handler

    def dated(ask: Ask) -> Answer:
        told = answers(ask)
        return Answer(
            status=told.status, body=told.body, headers={**told.headers, "Date": f"{NOW:%a, %d %b %Y %H:%M:%S} GMT"}
        )

    stage.http.handler = dated
    stage.later(days=1)
    stage.visit("asha")
    assert int(str(stage.cursors["asha"]["seen"])) < id_at(NOW)
