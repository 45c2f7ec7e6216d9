"""Kinds of items that the office makes itself, beside those of packs."""

from dataclasses import replace
from datetime import datetime

from django.utils import timezone

from onebow.apps.accounts.models import User
from onebow.apps.base.refusals import Refused
from onebow.apps.base.transactions import write_alone
from onebow.apps.ledger.services import Event, record
from onebow.apps.organizations.models import Organization
from onebow.apps.organizations.queries.reach import authority_of
from onebow.apps.plans.models import ItemKind
from onebow.apps.plans.rules.access import check_can_set, check_stands
from onebow.apps.plans.services.kinds import KindDraft, PackMark, end_packed, put_kind

OWN = "own-"


@write_alone()
def add_kind(scope_id: int, draft: KindDraft, *, by: User | None, at: datetime) -> ItemKind:
    """Make a kind for a unit and all below it, from today on; its key is given here.

    Raises:
        Refused: not the officer's to set, a unit that is no more, a name that another open kind bears, or no stage.
    """
    today = timezone.localdate(at)
    scope = Organization.objects.get(pk=scope_id)
    check_can_set(scope, authority_of(by, today))
    check_stands(scope, today)
    if ItemKind.objects.filter(scope=scope, name=draft.name, ends_on=None).exists():
        raise Refused(f"“{scope.name}”已有名为“{draft.name}”的事项类别,请换个名称。")
    taken = ItemKind.objects.filter(scope=scope, key__startswith=OWN).values_list("key", flat=True)
    last = max((int(key.removeprefix(OWN)) for key in taken if key.removeprefix(OWN).isdecimal()), default=0)
    key = f"{OWN}{last + 1}"
    put_kind(scope, replace(draft, key=key), PackMark(), on=today)
    kind = ItemKind.objects.get(scope=scope, key=key, ends_on=None)
    event = Event("kind.added", scope.pk, source=kind, data={"kind": kind.name})
    record(event, by_id=by.pk if by else None, at=at)
    return kind


@write_alone()
def end_kind(kind_id: int, *, by: User | None, at: datetime) -> None:
    """Let no more items begin with an own kind; those that did go on.

    Raises:
        Refused: not the officer's to set, ended already, or a kind of a pack.
    """
    kind = ItemKind.objects.select_for_update(of=("self",)).select_related("scope").get(pk=kind_id)
    today = timezone.localdate(at)
    check_can_set(kind.scope, authority_of(by, today))
    if kind.ends_on is not None:
        raise Refused(f"事项类别“{kind.name}”已经停用。")
    if kind.pack:
        raise Refused(f"事项类别“{kind.name}”来自工作法,随工作法的版本停用。")
    end_packed(kind, today)
    event = Event("kind.ended", kind.scope_id, source=kind, data={"kind": kind.name})
    record(event, by_id=by.pk if by else None, at=at)
