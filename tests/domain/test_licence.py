from datetime import date

import pytest

from advocacy.domain.activity import Platform
from advocacy.domain.licence import licence_of, licence_url


@pytest.mark.parametrize(
    ("platform", "day", "licence"),
    [
        (Platform.STACKEXCHANGE, date(2026, 11, 23), "CC BY-SA 4.0"),
        (Platform.STACKEXCHANGE, date(2018, 5, 1), "CC BY-SA 3.0"),
        (Platform.STACKEXCHANGE, date(2011, 4, 7), "CC BY-SA 2.5"),
        (Platform.REDDIT, date(2026, 11, 23), ""),
    ],
)
def test_what_is_written_on_stack_exchange_has_the_licence_of_its_day(
    platform: Platform, day: date, licence: str
) -> None:
    assert licence_of(platform, day) == licence


def test_its_text_stands_at_its_makers() -> None:
    assert licence_url("CC BY-SA 3.0") == "https://creativecommons.org/licenses/by-sa/3.0/"
