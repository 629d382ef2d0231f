"""One sitting at the inbox: the steps that were done without a long rest between, and what they came to."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from advocacy.models.base import Row, db
from advocacy.models.evidence import Verdict
from advocacy.models.inbox.acts import Act, ActItem
from advocacy.models.ladders import Expectation, RolePageRow, Wording
from advocacy.models.words import Word

REST = timedelta(hours=1)  #: who does nothing for so long begins anew
LONGEST = timedelta(hours=12)


@dataclass(frozen=True, slots=True)
class Sitting:
    """Its steps, the newest first; `supports` names each sentence with how many items were confirmed for it."""

    acts: Sequence[Act]
    supports: Sequence[Row]

    def items(self, *deeds: str) -> int:
        """How many items these kinds of steps spoke of."""
        return sum(act.items for act in self.acts if act.deed in deeds)


def of(person_id: int, now: datetime) -> Sitting:
    """The sitting that goes on; without steps when it is over."""
    query = sa.select(Act).where(Act.person_id == person_id, Act.undone_at.is_(None), Act.at > now - LONGEST)
    acts: list[Act] = []
    last = now
    for act in db.session.scalars(query.order_by(Act.id.desc())):
        if last - act.at > REST:
            break
        acts.append(act)
        last = act.at
    return Sitting(acts, _supports([act.id for act in acts]))


def _supports(act_ids: Sequence[int]) -> Sequence[Row]:
    if not act_ids:
        return ()
    item, said, one, page = ActItem, Verdict, Wording, RolePageRow
    count = sa.func.count(said.activity_id.distinct())
    query = (
        sa.select(said.expectation_id, one.text.label("sentence"), count.label("items"))
        .join(item, item.verdict_id == said.id)
        .join(Expectation, Expectation.id == said.expectation_id)
        .join(page, page.id == Expectation.page_id)
        .join(one, sa.and_(one.expectation_id == said.expectation_id, one.version_id == page.current_id))
        .where(item.act_id.in_(act_ids), said.word == Word.CONFIRMED, said.superseded_at.is_(None))
        .group_by(said.expectation_id, one.text, one.position)
        .order_by(one.position)
    )
    return db.session.execute(query).all()
