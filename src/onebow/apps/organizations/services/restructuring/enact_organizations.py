"""Founding, renaming and moving the planned organizations."""

from django.utils import timezone

from onebow.apps.organizations.models import Link, Organization, PlannedOrganization
from onebow.apps.organizations.queries.restructuring.plan import PlannedBranch
from onebow.apps.organizations.services.restructuring.enact_links import end_link, make_link
from onebow.apps.organizations.services.restructuring.enactment import Enactment
from onebow.apps.organizations.services.tree_deeds import OrganizationDraft, founded, moved, renamed

# What goes on keeps its place among its siblings, on days gone by as well; what is new comes after it.
AFTER = 100


def stand_up(deed: Enactment) -> None:
    """Every planned organization stands, under its parent and with its name; general branches before branches."""
    for one in sorted(deed.plan.organizations, key=lambda one: not one.row.is_general):
        organization = _continued(deed, one.row) if one.row.continues else _founded(deed, one)
        deed.made[one.row.pk] = one.row.founded = organization
    rows = [one.row for one in deed.plan.organizations]
    PlannedOrganization.objects.bulk_update(rows, ["founded"], batch_size=500)


def _parent(deed: Enactment, row: PlannedOrganization) -> Organization:
    return deed.made[row.above_id] if row.above_id else deed.plan.restructuring.committee


def _founded(deed: Enactment, one: PlannedBranch) -> Organization:
    row = one.row
    place = one.offices.most_common(1)
    draft = OrganizationDraft(
        row.kind,
        row.name,
        parent_id=_parent(deed, row).pk,
        set_in_id=row.unit_id,
        starts_on=deed.on,
        place_id=place[0][0] if place else None,
        rank=AFTER + row.rank,
        basis=deed.basis,
    )
    # Whoever enacts keeps the unit and the committee, under which everything of a plan stands.
    organization, event = founded(draft, by=None, at=deed.at, leaving=deed.leaving)
    deed.events.append(event)
    deed.founded_count += 1
    return organization


def _continued(deed: Enactment, row: PlannedOrganization) -> Organization:
    organization = Organization.objects.select_for_update().get(pk=row.continues_id or 0)
    parent = _parent(deed, row)
    if organization.parent_id != parent.pk:
        today = timezone.localdate(deed.at)
        deed.events.append(moved(organization, parent, on=deed.on, basis=deed.basis, today=today))
    if organization.name != row.name:
        deed.events.append(
            renamed(organization, row.name, on=deed.on, basis=deed.basis, at=deed.at, leaving=deed.leaving)
        )
    _set_in(deed, organization, row.unit_id)
    return organization


def _set_in(deed: Enactment, organization: Organization, unit_id: int | None) -> None:
    """The unit whose Party organization it is."""
    rows = organization.links_out.filter(kind=Link.Kind.SET_IN, ends_on=None, target__in=deed.plan.places.nodes)
    links = list(rows)
    for link in links:
        if link.target_id != unit_id:
            end_link(link, deed)
    if unit_id and unit_id not in {link.target_id for link in links}:
        make_link(Link.Kind.SET_IN, organization.pk, unit_id, deed)
