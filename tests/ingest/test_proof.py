"""Proof that a handle is its person's: the worker looks for the code before anything of it is read."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import pytest

from advocacy.domain.activity import Platform
from advocacy.models import connect, db, jobs
from advocacy.models.accounts import Account
from advocacy.models.jobs import Sight
from advocacy.models.runs import JobRun
from ingest.hands import Hands
from ingest.jobs import claim, perform
from ingest.proof import lacking
from ingest.source import AccountGone, Profile
from tests.cast import Cast
from tests.conftest import NOW
from tests.ingest.platform import Blogs
from tests.ingest.scene import BLOG, Scene, rows

CODE = "advocacy-0123456789"


@dataclass
class Network(Blogs):
    """A platform where people have profiles."""

    platform: Platform = Platform.REDDIT
    about: dict[str, str] = field(default_factory=dict)

    def profile(self, address: str, now: datetime) -> Profile:
        if address not in self.about:
            raise AccountGone(f"there is no {address} here")
        return Profile(id=address, name=address, about=self.about[address])


@pytest.fixture
def network(scene: Scene) -> Network:
    return Network()


def works(scene: Scene, network: Network) -> JobRun:
    hands = Hands(scene.app, {Platform.REDDIT: network, Platform.FEED: scene.blogs}, scene.rules, lambda: scene.now)
    for job_id, token in claim(scene.now, 10, timedelta(minutes=5)):
        perform(hands, job_id, token)
    found: JobRun = rows(JobRun)[-1]
    return found


def looks(scene: Scene, cast: Cast, network: Network) -> dict[str, Any]:
    jobs.ask_preview(Sight(platform=Platform.REDDIT, address="asha_k", code=CODE), cast.asha.id, scene.now)
    db.session.commit()
    result: dict[str, Any] = works(scene, network).payload["result"]
    return result


def test_nothing_is_read_before_the_code_is_seen(scene: Scene, cast: Cast, network: Network) -> None:
    network.posts("asha_k", 1)
    network.about["asha_k"] = "Storage <b>and</b> cats"
    told = looks(scene, cast, network)
    assert (told["unproved"], network.asked) == (True, [])
    assert told["problem"].startswith("the code is not shown at asha_k yet: it says “Storage <b>and</b> cats”.")


def test_with_the_code_the_preview_is_shown(scene: Scene, cast: Cast, network: Network) -> None:
    network.posts("asha_k", 2)
    network.about["asha_k"] = f"Storage. {CODE}"
    told = looks(scene, cast, network)
    assert (told["problem"], told["seen"], told["kept"]) == ("", 2, 2)


@pytest.mark.parametrize(
    ("about", "words"),
    [
        (None, "there is no asha_k here"),
        ("", "the code is not shown at asha_k yet: it is empty. A change may take a minute."),
        ("x" * 5000, "the code is not shown at asha_k yet. A change may take a minute."),
    ],
)
def test_what_is_in_the_way_is_told_in_words(network: Network, about: str | None, words: str) -> None:
    if about is not None:
        network.about["asha_k"] = about
    assert lacking(network, "asha_k", CODE, NOW) == words


def test_a_platform_without_profiles_says_so() -> None:
    assert "an operator can vouch" in lacking(Blogs(), BLOG, CODE, NOW)
    assert "an operator can vouch" in lacking(None, BLOG, CODE, NOW)


def test_a_platform_that_is_not_set_up_offers_the_archive(scene: Scene, cast: Cast, network: Network) -> None:
    jobs.ask_preview(Sight(platform=Platform.X, address="asha_k", code=CODE), cast.asha.id, scene.now)
    db.session.commit()
    assert "x is not set up here" in works(scene, network).payload["result"]["problem"]


def test_an_account_that_is_connected_can_be_proved_later(scene: Scene, cast: Cast, network: Network) -> None:
    account = connect.add(cast.asha.id, Platform.REDDIT, "asha_k", by=cast.adam.id, now=scene.now).id
    for about, proved_at in (("", None), (CODE, scene.now)):
        network.about["asha_k"] = about
        jobs.ask_proof(account, CODE, cast.asha.id, scene.now)
        db.session.commit()
        works(scene, network)
        assert rows(Account)[0].proved_at == proved_at
