"""Reddit's Markdown as the plain text our rules read: code that is only indented gets fences, invisible fillers go.

What Reddit sends is unescaped once by asking for it so (`raw_json=1`, as its library does): nothing is unescaped here.
"""

import re

from ingest.prose import plain_text

_FENCE = "```"
_FENCED = re.compile(r" {0,3}(?:```|~~~)")
_CODE = re.compile(r"(?: {4}|\t)")
_LISTED = re.compile(r"\s{0,3}(?:[-*+]|\d{1,9}[.)])\s")
_FILLER = re.compile(r"&#x200b;|&nbsp;", re.IGNORECASE)


def plain(markdown: str) -> str:
    """Give the text with code in ``` fences; Markdown is otherwise left as its author wrote it."""
    text = _FILLER.sub(" ", markdown) if "&" in markdown else markdown
    if "\n    " in f"\n{text}" or "\n\t" in f"\n{text}":
        text = "\n".join(_fenced(text.replace("\r\n", "\n").split("\n")))
    return plain_text(text)


def _fenced(lines: list[str]) -> list[str]:
    """Put fences around what is indented by four after a blank line, outside of fences and lists."""
    made: list[str] = []
    code: list[str] = []
    is_fenced = is_listed = False
    before = ""
    for line in lines:
        is_code = not is_fenced and not is_listed and bool(_CODE.match(line)) and bool(line.strip())
        if is_code and (code or not before.strip()) or (code and not line.strip()):
            code.append(_CODE.sub("", line, count=1))
            before = line
            continue
        made += _closed(code)
        code = []
        is_fenced ^= bool(_FENCED.match(line))
        if line.strip() and not is_fenced:
            is_listed = bool(_LISTED.match(line)) or (is_listed and line[:1].isspace())
        made.append(line)
        before = line
    return made + _closed(code)


def _closed(code: list[str]) -> list[str]:
    """The block in its fences, the blank lines at its end behind it."""
    if not code:
        return []
    end = len(code)
    while end and not code[end - 1].strip():
        end -= 1
    return [_FENCE, *code[:end], _FENCE, *code[end:]]
