"""`python -m advocacy` is the console script."""

from advocacy.cli.group import main

main()
