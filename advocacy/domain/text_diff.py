"""What became of a text: the words that stayed, went and came."""

import re
from difflib import SequenceMatcher
from enum import StrEnum

AT_MOST = 4000  #: words of a text that are compared; to compare twice as many takes four times as long
AROUND = 12  #: words that are shown before and after a change

_WORD = re.compile(r"\s*\S+\s*?(?=\s|$)|\s+")


class Change(StrEnum):
    """What became of some words."""

    SAME = "same"
    GONE = "gone"
    NEW = "new"
    LEFT_OUT = "left_out"


def diff(before: str, after: str) -> list[tuple[Change, str]]:
    """The parts of both texts in their order; of long stretches that stayed the same only the ends are told."""
    old, new = _WORD.findall(before)[:AT_MOST], _WORD.findall(after)[:AT_MOST]
    parts: list[tuple[Change, str]] = []
    for name, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if name == "equal":
            parts += _short(old[a:b], first=a == 0, last=b == len(old))
            continue
        parts += [(Change.GONE, "".join(old[a:b]))] if b > a else []
        parts += [(Change.NEW, "".join(new[c:d]))] if d > c else []
    return parts


def _short(words: list[str], *, first: bool, last: bool) -> list[tuple[Change, str]]:
    head, tail = (0 if first else AROUND), (0 if last else AROUND)
    if len(words) <= head + tail + AROUND:
        return [(Change.SAME, "".join(words))]
    ends = ["".join(words[:head]), "".join(words[len(words) - tail :])]
    middle = (Change.LEFT_OUT, f"{len(words) - head - tail} words the same")
    return [one for one in ((Change.SAME, ends[0]), middle, (Change.SAME, ends[1])) if one[1]]
