"""`python -m benchmarks [--json] [--quick] [--only NAME]`: measure, and print one table."""

import sys
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from itertools import chain
from typing import TypeAlias

import click

from benchmarks import (
    feeds,
    footprint,
    holding,
    judging,
    latency,
    quality,
    ranking,
    reading,
    requests,
    serving,
    storing,
    workers,
)
from benchmarks.figure import Figure, as_json, as_table

Group: TypeAlias = Callable[[], Iterator[Figure]]

GROUPS: Mapping[str, Group] = {
    "judging": judging.figures,
    "quality": quality.figures,
    "ranking": ranking.figures,
    "storing": storing.figures,
    "feeds": feeds.figures,
    "workers": workers.figures,
    "requests": requests.figures,
    "holding": holding.figures,
    "reading": reading.figures,
    "latency": latency.figures,
    "serving": serving.figures,
    "footprint": footprint.figures,
}
"""What is measured, in the table's order."""

QUICK: Mapping[str, Group] = {
    "requests": partial(requests.figures, sizes=requests.SIZES[:2]),
    "holding": partial(holding.figures, sizes=(holding.FEW, 1_000)),
    "reading": partial(reading.figures, sizes=reading.SIZES[:1]),
    "serving": partial(serving.figures, rounds=3, seconds=1.0),
}
"""The same with less, where all of it takes minutes."""


@click.command()
@click.option("--json", "for_machines", is_flag=True, help="Print JSON instead of a table.")
@click.option("--quick", is_flag=True, help="Leave out what takes minutes: the million activities.")
@click.option("--only", type=click.Choice(list(GROUPS)), multiple=True, help="Only this group (may be given again).")
def main(for_machines: bool, quick: bool, only: tuple[str, ...]) -> None:
    """Measure the promises, each beside its limit, both taken in one run."""
    groups = {name: QUICK.get(name, group) if quick else group for name, group in GROUPS.items()}
    chosen = [group for name, group in groups.items() if not only or name in only]
    found = chain.from_iterable(group() for group in chosen)
    if for_machines or not sys.stdout.isatty():
        click.echo((as_json if for_machines else as_table)(list(found)))
    else:
        _as_they_come(found)


def _as_they_come(found: Iterator[Figure]) -> None:
    """The table a line at a time, for somebody who waits for it."""
    head = ""
    for one in found:
        title, line = as_table([one]).splitlines()
        click.echo("\n".join([title, line] if not head else [line]))
        head = title


if __name__ == "__main__":
    main()
