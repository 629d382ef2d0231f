"""Does a text point at a place in a backlog: an issue's key, number or address?"""

import re

_NO_TRACKER = "CVE|UTF|SHA|RFC|ISO|KEP|GPT|MD|AES|PEP|COVID|IPV|HTTP|TLS|GEN|ARM|RK"
_KEY = re.compile(rf"(?<![\w/-])(?!(?:{_NO_TRACKER})-)[A-Z][A-Z0-9]{{1,9}}-\d{{1,6}}\b")
_NUMBER = re.compile(r"(?:^|[\s(\[:]|\w/[\w.-]{1,60})#\d{1,6}\b")
_ADDRESS = re.compile(
    r"/(?:issues|work_items|browse|epics?|boards?|cards?)/[\w-]{0,40}?\d|trello\.com/c/|linear\.app/[\w-]{1,60}/issue/",
    re.IGNORECASE,
)


def ticket(text: str) -> bool:
    """`LIT-1450`, `openebs/mayastor#3400`, `https://…/issues/9`; a CVE, a KEP or a coding such as UTF-8 is none."""
    return any(shape.search(text) for shape in (_KEY, _NUMBER, _ADDRESS))
