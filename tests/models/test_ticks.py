"""What is done once in a while is done once a slot, however many want to."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from flask import Flask

from advocacy.models import ticks
from advocacy.models.base import db
from ingest.chores import CHORES, Rota
from tests.conftest import NOW

MINUTE = timedelta(minutes=1)


def test_of_eight_who_want_a_slot_at_once_one_gets_it_slot_after_slot(app: Flask) -> None:
    def want(_: int) -> list[bool]:
        with app.app_context():
            taken = []
            for minute in range(10):
                taken.append(ticks.take("x", MINUTE, NOW + minute * MINUTE))
                db.session.commit()
            return taken

    with ThreadPoolExecutor(8) as pool:
        told = list(pool.map(want, range(8)))
    # Who lags behind the others finds its slot gone; none is given twice.
    assert all(sum(column) <= 1 for column in zip(*told, strict=True))
    assert sum(map(sum, told)) >= 1
    assert any(one[-1] for one in told)


def test_what_was_rolled_back_with_its_slot_is_done_by_the_next(app: Flask) -> None:
    assert ticks.take("x", MINUTE, NOW)
    db.session.rollback()
    assert ticks.take("x", MINUTE, NOW)


def test_a_chore_is_done_once_a_slot_by_whoever_comes_first(app: Flask) -> None:
    rotas = [Rota() for _ in range(3)]
    all_of_them = [chore.what for chore in CHORES]
    assert [rota.tick(NOW) for rota in rotas] == [all_of_them, [], []]
    frequent = [chore.what for chore in CHORES if chore.every <= timedelta(minutes=10)]
    assert [rota.tick(NOW + timedelta(minutes=10)) for rota in rotas] == [frequent, [], []]
    assert len(frequent) < len(all_of_them)
