"""Words as they are compared: folded, slugged, stemmed."""

import hashlib
import re
import unicodedata

COMPOUNDS = {
    "open source": "opensource",
    "stack overflow": "stackoverflow",
    "hacker news": "hackernews",
    "white paper": "whitepaper",
    "meet up": "meetup",
    "back log": "backlog",
    "road map": "roadmap",
    "help desk": "helpdesk",
    "k8s": "kubernetes",
}
_COMPOUND = re.compile(r"\b(?:" + "|".join(map(re.escape, COMPOUNDS)) + r")(?=s?\b)")
_WORD = re.compile(r"\w+")


def fold(text: str) -> str:
    """The text without accents, in lower case."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def words(text: str) -> tuple[str, ...]:
    """The words of a text, folded; apostrophes do not part a word."""
    return tuple(_WORD.findall(re.sub(r"['’`]", "", fold(text)).replace("_", " ")))


def normal(text: str) -> str:
    """The text as it is compared: its words alone, one space between them."""
    return " ".join(words(text))


def joined(text: str) -> tuple[str, ...]:
    """The words of a text with well-known compounds in one word: `open source` is `opensource`."""
    return tuple(_COMPOUND.sub(lambda m: COMPOUNDS[m[0]], normal(text)).split())


def stem(word: str) -> str:
    """A word without its commonest English endings: enough for equal words to meet, no grammar."""
    word = word.replace("z", "s") if len(word) > 4 else word
    for ending, instead in (("ies", "y"), ("ing", ""), ("ed", ""), ("ss", "ss"), ("s", "")):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            word = word[: len(word) - len(ending)] + instead
            if ending == "s" and word.endswith("ing") and len(word) > 6:
                word = word[:-3]
            break
    if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "sle":
        word = word[:-1]
    return word[:-1] if len(word) > 3 and word.endswith("e") else word


def slug(text: str, limit: int = 60) -> str:
    """An ASCII name for a text; a short digest where nothing of it is ASCII."""
    ascii_words = (re.sub(r"[^a-z0-9]", "", word) for word in words(text))
    named = "-".join(filter(None, ascii_words))
    if not named:
        return hashlib.blake2s(text.encode("utf-8", "replace"), digest_size=4).hexdigest()
    return named if len(named) <= limit else (named[:limit].rpartition("-")[0] or named[:limit])
