"""Does a title set things side by side? By its shape, where no word such as "versus" says so."""

import re

_NAME = r"[\"“«']?[A-Z][\w.+/-]*(?: [A-Z0-9][\w.+-]*)?[\"”»']?"
_OR = re.compile(
    rf"(?:{_NAME}|\b[a-z]\w*\d\w*|\b\w+\d)(?:, [\w.+ -]{{1,30}}){{0,4}},? (?:or|ou|oder|o|eller) (?:{_NAME}|[a-z]\w*\d\b)"
)
_SEVERAL = re.compile(
    r"\b(?:[2-9]|1\d|two|three|four|five|six|seven|eight|nine|ten|both|zwei|drei|vier|fünf|deux|trois|quatre|cinq|dos|tres"
    r"|cuatro|cinco|dois|três)(?: [\w-]+){0,2} (?:tools?|drivers?|engines?|databases?|meshe?s|operators?|controllers?|providers?"
    r"|vendors?|clouds?|options?|ways?|candidates?|contenders?|schedulers?|runtimes?|backends?|solutions?|products?|stores?"
    r"|gateways?|clusters? managers?|werkzeuge|outils|herramientas|ferramentas|treiber|file ?systems?|queues?|registries|agents)\b",
    re.IGNORECASE,
)
_TWICE = re.compile(
    r"\b(?P<long>(?:\w+ ){1,2}(?:of|with|on|mit|avec|con|de)) [\w. ]{2,25}[,;:/&]? (?:and |und |et |y |e )?(?P=long) ",
    re.IGNORECASE,
)


def compares(title: str) -> bool:
    """Such as "XFS or ext4", "three tools", "six months of K9s, six months of Lens"."""
    return any(shape.search(title) for shape in (_OR, _SEVERAL, _TWICE))
