"""What the picture of a bow is made of."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

TIED, UNTIED, SAID = "tied", "untied", "said"


@dataclass(frozen=True, slots=True)
class Node:
    """A dot with its name: an item, or the items of one side that an organization answers for."""

    key: str
    name: str
    # Stands behind the name, fainter; `tells` is what a pointer and a screen reader are told.
    note: str = ""
    tells: str = ""
    href: str = ""
    standing: str = TIED
    # How many items it stands for.
    count: int = 1


@dataclass(frozen=True, slots=True)
class Arc:
    """So many ties between a Party node and a business node."""

    party: str
    business: str
    ties: int = 1


@dataclass(frozen=True)
class Picture:
    """Both sides with what ties them; what is tied stands on the bow, the rest apart."""

    business: Sequence[Node] = ()
    party: Sequence[Node] = ()
    arcs: Sequence[Arc] = ()
    # What a node is, for the words over those that stand apart.
    unit: str = "项"


def untangled(nodes: Iterable[Node], arcs: Iterable[Arc], places: dict[str, float]) -> list[Node]:
    """Nodes of one side, each as high as what it is tied to on the other, so that few arcs cross.

    >>> nodes, arcs = [Node("a", ""), Node("b", "")], [Arc("a", "y"), Arc("b", "x")]
    >>> [node.key for node in untangled(nodes, arcs, {"x": 0, "y": 1})]
    ['b', 'a']
    """
    found: dict[str, list[tuple[float, int]]] = defaultdict(list)
    for arc in arcs:
        for here, there in ((arc.party, arc.business), (arc.business, arc.party)):
            if there in places:
                found[here].append((places[there], arc.ties))
    return sorted(nodes, key=lambda node: _mean(found[node.key]))


def _mean(pairs: Sequence[tuple[float, int]]) -> float:
    ties = sum(count for _, count in pairs)
    return sum(place * count for place, count in pairs) / ties if ties else float("inf")
