"""Ceilings watched while items are written: what would go over one that refuses is not planned."""

from collections.abc import Iterable, Sequence
from datetime import date

from onebow.apps.base.refusals import Refused
from onebow.apps.plans.queries.load.over import ItemState, Over, over_with

MOST_NAMED = 3


def refused_words(found: Iterable[Over]) -> str:
    """What is over a ceiling of strength 不予安排, in one sentence; empty if nothing is."""
    refused = [one for one in found if one.ceiling.refuses]
    if not refused:
        return ""
    more = f"等 {len(refused)} 处" if len(refused) > MOST_NAMED else ""
    words = ";".join(map(str, refused[:MOST_NAMED]))
    return f"超过工作量上限,不予安排:{words}{more}。仅计事项工时;请调整人员、期限或工时"


def check_load(after: Sequence[ItemState], before: Sequence[ItemState] = (), *, today: date) -> None:
    """These items, standing so, bring nobody over a ceiling that refuses, or no further than they were before.

    Raises:
        Refused: who, which month, how much before and after, and the ceiling with its basis.
    """
    if words := refused_words(over_with(after, before, today=today)):
        raise Refused(f"{words}。")
