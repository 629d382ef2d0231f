"""How a matrix of required trainings stood on a day, on the timeline of who requires them."""

from datetime import date

from advocacy.domain.activity import Activity, Kind, Platform
from advocacy.domain.noon import noon


def stood(team_id: int, team: str, trainings: list[str], have: int, of: int, day: date, zone: str) -> Activity:
    """That so many of so many had what was required; said again on another day, it is another note."""
    told = f"Required trainings with the support team {team}: {have} of {of} have been attended."
    return Activity(
        ref=f"matrix:{team_id}:{day.isoformat()}",
        kind=Kind.NOTE,
        platform=Platform.MANUAL,
        at=noon(day, zone),
        title=f"Required trainings of {team}: {have} of {of}",
        text="\n\n".join([told, "Trainings: " + "; ".join(trainings) + "."]),
    )
