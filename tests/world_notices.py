"""Ways to be told, for the matrix: the address names the way alone, and each finds their own."""

from tests.targets import Target


def notice_targets() -> dict[str, list[Target]]:
    """By the first word of the address."""
    return {"notices": [Target("robot", {"kind": "wecom"})]}
