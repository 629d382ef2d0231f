"""What people write when asked for their handle."""

import pytest

from advocacy.domain.activity import Platform
from advocacy.domain.handles import NotAHandle, handle_of


@pytest.mark.parametrize(
    ("platform", "words", "handle"),
    [
        (Platform.X, " @asha_k ", "asha_k"),
        (Platform.X, "https://x.com/asha_k", "asha_k"),
        (Platform.X, "twitter.com/@Asha_K?lang=en", "Asha_K"),
        (Platform.X, "https://x.com/asha_k/status/1234", "asha_k"),
        (Platform.REDDIT, "u/asha_k", "asha_k"),
        (Platform.REDDIT, "/u/asha-k/", "asha-k"),
        (Platform.REDDIT, "https://www.reddit.com/user/asha_k/comments/", "asha_k"),
        (Platform.GITHUB, "@asha", "asha"),
        (Platform.STACKEXCHANGE, " stackoverflow.com/users/22656/asha ", "https://stackoverflow.com/users/22656"),
    ],
)
def test_a_handle_may_be_written_in_many_ways(platform: Platform, words: str, handle: str) -> None:
    assert handle_of(platform, words) == handle


@pytest.mark.parametrize(
    ("platform", "words"),
    [
        (Platform.X, ""),
        (Platform.X, "sixteen_letters__"),
        (Platform.X, "asha k"),
        (Platform.X, "https://example.org/asha"),
        (Platform.X, "https://[::/asha"),
        (Platform.X, "x.com/"),
        (Platform.X, "asha\u202ek"),
        (Platform.REDDIT, "r/kubernetes"),
        (Platform.REDDIT, "https://www.reddit.com/r/kubernetes"),
        (Platform.REDDIT, "me"),
        (Platform.GITHUB, "two words"),
        (Platform.STACKEXCHANGE, "22656"),
        (Platform.GITHUB, "x" * 201),
    ],
)
def test_what_can_be_none_is_told_with_an_example(platform: Platform, words: str) -> None:
    with pytest.raises(NotAHandle, match="write (it like|the name|the profile)"):
        handle_of(platform, words)
