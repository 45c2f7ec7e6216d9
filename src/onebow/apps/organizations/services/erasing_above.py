"""Erasing a person in the tables of higher apps, as those declare it."""

from collections.abc import Collection
from typing import Any

from django.db.models import QuerySet

from onebow.apps.base.erasing import OnErasure, declared
from onebow.apps.base.files import empty_files
from onebow.apps.base.models import File
from onebow.apps.base.refusals import Refused
from onebow.apps.organizations.models import Approval

FORGOTTEN_SCAN = "已删除的扫描件"


def check_settled(people: Collection[int], name: str) -> None:
    """Nothing of the person may be open: whoever goes on with it would find it empty.

    Raises:
        Refused: something is, by its own sentence.
    """
    for model, told in declared():
        if told.unsettled and _rows(model, told, people).filter(**told.unsettled).exists():
            raise Refused(f"{name}{told.told}")


def erase_above(people: Collection[int]) -> None:
    """Take away what the tables of higher apps say goes. Runs in the transaction of the erasure."""
    for model, told in declared():
        rows = _rows(model, told, people)
        if told.decision:
            _forget_decisions(rows.values_list(told.decision, flat=True))
        if told.row_goes:
            rows.delete()
        elif told.clears:
            rows.update(**told.clears)


def _rows(model: Any, told: OnErasure, people: Collection[int]) -> QuerySet[Any]:
    return model._default_manager.filter(**{f"{told.by}__in": people})


def _forget_decisions(ids: QuerySet[Any]) -> None:
    approvals = Approval.objects.filter(pk__in=[pk for pk in ids if pk])
    scans = list(approvals.exclude(scan=None).values_list("scan", flat=True))
    approvals.update(reason="")
    empty_files(File.objects.filter(pk__in=scans), FORGOTTEN_SCAN)
