"""`python -m onebow …`, the same as `onebow …`."""

from onebow.cli import main

main()
