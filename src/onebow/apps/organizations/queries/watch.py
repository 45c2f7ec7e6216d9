"""What an officer should look at: terms that end, branches without secretary, sections without head."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from onebow.apps.base.filters import day
from onebow.apps.organizations.models import Organization
from onebow.apps.organizations.queries.forest import Forest, Node

# Reminded half a year ahead, as is common practice.
AHEAD = timedelta(days=183)
SHOWN = 12
K = Organization.Kind


@dataclass(frozen=True)
class Watched:
    """An organization to look at: the word, why it is here and what to do."""

    node: Node
    word: str
    state: str
    why: str
    what: str


def watched_in(forest: Forest, on: date) -> list[Watched]:
    """At most a dozen lines, the most urgent first."""
    ending = [node for node in forest.nodes if node.is_party and node.term_ends_on and node.term_ends_on <= on + AHEAD]
    ending.sort(key=lambda node: (node.term_ends_on or on, node.id))
    return [*(_term(node, on) for node in ending), *_without_head(forest)][:SHOWN]


def _term(node: Node, on: date) -> Watched:
    over = node.term_ends_on is not None and node.term_ends_on <= on
    word, state = ("已届满", "bad") if over else ("即将届满", "warn")
    return Watched(node, word, state, f"届满日期 {day(node.term_ends_on)}", "准备换届,或登记延期")


def _without_head(forest: Forest) -> Iterator[Watched]:
    names = {node.id: node.name for node in forest.nodes}
    for kinds, word in ((Organization.BRANCH_KINDS, "没有书记"), ((K.SECTION,), "没有负责人")):
        for node in forest.nodes:
            if node.kind in kinds and not node.head:
                above = f"隶属{names[node.parent_id]}" if node.parent_id in names else "没有上级"
                yield Watched(node, word, "warn", above, "在人员页面登记任职")
