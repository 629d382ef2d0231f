"""`advocacy talk`, `training` and `survey`: what people planned and did, by command."""

from dataclasses import replace

import sqlalchemy as sa

from advocacy.models import db
from advocacy.models.activities import ActivityRow
from tests.cli.console import Console


def refs(console: Console) -> list[str]:
    with console.app.app_context():
        return list(db.session.scalars(sa.select(ActivityRow.ref).order_by(ActivityRow.ref)))


def test_talks_are_added_and_listed_by_state(console: Console, asha: str) -> None:
    add = ("talk", "add", asha, "Chaos on etcd", "--event")
    given = console.json("talk-add", *add, "KubeCon Oslo", "--day", "2026-11-20")
    sent = console.json("talk-add", *add, "FOSDEM", "--state", "submitted")
    assert (given["day"], given["state"], sent["state"]) == ("2026-11-20", "delivered", "submitted")
    assert refs(console) == sorted([f"talk:{given['proposal']}", f"proposal:{sent['proposal']}"])
    listed = console.json("talk-list", "talk", "list", asha)["talks"]
    assert [one["event"] for one in listed] == ["FOSDEM", "KubeCon Oslo"]
    assert "KubeCon Oslo" not in console.says("talk", "list", asha, "--state", "submitted")


def test_where_a_yes_is_needed_one_that_was_sent_without_says_why(console: Console, asha: str) -> None:
    settings = console.app.extensions["advocacy.settings"]
    console.app.extensions["advocacy.settings"] = replace(settings, approvals=("marketing",))
    sent = ("talk", "add", asha, "Chaos", "--event", "FOSDEM", "--state", "submitted")
    assert "marketing was not asked" in console.refuses(2, *sent)
    assert console.json("talk-add", *sent, "--without", "It was in March")["state"] == "submitted"


def test_a_day_ahead_is_refused_and_nothing_is_kept(console: Console, asha: str) -> None:
    late = ("--day", "2027-02-01")
    assert "has not come yet" in console.refuses(2, "talk", "add", asha, "Chaos", "--event", "FOSDEM", *late)
    assert "has not come yet" in console.refuses(2, "training", "add", asha, "etcd", *late)
    assert "add --attended" in console.refuses(2, "training", "add", asha, "etcd", "--external")
    assert refs(console) == []


def test_trainings_are_added_and_listed(console: Console, asha: str) -> None:
    console.json("training-add", "training", "add", asha, "etcd", "--day", "2026-11-20")
    attended = ("--attended", "--external", "--by", "Linux Foundation", "--day", "2026-11-21")
    console.json("training-add", "training", "add", asha, "CKA", *attended)
    listed = console.json("training-list", "training", "list", asha)["trainings"]
    assert [(one["title"], one["part"]) for one in listed] == [("CKA", "attended"), ("etcd", "given")]


def test_a_campaign_is_opened_and_waits_for_those_it_asks(console: Console, asha: str) -> None:
    opened = console.json("survey-add", "survey", "add", "State of storage", "--deadline", "2026-12-10")
    assert opened["asked"] >= 1
    (one,) = console.json("survey-list", "survey", "list", asha)["surveys"]
    assert (one["title"], one["state"], one["done"]) == ("State of storage", "waiting", None)
    assert "has passed" in console.refuses(2, "survey", "add", "Late", "--deadline", "2026-01-10")
    assert "no team" in console.refuses(4, "survey", "add", "Nobody", "--deadline", "2026-12-10", "--team", "Nobody")
