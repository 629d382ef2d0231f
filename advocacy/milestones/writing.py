"""A draft that was reviewed, on the reviewer's timeline."""

from datetime import datetime

from advocacy import recording
from advocacy.domain.draft_words import reviewed
from advocacy.domain.period import day_of
from advocacy.domain.writing import DraftState
from advocacy.milestones.standing import retract
from advocacy.models import drafts, roster
from advocacy.models.drafts import Draft
from advocacy.models.words import Part
from advocacy.rules import Rules


def tell_review(one: Draft, now: datetime, rules: Rules) -> None:
    """Whoever took it out of review did something for another's writing; taken back, it did not happen."""
    told = [step for step in drafts.history(one.id) if step.taken_back_at is None]
    asked = [number for number, step in enumerate(told) if step.state is DraftState.REVIEW]
    after = told[asked[-1] + 1 :] if asked else []
    if one.reviewer_id is None or not after or after[0].by_id != one.reviewer_id:
        retract(f"draft-review:{one.id}")
        return
    reviewer, author = roster.by_id(one.reviewer_id), roster.by_id(one.author_id)
    day = day_of(after[0].at, reviewer.zone)
    activity = reviewed(one.id, one.title, author.name, after[0].note, day, reviewer.zone)
    recording.record(activity, {reviewer.id: Part.AUTHOR}, now, rules)
