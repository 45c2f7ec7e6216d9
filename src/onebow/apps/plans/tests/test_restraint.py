"""A Party organization owns, moves and closes no business item, by whatever way one tries."""

from dataclasses import replace

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import timezone

from onebow.apps.accounts.tests.make import client_of
from onebow.apps.base.refusals import Refused
from onebow.apps.organizations.models import Organization, RestructuringLine
from onebow.apps.organizations.tests.make import NOON, TODAY, appoint, make_person, make_user
from onebow.apps.organizations.tests.make_restructurings import make_plan as make_restructuring
from onebow.apps.plans.models import Item, Side
from onebow.apps.plans.services import changes, drafting
from onebow.apps.plans.services import items as deeds
from onebow.apps.plans.services.changes import ChangeDraft
from onebow.apps.plans.services.copying import copy_forward
from onebow.apps.plans.services.drafting import ItemDraft
from onebow.apps.plans.services.from_resolutions import ResolvedDraft, adopt, item_kinds_for
from onebow.apps.plans.services.importing_plan import plan_import
from onebow.apps.plans.services.kinds import PackMark, put_kind
from onebow.apps.plans.tests.make import LECTURE, begun
from onebow.apps.plans.tests.make_plans import DUE, Year, in_force

REFUSED = "是党组织,业务事项由行政单位或科室负责"


def owned_by_the_party() -> list[str]:
    rows = Item.objects.filter(side=Side.BUSINESS, organization__tree=Organization.Tree.PARTY)
    return list(rows.values_list("title", flat=True))


def said(year: Year) -> ItemDraft:
    return ItemDraft(year.routine.pk, "稳岗补贴", year.town.first.pk, due_on=DUE, key_point_id=year.point.pk)


@pytest.mark.parametrize("door", ["plans:item_new", "plans:item_edit"])
def test_the_forms_say_so_beside_the_field(year, door):
    data = {"title": "稳岗补贴", "kind": year.routine.pk, "organization": year.town.first.pk, "version": 1}
    where = year.plan.pk if door == "plans:item_new" else year.work.pk
    answer = client_of(year.town.officer).post(reverse(door, args=[where]), data)
    assert answer.status_code == 422
    assert "请选行政单位或科室" in answer.content.decode()
    assert owned_by_the_party() == []


def test_services_refuse_it_new_changed_and_in_a_request(year):
    by = year.town.officer
    with pytest.raises(Refused, match=REFUSED):
        drafting.add_item(year.plan.pk, said(year), by=by, at=NOON)
    with pytest.raises(Refused, match=REFUSED):
        drafting.change_item(year.work.pk, said(year), version=1, by=by, at=NOON)
    in_force(year)
    change = changes.draft_change(year.plan.pk, ChangeDraft("调整", "理由", None, ()), by=by, at=NOON)
    with pytest.raises(Refused, match=REFUSED):
        changes.alter_in_change(change.pk, year.work.pk, said(year), {}, by=by, at=NOON)
    assert owned_by_the_party() == []


def test_a_party_item_of_a_branch_does_not_turn_into_business_by_its_kind(year):
    draft = replace(said(year), title=year.talk.title)
    with pytest.raises(Refused, match=REFUSED):
        drafting.change_item(year.talk.pk, draft, version=1, by=year.town.officer, at=NOON)


@pytest.mark.parametrize("kind", ["日常业务", ""])
def test_a_row_of_a_list_becomes_no_business_of_a_branch(year, kind):
    text = f"事项\t类别\t主责单位\n走访企业\t{kind}\t第1党支部\n"
    told = plan_import(year.plan, text, DUE, kind_id=None)
    drafts = [one.draft for one in told.fates if getattr(one, "draft", None)]
    kinds = {year.routine.pk: Side.BUSINESS, year.lecture.pk: Side.PARTY}
    assert all(kinds[one.kind_id] == Side.PARTY for one in drafts if one.organization_id == year.town.first.pk)
    assert (not drafts) == bool(kind)


def test_copying_a_plan_leaves_both_sides_where_they_were(year):
    plan, count = copy_forward(year.plan.pk, by=year.town.officer, at=timezone.now())
    assert count == plan.items.count() > 0
    assert owned_by_the_party() == []


def test_neither_a_successor_nor_a_new_kind_turns_work_of_a_section_into_the_party_s(year):
    town = year.town
    Organization.objects.filter(pk=town.office.pk).update(ends_on=TODAY)
    restructuring = make_restructuring(town.bureau, town.committee)
    RestructuringLine.objects.create(
        restructuring=restructuring, kind="dissolve", organization=town.office, successor=town.first, on=TODAY
    )
    turned = replace(LECTURE, side="business", listed_in="business")
    put_kind(town.bureau, turned, PackMark("test", "2"), on=timezone.localdate())
    plan, _ = copy_forward(year.plan.pk, by=town.officer, at=timezone.now())
    assert plan.items.count() == 0
    assert owned_by_the_party() == []


def test_what_a_branch_resolves_becomes_no_business_item(year):
    assert {kind.side for kind in item_kinds_for(year.town.first, DUE)} == {Side.PARTY}
    with pytest.raises(Refused, match="没有这类事项"):
        adopt(year.town.first, year.plan.year, ResolvedDraft(year.routine.pk, "走访", ""), at=NOON)


def test_a_secretary_who_leads_no_unit_neither_moves_nor_closes_business(year):
    item = begun(year.work)
    person = make_person(year.town.bureau, "书记员")
    appoint(person, year.town.second, "secretary")
    secretary = make_user("second", person=person)
    for by in (secretary, year.decider):
        with pytest.raises(Refused, match="业务事项由责任人或主责单位的行政负责人推进"):
            deeds.close_item(item.pk, by=by, at=NOON)
    assert year.again(item).state == Item.State.OPEN


def test_an_item_of_the_party_is_still_closed_by_its_secretary(year):
    # The refusals above are not for want of any way at all.
    item = begun(year.talk)
    deeds.close_item(item.pk, by=year.town.secretary, at=NOON)
    assert year.again(item).state == Item.State.DONE


@pytest.mark.parametrize("way", ["owner", "side", "new"])
def test_the_database_refuses_it_whoever_writes(year, way):
    with pytest.raises(DatabaseError, match="owns no business item"), transaction.atomic():
        forced(year, way)
    assert owned_by_the_party() == []


def forced(year: Year, way: str) -> None:
    """As a program would write that goes by no service."""
    if way == "owner":
        Item.objects.filter(pk=year.work.pk).update(organization=year.town.first)
    elif way == "side":
        Item.objects.filter(pk=year.talk.pk).update(side=Side.BUSINESS)
    else:
        year.work.pk, year.work.organization = None, year.town.first
        year.work.save(force_insert=True)


def test_an_owner_of_business_does_not_turn_into_a_party_organization(year):
    with pytest.raises(DatabaseError, match="owns no business item"), transaction.atomic():
        Organization.objects.filter(pk=year.town.office.pk).update(tree="party")
