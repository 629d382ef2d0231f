"""All platforms of one world together, and the settings with which our readers find them."""

from collections.abc import Mapping

from ingest.loopback import stackexchange, x
from ingest.loopback.feeds import Feeds
from ingest.loopback.reddit import Reddit
from ingest.loopback.server import Handler
from ingest.loopback.world import World

PLAN_REFUSES = 403  #: the status of an outage in which X says that our plan does not allow it
KEY = "loopback"


def handlers(world: World, reddit_in_ten_minutes: int = 1000) -> Mapping[str, Handler]:
    """Who answers below each platform's path."""
    return {
        "feed": Feeds(world),
        "x": x.XApi(world),
        "reddit": Reddit(world, per_window=reddit_in_ten_minutes),
        "stackexchange": stackexchange.of_world(world, frozenset([KEY])),
    }


def environ(address: str) -> Mapping[str, str]:
    """The readers' settings for a server at `address`, which ends in a slash; the keys open nothing but this."""
    return {
        "ADVOCACY_X__BASE_URL": f"{address}x",
        "ADVOCACY_X__BEARER_TOKEN": x.TOKEN,
        "ADVOCACY_REDDIT__BASE_URL": f"{address}reddit",
        "ADVOCACY_REDDIT__CLIENT_ID": KEY,
        "ADVOCACY_REDDIT__CLIENT_SECRET": KEY,
        "ADVOCACY_STACKEXCHANGE__BASE_URL": f"{address}stackexchange",
        "ADVOCACY_STACKEXCHANGE__KEY": KEY,
    }
