"""Who sees what of a person's: nobody, until the person releases it, item by item or by rules of their own."""

from advocacy.models.release.rows import ReleaseRule, ReleaseStep

__all__ = ["ReleaseRule", "ReleaseStep"]
