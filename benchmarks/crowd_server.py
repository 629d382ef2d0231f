"""`python -m benchmarks.crowd_server PLATFORM PEOPLE`: the loopback platforms with a large staff, a process of its own.

Prints its address, then serves until standard input ends.
"""

import sys

from advocacy.domain.activity import Platform
from benchmarks import crowd
from benchmarks.databases import NOW
from ingest.loopback import platforms
from ingest.loopback.server import Platforms


def main() -> None:
    """Serve."""
    world = crowd.world(Platform(sys.argv[1]), int(sys.argv[2]), 1)
    with Platforms(platforms.handlers(world, reddit_in_ten_minutes=10**9)) as outside:
        outside.turn_to(NOW)
        print(outside.address, flush=True)
        sys.stdin.read()


if __name__ == "__main__":
    main()
