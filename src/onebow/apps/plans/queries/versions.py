"""Versions of a plan, read back."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from onebow.apps.plans.models import Category, Plan, PlanVersion

EMPTY: dict[str, Any] = {"key_points": [], "items": []}
Row = Mapping[str, Any]


@dataclass(frozen=True)
class VersionGroup:
    """A key point of a version (none: items that hang on none) with its items."""

    point: Row | None
    items: list[Row]

    def stated(self) -> list[tuple[str, str]]:
        """What the key point requires, by the label of the category."""
        point = self.point or {}
        return [(category.label, point[category]) for category in Category if point.get(category)]


def versions_of(plan: Plan) -> list[PlanVersion]:
    """All versions without their content, the last first."""
    rows = plan.versions.select_related("change").defer("content")
    return list(rows.prefetch_related("change__steps__organization", "change__steps__approval").order_by("-number"))


def content_on(plan: Plan, number: int) -> dict[str, Any] | None:
    """What a version says; of 0, before there was any, nothing; None if there is no such version."""
    if number == 0:
        return EMPTY
    row = plan.versions.filter(number=number).first()
    return row.content if row else None


def groups_of(content: Row) -> list[VersionGroup]:
    """The items of a version by key point, in its order; last those that hang on none."""
    below: dict[int, list[Row]] = {}
    for item in content["items"]:
        below.setdefault((item["key_point"] or {}).get("id", 0), []).append(item)
    groups = [VersionGroup(point, below.get(point["id"], [])) for point in content["key_points"]]
    return [*groups, VersionGroup(None, below[0])] if below.get(0) else groups
