"""Who takes part in an item, and what is required of it by exception."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from onebow.apps.accounts.models import User
from onebow.apps.base.refusals import Refused
from onebow.apps.base.transactions import write
from onebow.apps.ledger.services import record
from onebow.apps.organizations.models import Person
from onebow.apps.plans.models import Item, ItemPerson, KeyPoint, Requirement
from onebow.apps.plans.queries.kinds import day_in
from onebow.apps.plans.queries.load.over import states_of
from onebow.apps.plans.queries.owners import people_of
from onebow.apps.plans.rules import drafting as rules
from onebow.apps.plans.services.drafting import event_of
from onebow.apps.plans.services.parts import by_id, item_to_write, today_of, touch
from onebow.apps.plans.services.watching import check_load

MOST_PEOPLE = 200


@write()
def set_people(
    item_id: int, people: Sequence[int], travellers: Sequence[int], *, by: User | None, at: datetime
) -> Item:
    """Say who takes part, and who of them travels; others take part no more.

    Raises:
        Refused: it is over, somebody out of the plan's reach is named, there are too many, or somebody's share brings
            them over a ceiling of workload that refuses.
    """
    item = item_to_write(item_id, by, at)
    if item.state in (Item.State.DONE, Item.State.CANCELLED):
        raise Refused(f"“{item.title}”{item.get_state_display()},不能再调整参与人员。")
    wanted = {one: one in set(travellers) for one in (*people, *travellers)}
    if len(wanted) > MOST_PEOPLE:
        raise Refused(f"参与人员最多 {MOST_PEOPLE} 人。")
    known = {row.person_id: row for row in item.people.all()}
    check_people(item, [one for one in wanted if one not in known], at)
    before = states_of([item])
    item.people.exclude(person__in=wanted).delete()
    ItemPerson.objects.bulk_create(
        ItemPerson(item=item, person_id=one, is_traveller=travels)
        for one, travels in wanted.items()
        if one not in known
    )
    for row in known.values():
        if row.person_id in wanted and row.is_traveller != wanted[row.person_id]:
            ItemPerson.objects.filter(pk=row.pk).update(is_traveller=wanted[row.person_id])
    check_load(states_of([item]), before, today=today_of(at))
    touch(item.plan, at)
    record(event_of("item.changed", item, {"fields": ["people"]}), by_id=by_id(by), at=at)
    return item


def check_people(item: Item, new: Sequence[int], at: datetime) -> None:
    """Who is added belongs to an organization that may own items of the plan."""
    on = min(day_in(item.plan.year, today_of(at)), today_of(at))
    near = set(people_of(item.plan.organization, on).filter(pk__in=new).values_list("pk", flat=True))
    if strange := Person.objects.filter(pk__in=set(new) - near).first():
        raise Refused(f"{strange.name}不在这份计划范围内的组织,不能列为参与人员。")
    if set(new) - near:
        raise Refused("所选的人员不存在,请重新选择。")


@write()
def set_requirements(item_id: int, texts: Mapping[str, str], *, by: User | None, at: datetime) -> Item:
    """Say what is required of an item besides, or instead of, what its key point and kind say; empty: inherited.

    Raises:
        Refused: it was approved already.
    """
    item = item_to_write(item_id, by, at)
    rules.check_is_draft(item)
    put_texts(texts, item=item)
    Item.objects.filter(pk=item.pk).update(version=item.version + 1, updated_at=at)
    touch(item.plan, at)
    record(event_of("item.changed", item, {"fields": ["requirements"]}), by_id=by_id(by), at=at)
    return item


def put_texts(texts: Mapping[str, str], *, item: Item | None = None, key_point: KeyPoint | None = None) -> None:
    """The stage-less requirements of one thing, by category; an empty text takes one away."""
    rows = Requirement.objects.filter(item=item, key_point=key_point, kind=None, stage=None)
    known = {row.category: row for row in rows}
    for category, text in texts.items():
        text, row = text.strip(), known.get(category)
        if row and not text:
            row.delete()
        elif row and row.text != text:
            Requirement.objects.filter(pk=row.pk).update(text=text)
        elif text and not row:
            Requirement.objects.create(item=item, key_point=key_point, category=category, text=text)
