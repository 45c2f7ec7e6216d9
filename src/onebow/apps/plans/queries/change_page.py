"""What the page of a request tells, and what one may do there."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from onebow.apps.organizations.models import Approval
from onebow.apps.organizations.queries.deciders import has_decider
from onebow.apps.organizations.queries.reach import Reach
from onebow.apps.plans.models import Change, ChangeLine, ChangeStep, Item, Plan, PlanVersion
from onebow.apps.plans.queries.hindrances import Hindrance, draft_items, grouped, hindrances_of
from onebow.apps.plans.queries.lines import LineView, lines_of, views_of
from onebow.apps.plans.queries.steps import approvals_of, step_waiting, steps_of


@dataclass(frozen=True)
class ChangePage:
    """Lines, steps and decisions of a request, and what the user may do with it."""

    lines: Sequence[LineView]
    steps: Sequence[ChangeStep]
    waiting: ChangeStep | None
    approvals: Sequence[Approval]
    hindrances: Sequence[Hindrance]
    version: PlanVersion | None
    # How many items a first approval brings in.
    count: int
    may_write: bool
    may_decide: bool
    may_record: bool
    # Whether somebody can decide in the product on the step that waits; if not, it is done on paper.
    has_decider: bool

    @property
    def moved(self) -> list[LineView]:
        """Lines whose item has changed since they were written."""
        return [line for line in self.lines if line.moved]


def change_page(change: Change, reach: Reach, user_id: int, today: date) -> ChangePage:
    """Everything that the page shows, in a fixed number of statements."""
    rows, steps = lines_of(change), steps_of(change)
    is_open = change.state in (Change.State.DRAFT, Change.State.SUBMITTED)
    waiting = step_waiting(steps) if change.state == Change.State.SUBMITTED else None
    may_write = reach.leads(change.plan.organization.path)
    items = _judged(change, rows) if is_open and may_write else []
    keeps = waiting is not None and reach.manages(change.plan.organization.path)
    leads = waiting is not None and reach.leads(waiting.organization.path) and change.asked_by_id != user_id
    return ChangePage(
        views_of(rows, is_open=is_open),
        steps,
        waiting,
        list(approvals_of(change)),
        grouped(hindrances_of(change.plan, items, today)) if items else [],
        _version_of(change),
        len(items) if change.is_first else len(rows),
        may_write,
        leads,
        keeps,
        # Told to whoever would record the paper; others cannot help it.
        waiting is None or leads or not keeps or has_decider(waiting.organization, today, but=change.asked_by_id),
    )


def _version_of(change: Change) -> PlanVersion | None:
    if change.state != Change.State.APPROVED:
        return None
    return PlanVersion.objects.filter(change=change).defer("content").first()


def _judged(change: Change, lines: Sequence[ChangeLine]) -> list[Item]:
    """The items that the request would bring in."""
    if change.is_first:
        return draft_items(change.plan)
    return [line.item for line in lines if line.deed == ChangeLine.Deed.ADD and line.item]


def running_items(plan: Plan) -> QuerySet[Item]:
    """Items in force that a request may alter or cancel."""
    rows = plan.items.filter(state__in=(Item.State.PLANNED, Item.State.OPEN))
    return rows.select_related("organization", "person").order_by("due_on", "pk")
