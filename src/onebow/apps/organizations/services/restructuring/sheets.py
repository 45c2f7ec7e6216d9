"""Lists of members of a plan that leave the product; told in the access log."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from onebow.apps.accounts.models import User
from onebow.apps.base.filters import day, moment
from onebow.apps.documents.writing import Origin, write_xlsx
from onebow.apps.ledger.access import Look, log_access
from onebow.apps.ledger.models import AccessRecord
from onebow.apps.organizations import rules
from onebow.apps.organizations.queries.reach import reach_of
from onebow.apps.organizations.queries.restructuring.sheets import people_sheets
from onebow.apps.organizations.queries.restructuring.visible import restructurings_for


@transaction.atomic
def export_plan_people(restructuring_id: int, *, reason: str, by: User, at: datetime) -> bytes:
    """Who moves in a plan, as .xlsx: all members, and a sheet for each planned branch; no numbers.

    Raises:
        Refused: no reason is given.
        Restructuring.DoesNotExist: it is not theirs to read.
    """
    plan = restructurings_for(reach_of(by, timezone.localdate(at))).get(pk=restructuring_id)
    rules.check_reason(reason, "用途")
    sheets, people = people_sheets(plan)
    what = AccessRecord.What.EXPORT_PLAN
    look = Look(what, organization_id=plan.root_id, reason=reason, rows=people, as_of=plan.facts_on)
    record = log_access(look, by_id=by.pk, at=at)
    parts = (
        f"{by.display_name}于{moment(record.at)}导出",
        f"{plan.name}({plan.get_state_display()}),人员截至{day(plan.facts_on)}",
        f"用途:{record.reason}",
        f"查阅记录第 {record.pk} 号",
    )
    return write_xlsx(sheets, Origin(by.display_name, f"说明:{';'.join(parts)}。"))
