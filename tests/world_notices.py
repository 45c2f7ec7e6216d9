"""Ways to be told, for the matrix: everybody's own, and one that there is not."""

from onebow.config.policy import Near
from tests.targets import Target

GUESTS = ("handler", "reviewer", "dispatched", "liaison")


def notice_targets() -> dict[str, list[Target]]:
    """The address names the way alone: there is none of another one to be found."""
    leaders = dict.fromkeys(("officer", "secretary", "unit_head"), Near.SUBTREE)
    everybody = leaders | dict.fromkeys(("member", "staff"), Near.OWN) | dict.fromkeys(GUESTS, Near.ANY)
    return {"notices": [Target("robot", {"kind": "wecom"}, everybody), Target("abroad", {"kind": "pigeon"})]}
