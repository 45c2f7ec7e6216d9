"""Named lists: put in place empty or as a pack says, filled in by the office."""

from collections.abc import Sequence
from datetime import date, datetime

from django.utils import timezone

from onebow.apps.accounts.models import User
from onebow.apps.base.refusals import Refused
from onebow.apps.base.transactions import write
from onebow.apps.ledger.services import Event, record
from onebow.apps.methods.models import NamedList
from onebow.apps.methods.reading import NamedList as Said
from onebow.apps.methods.rules import fault_of_items
from onebow.apps.organizations.models import Organization
from onebow.apps.organizations.queries.reach import authority_of
from onebow.apps.plans.rules.access import check_can_set
from onebow.apps.plans.services.kinds import PackMark
from onebow.apps.plans.services.risk_lists import keep_list

STALE = "别人刚改过这份清单。您填写的内容还在,核对后可以再次保存。"


def put_list(scope: Organization, said: Said, mark: PackMark, *, former: Sequence[str] | None, on: date) -> None:
    """Put a list in place from a day on; what the office filled in since the former version stays.

    Runs in a transaction.

    Raises:
        Refused: apps below compute with this list, and want another number of items.
    """
    row = NamedList.objects.filter(scope=scope, key=said.key).first()
    if row is None:
        NamedList.objects.create(
            scope=scope, key=said.key, name=said.name, items=list(said.items), pack=mark.key, pack_version=mark.version
        )
        keep_list(scope, said.key, said.items, on=on)
        return
    if not row.pack:
        return
    items = list(said.items) if _untouched(row, former) else row.items
    told = (said.name, items, mark.key, mark.version)
    if told != (row.name, row.items, row.pack, row.pack_version):
        row.name, row.items, row.pack, row.pack_version = told
        row.version += 1
        row.save()
        keep_list(scope, said.key, items, on=on)


def drop_list(pk: int, *, former: Sequence[str] | None, on: date) -> None:
    """Take away a list that its pack names no more; one that the office filled in becomes the office's own."""
    row = NamedList.objects.select_related("scope").get(pk=pk)
    if _untouched(row, former):
        keep_list(row.scope, row.key, (), on=on)
        row.delete()
        return
    row.pack = row.pack_version = ""
    row.save(update_fields=["pack", "pack_version"])


@write()
def fill_list(list_id: int, items: Sequence[str], *, version: int, by: User | None, at: datetime) -> NamedList:
    """Say what a list holds.

    Raises:
        Refused: not the officer's to say, changed by another one since, or too many, too few or too long items.
    """
    row = NamedList.objects.select_for_update().get(pk=list_id)
    scope = Organization.objects.get(pk=row.scope_id)
    check_can_set(scope, authority_of(by, timezone.localdate(at)))
    if row.version != version:
        raise Refused(STALE, fresh={"version": row.version})
    if fault := fault_of_items(items):
        raise Refused(fault)
    if list(items) == row.items:
        return row
    row.items, row.version = list(items), row.version + 1
    row.save(update_fields=["items", "version"])
    keep_list(scope, row.key, row.items, on=timezone.localdate(at))
    event = Event("named_list.filled", scope.pk, source=row, data={"list": row.name, "items": len(row.items)})
    record(event, by_id=by.pk if by else None, at=at)
    return row


def _untouched(row: NamedList, former: Sequence[str] | None) -> bool:
    return row.items == list(former or ())
