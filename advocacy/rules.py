"""The rulebook and the vocabulary in force: the shipped ones, or the files that the settings name."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

from advocacy import ladder
from advocacy.config import ConfigError
from advocacy.domain.rulebook import Rulebook
from advocacy.domain.rulebook_file import RulebookError
from advocacy.domain.rulebook_file import load as load_rulebook
from advocacy.domain.vocabulary import Vocabulary, VocabularyError
from advocacy.settings import Settings


@dataclass(frozen=True, slots=True)
class Rules:
    """What judges activities; `fingerprint` changes with either part."""

    rulebook: Rulebook
    vocabulary: Vocabulary
    fingerprint: str


def load(settings: Settings) -> Rules:
    """Read both; raise ConfigError for a fault in an operator's own file, naming variable, file and place."""
    chosen = settings.rules
    with _named("ADVOCACY_RULES__VOCABULARY", chosen.vocabulary):
        vocabulary = Vocabulary.read(_text(chosen.vocabulary, "vocabulary.toml"))
    with _named("ADVOCACY_RULES__RULEBOOK", chosen.rulebook):
        phrases = ladder.text("recognised_by.toml")
        rulebook = load_rulebook(_text(chosen.rulebook, "rulebook.toml"), phrases, vocabulary.lists)
    both = f"{rulebook.fingerprint} {vocabulary.fingerprint}"
    return Rules(rulebook, vocabulary, blake2b(both.encode(), digest_size=8).hexdigest())


@contextmanager
def _named(variable: str, path: Path | None) -> Iterator[None]:
    """A fault in an operator's own file names the variable and the file."""
    try:
        yield
    except (OSError, UnicodeDecodeError, RulebookError, VocabularyError) as error:
        if path is None:
            raise
        raise ConfigError(f"{variable}: {path} cannot be used: {error}") from error


def _text(path: Path | None, shipped: str) -> str:
    return path.read_text("utf-8") if path else ladder.text(shipped)
