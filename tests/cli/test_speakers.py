"""`advocacy speakers`: the public directory as files that are ours alone, and files laid before their people."""

import json
from pathlib import Path

import pytest

from advocacy.cli.console import Exit
from advocacy.domain.activity import Kind, Platform
from advocacy.domain.profile import Told
from advocacy.domain.speakers.read import read
from advocacy.models import connect, db, looks, profile, roster, speaker_files
from advocacy.models.words import Visibility
from tests.cli.console import Console
from tests.conftest import NOW
from tests.domain.test_speakers import FILE
from tests.models.stage import Stage, said
from tests.models.test_findable import confirm, release
from tests.pictures import opened
from tests.speakers import publish

OURS = ["index.html", "speakers/asha.html", "speakers/asha.jpg", "speakers/asha.md", "style.css"]


@pytest.fixture
def published(console: Console, asha: str) -> str:
    """Asha is in the directory; Viktor shares nothing, and Zoë shares with marketing."""
    with console.app.app_context():
        publish(roster.by_email(asha), other=("Shirt: M",))
        for nick, seen in (("viktor", Visibility.PRIVATE), ("zoe", Visibility.MARKETING)):
            person = roster.add(f"{nick}@x.example", nick.capitalize(), NOW)
            if seen is Visibility.MARKETING:
                publish(person, seen)
        db.session.commit()
    return asha


def there(folder: str) -> list[str]:
    return sorted(str(one.relative_to(folder)) for one in Path(folder).rglob("*") if one.is_file())


def export(console: Console, folder: str = "out") -> dict[str, list[str]]:
    told = console.json("speakers-export", "speakers", "export", folder)
    return {name: told[name] for name in ("written", "same", "removed")}


def test_what_is_public_is_written_and_twice_changes_nothing(console: Console, published: str) -> None:
    assert export(console) == {"written": OURS, "same": [], "removed": []}
    before = {name: (Path("out") / name).read_bytes() for name in there("out")}
    assert export(console) == {"written": [], "same": OURS, "removed": []}
    assert {name: (Path("out") / name).read_bytes() for name in there("out")} == before
    assert there("out") == [".advocacy-speakers.json", *OURS]
    assert "1 speakers in out: 0 files written, 5 the same" in console.says("speakers", "export", "out")


def test_the_files_tell_what_was_approved(console: Console, published: str) -> None:
    export(console)
    told = read(Path("out/speakers/asha.md").read_text("utf-8"))
    assert (told.name, told.bio, told.formats, told.travels) == (
        "Asha",
        "Long text of asha.",
        ("talk", "workshop"),
        "continent",
    )
    page = Path("out/speakers/asha.html").read_text("utf-8")
    for words in ("Short text of asha.", "Long text of asha.", 'alt="Portrait of Asha"', "Zoë Lens", "Shirt"):
        assert words in page
    assert opened(Path("out/speakers/asha.jpg").read_bytes()).size == (512, 512)
    assert [word for word in ("<script", "/logins", "@x.example", "Zoe", "Viktor") if word in page] == []
    assert [one for one in ("Zoe", "Viktor") if one in Path("out/index.html").read_text("utf-8")] == []


def test_who_leaves_is_removed_and_what_is_others_stays(console: Console, published: str) -> None:
    export(console)
    Path("out/speakers/README.md").write_text("ours", "utf-8")
    Path("out/CNAME").write_text("speakers.example", "utf-8")
    with console.app.app_context():
        person = roster.by_email(published)
        profile.save(person, profile.of(person).told, NOW, listed=False)
        db.session.commit()
    assert export(console) == {"written": ["index.html"], "same": ["style.css"], "removed": OURS[1:4]}
    assert there("out") == [".advocacy-speakers.json", "CNAME", "index.html", "speakers/README.md", "style.css"]


@pytest.mark.parametrize("name", ["index.html", "speakers/asha.md"])
def test_a_file_of_somebody_elses_is_never_written_over(console: Console, published: str, name: str) -> None:
    (Path("out") / name).parent.mkdir(parents=True)
    (Path("out") / name).write_text("theirs", "utf-8")
    assert f"{name} is there already" in console.refuses(2, "speakers", "export", "out")
    assert there("out") == [name]


def test_a_list_that_was_forged_removes_nothing_outside(console: Console, published: str) -> None:
    Path("keep.md").write_text("theirs", "utf-8")
    Path("out").mkdir()
    names = ["../keep.md", "/etc/passwd", "speakers/../../keep.md", 5, "CNAME"]
    Path("out/CNAME").write_text("theirs", "utf-8")
    Path("out/.advocacy-speakers.json").write_text(json.dumps({"files": names}), "utf-8")
    assert export(console)["removed"] == []
    assert (Path("keep.md").exists(), Path("out/CNAME").exists()) == (True, True)


def test_two_of_one_name_have_files_of_their_own(console: Console, published: str) -> None:
    with console.app.app_context():
        publish(roster.add("other@x.example", "Asha", NOW))
        numbers = sorted(roster.by_email(mail).id for mail in (published, "other@x.example"))
    written = [name for name in export(console)["written"] if name.endswith(".md")]
    assert written == sorted(f"speakers/asha-{number}.md" for number in numbers)


def test_a_run_that_was_cut_short_is_finished_by_the_next(
    console: Console, published: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = Path.replace

    def cut(self: Path, to: Path) -> Path:
        if "speakers/" in f"{to}":
            raise KeyboardInterrupt
        return whole(self, to)

    with monkeypatch.context() as patched:
        patched.setattr(Path, "replace", cut)
        assert console.run("speakers", "export", "out").exit_code == 130
    assert there("out") == [".advocacy-speakers.json", "index.html"]
    assert export(console)["same"] == ["index.html"]
    assert there("out") == [".advocacy-speakers.json", *OURS]


def hand(console: Console, *files: str, code: int = 0) -> list[tuple[str, str]]:
    told = console.json("speakers-import", "speakers", "import", *files, code=code)
    return [(one["outcome"], one["person"] or one["why"]) for one in told["files"]]


def waiting(console: Console, email: str) -> list[str]:
    with console.app.app_context():
        return [one.name for one in speaker_files.waiting(roster.by_email(email).id)]


def test_a_file_is_laid_before_its_person_and_twice_changes_nothing(console: Console, asha: str) -> None:
    Path("a.md").write_text(FILE.replace("# Asha Rao", "#  ASHA "), "utf-8")
    assert hand(console, "a.md") == [("handed", asha)]
    assert hand(console, "a.md") == [("known", asha)]
    assert waiting(console, asha) == ["a.md"]
    with console.app.app_context():
        assert profile.of(roster.by_email(asha)).changed_at is None
    assert "known already, nothing changes" in console.says("speakers", "import", "a.md")


def test_whose_it_is_is_told_by_address_then_handle_then_name(console: Console, asha: str) -> None:
    with console.app.app_context():
        other = roster.add("other@x.example", "Asha", NOW)
        account = connect.add(other.id, Platform.X, "asha", by=other.id, now=NOW)
        db.session.commit()
        assert account.accepted_at
    Path("mail.md").write_text("# Somebody\n\n- Email: Asha@x.example\n- Twitter: @asha\n", "utf-8")
    Path("handle.md").write_text("# Asha\n\n- Twitter: @Asha\n- Bluesky: @asha\n", "utf-8")
    Path("name.md").write_text("# Asha\n\n- Bluesky: @asha\n", "utf-8")
    Path("nobody.md").write_text("# Nobody\n", "utf-8")
    Path("none.md").write_bytes(b"\xff")
    assert hand(console, "mail.md", "handle.md", "name.md", "nobody.md", "none.md", code=2) == [
        ("handed", asha),
        ("handed", "other@x.example"),
        ("refused", "2 people could be “Asha”: add a line “- Email: name@example.org” to it"),
        (
            "refused",
            "nobody here is “Nobody”: add a line “- Email: name@example.org” to it, or add the person with "
            "`advocacy people add`",
        ),
        ("refused", "it is no text in UTF-8"),
    ]


def test_a_file_that_says_what_stands_there_is_known(console: Console, asha: str) -> None:
    Path("a.md").write_text(FILE, "utf-8")
    console.says("profile", "import", asha, "a.md")
    Path("c.md").write_text(console.says("profile", "export", asha, "--as", "owner"), "utf-8")
    with console.app.app_context():
        roster.by_email(asha).name = "Asha Rao"
        db.session.commit()
    assert hand(console, "c.md") == [("known", asha)]


def test_what_is_not_there_is_told_in_words(console: Console, asha: str) -> None:
    assert "nowhere.md" in console.refuses(3, "speakers", "import", "nowhere.md")


def test_who_can_speak_about_it_is_told_with_every_factor(console: Console, asha: str) -> None:
    with console.app.app_context():
        person = roster.by_email(asha)
        profile.save(person, Told(name="Asha", speaks=True), NOW, listed=True)
        stage = Stage(console.app.extensions["advocacy.rules"], NOW)
        compared = "Compared etcd with Consul: our conclusion is to stay with etcd. A review, with a benchmark."
        talk = said("manual:1", NOW, kind=Kind.TALK, title="etcd at noon", text=compared, channel="KubeCon")
        (number,) = stage.says(person, talk)
        confirm(person, number)
        release(person, number, to=Visibility.MARKETING)
    told = console.json("speakers-find", "speakers", "find", "etcdd, next month")
    assert told["notes"] == ["“etcdd” was read as etcd"]
    (one,) = told["speakers"]
    assert sum(factor["points"] for factor in one["factors"]) == pytest.approx(one["score"])
    assert [receipt["title"] for receipt in one["receipts"]] == ["etcd at noon"]
    assert "etcd at noon" in console.says("speakers", "find", "etcd")
    with console.app.app_context():
        assert {(look.audience, look.what) for look in looks.at(roster.by_email(asha).id)} == {
            ("operator", "you as a speaker")
        }


def test_a_zone_that_is_none_is_refused(console: Console, asha: str) -> None:
    assert "is no time zone" in console.refuses(Exit.INPUT, "speakers", "find", "etcd", "--zone", "Mars")
