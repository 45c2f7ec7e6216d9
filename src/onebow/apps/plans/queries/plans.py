"""Plans by year, and what hangs on one."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from onebow.apps.organizations.models import Organization
from onebow.apps.organizations.queries.reach import Reach, within_any
from onebow.apps.plans.models import Change, Item, ItemKind, Occurrence, Plan, PlanVersion
from onebow.apps.plans.queries.owners import owning_paths
from onebow.apps.plans.queries.visible import occurrences_for, plans_for

S = Item.State
LISTS = {"": "全部", **{one.value: one.label for one in ItemKind.List}}
STATES = {"draft": "起草中", "submitted": "待批", "force": "已批准"}
# From this month on, next year's plan is proposed.
NEXT_YEAR_FROM = 11
MOST_ORGANIZATIONS = 300


@dataclass(frozen=True)
class Asked:
    """Which of the lists, and which page of it."""

    listed: str
    page: int = 1

    @property
    def listed_in(self) -> str:
        """A list that there is; empty for all."""
        return self.listed if self.listed in LISTS else ""


def with_counts(reach: Reach, today: date) -> QuerySet[Plan]:
    """Plans with the number of items, of those done and late, and whether they wait for approval."""
    there = ~Q(items__state=S.CANCELLED)
    late = Q(items__state__in=(S.PLANNED, S.OPEN), items__due_on__lt=today)
    waiting = Change.objects.filter(plan=OuterRef("pk"), state=Change.State.SUBMITTED)
    rows = plans_for(reach).select_related("organization").annotate(
        items_count=Count("items", filter=there), done=Count("items", filter=Q(items__state=S.DONE)),
        late=Count("items", filter=late), is_waiting=Exists(waiting),
    )  # fmt: skip
    return rows.order_by("-year", "organization__depth", "organization__rank", "pk")


def in_state(rows: QuerySet[Any], state: str) -> QuerySet[Any]:
    """Plans that are drafts, wait, or are in force."""
    if state == "submitted":
        return rows.filter(is_waiting=True)
    return rows.filter(number__gt=0) if state == "force" else rows.filter(number=0, is_waiting=False)


def years_of(reach: Reach, today: date) -> list[int]:
    """Years of which there are plans."""
    years = set(plans_for(reach).order_by().values_list("year", flat=True).distinct())
    return sorted(years | {today.year}, reverse=True)


def organizations_in(reach: Reach, asked: QuerySet[Organization]) -> list[tuple[int, str]]:
    """Organizations that have plans, as choices, and those asked for, which may have none yet."""
    found = Organization.objects.filter(
        Q(pk__in=plans_for(reach).values("organization")) | Q(pk__in=asked.values("pk"))
    )
    return list(found.order_by("tree", "path").values_list("pk", "name")[:MOST_ORGANIZATIONS])


def year_proposed(today: date) -> int:
    """The year that is planned now."""
    return today.year + (today.month >= NEXT_YEAR_FROM)


def proposed(rows: QuerySet[Organization], asked: tuple[int | None, int | None], today: date) -> dict[str, Any]:
    """The year asked for, else that which is planned now; of these organizations the first without a plan of it."""
    organization, year = asked
    year = year or year_proposed(today)
    free = rows.exclude(pk__in=Plan.objects.filter(year=year).values("organization"))
    return {"organization": organization or free.values_list("pk", flat=True).first(), "year": year}


def previous_of(plan: Plan, reach: Reach) -> Plan | None:
    """The plan of the year before, from which one may copy."""
    return plans_for(reach).filter(organization=plan.organization_id, year=plan.year - 1).first()


def version_on(plan: Plan, on: date) -> PlanVersion | None:
    """The version that was in force on a day."""
    return plan.versions.filter(made_at__date__lte=on).order_by("-number").first()


def occurrences_of(plan: Plan, reach: Reach, today: date) -> QuerySet[Occurrence]:
    """What duties ask in the plan's year of the organizations in its reach, as far as one may read it."""
    rows = occurrences_for(reach).filter(due_on__year=plan.year).select_related("duty", "organization")
    rows = rows.filter(within_any(owning_paths(plan.organization, today), "organization__path"))
    return rows.order_by("due_on", "organization__rank", "pk")
