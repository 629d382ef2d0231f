"""The speakers files that are beside the project are read, and come out as the very same bytes."""

from pathlib import Path

import pytest
from flask import Flask

from advocacy import profile_file, speaker_import
from advocacy.domain.speakers.read import read
from advocacy.domain.speakers.write import write
from advocacy.models import roster, speaker_files
from advocacy.speaker_import import Handed, Outcome
from tests.conftest import NOW

SPEAKERS = Path(__file__).parents[2] / "shared" / "data" / "speakers"


def test_every_file_is_read_and_comes_out_the_same() -> None:
    if not SPEAKERS.is_dir():
        pytest.skip("../shared is not beside the project")
    files = [file.read_bytes().decode() for file in sorted(SPEAKERS.glob("*.md"))]
    assert [write(read(text), text) for text in files] == files
    assert all(told.name and told.bio and told.talks and told.topics for told in map(read, files))


def test_each_file_can_be_laid_before_a_person_of_its_name(app: Flask) -> None:
    if not SPEAKERS.is_dir():
        pytest.skip("../shared is not beside the project")
    for file in sorted(SPEAKERS.glob("*.md")):
        name = read(file.read_text("utf-8")).name
        person = roster.add(f"{file.stem}@tern.example", name.upper(), NOW)
        assert speaker_import.hand(file, NOW) == Handed(f"{file}", Outcome.HANDED, person.email)
        assert speaker_import.hand(file, NOW).outcome is Outcome.KNOWN
        profile_file.take_in(person, speaker_files.waiting(person.id)[0].file, NOW)
        assert profile_file.out(person) == file.read_bytes().decode()
