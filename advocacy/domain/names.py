"""Several names in one field: one a line, or between commas and semicolons."""

import re


def names(words: str) -> list[str]:
    """The names in their order, each once."""
    found = (" ".join(one.split()) for one in re.split(r"[,;\n]", words))
    return list(dict.fromkeys(one for one in found if one))
