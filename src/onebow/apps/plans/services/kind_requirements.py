"""Requirements that the office adds to a kind beside those of the pack; a new version of the pack keeps them."""

from datetime import datetime

from django.db.models import Max
from django.utils import timezone

from onebow.apps.accounts.models import User
from onebow.apps.base.refusals import Refused
from onebow.apps.base.transactions import write
from onebow.apps.ledger.services import Event, record
from onebow.apps.organizations.queries.reach import authority_of
from onebow.apps.plans.models import ItemKind, Requirement
from onebow.apps.plans.models.requirements import ONE_BY_ONE, Who
from onebow.apps.plans.rules.access import check_can_set
from onebow.apps.plans.services.kinds import RequirementDraft


@write()
def add_requirement(kind_id: int, draft: RequirementDraft, *, by: User | None, at: datetime) -> Requirement:
    """Add a requirement to a kind; items that begin from now on follow it.

    Raises:
        Refused: not the officer's to set, a kind that has ended, or a stage or travellers that it does not have.
    """
    kind = _found(kind_id, by, at)
    stage = kind.stages.filter(key=draft.stage).first() if draft.stage else None
    if draft.stage and stage is None:
        raise Refused(f"事项类别“{kind.name}”没有这个阶段,请重新选择。")
    if draft.who in ONE_BY_ONE and stage is None:
        raise Refused("逐人确认的要求要选定在哪个阶段。")
    if draft.who == Who.TRAVELLER and not kind.is_trip:
        raise Refused(f"事项类别“{kind.name}”不外出,没有外出人员。")
    if stage is None and kind.requirements.filter(stage=None, category=draft.category).exists():
        raise Refused("对整个事项的这一类要求已经有了,同一类只能有一条。")
    if kind.requirements.filter(stage=stage, text=draft.text).exists():
        raise Refused("同一处已有文字相同的要求。")
    order = (kind.requirements.aggregate(last=Max("order"))["last"] or 0) + 1
    row = Requirement.objects.create(
        kind=kind, stage=stage, order=order, category=draft.category, text=draft.text, who=draft.who
    )
    _record(kind, by, at)
    return row


@write()
def drop_requirement(requirement_id: int, *, by: User | None, at: datetime) -> None:
    """Take away a requirement that the office added. Items that began keep their checkpoints.

    Raises:
        Refused: not the officer's to set, a kind that has ended, or a requirement of the pack.
    """
    row = Requirement.objects.select_for_update().get(pk=requirement_id)
    if row.kind_id is None:
        raise Refused("这条要求不属于事项类别。")
    kind = _found(row.kind_id, by, at)
    if kind.pack and row.pack:
        raise Refused("这条要求来自工作法,不能单独删除;可以修改工作法文件后重新应用。")
    row.delete()
    _record(kind, by, at)


def _found(kind_id: int, by: User | None, at: datetime) -> ItemKind:
    kind = ItemKind.objects.select_for_update(of=("self",)).select_related("scope").get(pk=kind_id)
    check_can_set(kind.scope, authority_of(by, timezone.localdate(at)))
    if kind.ends_on is not None:
        raise Refused(f"事项类别“{kind.name}”已被新版本取代,请在新版本上修改。")
    return kind


def _record(kind: ItemKind, by: User | None, at: datetime) -> None:
    event = Event("kind.changed", kind.scope_id, source=kind, data={"kind": kind.name})
    record(event, by_id=by.pk if by else None, at=at)
