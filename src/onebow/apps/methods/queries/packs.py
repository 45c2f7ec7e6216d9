"""Packs that were applied: where, when, which version."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from onebow.apps.base.models import DatedQuerySet
from onebow.apps.base.refusals import Refused
from onebow.apps.meetings.models import MeetingKind
from onebow.apps.methods.models import AppliedPack, NamedList
from onebow.apps.methods.queries.shelf import PackText, shipped, text_of
from onebow.apps.organizations.models import Organization
from onebow.apps.organizations.queries.reach import Reach, within_any
from onebow.apps.organizations.queries.visible import managed_organizations
from onebow.apps.plans.models import ItemKind


@dataclass(frozen=True)
class Offer:
    """A pack on offer or applied, with the places where it holds; `shipped` is None for an own one."""

    key: str
    name: str
    shipped: PackText | None
    applied: tuple[AppliedPack, ...]

    @property
    def outdated(self) -> tuple[AppliedPack, ...]:
        """Where another text than the shipped one holds."""
        return tuple(one for one in self.applied if self.shipped and one.digest != self.shipped.digest)


def applied_for(reach: Reach) -> QuerySet[AppliedPack]:
    """Applications of packs that the officer may read."""
    rows = AppliedPack.objects.filter(within_any(reach.managed, "scope__path"))
    return rows.select_related("scope", "applied_by")


def lists_for(reach: Reach) -> QuerySet[NamedList]:
    """Named lists that the officer may fill in."""
    return NamedList.objects.filter(within_any(reach.managed, "scope__path")).select_related("scope")


def kinds_for(reach: Reach) -> DatedQuerySet[ItemKind]:
    """Kinds of items that the officer may look at."""
    return ItemKind.objects.filter(within_any(reach.managed, "scope__path")).select_related("scope")


def meeting_kinds_for(reach: Reach) -> DatedQuerySet[MeetingKind]:
    """Kinds of meetings that the officer may look at."""
    rows = MeetingKind.objects.filter(within_any(reach.managed, "scope__path")).select_related("scope")
    return rows.order_by("scope", "pack", "order", "pk")


def in_force(rows: Iterable[AppliedPack]) -> list[AppliedPack]:
    """Of each unit and pack the last application; rows come with the last first."""
    found: dict[tuple[int, str], AppliedPack] = {}
    for row in rows:
        found.setdefault((row.scope_id, row.key), row)
    return list(found.values())


def last_applied(scope: Organization, key: str) -> AppliedPack | None:
    """What holds of a pack for a unit."""
    return AppliedPack.objects.filter(scope=scope, key=key).first()


def offers(reach: Reach, on: date) -> list[Offer]:
    """Shipped packs, then own ones, each with where it held on a day: one statement."""
    held: dict[str, list[AppliedPack]] = {}
    for row in in_force(applied_for(reach).filter(applied_at__date__lte=on)):
        held.setdefault(row.key, []).append(row)
    on_shelf = [Offer(key, one.pack.name, one, tuple(held.get(key, ()))) for key, one in shipped().items()]
    own = [Offer(key, rows[0].name, None, tuple(rows)) for key, rows in held.items() if key not in shipped()]
    return [*on_shelf, *own]


def pack_for(reach: Reach, key: str) -> PackText | None:
    """A shipped pack, else the last text of an own one that the officer may read."""
    if key in shipped():
        return shipped()[key]
    row = applied_for(reach).filter(key=key).first()
    return text_of(row.text) if row else None


# Where packs are applied: what has others under it, or does the work itself.
SCOPES = (
    Organization.Kind.UNIT, Organization.Kind.WORK_COMMITTEE, Organization.Kind.PARTY_COMMITTEE,
    Organization.Kind.ORGAN_COMMITTEE, Organization.Kind.GENERAL_BRANCH, Organization.Kind.BRANCH,
    Organization.Kind.JOINT_BRANCH,
)  # fmt: skip


def places_for(reach: Reach, today: date) -> QuerySet[Organization]:
    """Where the officer may apply a pack, units and the highest first."""
    rows = managed_organizations(reach).on(today).filter(kind__in=SCOPES)
    return rows.order_by("tree", "depth", "rank", "pk").select_related("parent")


def place_named(name: str, today: date) -> Organization:
    """Where the operator applies a pack: what is called so; without a name the only unit at the top.

    Raises:
        Refused: none, or several.
    """
    rows = Organization.objects.on(today).filter(kind__in=SCOPES).select_related("parent")
    found = list(rows.filter(name=name) if name else rows.filter(kind=Organization.Kind.UNIT, parent=None))
    if len(found) == 1:
        return found[0]
    if name and not found:
        raise Refused(f"没有名为“{name}”的单位或党组织。")
    if not found:
        raise Refused("还没有单位,请先导入花名册或新建单位。")
    names = "、".join(f"{one.name}({one.parent.name if one.parent else '顶层'})" for one in found[:20])
    way = "请在“工作法”页面上选定" if name else "请用 --under 写明是哪一个"
    raise Refused(f"有 {len(found)} 个:{names}。{way}。")


def names_of_packs(reach: Reach) -> dict[str, str]:
    """The name of each pack by its key."""
    own = dict(applied_for(reach).values_list("key", "name"))
    return own | {key: one.pack.name for key, one in shipped().items()}
