"""`python -m benchmarks [--json]`: measure, and print one table."""

import sys

from benchmarks import feeds, judging, reading, storing, workers
from benchmarks.figure import as_json, as_table


def main() -> None:
    """Measure everything; the order is the table's."""
    groups = (judging, storing, reading, feeds, workers)
    figures = [one for group in groups for one in group.figures()]
    print(as_json(figures) if "--json" in sys.argv[1:] else as_table(figures))


main()
