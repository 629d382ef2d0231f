"""What a review of a colleague's draft says on the reviewer's timeline."""

from datetime import date

from advocacy.domain.activity import Activity, Kind, Platform
from advocacy.domain.noon import noon


def reviewed(draft_id: int, title: str, author: str, note: str, day: date, zone: str) -> Activity:
    """That somebody read a draft before it went out; the words are the reviewer's own."""
    return Activity(
        ref=f"draft-review:{draft_id}",
        kind=Kind.REVIEW,
        platform=Platform.MANUAL,
        at=noon(day, zone),
        title=f"Reviewed a draft: {title}",
        text="\n\n".join(filter(None, (f"Reviewed the draft “{title}” by {author}.", note))),
    )
