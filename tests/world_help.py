"""A chapter of the manual, for the matrix: it is nobody's, and whoever is signed in reads it."""

from tests.targets import Target


def help_targets() -> dict[str, list[Target]]:
    """By the first word of the address."""
    return {"help": [Target("start", {"chapter": "start"})]}
