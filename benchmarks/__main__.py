"""`python -m benchmarks [--json]`: measure, and print one table."""

import sys

from benchmarks import judging, reading, storing, workers
from benchmarks.figure import as_json, as_table


def main() -> None:
    """Measure everything; the order is the table's."""
    figures = [*judging.figures(), *storing.figures(), *reading.figures(), *workers.figures()]
    print(as_json(figures) if "--json" in sys.argv[1:] else as_table(figures))


main()
