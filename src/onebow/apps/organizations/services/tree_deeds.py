"""Deeds on the tree that services share: each writes, and returns what is to be recorded once all else is written."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import F
from django.utils import timezone

from onebow.apps.accounts.models import User
from onebow.apps.base.filters import day
from onebow.apps.base.refusals import Refused
from onebow.apps.ledger.services import Event
from onebow.apps.organizations import rules
from onebow.apps.organizations.models import FormerName, Link, Organization, Placement
from onebow.apps.organizations.naming import pinyin_of
from onebow.apps.organizations.queries.reach import authority_of
from onebow.apps.organizations.services.paths import place_under


@dataclass(frozen=True)
class OrganizationDraft:
    """What is told when an organization is founded. A Party organization without parent is `set_in` a unit."""

    kind: str
    name: str
    parent_id: int | None = None
    set_in_id: int | None = None
    starts_on: date | None = None
    place_id: int | None = None
    supervisor: str = ""
    duties: str = ""
    rank: int = 0
    term_ends_on: date | None = None
    basis: str = ""


def founded(
    draft: OrganizationDraft, *, by: User | None, at: datetime, leaving: frozenset[int] = frozenset()
) -> tuple[Organization, Event]:
    """The organization, and what is to be recorded of it once all else is written. Runs in a lone transaction.

    Args:
        leaving: organizations that end or are renamed on the same day; their names are free.
    """
    today = timezone.localdate(at)
    parent = locked(draft.parent_id)
    host = locked(draft.set_in_id)
    if by is not None and (anchor := parent or host) is not None:
        rules.check_can_manage(anchor, authority_of(by, today))
    elif by is not None:
        raise Refused("请选择上级组织;党组织和工会没有上级时,请选择所在单位。")
    rules.check_can_lie_under(draft.kind, parent)
    _check_name_free(draft.name, parent, draft.kind, but=leaving, host=host)
    organization = _build(draft, at)
    organization.save()
    place_under(organization, parent)
    Placement.objects.create(child=organization, parent=parent, starts_on=draft.starts_on, basis=draft.basis)
    if host is not None:
        rules.check_can_link(Link.Kind.SET_IN, organization, host)
        Link.objects.create(
            kind=Link.Kind.SET_IN,
            source=organization,
            target=host,
            starts_on=draft.starts_on,
            basis=draft.basis,
        )
    data = {"kind": draft.kind, "parent": draft.parent_id}
    return organization, event_of("organization.founded", organization, data, draft.starts_on)


def renamed(
    organization: Organization,
    name: str,
    *,
    on: date,
    basis: str,
    at: datetime,
    leaving: frozenset[int] = frozenset(),
) -> Event:
    """Give another name, and what is to be recorded of it; `leaving` as in `founded`. Runs in a lone transaction."""
    if organization.former_names.filter(ends_on__gte=on).exists():
        raise Refused(f"“{organization.name}”在{day(on)}或之后已有更名记录,请核对日期。")
    if organization.starts_on and on <= organization.starts_on:
        raise Refused(f"更名日期必须晚于成立日期{day(organization.starts_on)}。")
    _check_name_free(name, organization.parent, organization.kind, but=leaving | {organization.pk})
    FormerName.objects.create(organization=organization, name=organization.name, ends_on=on, basis=basis)
    organization.name, (organization.pinyin, organization.initials) = name, pinyin_of(name)
    organization.updated_at, organization.version = at, organization.version + 1
    organization.save(update_fields=["name", "pinyin", "initials", "updated_at", "version"])
    return event_of("organization.renamed", organization, {}, on)


def moved(organization: Organization, parent: Organization | None, *, on: date, basis: str, today: date) -> Event:
    """Place under another parent, and what is to be recorded of it. Runs in a lone transaction."""
    parent_id = parent.pk if parent else None
    rules.check_can_move(organization, parent)
    last = organization.placements.filter(ends_on=None).first()
    if last is not None:
        _check_can_follow(organization, last, parent_id, on)
        last.ends_on = on
        last.save(update_fields=["ends_on"])
    Placement.objects.create(child=organization, parent=parent, starts_on=on, basis=basis)
    if on <= today:
        place_under(organization, parent)
    return event_of("organization.moved", organization, {"parent": parent_id}, on)


def dissolved(organization: Organization, *, on: date, basis: str, at: datetime) -> Event:
    """End an organization, and what is to be recorded of it. Runs in a lone transaction."""
    if organization.ends_on is not None:
        raise Refused(f"“{organization.name}”已于{day(organization.ends_on)}撤销。")
    rules.check_dates(organization.starts_on, on)
    rules.check_can_dissolve(organization, on)
    _check_nothing_begins(organization, on)
    organization.ends_on, organization.updated_at, organization.version = on, at, organization.version + 1
    organization.save(update_fields=["ends_on", "updated_at", "version"])
    for rows in (organization.placements, organization.links_out, organization.links_in):
        rows.filter(ends_on=None).update(ends_on=on)
    return event_of("organization.dissolved", organization, {"basis": basis}, on)


def _build(draft: OrganizationDraft, at: datetime) -> Organization:
    pinyin, initials = pinyin_of(draft.name)
    return Organization(
        tree=rules.tree_of(draft.kind),
        kind=draft.kind,
        name=draft.name,
        pinyin=pinyin,
        initials=initials,
        rank=draft.rank,
        place_id=draft.place_id,
        supervisor=draft.supervisor,
        duties=draft.duties,
        term_ends_on=draft.term_ends_on,
        starts_on=draft.starts_on,
        created_at=at,
        updated_at=at,
    )


def locked(organization_id: int | None) -> Organization | None:
    if organization_id is None:
        return None
    return Organization.objects.select_for_update().get(pk=organization_id)


def _check_name_free(
    name: str,
    parent: Organization | None,
    kind: str,
    *,
    but: frozenset[int] = frozenset(),
    host: Organization | None = None,
) -> None:
    """Among siblings of one kind a name stands once; the same name under another parent is another organization."""
    same = Organization.objects.filter(parent=parent, kind=kind, name=name, ends_on=None).exclude(pk__in=but)
    if parent is None and host is not None:
        same = same.filter(links_out__target=host, links_out__kind=Link.Kind.SET_IN)
    if same.exists():
        where = f"“{parent.name}”之下" if parent else "最上级"
        raise Refused(f"{where}已有名为“{name}”的{Organization.Kind(kind).label}。")


def _check_can_follow(organization: Organization, last: Placement, parent_id: int | None, on: date) -> None:
    if last.parent_id == parent_id:
        raise Refused(f"“{organization.name}”现在的上级就是所选组织,没有变化。")
    if last.starts_on and on <= last.starts_on:
        raise Refused(f"调整日期({day(on)})必须晚于现上级关系的起始日期({day(last.starts_on)})。")


def _check_nothing_begins(organization: Organization, on: date) -> None:
    """A tie ends after it begins; one that begins on the day itself or later was made for what goes on."""
    for rows in (organization.placements, organization.links_out, organization.links_in):
        if last := rows.filter(ends_on=None, starts_on__gte=on).first():
            raise Refused(
                f"“{organization.name}”有自{day(last.starts_on)}起的上级关系或联系,不能在{day(on)}撤销,请先核对日期。"
            )


def event_of(kind: str, organization: Organization, data: dict[str, Any], happened_on: date | None) -> Event:
    return Event(kind, organization.pk, source=organization, data=data, happened_on=happened_on)


def next_rank(parent: Organization | None) -> int:
    """The rank that puts a new organization behind its siblings."""
    last = Organization.objects.filter(parent=parent).order_by(F("rank").desc()).values_list("rank", flat=True)
    return (last.first() or 0) + 1
