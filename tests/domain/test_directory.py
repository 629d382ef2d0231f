"""Who of a directory is wanted."""

import pytest

from advocacy.domain.directory import Wanted, fits, offered
from advocacy.domain.profile import Told

ASHA = Told(
    topics=("Chaos Engineering", "etcd"),
    languages=("English", "मराठी"),
    residence="Pune, India",
    location="Europe",
    formats=("talk", "workshop"),
)


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (Wanted(), True),
        (Wanted(topic="chaos"), True),
        (Wanted(topic="engineering CHAOS"), True),
        (Wanted(topic="chaos etcd"), False),
        (Wanted(language="मराठी"), True),
        (Wanted(place="europe"), True),
        (Wanted(place="india", topic="etcd", language="english", form="workshop"), True),
        (Wanted(form="panel"), False),
        (Wanted(topic=" "), True),
    ],
)
def test_somebody_is_wanted_by_what_they_tell(wanted: Wanted, found: bool) -> None:
    assert fits(ASHA, wanted) is found


def test_who_tells_nothing_is_wanted_by_nothing_but_everything() -> None:
    assert [fits(Told(), one) for one in (Wanted(), Wanted(place="x"), Wanted(form="talk"))] == [True, False, False]


def test_what_is_offered_stands_once_by_the_alphabet() -> None:
    assert offered([ASHA, Told(topics=("ETCD", "Backups"))], "topics") == ["Backups", "Chaos Engineering", "etcd"]
