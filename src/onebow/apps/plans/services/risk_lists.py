"""What an office calls the criteria of risk, and who controls which level: told by the named lists of packs above."""

from collections.abc import Sequence
from datetime import date

from onebow.apps.base.refusals import Refused
from onebow.apps.organizations.models import Organization
from onebow.apps.plans.models import RiskList
from onebow.apps.plans.rules.risks import fault_of_list


def keep_list(scope: Organization, key: str, items: Sequence[str], *, on: date) -> None:
    """Let a list hold from a day on; lists of other keys are none of ours. Runs inside the transaction of who says so.

    Raises:
        Refused: the counting method wants another number of items.
    """
    if key not in RiskList.Key.values:
        return
    if fault := fault_of_list(key, items, on):
        raise Refused(fault)
    row = RiskList.objects.filter(scope=scope, key=key, ends_on=None).first()
    if (row.items if row else []) == list(items):
        return
    if row is not None:
        _end(row, on)
    if items:
        RiskList.objects.create(scope=scope, key=key, items=list(items), starts_on=on)


def _end(row: RiskList, on: date) -> None:
    # What held for no day never held.
    if row.starts_on is not None and row.starts_on >= on:
        row.delete()
        return
    row.ends_on = on
    row.save(update_fields=["ends_on"])
