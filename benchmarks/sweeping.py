"""`python -m benchmarks.sweeping`: read everything once, as the worker does, and print the megabytes it took."""

from pathlib import Path

from advocacy.app import create_app
from benchmarks.databases import NOW
from ingest.hands import hands_of
from ingest.selection import Selection
from ingest.sweep import sweep


def main() -> None:
    """Read."""
    app = create_app()
    app.extensions["advocacy.clock"] = lambda: NOW
    with app.app_context():
        sweep(hands_of(app), Selection(due_only=False))
    lines = Path("/proc/self/status").read_text("ascii").splitlines()
    print(next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) / 1024)


if __name__ == "__main__":
    main()
