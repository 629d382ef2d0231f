"""The company's own places, told from all others."""

import pytest

from advocacy.domain.own_places import OwnPlaces

ACME = OwnPlaces(["acme.example", "r/acme", "#acme", "github.com/acme", "@acme", "Medium.com/acme", "acme blog"])


@pytest.mark.parametrize(
    "url",
    [
        "https://acme.example",
        "https://acme.example:8443/x",
        "http://www.acme.example/post",
        "https://blog.acme.example/post",
        "https://github.com/acme/engine/issues/1",
        "https://medium.com/acme/a-post",
        "https://www.reddit.com/r/acme/comments/1",
        "https://old.reddit.com/r/acme",
    ],
)
def test_addresses_that_are_own(url: str) -> None:
    assert ACME.hold("", url)


@pytest.mark.parametrize(
    "url",
    [
        "",
        "https://notacme.example/post",
        "https://acme.example.evil/post",
        "https://evil.example/acme.example",
        "https://github.com/acmefans/engine",
        "https://medium.com/other/acme",
        "https://www.reddit.com/r/acmefans/comments/1",
        "https://r/acme",
    ],
)
def test_addresses_that_are_not(url: str) -> None:
    assert not ACME.hold("", url)


@pytest.mark.parametrize(
    ("channel", "own"),
    [
        ("", False),
        ("r/acme", True),
        ("/r/acme/", True),
        ("r/acmefans", False),
        ("Kubernetes Slack #acme", True),
        ("#acme-fans", False),
        ("acme/engine", True),
        ("other/engine", False),
        ("@Acme", True),
        ("Acme Blog", True),
        ("forum.acme.example", True),
    ],
)
def test_channels(channel: str, own: bool) -> None:
    assert ACME.hold(channel, "") is own
