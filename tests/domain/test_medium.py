import pytest

from advocacy.domain.activity import Kind, Platform
from advocacy.domain.medium import medium


@pytest.mark.parametrize(
    ("platform", "kind", "channel", "name"),
    [
        (Platform.REDDIT, Kind.POST, "r/kubernetes", "reddit"),
        (Platform.FEED, Kind.ARTICLE, "blog.example", "feed"),
        (Platform.MANUAL, Kind.NOTE, "SIG Storage  meeting", "sig storage meeting"),
        (Platform.MANUAL, Kind.NOTE, "", "manual"),
        (Platform.YOUTUBE, Kind.TALK, "KubeCon EU", "kubecon eu"),
        (Platform.YOUTUBE, Kind.TALK, "", "youtube"),
    ],
)
def test_breadth_counts_platforms_and_named_places(platform: Platform, kind: Kind, channel: str, name: str) -> None:
    assert medium(platform, kind, channel) == name
