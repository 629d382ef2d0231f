"""What a survey that was done says on the timeline."""

from datetime import date

from advocacy.domain.activity import Activity, Kind, Platform
from advocacy.domain.noon import noon


def done(ref: str, title: str, proof: str, day: date, zone: str) -> Activity:
    """That somebody says they completed it; `proof` is an address, or nothing."""
    return Activity(
        ref=ref,
        kind=Kind.SURVEY,
        platform=Platform.MANUAL,
        at=noon(day, zone),
        title=title,
        url=proof,
        text=f"Completed the survey “{title}”.",
    )
