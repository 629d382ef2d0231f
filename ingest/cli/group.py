"""`advocacy ingest`: what hangs on it."""

import click

from ingest.cli.quarantine import quarantine
from ingest.cli.run import run
from ingest.cli.status import status


@click.group()
def ingest() -> None:
    """Pull what people published."""


ingest.add_command(run)
ingest.add_command(status)
ingest.add_command(quarantine)
