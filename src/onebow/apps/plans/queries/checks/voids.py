"""Why a gap applies no more: what it was about is cancelled, excused, or gone."""

from datetime import date

from onebow.apps.plans.models import Gap, Item
from onebow.apps.plans.queries.checks.answerers import item_of

LONGEST = 500


def void_reason(gap: Gap, on: date) -> str:
    """In words; empty while it applies."""
    row, item = gap.occurrence, item_of(gap)
    if row is not None and row.excused_on is not None and row.excused_on <= on:
        return f"因故免开:{row.excuse}"[:LONGEST]
    if item is not None and item.state == Item.State.CANCELLED:
        return f"事项已取消:{item.cancel_reason or '没有写明原因'}"[:LONGEST]
    organization = item.organization if item else gap.organization
    if organization.ends_on is not None and organization.ends_on <= on:
        return f"“{organization.name}”已经撤销"
    return ""
