"""Which platforms cannot be read at the moment, for everybody, and why."""

from collections.abc import Mapping

import sqlalchemy as sa

from advocacy.domain.activity import Platform
from advocacy.models.base import db
from advocacy.models.platforms import PlatformState


def unready() -> Mapping[Platform, str]:
    """The platforms that are not set up or whose keys or plan were refused, with what is to be mended."""
    query = sa.select(PlatformState.platform, PlatformState.message).where(PlatformState.is_ready.is_(False))
    return {row.platform: row.message for row in db.session.execute(query)}
