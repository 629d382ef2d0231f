"""Looking for a person's code in what a platform shows of their handle."""

from datetime import datetime

from advocacy.domain.proof import is_shown
from ingest.source import Profiled, Source, SourceError

SHOWN, LONGEST = 200, 2000  #: characters of a profile that are shown back, and what is no profile any more


def lacking(source: Source | None, address: str, code: str, now: datetime) -> str:
    """What is in the way of the proof, in words; nothing when the code is there."""
    if not isinstance(source, Profiled):
        return "this platform shows no profile that we can read: an operator can vouch for the account"
    try:
        profile = source.profile(address, now)
    except SourceError as error:
        return str(error)
    if is_shown(code, f"{profile.name}\n{profile.about}"):
        return ""
    return f"the code is not shown at {profile.name or address} yet{_said(profile.about)}. A change may take a minute."


def _said(about: str) -> str:
    """What is shown there instead, of a profile; a whole page would tell nobody anything."""
    words = " ".join(about.split())
    if len(words) > LONGEST:
        return ""
    return f": it says “{words[:SHOWN]}”" if words else ": it is empty"
