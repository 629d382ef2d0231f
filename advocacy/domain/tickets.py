"""Does a text point at a place in a backlog: an issue's key, number or address?"""

import re

_KEY = re.compile(
    r"(?<![\w/-])(?!(?:CVE|UTF|SHA|RFC|ISO|KEP|GPT|MD|AES|PEP|COVID|IPV|HTTP|TLS|CKA|GEN|ARM|RK)-)[A-Z][A-Z0-9]{1,9}-\d{1,6}\b"
)
_NUMBER = re.compile(r"(?:^|[\s(\[:]|\w/[\w.-]+)#\d{1,6}\b")
_ADDRESS = re.compile(
    r"/(?:issues|work_items|browse|epics?|boards?|cards?|t)/[\w-]*\d|trello\.com/c/|linear\.app/\S+/issue/",
    re.IGNORECASE,
)


def ticket(text: str) -> bool:
    """`LIT-1450`, `openebs#3400`, `https://…/issues/9`; a CVE, a KEP or a coding such as UTF-8 is none."""
    return any(shape.search(text) for shape in (_KEY, _NUMBER, _ADDRESS))
