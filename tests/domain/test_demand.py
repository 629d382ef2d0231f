"""Demand against supply: what lacks a teacher stands first, and questions suggest without asking."""

from datetime import date

from advocacy.domain.demand import Asked, Question, board, suggested

DAY = date(2026, 11, 2)


def asked(number: int, what: str, *topics: str, votes: int = 1, forgotten: bool = False) -> Asked:
    return Asked(number, what, topics, votes, DAY, forgotten)


def question(*topics: str) -> Question:
    return Question(DAY, "Why?", "", topics)


def test_the_most_unmet_stands_first() -> None:
    requests = [asked(1, "etcd", "etcd", votes=3), asked(2, "Ceph", "ceph", votes=4)]
    found = board(requests, [], {"rook": ["Nia"]}, {"ceph": ["Asha", "Lena"], "rook": ["Max"]})
    assert [(one.id, one.demand, one.unmet) for one in found] == [("etcd", 3, 3), ("ceph", 4, 2), ("rook", 1, 0)]


def test_a_request_of_two_topics_stands_under_both_and_one_of_none_by_itself() -> None:
    both, none = asked(1, "Rook on Ceph", "rook", "ceph"), asked(2, "Public speaking")
    found = board([both, none], [], {}, {})
    assert {one.id: one.requests for one in found} == {"rook": (both,), "ceph": (both,), "": (none,)}


def test_three_questions_on_a_topic_suggest_a_training_and_two_do_not() -> None:
    found = board([], [question("etcd")] * 3 + [question("rook")] * 2, {}, {})
    assert [(one.id, len(one.questions)) for one in found] == [("etcd", 3)]
    assert suggested(found) == [found[0]]


def test_what_was_asked_for_already_is_not_suggested() -> None:
    assert suggested(board([asked(1, "etcd", "etcd")], [question("etcd")] * 3, {}, {})) == []
