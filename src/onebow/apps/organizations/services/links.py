"""Ties between organizations, and places."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from onebow.apps.accounts.models import User
from onebow.apps.base.filters import day
from onebow.apps.base.refusals import Refused
from onebow.apps.base.transactions import write_alone
from onebow.apps.ledger.services import Event, record, record_all
from onebow.apps.organizations import rules
from onebow.apps.organizations.models import Link, Organization, Place
from onebow.apps.organizations.queries.reach import authority_of
from onebow.apps.organizations.services.tree_deeds import OrganizationDraft, founded, next_rank


@dataclass(frozen=True)
class LinkDraft:
    """A tie from one organization to another, from a day on."""

    kind: str
    source_id: int
    target_id: int
    starts_on: date | None = None
    basis: str = ""


@write_alone()
def make_link(draft: LinkDraft, *, by: User | None, at: datetime) -> Link:
    """Tie two organizations.

    Raises:
        Refused: the kinds do not fit, the tie holds already, or `by` manages neither end fully.
    """
    today = timezone.localdate(at)
    source = Organization.objects.select_for_update().get(pk=draft.source_id)
    target = Organization.objects.get(pk=draft.target_id)
    rules.check_can_manage(source, authority_of(by, today))
    if draft.kind != Link.Kind.PAIRED:
        rules.check_can_manage(target, authority_of(by, today))
    rules.check_can_link(draft.kind, source, target)
    others = Link.objects.filter(kind=draft.kind, source=source, target=target)
    if others.not_ended(draft.starts_on or date.min).exists():
        raise Refused(f"“{source.name}”与“{target.name}”之间已有同样的联系。")
    link = Link.objects.create(
        kind=draft.kind, source=source, target=target, starts_on=draft.starts_on, basis=draft.basis
    )
    data = {"kind": draft.kind, "target": target.pk}
    event = Event("link.made", source.pk, source=link, data=data, happened_on=draft.starts_on)
    record(event, by_id=by.pk if by else None, at=at)
    return link


@write_alone()
def end_link(link_id: int, *, on: date, by: User | None, at: datetime) -> Link:
    """End a tie on a day.

    Raises:
        Refused: it ended already, or the day does not lie after its start.
    """
    link = Link.objects.select_for_update().select_related("source", "target").get(pk=link_id)
    rules.check_can_manage(link.source, authority_of(by, timezone.localdate(at)))
    if link.ends_on is not None:
        raise Refused(f"这项联系已于{day(link.ends_on)}解除。")
    rules.check_dates(link.starts_on, on)
    link.ends_on = on
    link.save(update_fields=["ends_on"])
    event = Event("link.ended", link.source_id, source=link, happened_on=on)
    record(event, by_id=by.pk if by else None, at=at)
    return link


@write_alone()
def found_chains(
    section_id: int, names: list[str], *, starts_on: date | None, by: User | None, at: datetime
) -> list[Organization]:
    """Enter the service chains of a section at once; names that stand there already are left alone."""
    section = Organization.objects.get(pk=section_id)
    present = set(
        section.children.filter(kind=Organization.Kind.SERVICE_CHAIN, ends_on=None).values_list("name", flat=True)
    )
    rank = next_rank(section)
    made = [
        founded(
            OrganizationDraft(
                Organization.Kind.SERVICE_CHAIN,
                name,
                parent_id=section_id,
                starts_on=starts_on,
                rank=rank + order,
            ),
            by=by,
            at=at,
        )
        for order, name in enumerate(dict.fromkeys(names))
        if name not in present
    ]
    record_all([event for _, event in made], by_id=by.pk if by else None, at=at)
    return [organization for organization, _ in made]


@dataclass(frozen=True)
class PlaceDraft:
    """An office area, a members' home, a model base."""

    unit_id: int
    kind: str
    name: str
    address: str = ""
    use: str = ""
    keeper_id: int | None = None


@write_alone()
def save_place(draft: PlaceDraft, *, place_id: int | None = None, by: User | None, at: datetime) -> Place:
    """Enter a place, or change it.

    Raises:
        Refused: the unit has a place of that name already.
    """
    unit = Organization.objects.get(pk=draft.unit_id)
    rules.check_can_manage(unit, authority_of(by, timezone.localdate(at)))
    if Place.objects.filter(unit=unit, name=draft.name).exclude(pk=place_id or 0).exists():
        raise Refused(f"“{unit.name}”已有名为“{draft.name}”的场所。")
    place = Place.objects.select_for_update().get(pk=place_id) if place_id else Place(created_at=at)
    place.unit, place.kind, place.name, place.updated_at = unit, draft.kind, draft.name, at
    place.address, place.use, place.keeper_id = draft.address, draft.use, draft.keeper_id
    place.save()
    kind = "place.changed" if place_id else "place.made"
    record(Event(kind, unit.pk, source=place), by_id=by.pk if by else None, at=at)
    return place
