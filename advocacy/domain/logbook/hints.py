"""Why an entry supports nothing, and what would change that, in a sentence."""

from collections.abc import Collection

from advocacy.domain.activity import Activity
from advocacy.domain.logbook.kinds import LogKind
from advocacy.domain.logbook.shapes import SHAPES
from advocacy.domain.vocabulary import Vocabulary

ATTACH = "attach it to a sentence by hand below"


def missing(kind: LogKind, activity: Activity, vocabulary: Vocabulary, asked: Collection[str]) -> str:
    """What the entry lacks; `asked` are the rules that the person's role page has a sentence for."""
    rule = SHAPES[kind].rule
    if not asked:
        return "You had no role page on that day, so there is no sentence that it could support."
    if not rule:
        return f"No rule reads an entry of this kind: {ATTACH}."
    if kind is not LogKind.POST and rule not in asked:
        return f"Your role page has no sentence for this: {ATTACH}, where it fits."
    tags = vocabulary.tag(f"{activity.title}\n{activity.text}")
    own_place = vocabulary.own_places.hold(activity.channel, activity.url)
    if kind in (LogKind.TALLY, LogKind.AREA) and own_place:
        return f"It happened in a place of the company’s own, and this is about others: {ATTACH} if it counts even so."
    if kind in (LogKind.TALLY, LogKind.POST) and not tags.components:
        names = ", ".join([term.name for term in vocabulary.components.values()][:3])
        more = ", or what you learned" if kind is LogKind.POST else ""
        return f"It names no component of yours: say in its words which one it was about ({names} …){more}."
    if kind is LogKind.AREA and not tags.any():
        return "It names nothing that is known here: say in its words what the project is about."
    return f"Its words do not say enough for a rule: say more, or {ATTACH}."
