"""The base of all tables, and the types both databases keep alike."""

from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, TypeAlias

import sqlalchemy as sa
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy.orm import DeclarativeBase, registry

from advocacy.domain.activity import Kind, Platform, ThreadRole
from advocacy.domain.approval import ApprovalKind, Said
from advocacy.domain.health import Health, Outcome
from advocacy.domain.proposal import ProposalState
from advocacy.domain.rulebook import Strength
from advocacy.domain.speaking import SpeakingState
from advocacy.domain.survey import Addressed
from advocacy.domain.talk import Level
from advocacy.domain.training import ClassState, How, Origin, Presence, RequestState
from advocacy.domain.writing import DraftState
from advocacy.models.words import Capability, Claim, Judging, Part, Road, Visibility, Word, WorkState

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


Row: TypeAlias = Any
"""A row of selected columns; SQLAlchemy 2.0 and 2.1 write its type differently, and both are supported."""


class Missing(LookupError):
    """What was asked for is not there, or not for this person to see; the app answers 404."""


class UTCDateTime(sa.types.TypeDecorator[datetime]):
    """A moment: aware going in, aware UTC coming out; SQLite would drop the zone."""

    impl = sa.DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        """Refuse a naive moment; store UTC without a zone."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"{value!r} has no time zone")
        return value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        """Give the zone back."""
        return value if value is None else value.replace(tzinfo=UTC)


def _by_value(words: type[StrEnum]) -> sa.Enum:
    """Stored as its value in plain text, so that a new word is no migration."""
    return sa.Enum(
        words,
        native_enum=False,
        create_constraint=False,
        length=24,
        values_callable=lambda e: [m.value for m in e],
    )


_WORDS: tuple[type[StrEnum], ...] = (
    *(Kind, Platform, ThreadRole, Strength),
    *(Capability, Claim, Judging, Part, Road, Visibility, Word, WorkState, Health, Outcome),
    *(ProposalState, ClassState, Presence, Origin, RequestState, Addressed, DraftState, How),
    SpeakingState,
    *(ApprovalKind, Said, Level),
)


class Base(DeclarativeBase):
    """What every table inherits."""

    registry = registry(
        metadata=sa.MetaData(naming_convention=NAMES),
        type_annotation_map={
            datetime: UTCDateTime(),
            str: sa.Text(),
            bytes: sa.LargeBinary(),
            dict[str, Any]: sa.JSON(),
            list[str]: sa.JSON(),
            **{words: _by_value(words) for words in _WORDS},
        },
    )


db = SQLAlchemy(model_class=Base)
