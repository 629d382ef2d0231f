"""The demo's world outside: the company's blogs, and what its people say on X, Reddit and Stack Exchange."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from advocacy.domain.activity import Platform
from ingest.demo.blogs import Blogs
from ingest.demo.social import Social
from ingest.loopback import platforms
from ingest.loopback.server import Handler
from ingest.loopback.world import Outage

REFUSED = timedelta(days=4)  #: since when X does not allow what it allowed before, where things were left to rot
FOR_EVER = timedelta(days=3650)


def outside(anchor: datetime, seed: int, address: str, *, untidy: bool = False) -> Mapping[str, Handler]:
    """Who answers below `address`, as of the server's day; what is said has its days counted back from `anchor`."""
    blogs = Blogs(anchor, seed)
    world = Social(anchor, seed, blogs.columns, address).world
    if untidy:
        plan = Outage(
            platform=Platform.X, since=anchor - REFUSED, until=anchor + FOR_EVER, status=platforms.PLAN_REFUSES
        )
        world.outages.append(plan)
    return {"blogs": blogs, **platforms.handlers(world)}
