"""The stage of tests/ingest and a blog on it, and installations to kill, for the numbered faults."""

from tests.faults.blog import blog
from tests.faults.installed import installed, web
from tests.ingest.conftest import scene

__all__ = ["blog", "installed", "scene", "web"]
