"""How much somebody says in their own words: what they quote and link to is not counted."""

import re

_QUOTED = re.compile(r"(?m)^[ \t]*(?:>|&gt;).*$")
_LINK = re.compile(r"https?://\S+|(?<!\w)@\w+")
_EAST = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")
_GONE = re.compile(r"^\s*\[(?:deleted|removed)(?: by \w+)?\]\s*$", re.IGNORECASE | re.MULTILINE)


def word_count(text: str) -> int:
    """Words, code among them; where none are set apart (中文, 日本語), two characters are taken for one."""
    said = _LINK.sub(" ", _GONE.sub(" ", _QUOTED.sub(" ", text)))
    east = len(_EAST.findall(said))
    return len(_WORD.findall(_EAST.sub(" ", said))) + (east + 1) // 2
