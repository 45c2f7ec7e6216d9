"""What the page of a plan tells, in few statements."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, prefetch_related_objects

from onebow.apps.organizations.queries.reach import Reach
from onebow.apps.plans.models import Category, Change, ChangeStep, Item, Plan
from onebow.apps.plans.queries.hindrances import Hindrance, grouped, hindrances_of
from onebow.apps.plans.queries.outline import ItemRow, Outline, outline_of, rows_of
from onebow.apps.plans.queries.plans import Asked
from onebow.apps.plans.queries.requirements import requirements_of_plan


@dataclass(frozen=True)
class PlanPage:
    """The list, what hinders, the requests, and what one may do."""

    outline: Outline
    rows: Sequence[ItemRow]
    hindrances: Sequence[Hindrance]
    missing: dict[int, list[Category]]
    changes: Sequence[Change]
    is_waiting: bool
    may_write: bool
    today: date

    @property
    def counts(self) -> dict[str, int]:
        """How many items there are in all, drafts, done, and late."""
        return {
            "all": len(self.rows),
            "draft": sum(row.state == Item.State.DRAFT for row in self.rows),
            "done": sum(row.state == Item.State.DONE for row in self.rows),
            "late": sum(row.is_late(self.today) for row in self.rows),
        }


def page_of(plan: Plan, asked: Asked, reach: Reach, today: date) -> PlanPage:
    """Everything but the organization's own name."""
    points = list(plan.key_points.filter(removed_at=None))
    rows = rows_of(plan, points)
    texts = requirements_of_plan(plan.pk, {row.kind_id for row in rows})
    listed = [row for row in rows if not asked.listed_in or row.listed_in == asked.listed_in]
    outline = outline_of(points, listed, texts, page=asked.page, empty=not asked.listed_in)
    changes = list(
        plan.changes.exclude(state=Change.State.WITHDRAWN)
        .select_related("plan_version", "asked_by")
        .defer("plan_version__content")
        .order_by("-pk")
    )
    waiting = [change for change in changes if change.state == Change.State.SUBMITTED]
    prefetch_related_objects(waiting, Prefetch("steps", ChangeStep.objects.select_related("organization")))
    may_write = reach.leads(plan.organization.path)
    drafts = [row for row in rows if row.state == Item.State.DRAFT]
    missing = {row.pk: texts.missing(row.pk, row.key_point_id, row.kind_id) for row in drafts}
    # What is done is nobody's to mend; and what hinders is told on the whole list.
    judged = [row for row in rows if row.state != Item.State.DONE] if may_write and not asked.listed_in else []
    return PlanPage(
        outline,
        rows,
        grouped(hindrances_of(plan, judged, today, texts, circles=False)),
        {pk: found for pk, found in missing.items() if found},
        changes,
        any(change.is_first for change in waiting),
        may_write,
        today,
    )
