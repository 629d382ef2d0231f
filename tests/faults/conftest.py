"""The stage of tests/ingest, and installations to kill, for the numbered faults too."""

from tests.faults.installed import installed, web
from tests.ingest.conftest import scene

__all__ = ["installed", "scene", "web"]
