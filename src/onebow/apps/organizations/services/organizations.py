"""Founding, changing, renaming, moving and dissolving organizations."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import F
from django.utils import timezone

from onebow.apps.accounts.models import User
from onebow.apps.base.filters import day
from onebow.apps.base.refusals import Refused
from onebow.apps.base.transactions import write, write_alone
from onebow.apps.ledger.services import Event, record
from onebow.apps.organizations import rules
from onebow.apps.organizations.models import FormerName, Link, Organization, Placement
from onebow.apps.organizations.naming import pinyin_of
from onebow.apps.organizations.queries.reach import authority_of
from onebow.apps.organizations.services.former import KEPT, keep_facts
from onebow.apps.organizations.services.paths import place_under
from onebow.apps.organizations.services.versions import bump_version

# What the edit form may change; name, parent and end have services of their own, for their dates.
CHANGEABLE = ("place_id", "supervisor", "duties", "rank", "term_ends_on", "starts_on")


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


@write_alone()
def found_organization(draft: OrganizationDraft, *, by: User | None, at: datetime) -> Organization:
    """Found an organization under its parent.

    Raises:
        Refused: the kinds do not fit, the name stands there already, or `by` does not manage the parent.
    """
    organization, event = founded(draft, by=by, at=at)
    record(event, by_id=by.pk if by else None, at=at)
    return organization


def founded(
    draft: OrganizationDraft, *, by: User | None, at: datetime, leaving: frozenset[int] = frozenset()
) -> tuple[Organization, Event]:
    """The organization, and what is to be recorded of it once all else is written. Runs in a lone transaction.

    Args:
        leaving: organizations that end or are renamed on the same day; their names are free.
    """
    today = timezone.localdate(at)
    parent = _locked(draft.parent_id)
    host = _locked(draft.set_in_id)
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
    return organization, _event("organization.founded", organization, data, draft.starts_on)


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
    return _event("organization.renamed", organization, {}, on)


@write_alone()
def move_organization(
    organization_id: int, parent_id: int | None, *, on: date, basis: str, by: User | None, at: datetime
) -> Organization:
    """Place an organization under another parent from a day on, which may lie ahead.

    Raises:
        Refused: under itself or below itself, kinds that do not fit, or a day before the present placement began.
    """
    organization, today = _manageable(organization_id, by, at), timezone.localdate(at)
    parent = _locked(parent_id)
    if parent is not None:
        rules.check_can_manage(parent, authority_of(by, today))
    event = moved(organization, parent, on=on, basis=basis, today=today)
    record(event, by_id=by.pk if by else None, at=at)
    return organization


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
    return _event("organization.moved", organization, {"parent": parent_id}, on)


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
    return _event("organization.dissolved", organization, {"basis": basis}, on)


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


def _locked(organization_id: int | None) -> Organization | None:
    if organization_id is None:
        return None
    return Organization.objects.select_for_update().get(pk=organization_id)


def _manageable(organization_id: int, by: User | None, at: datetime) -> Organization:
    organization = Organization.objects.select_for_update().get(pk=organization_id)
    rules.check_can_manage(organization, authority_of(by, timezone.localdate(at)))
    return organization


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


def _record(
    kind: str,
    organization: Organization,
    by: User | None,
    at: datetime,
    data: dict[str, Any],
    happened_on: date | None = None,
) -> None:
    record(_event(kind, organization, data, happened_on), by_id=by.pk if by else None, at=at)


def _event(kind: str, organization: Organization, data: dict[str, Any], happened_on: date | None) -> Event:
    return Event(kind, organization.pk, source=organization, data=data, happened_on=happened_on)


def next_rank(parent: Organization | None) -> int:
    """The rank that puts a new organization behind its siblings."""
    last = Organization.objects.filter(parent=parent).order_by(F("rank").desc()).values_list("rank", flat=True)
    return (last.first() or 0) + 1
