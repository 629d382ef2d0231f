"""The stage of tests/ingest and a blog on it, for the numbered faults."""

from tests.faults.blog import blog
from tests.ingest.conftest import scene

__all__ = ["blog", "scene"]
