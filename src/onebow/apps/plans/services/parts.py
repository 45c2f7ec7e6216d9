"""What the services of plans share."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db.models import F
from django.utils import timezone

from onebow.apps.accounts.models import User
from onebow.apps.base.refusals import Refused
from onebow.apps.organizations.queries.reach import authority_of
from onebow.apps.plans.models import Item, Plan
from onebow.apps.plans.rules.access import check_can_write


def plan_to_write(plan_id: int, by: User | None, at: datetime) -> Plan:
    """The plan, locked, once it is sure that it may be written.

    Raises:
        Refused: `by` neither keeps nor leads its organization.
    """
    plan = Plan.objects.select_for_update(of=("self",)).select_related("organization").get(pk=plan_id)
    check_can_write(plan.organization, authority_of(by, timezone.localdate(at)))
    return plan


def item_to_write(item_id: int, by: User | None, at: datetime) -> Item:
    """The item, locked, once it is sure that its plan may be written."""
    rows = Item.objects.select_for_update(of=("self",)).select_related("plan__organization", "organization", "kind")
    item = rows.get(pk=item_id)
    check_can_write(item.plan.organization, authority_of(by, timezone.localdate(at)))
    return item


def touch(plan: Plan, at: datetime) -> None:
    """The plan says that something of it changed."""
    Plan.objects.filter(pk=plan.pk).update(version=F("version") + 1, updated_at=at)


def check_version(row: Item | Plan, version: int | None) -> None:
    """What a form saw is still what stands; None: no form was looked at.

    Raises:
        Refused: somebody changed the row since.
    """
    if version is not None and version != row.version:
        raise Refused(
            f"“{row}”在您打开页面之后已被其他人修改,您的修改没有保存。您填写的内容仍在下面;核对后再提交一次,将以您填写的为准。",
            fresh={"version": row.version},
        )


def by_id(by: User | None) -> int | None:
    """Who wrote, for the ledger."""
    return by.pk if by else None


def words_of(titles: Iterable[str], most: int = 3) -> str:
    """Some titles, and how many more there are."""
    told = list(titles)
    more = f"等 {len(told)} 项" if len(told) > most else ""
    return "、".join(f"“{title}”" for title in told[:most]) + more


def today_of(at: datetime) -> date:
    """The day of a moment here."""
    return timezone.localdate(at)
