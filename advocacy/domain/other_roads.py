"""By which other road people's posts come here when a platform cannot be asked."""

from advocacy.domain.activity import Platform

_ARCHIVES = {
    Platform.X: "their X archive",
    Platform.REDDIT: "their Reddit data export",
}


def other_road(platform: Platform) -> str:
    """What can be imported instead, as a sentence; nothing where there is no archive."""
    what = _ARCHIVES.get(platform)
    return f"Until then people can import {what}: see `advocacy import --help`." if what else ""
