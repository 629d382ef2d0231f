"""The rulebook and the vocabulary in force: the shipped ones, or the files that the settings name."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path

from advocacy import ladder
from advocacy.config import ConfigError
from advocacy.domain.activity import Activity
from advocacy.domain.matching import Judgement, match
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

    def judge(self, activity: Activity) -> Judgement:
        """Hold everything against one activity."""
        return match(activity, self.rulebook, self.vocabulary)


def load(settings: Settings) -> Rules:
    """Read both; raise ConfigError for a fault in an operator's own file, naming variable, file and place."""
    chosen = settings.rules
    with _named("ADVOCACY_RULES__VOCABULARY", chosen.vocabulary):
        vocabulary = _vocabulary(_text(chosen.vocabulary, "vocabulary.toml"))
    with _named("ADVOCACY_RULES__RULEBOOK", chosen.rulebook):
        phrases = ladder.text("recognised_by.toml")
        rulebook = _rulebook(_text(chosen.rulebook, "rulebook.toml"), phrases, vocabulary.lists)
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


# Building them takes 70 ms, and tests and the demo make many apps of the same files in one process.
_vocabulary = lru_cache(4)(Vocabulary.read)
_rulebook = lru_cache(4)(load_rulebook)


def _text(path: Path | None, shipped: str) -> str:
    return path.read_text("utf-8") if path else ladder.text(shipped)
