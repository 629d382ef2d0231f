"""The speakers files that are beside the project are read, and come out as the very same bytes."""

from pathlib import Path

import pytest

from advocacy.domain.speakers.read import read
from advocacy.domain.speakers.write import write

SPEAKERS = Path(__file__).parents[2] / "shared" / "data" / "speakers"


def test_every_file_is_read_and_comes_out_the_same() -> None:
    if not SPEAKERS.is_dir():
        pytest.skip("../shared is not beside the project")
    files = [file.read_bytes().decode() for file in sorted(SPEAKERS.glob("*.md"))]
    assert [write(read(text), text) for text in files] == files
    assert all(told.name and told.bio and told.talks and told.topics for told in map(read, files))
