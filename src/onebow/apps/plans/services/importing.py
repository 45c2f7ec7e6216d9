"""Taking a list into a plan: the good rows at once, in one transaction."""

from datetime import datetime

from onebow.apps.accounts.models import User
from onebow.apps.base.refusals import Refused
from onebow.apps.base.transactions import write_alone
from onebow.apps.ledger.services import Event, record
from onebow.apps.organizations.roster.text import compact
from onebow.apps.plans.models import Item, KeyPoint, Plan, Requirement
from onebow.apps.plans.rules.drafting import check_count, check_plan_is_open
from onebow.apps.plans.services.drafting import put
from onebow.apps.plans.services.importing_plan import NEW, RowFate, plan_import, shared_texts
from onebow.apps.plans.services.item_details import put_texts
from onebow.apps.plans.services.parts import by_id, plan_to_write, today_of, touch
from onebow.apps.plans.services.plans import point_added


@write_alone()
def import_items(
    plan_id: int, text: str, *, kind_id: int | None = None, by: User | None, at: datetime
) -> tuple[Plan, int]:
    """Take the new rows of a list into a plan as drafts, with their key points; how many there were.

    Raises:
        Refused: `by` may not write the plan, it waits for approval, or no row is new.
    """
    plan = plan_to_write(plan_id, by, at)
    check_plan_is_open(plan)
    told = plan_import(plan, text, today_of(at), kind_id=kind_id)
    if told.found.problem:
        raise Refused(told.found.problem)
    new = [one for one in told.fates if one.fate == NEW]
    if not new:
        raise Refused("清单里没有新的事项:每一行都已在计划中,或有问题不能导入。")
    check_count(plan, len(new))
    _write(plan, new, at)
    touch(plan, at)
    event = Event("plan.imported", plan.organization_id, source=plan, data={"items": len(new)})
    record(event, by_id=by_id(by), at=at)
    return plan, len(new)


def _write(plan: Plan, new: list[RowFate], at: datetime) -> None:
    points = {compact(point.title): point for point in plan.key_points.filter(removed_at=None)}
    shared = shared_texts(new, points)
    for title, texts in shared.items():
        points[compact(title)] = point_added(plan, title, "", at)
        put_texts(texts, key_point=points[compact(title)])
    for one in new:
        _add(plan, one, points.get(compact(one.point)), shared.get(one.point, {}), at)


def _add(plan: Plan, fate: RowFate, point: KeyPoint | None, shared: dict[str, str], at: datetime) -> None:
    draft = fate.draft
    if draft is None:
        return
    item = Item(
        plan=plan, kind_id=draft.kind_id, side=fate.side, title=draft.title, text=draft.text,
        organization_id=draft.organization_id, person_id=draft.person_id, key_point=point, starts_on=draft.starts_on,
        due_on=draft.due_on, hours=draft.hours, source_key=fate.key, created_at=at,
    )  # fmt: skip
    put(item, draft, at)
    Requirement.objects.bulk_create(
        Requirement(item=item, category=key, text=text) for key, text in fate.texts.items() if shared.get(key) != text
    )
