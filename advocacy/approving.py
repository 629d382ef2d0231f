"""A proposal goes out: with every yes that the organisation asks for, or with a word why it went without."""

from collections.abc import Collection, Iterable, Mapping

from advocacy.domain import approval
from advocacy.domain.approval import ApprovalKind, Stand, mark
from advocacy.domain.proposal import OPEN, ProposalState
from advocacy.models.base import Row
from advocacy.models.talks import approvals
from advocacy.models.talks.proposals import Proposal

KINDS: Mapping[ApprovalKind, str] = {
    ApprovalKind.PEER: "a peer whose work is shown",
    ApprovalKind.MANAGER: "your lead",
    ApprovalKind.MARKETING: "marketing",
}
_WHY: Mapping[Stand, str] = {
    Stand.NOT_ASKED: "was not asked",
    Stand.WAITING: "has not answered yet",
    Stand.STALE: "said yes to an earlier text: ask again",
    Stand.CHANGE: "wants something changed first",
    Stand.REFUSED: "said no",
}


class NotApproved(ValueError):
    """A needed yes is missing, and nothing was said of why it went without; the words say which and how to ask."""

    def __init__(self, missing: Mapping[ApprovalKind, Stand]) -> None:
        told = "; ".join(f"{KINDS[kind]} {_WHY[stand]}" for kind, stand in missing.items())
        super().__init__(
            f"before it is sent it needs a yes, and {told}. Ask under “Who says yes to it”; "
            "if it was sent already, say why without"
        )
        self.missing = missing


def note_of(one: Proposal, state: ProposalState, needed: Collection[str], without: str, note: str = "") -> str:
    """The note for a step; raise NotApproved when it is sent without a needed yes and without a reason.

    What really was sent cannot be made unsent: with a reason it is kept, and the history says so.
    """
    missing = missing_of(one, needed) if state is ProposalState.SUBMITTED else {}
    if not missing:
        return note
    if not without:
        raise NotApproved(missing)
    names = " and ".join(KINDS[kind].replace("your lead", "the lead") for kind in missing)
    return f"Sent without the yes of {names}: {without}" + (f" – {note}" if note else "")


def missing_of(one: Proposal, needed: Collection[str]) -> dict[ApprovalKind, Stand]:
    """Which needed yes a proposal has not, for the text as it stands; a new one has none."""
    words = approvals.of(one.id) if one.id else []
    return approval.missing(approval.questions(words, mark(one.title, one.abstract)), needed)


def stands_of(rows: Iterable[Row], needed: Collection[str]) -> dict[int, dict[ApprovalKind, Stand]]:
    """By proposal, how each yes stands that is needed or was asked for: while it is open, and who was asked later."""
    listed = list(rows)
    words = approvals.of_all([row.id for row in listed])
    return {
        row.id: approval.stands(
            approval.questions(words.get(row.id, ()), mark(row.title, row.abstract)),
            needed if row.state in OPEN else (),
        )
        for row in listed
    }
