"""All platforms of one world together, and the settings with which our readers find them."""

from collections.abc import Mapping

from ingest.loopback.feeds import Feeds
from ingest.loopback.server import Handler
from ingest.loopback.world import World
from ingest.loopback.x import TOKEN, XApi

PLAN_REFUSES = 403  #: the status of an outage in which X says that our plan does not allow it


def handlers(world: World) -> Mapping[str, Handler]:
    """Who answers below each platform's path."""
    return {"feed": Feeds(world), "x": XApi(world)}


def environ(address: str) -> Mapping[str, str]:
    """The readers' settings for a server at `address`; the keys open nothing but this."""
    return {
        "ADVOCACY_X__BASE_URL": f"{address}x",
        "ADVOCACY_X__BEARER_TOKEN": TOKEN,
        "ADVOCACY_X__MONTHLY_BUDGET_USD": "5",
        "ADVOCACY_REDDIT__BASE_URL": f"{address}reddit",
        "ADVOCACY_REDDIT__CLIENT_ID": "loopback",
        "ADVOCACY_REDDIT__CLIENT_SECRET": "loopback",
        "ADVOCACY_STACKEXCHANGE__BASE_URL": f"{address}stackexchange",
        "ADVOCACY_STACKEXCHANGE__KEY": "loopback",
    }
