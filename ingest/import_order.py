"""What was asked for: which file of which kind, whose it is, and by which of their accounts it comes."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from advocacy.domain.activity import Platform
from advocacy.domain.archive_kinds import BY_KIND
from advocacy.models import import_accounts
from advocacy.models.accounts import Account
from ingest.archive import Told
from ingest.bundle import BadArchive


@dataclass(frozen=True, slots=True)
class Whose:
    """The person whose file it is; `handle` is theirs on the platform where it is known before the file is read."""

    id: int
    name: str
    email: str
    zone: str
    handle: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """A file to be taken in; `by` is who gave it (None: an operator), `agreed` that its person told the operator so."""

    kind: str
    path: Path
    name: str
    person_id: int
    handle: str = ""
    by: int | None = None
    speakers: tuple[str, ...] = ()
    columns: tuple[tuple[str, str], ...] = ()
    event: str = ""
    agreed: bool = False

    @property
    def platform(self) -> Platform:
        """Where what is in it was said; tables and schedules may name any place."""
        return BY_KIND[self.kind].platform

    def called(self, told: Told) -> str:
        """The handle of an account that is made for it: one for each kind of table, else what the archive says."""
        if self.platform is Platform.MANUAL:
            return self.kind
        return self.handle or told.handle or Path(self.name).stem

    def account(self, told: Told) -> Account | None:
        """The account it comes by, None when it is still to be made; raise BadArchive for somebody else's archive."""
        named = self.kind if self.platform is Platform.MANUAL else self.handle
        found = import_accounts.find(self.person_id, self.platform, named)
        if found is None or found.subscription_id is None or named or not told.handle:
            return found
        if found.handle.casefold() != told.handle.casefold():
            raise BadArchive(
                f"the archive is @{told.handle}'s, and the account that is connected is @{found.handle}. "
                f"If both are this person's, name the account: {told.handle}"
            )
        return found

    def account_or_new(self, told: Told, now: datetime) -> tuple[Account, bool]:
        """The account, made when it is not there; and whether it was made."""
        found = self.account(told)
        account = found or import_accounts.make(
            self.person_id, self.platform, self.called(told), by=self.by, now=now, agreed=self.agreed
        )
        return account, found is None
