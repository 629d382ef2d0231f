"""Does a title set things side by side? By its shape, where no word such as "versus" says so."""

import re

_LOOKED_AT = 300  #: letters of a title; nobody writes a longer one in earnest
_NAME = r"[\"“«']?[A-Z][\w.+/-]*(?: [A-Z0-9][\w.+-]*)?[\"”»']?"
_FIRST = rf"(?:{_NAME}|\b[a-z]\w*\d\w*|\b\w+\d)"
_CHOICE = re.compile(rf"{_FIRST}(?:, [\w.+ -]{{1,30}}){{0,4}},? (?:or|ou|oder|o|eller) (?:{_NAME}|[a-z]\w*\d\b)")
_NUMBERS = (
    "[2-9]|1\\d|two|three|four|five|six|seven|eight|nine|ten|both|zwei|drei|vier|fünf|deux|trois|quatre|cinq|dos|tres"
    "|cuatro|cinco|dois|três"
)
_PRODUCTS = (
    "tools?|drivers?|engines?|databases?|mesh(?:es)?|operators?|controllers?|providers?|vendors?|clouds?|options?"
    "|candidates?|contenders?|schedulers?|runtimes?|backends?|solutions?|products?|stores?|gateways?|file ?systems?"
    "|queues?|registries|agents|werkzeuge|treiber|outils|herramientas|ferramentas"
)
_SEVERAL = re.compile(rf"\b(?:{_NUMBERS})(?: [\w-]+){{0,2}} (?:{_PRODUCTS})\b", re.IGNORECASE)
_TWICE = re.compile(
    r"\b(?P<said>(?:\w+ ){1,2}(?:of|with|on|mit|avec|con|de)) [\w. ]{2,25}[,;:/&]? (?:(?:and|und|et|y|e) )?(?P=said) ",
    re.IGNORECASE,
)


def compares(title: str) -> bool:
    """Whether it reads as "XFS or ext4", "three tools", or "six months of K9s, six months of Lens"."""
    return any(shape.search(title[:_LOOKED_AT]) for shape in (_CHOICE, _SEVERAL, _TWICE))
