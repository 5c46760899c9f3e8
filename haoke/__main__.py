"""`python -m haoke` is the command `haoke`."""

from haoke.config.cli import main

main()
