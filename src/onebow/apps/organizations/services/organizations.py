"""Founding, changing, renaming, moving and dissolving organizations."""

from datetime import date, datetime
from typing import Any

from django.utils import timezone

from onebow.apps.accounts.models import User
from onebow.apps.base.refusals import Refused
from onebow.apps.base.transactions import write, write_alone
from onebow.apps.ledger.services import record
from onebow.apps.organizations import rules
from onebow.apps.organizations.models import Organization
from onebow.apps.organizations.queries.reach import authority_of
from onebow.apps.organizations.services.former import KEPT, keep_facts
from onebow.apps.organizations.services.tree_deeds import (
    OrganizationDraft,
    dissolved,
    event_of,
    founded,
    locked,
    moved,
    renamed,
)
from onebow.apps.organizations.services.versions import bump_version

# What the edit form may change; name, parent and end have services of their own, for their dates.
CHANGEABLE = ("place_id", "supervisor", "duties", "rank", "term_ends_on", "starts_on")


@write_alone()
def found_organization(draft: OrganizationDraft, *, by: User | None, at: datetime) -> Organization:
    """Found an organization under its parent.

    Raises:
        Refused: the kinds do not fit, the name stands there already, or `by` does not manage the parent.
    """
    organization, event = founded(draft, by=by, at=at)
    record(event, by_id=by.pk if by else None, at=at)
    return organization


@write()
def change_organization(
    organization_id: int,
    changes: dict[str, Any],
    *,
    version: int,
    since: date | None = None,
    by: User | None,
    at: datetime,
) -> Organization:
    """Change facts. Place, supervisor and duties change `since` a day, and pages of earlier days keep the old ones.

    Without a day they are corrected, as are order, end of term and founding day always.

    Raises:
        Refused: `by` does not manage it, another officer changed it since the form was opened, or a day ahead or
            before the last change.
    """
    organization, today = _manageable(organization_id, by, at), timezone.localdate(at)
    if since is not None and since > today:
        raise Refused("变动日期不能晚于今天;将来的变动请在当天登记。")
    rules.check_dates(changes.get("starts_on", organization.starts_on), organization.ends_on)
    changed = {
        name: value for name, value in changes.items() if name in CHANGEABLE and getattr(organization, name) != value
    }
    bump_version(organization, version)
    if since is not None and changed.keys() & set(KEPT):
        keep_facts(organization, since)
    if changed:
        Organization.objects.filter(pk=organization.pk).update(**changed, updated_at=at)
        _record("organization.changed", organization, by, at, {"fields": sorted(changed)}, since)
    organization.refresh_from_db()
    return organization


@write_alone()
def rename_organization(
    organization_id: int, name: str, *, on: date, basis: str, by: User | None, at: datetime
) -> Organization:
    """Give another name from a day on; the old one stays in all pages that speak of earlier days.

    Raises:
        Refused: the day lies in the future or before an earlier renaming, or the name stands there already.
    """
    organization = _manageable(organization_id, by, at)
    if on > timezone.localdate(at):
        raise Refused("更名日期不能晚于今天;将来的更名请在当天登记。")
    event = renamed(organization, name, on=on, basis=basis, at=at)
    record(event, by_id=by.pk if by else None, at=at)
    return organization


@write_alone()
def move_organization(
    organization_id: int, parent_id: int | None, *, on: date, basis: str, by: User | None, at: datetime
) -> Organization:
    """Place an organization under another parent from a day on, which may lie ahead.

    Raises:
        Refused: under itself or below itself, kinds that do not fit, or a day before the present placement began.
    """
    organization, today = _manageable(organization_id, by, at), timezone.localdate(at)
    parent = locked(parent_id)
    if parent is not None:
        rules.check_can_manage(parent, authority_of(by, today))
    event = moved(organization, parent, on=on, basis=basis, today=today)
    record(event, by_id=by.pk if by else None, at=at)
    return organization


@write_alone()
def dissolve_organization(organization_id: int, *, on: date, basis: str, by: User | None, at: datetime) -> Organization:
    """End an organization on a day; its ties end with it.

    Raises:
        Refused: people, posts or lower organizations still hang on it; they are named.
    """
    organization = _manageable(organization_id, by, at)
    event = dissolved(organization, on=on, basis=basis, at=at)
    record(event, by_id=by.pk if by else None, at=at)
    return organization


def _manageable(organization_id: int, by: User | None, at: datetime) -> Organization:
    organization = Organization.objects.select_for_update().get(pk=organization_id)
    rules.check_can_manage(organization, authority_of(by, timezone.localdate(at)))
    return organization


def _record(
    kind: str,
    organization: Organization,
    by: User | None,
    at: datetime,
    data: dict[str, Any],
    happened_on: date | None = None,
) -> None:
    record(event_of(kind, organization, data, happened_on), by_id=by.pk if by else None, at=at)
