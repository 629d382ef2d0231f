"""Words that a person does not want to be read for: an item that holds one is theirs alone, and is not kept."""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from advocacy.domain.activity import Activity

MOST, LONGEST = 50, 60


def words_of(lines: str) -> list[str]:
    """The words or phrases that a person wrote, one on each line or between commas; doubled ones once."""
    parts = (" ".join(part.split())[:LONGEST] for part in re.split(r"[\n,;]", lines))
    return list({part.casefold(): part for part in parts if part}.values())[:MOST]


def ignored(activity: Activity, words: Sequence[str]) -> bool:
    """Whether the item says one of the words, as a whole word, in its title, text, or place."""
    return bool(words) and holds(f"{activity.title}\n{activity.text}\n{activity.channel}", words)


def holds(text: str, words: Iterable[str]) -> bool:
    """Whether a text says one of the words."""
    return _any_of(tuple(words)).search(text) is not None


@lru_cache(256)
def _any_of(words: tuple[str, ...]) -> re.Pattern[str]:
    spelled = (r"\s+".join(map(re.escape, word.split())) for word in words)
    return re.compile(rf"(?<!\w)(?:{'|'.join(spelled)})(?!\w)", re.IGNORECASE)
