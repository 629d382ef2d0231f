"""Seats go by the order in which people said that they come; nobody else's word and no second yes changes it."""

from advocacy.domain.seats import Seating, seating
from advocacy.domain.training import Presence, Said

GOING, NOT, INVITED = Said(Presence.GOING, True), Said(Presence.ABSENT, True), Said(Presence.INVITED, False)


def test_the_first_have_the_seats_and_the_others_wait_in_their_order() -> None:
    found = seating([(3, GOING), (1, GOING), (2, GOING), (4, GOING)], 2)
    assert found == Seating((3, 1), (2, 4), 2)
    assert (found.free, [found.place(one) for one in (3, 2, 4, 9)]) == (0, [0, 1, 2, 0])


def test_who_says_no_frees_the_seat_and_comes_last_when_they_come_back() -> None:
    assert seating([(1, GOING), (2, GOING), (1, NOT), (1, GOING)], 1) == Seating((2,), (1,), 1)


def test_a_second_yes_an_invitation_and_the_word_of_others_change_nothing() -> None:
    said = [(1, INVITED), (1, GOING), (2, GOING), (1, GOING), (3, Said(Presence.GOING, False))]
    assert seating(said, None) == Seating((1, 2), (), None)
    assert seating(said, None).free is None


def test_more_seats_take_in_who_waits() -> None:
    said = [(one, GOING) for one in range(1, 5)]
    assert [seating(said, seats).waiting for seats in (2, 3, 9)] == [(3, 4), (4,), ()]
