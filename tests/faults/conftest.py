"""The stage of tests/ingest, for the numbered faults too."""

from tests.ingest.conftest import scene

__all__ = ["scene"]
