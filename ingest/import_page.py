"""A page of an archive sorted by what stands already: what is new, what stands firm, what is not for this person."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from advocacy.domain.activity import Activity
from advocacy.domain.normal import REF_LIMIT, ref_hash, storable
from advocacy.models.fact import Fact
from advocacy.models.standing import Stand, Standing
from advocacy.models.words import Road
from advocacy.rules import Rules
from ingest.archive import Unreadable
from ingest.import_tally import CHANGED, NEW, SAME, Tally
from ingest.pipeline import IGNORED, OFF_TOPIC
from ingest.prepare import Reader, prepare

GONE = "it was deleted where it came from, and stays so"
THEIRS = "somebody else's archive or hand brought it: connect the account, and its platform tells that it is yours"
TOO_EARLY = "it is from before the day from which on you keep items"


@dataclass(frozen=True, slots=True)
class SortedPage:
    """What is written of a page, and what is told of all of it."""

    facts: tuple[Fact, ...]
    passed: tuple[Fact, ...]
    poison: tuple[Unreadable, ...]
    left: tuple[tuple[Activity, str], ...]
    stood: Mapping[bytes, Standing]

    def tell(self, tally: Tally, refused: Iterable[str] = ()) -> None:
        """Count the page; `refused` are refs that the database did not take."""
        bad = set(refused)
        for fact in self.facts:
            if fact.activity.ref not in bad:
                tally.takes(fact.activity, outcome(fact, self.stood.get(fact.ref_hash)), _why(fact))
        for fact in self.passed:
            tally.skips_item(fact.activity, OFF_TOPIC)
        for one, reason in self.left:
            tally.skips_item(one, reason)
        for row in self.poison:
            tally.fails(row)
        for ref in bad:
            tally.fails(Unreadable(ref, "the database refused it", "report it: it is a fault of ours"))


def key_of(activity: Activity) -> bytes:
    """What the item is found by."""
    return ref_hash(storable(activity.ref, REF_LIMIT))


def sort(
    activities: Sequence[Activity],
    reader: Reader,
    rules: Rules,
    stood: Mapping[bytes, Standing],
    values: Mapping[bytes, Activity],
) -> SortedPage:
    """Judge a page; what stands firm speaks for itself, so that nothing of it changes but how it came. Pure."""
    open_, firm, left = [], [], []
    for one in activities:
        key = key_of(one)
        stand = stood[key].stand if key in stood else Stand.OURS
        if stand in (Stand.GONE, Stand.THEIRS):
            left.append((one, GONE if stand is Stand.GONE else THEIRS))
        elif key in values:
            firm.append(values[key])
        elif reader.wants(one):
            open_.append(one)
        else:
            left.append((one, IGNORED if reader.ignores(one) else TOO_EARLY))
    judged, standing = (
        prepare(open_, [reader], rules),
        prepare(firm, [replace(reader, start_on=None, ignore=())], rules),
    )
    # An item of ours that lost its topic stays, for its person may have spoken of it.
    kept = [*judged.kept, *(fact for fact in judged.passed if fact.ref_hash in stood)]
    same = [replace(one, content_hash=stood[one.ref_hash].content_hash) for one in (*standing.kept, *standing.passed)]
    return SortedPage(
        facts=tuple(replace(fact, road=Road.ARCHIVE) for fact in (*kept, *same)),
        passed=tuple(fact for fact in judged.passed if fact.ref_hash not in stood),
        poison=tuple(Unreadable(one.ref, one.reason, "nothing honest can be stored of it") for one in judged.poison),
        left=tuple(left),
        stood=stood,
    )


def outcome(fact: Fact, stood: Standing | None) -> str:
    """What the fact is to what stands: new to its person, changed, or the same."""
    if stood is None or not stood.is_held:
        return NEW
    return SAME if stood.content_hash == fact.content_hash else CHANGED


def _why(fact: Fact) -> str:
    tags = fact.judgement.tags
    named = [*tags.components, *tags.topics, *tags.personas]
    spoken = f"names {', '.join(named[:4])}" if named else ""
    return next((match.why for match in fact.judgement.matches), spoken)
