"""A piece of writing on its way: from a draft through review and edit to what is published."""

from enum import StrEnum


class DraftState(StrEnum):
    """Where a piece stands."""

    DRAFT = "draft"
    REVIEW = "technical_review"
    EDIT = "edit"
    PUBLISHED = "published"
    DROPPED = "dropped"


FOLLOWS: dict[DraftState, tuple[DraftState, ...]] = {
    DraftState.DRAFT: (DraftState.REVIEW, DraftState.EDIT, DraftState.PUBLISHED, DraftState.DROPPED),
    DraftState.REVIEW: (DraftState.DRAFT, DraftState.EDIT, DraftState.PUBLISHED, DraftState.DROPPED),
    DraftState.EDIT: (DraftState.REVIEW, DraftState.PUBLISHED, DraftState.DROPPED),
    DraftState.PUBLISHED: (),
    DraftState.DROPPED: (DraftState.DRAFT,),
}
OPEN = (DraftState.DRAFT, DraftState.REVIEW, DraftState.EDIT)
