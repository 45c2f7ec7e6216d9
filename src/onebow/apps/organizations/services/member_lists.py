"""党员名册 that leave the product: of a branch on a day, or of a planned branch. Each is told in the access log."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from onebow.apps.accounts.models import User
from onebow.apps.base.filters import day, moment
from onebow.apps.documents.official.rendering import Order, render
from onebow.apps.ledger.access import Look, log_access
from onebow.apps.ledger.models import AccessRecord
from onebow.apps.organizations import rules
from onebow.apps.organizations.models import PlannedOrganization, Restructuring
from onebow.apps.organizations.queries.reach import reach_of
from onebow.apps.organizations.queries.restructuring.papers.lists import MemberList, list_on, planned_lists
from onebow.apps.organizations.queries.restructuring.papers.records import records_of_lists, records_of_people
from onebow.apps.organizations.queries.restructuring.visible import restructurings_for
from onebow.apps.organizations.queries.visible import led_organizations

What = AccessRecord.What
TEMPLATE = "member_list"


@dataclass(frozen=True)
class Outing:
    """A list that is to leave: in which form, and what for."""

    form: str
    reason: str


@dataclass(frozen=True)
class ListFile:
    """A list as a file, and its name."""

    name: str
    content: bytes


def export_list(organization_id: int, on: date, outing: Outing, *, by: User, at: datetime) -> ListFile:
    """The members of a branch on a day, as .docx or .pdf.

    Raises:
        Refused: no branch, it did not stand on that day, or no reason is given.
        Organization.DoesNotExist: it is not theirs to read.
    """
    today = timezone.localdate(at)
    reach = reach_of(by, today)
    with transaction.atomic():
        organization = led_organizations(reach).get(pk=organization_id)
        rules.check_has_list(organization, on)
        rules.check_reason(outing.reason, "用途")
        found = list_on(organization, on, today, reach)
        look = Look(
            What.EXPORT_LIST, organization_id=organization.pk, reason=outing.reason, rows=len(found.people), as_of=on
        )
        record = log_access(look, by_id=by.pk, at=at)
        order = order_of(found, records_of_people(found.people, on, until=at), origin_of(record, by, ""))
    return _written(order, outing.form, f"{found.name}党员名册({on.isoformat()})", at)


def export_planned_list(plan_id: int, planned_id: int, outing: Outing, *, by: User, at: datetime) -> ListFile:
    """The members of one planned branch, as .docx or .pdf.

    Raises:
        Refused: `by` does not keep the unit, or no reason is given.
        Restructuring.DoesNotExist, PlannedOrganization.DoesNotExist: not theirs to read, or no branch of the plan.
    """
    reach = reach_of(by, timezone.localdate(at))
    with transaction.atomic():
        plan = restructurings_for(reach).get(pk=plan_id)
        rules.check_can_manage(plan.root, reach)
        rules.check_reason(outing.reason, "用途")
        found = next(iter(planned_lists(plan, reach, planned_id)), None)
        if found is None:
            raise PlannedOrganization.DoesNotExist
        look = Look(
            What.EXPORT_PLAN,
            organization_id=plan.root_id,
            # Tells whose list it was: see queries/reads.py.
            fields=(f"planned:{planned_id}",),
            reason=outing.reason,
            rows=len(found.people),
            as_of=plan.facts_on,
        )
        record = log_access(look, by_id=by.pk, at=at)
        records = records_of_lists(plan, until=read_at(plan) or at)
        order = order_of(found, records.get(found.id, 0), origin_of(record, by, about(plan)))
    return _written(order, outing.form, f"{found.name}党员名册{draft_word(plan)}", at)


def order_of(found: MemberList, records: int, origin: str) -> Order:
    """A list as the documents app takes it."""
    return Order(TEMPLATE, found.data, f"{found.name}党员名册", records, origin)


def origin_of(record: AccessRecord, by: User, about: str) -> str:
    """Who took a list out, when, what for, and where that is recorded."""
    parts = (
        about,
        f"{by.display_name}于{moment(record.at)}导出",
        f"用途：{record.reason}",
        f"查阅记录第{record.pk}号",
    )
    return f"{'；'.join(part for part in parts if part)}。"


def about(plan: Restructuring) -> str:
    """Of which plan a list is, and how far that has come."""
    return f"《{plan.name}》（{plan.get_state_display()}），人员截至{day(plan.facts_on)}"


def draft_word(plan: Restructuring) -> str:
    """What the name of a file says of a plan that does not hold yet."""
    return "" if plan.state == Restructuring.State.ENACTED else "(拟设)"


def read_at(plan: Restructuring) -> datetime | None:
    """When the members of a plan were read for the last time: when it was handed in; None while it is a draft."""
    return None if plan.is_draft else plan.submitted_at


def _written(order: Order, form: str, name: str, at: datetime) -> ListFile:
    content = render(order.key, order.data, form, records=order.records, at=at, origin=order.origin)
    return ListFile(f"{name}.{form}", content)
