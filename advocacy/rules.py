"""The rulebook and the vocabulary in force: the shipped ones, or the files that the settings name."""

from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

from advocacy import ladder
from advocacy.config import ConfigError
from advocacy.domain.rulebook import Rulebook
from advocacy.domain.rulebook_file import load as load_rulebook
from advocacy.domain.vocabulary import Vocabulary
from advocacy.settings import Settings


@dataclass(frozen=True, slots=True)
class Rules:
    """What judges activities; `fingerprint` changes with either part."""

    rulebook: Rulebook
    vocabulary: Vocabulary
    fingerprint: str


def load(settings: Settings) -> Rules:
    """Read both; raise RulebookError or VocabularyError that says where the fault is."""
    vocabulary = Vocabulary.read(_text("ADVOCACY_RULES__VOCABULARY", settings.rules.vocabulary, "vocabulary.toml"))
    rulebook = load_rulebook(
        _text("ADVOCACY_RULES__RULEBOOK", settings.rules.rulebook, "rulebook.toml"),
        ladder.text("recognised_by.toml"),
        vocabulary.lists,
    )
    both = f"{rulebook.fingerprint} {vocabulary.fingerprint}"
    return Rules(rulebook, vocabulary, blake2b(both.encode(), digest_size=8).hexdigest())


def _text(variable: str, path: Path | None, shipped: str) -> str:
    if not path:
        return ladder.text(shipped)
    try:
        return path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"{variable}: {path} cannot be read: {error}") from error
