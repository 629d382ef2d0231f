"""`advocacy profile`: a speakers file in, the very same out, and for others only what they may see."""

from pathlib import Path

from advocacy.models import looks, roster
from tests.cli.console import Console
from tests.domain.test_speakers import FILE


def test_a_file_goes_in_and_comes_out_as_the_very_same(console: Console, asha: str, tmp_path: Path) -> None:
    Path("asha.md").write_bytes(FILE.encode())
    console.says("profile", "import", asha, "asha.md")
    assert console.says("profile", "export", asha, "--as", "owner") == FILE
    (tmp_path / "speakers").mkdir()
    console.says("profile", "export", asha, "--as", "owner", "--to", "speakers")
    assert (tmp_path / "speakers" / "asha.md").read_bytes() == FILE.encode()


def test_others_are_given_nothing_that_its_person_did_not_show(console: Console, asha: str) -> None:
    Path("asha.md").write_bytes(FILE.encode())
    console.says("profile", "import", asha, "asha.md")
    assert console.says("profile", "export", asha) == "# Asha Rao\n\n\n## Bio\n\n\n## Previous Talks\n\n"


def test_that_all_of_it_was_written_is_shown_to_its_person(console: Console, asha: str) -> None:
    console.says("profile", "export", asha)
    console.says("profile", "export", asha, "--as", "owner")
    with console.app.app_context():
        seen = looks.at(roster.by_email(asha).id)
    assert [(one.who, one.audience, one.what) for one in seen] == [(None, "operator", "all of your profile")]


def test_what_is_none_or_not_there_is_told_in_words(console: Console, asha: str) -> None:
    Path("asha.md").write_text("nothing")
    assert "asha.md is no speakers file: it has no line “# Name”" in console.refuses(
        2, "profile", "import", asha, "asha.md"
    )
    assert "nobody has the address" in console.refuses(4, "profile", "export", "nobody@x.example")
    assert "nowhere.md" in console.refuses(3, "profile", "import", asha, "nowhere.md")
