"""Today's parent, path and depth of organizations; `Placement` keeps their history."""

from datetime import date

from django.db import models
from django.db.models import F, Value
from django.db.models.functions import Concat, Substr

from onebow.apps.base.transactions import write_alone
from onebow.apps.organizations.models import Organization, Placement
from onebow.apps.organizations.models.organizations import segment_of, within


def place_under(organization: Organization, parent: Organization | None) -> None:
    """Make `parent` today's parent: the whole subtree's paths follow in one statement."""
    old_path, old_depth = organization.path, organization.depth
    path = (parent.path if parent else "") + segment_of(organization.pk)
    depth = parent.depth + 1 if parent else 0
    if old_path and old_path != path:
        Organization.objects.filter(within(old_path)).update(
            path=Concat(Value(path), Substr("path", len(old_path) + 1), output_field=models.CharField(max_length=120)),
            depth=F("depth") + (depth - old_depth),
        )
    organization.parent, organization.path, organization.depth = parent, path, depth
    organization.save(update_fields=["parent", "path", "depth"])


@write_alone()
def roll_paths(today: date) -> int:
    """Bring parents and paths up to a new day: placements that begin today take effect. Returns how many moved."""
    moved = 0
    due = Placement.objects.on(today).exclude(child__parent=F("parent"))
    due = due.exclude(child__parent__isnull=True, parent__isnull=True).order_by("starts_on", "pk")
    for placement in due.select_related("child", "parent"):
        child = Organization.objects.select_for_update().get(pk=placement.child_id)
        parent = Organization.objects.get(pk=placement.parent_id) if placement.parent_id else None
        place_under(child, parent)
        moved += 1
    return moved
