"""What stands in the weekly letter."""

from datetime import date

import pytest

from advocacy.domain.digest import Digest, Due, Gap, Line, Place, Section, Week, digest

SINCE, TODAY = date(2026, 11, 16), date(2026, 11, 23)


def letter(**more: object) -> Digest | None:
    return digest(Week(since=SINCE, today=TODAY, period="2026-Q4", **more))  # type: ignore[arg-type]


def texts(**more: object) -> list[str]:
    told = letter(**more)
    return [line.text for section in told.sections for line in section.lines] if told else []


def test_nothing_new_and_nothing_waiting_is_silence_whatever_lacks() -> None:
    gap = Gap(1, "Tweets", "0 of 3 items in 2026-Q4", 3)
    assert letter() is None
    assert letter(gaps=[gap], measured=1, before=9, things=[Line("Write one.", Place.HOME)]) is None


def test_a_whole_letter() -> None:
    told = letter(
        new=3,
        before=1,
        kinds=["2 answers", "1 article"],
        waiting=2,
        waiting_new=1,
        due=[Due("Storage", date(2026, 11, 26), "is due", "It takes about 10 minutes.", Place.SURVEYS)],
        gaps=[Gap(7, "Tweets", "1 of 3 items in 2026-Q4", 2)],
        measured=4,
        things=[Line("One item is enough.", Place.SENTENCE, 7)],
    )
    new = "3 new items since 16 Nov, 2 more than in the 7 days before (1): 2 answers, 1 article."
    waits = "2 items wait for your word in 2026-Q4, 1 of them new since 16 Nov."
    due = "“Storage” is due in 3 days (26 Nov). It takes about 10 minutes."
    assert told == Digest(
        "Your week: 3 new, 2 waiting, 1 due",
        (
            Section("New", (Line(new, Place.TIMELINE),)),
            Section("Waits for your word", (Line(waits, Place.INBOX),)),
            Section("Due", (Line(due, Place.SURVEYS),)),
            Section("Not covered yet in 2026-Q4", (Line("“Tweets”: 1 of 3 items in 2026-Q4.", Place.SENTENCE, 7),)),
            Section("What would help next", (Line("One item is enough.", Place.SENTENCE, 7),)),
        ),
    )


@pytest.mark.parametrize(
    ("more", "words"),
    [
        (
            {"new": 1, "before": 1, "kinds": ["1 post"]},
            "1 new item since 16 Nov, as many as in the 7 days before (1): 1 post.",
        ),
        (
            {"new": 1, "before": 3, "kinds": ["1 post"]},
            "1 new item since 16 Nov, 2 fewer than in the 7 days before (3): 1 post.",
        ),
        ({"lead": (1, 5)}, "Your lead spoke of 1 sentence since 16 Nov."),
        ({"waiting": 1}, "1 item waits for your word in 2026-Q4, none of them new since 16 Nov."),
        ({"edited": (2, 5)}, "2 items edited since you confirmed them."),
        ({"offered": 1}, "1 item is offered to you by a colleague: take or leave."),
        ({"asked": 2}, "2 colleagues ask whether you were there."),
        ({"to_confirm": 1}, "Others say that you were at 1 class: confirm or not."),
    ],
)
def test_each_line_alone(more: dict[str, object], words: str) -> None:
    assert texts(**more) == [words]


@pytest.mark.parametrize(
    ("day", "words"),
    [(20, "3 days ago (20 Nov)"), (22, "yesterday (22 Nov)"), (23, "today (23 Nov)"), (24, "tomorrow (24 Nov)")],
)
def test_days_in_words(day: int, words: str) -> None:
    assert texts(due=[Due("T", date(2026, 11, day), "is due", "", Place.SURVEYS)]) == [f"“T” is due {words}."]


def test_the_nearest_gaps_and_dates_come_first_and_the_others_are_counted() -> None:
    gaps = [Gap(n, f"S{n}", "0 of 9 items", 9 - n) for n in range(1, 6)]
    due = [Due(f"T{n:02}", date(2026, 11, 30), "is due", "", Place.SURVEYS) for n in range(10, 0, -1)]
    told = texts(gaps=gaps, measured=7, due=due)
    assert [words[:5] for words in told[:8]] == [f"“T{n:02}”" for n in range(1, 9)]
    assert told[8:] == [
        "And 2 more of 10.",
        *(f"“S{n}”: 0 of 9 items." for n in (5, 4, 3)),
        "5 of 7 measured sentences are not covered; see all.",
    ]


def test_the_subject_of_a_letter_that_has_only_news_from_the_lead() -> None:
    told = letter(lead=(2, 5))
    assert told is not None
    assert told.subject == "Your week: news from your lead"
