"""A plan beside the structure of today: figures, branches and the flows of members between them.

The structure of today is that of the seats, which remember where a member was when the plan was made; so a
comparison stays what it was, also after the plan was enacted.
"""

from collections import Counter
from collections.abc import Iterable
from datetime import date

from onebow.apps.organizations.models import PlannedOrganization, Restructuring
from onebow.apps.organizations.queries.restructuring.cells import Cell, cells_of, organizations_on, posts_on
from onebow.apps.organizations.queries.restructuring.sides import Context, after_side, before_side, labels_of, shares_of
from onebow.apps.organizations.queries.restructuring.structures import Comparison, Flow, Limits
from onebow.cores.regulations.table import rules_on


def comparison_of(restructuring: Restructuring) -> Comparison:
    """The plan beside today. Five statements, whatever the size."""
    cells = cells_of(restructuring)
    planned = list(
        PlannedOrganization.objects.filter(restructuring=restructuring)
        .select_related("leader", "above")
        .order_by("rank", "pk")
    )
    homes = {cell.home_id for cell in cells} | {row.continues_id or 0 for row in planned}
    sections = {cell.section_id for cell in cells if cell.section_id}
    on = restructuring.before_on
    named = organizations_on((homes | sections) - {0}, on)
    posts, limits = posts_on(homes - {0}, sections, on), limits_on(restructuring.effective_on)
    context = Context(named, posts, limits, labels_of(sections, named))
    return Comparison(
        name=restructuring.name,
        facts_on=restructuring.facts_on,
        effective_on=restructuring.effective_on,
        before=before_side(cells, planned, context),
        after=after_side(cells, planned, context),
        flows=flows_of(cells, {row.pk: row.continues_id for row in planned}),
        offices=shares_of(cells, "place_id", context),
        sections=shares_of(cells, "section_id", context),
        limits=context.limits,
    )


def limits_on(day: date) -> Limits:
    """How small and how large a branch may be, from the rules in force on a day."""
    rules = rules_on(day)
    least, most = rules.get("BR-FOUND-MIN"), rules.get("BR-SIZE-MAX")
    return Limits(least.number("full_members") if least else None, most.number("members") if most else None)


def flows_of(cells: Iterable[Cell], continued: dict[int, int | None]) -> tuple[Flow, ...]:
    """Members by where they are and where they go; who is nowhere before and after stays so."""
    counted: Counter[tuple[int, int]] = Counter()
    for cell in cells:
        counted[cell.home_id, cell.planned_id or 0] += cell.members
    return tuple(
        Flow(home, planned, members, _stays(home, planned, continued))
        for (home, planned), members in sorted(counted.items())
    )


def _stays(home: int, planned: int, continued: dict[int, int | None]) -> bool:
    return home == continued.get(planned) if planned else home == 0
