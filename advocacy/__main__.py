"""`python -m advocacy` is the console script."""

from advocacy.cli import main

main()
