"""Founding, renaming, moving and dissolving, and what the trees say of other days."""

from datetime import date, timedelta

import pytest

from onebow.apps.base.refusals import Refused
from onebow.apps.ledger.models import Entry
from onebow.apps.organizations.models import FormerName, Organization, Placement
from onebow.apps.organizations.queries.subtrees import subtree_on
from onebow.apps.organizations.queries.visible import below
from onebow.apps.organizations.services.organizations import (
    OrganizationDraft,
    change_organization,
    dissolve_organization,
    found_organization,
    move_organization,
    rename_organization,
)
from onebow.apps.organizations.services.paths import roll_paths
from onebow.apps.organizations.tests.make import NOON, TODAY, K, make_organization


def test_a_founded_organization_lies_below_its_parent_and_stands_in_the_ledger(town):
    section = found_organization(
        OrganizationDraft(K.SECTION, "信访科", parent_id=town.bureau.pk), by=town.officer, at=NOON
    )
    assert section in below(town.bureau)
    assert section.path.startswith(town.bureau.path)
    entry = Entry.objects.get(kind="organization.founded", source_id=section.pk)
    assert (entry.by_id, entry.organization_id) == (town.officer.pk, section.pk)


def test_the_same_name_under_another_unit_is_another_organization(town):
    make_organization(K.SECTION, "综合科", town.bureau)
    make_organization(K.SECTION, "综合科", town.neighbour)
    with pytest.raises(Refused, match="已有名为“综合科”的科室"):
        make_organization(K.SECTION, "综合科", town.bureau)


def test_an_officer_founds_nothing_in_another_bureau(town):
    with pytest.raises(Refused, match="没有管理“水务局”的权限"):
        found_organization(
            OrganizationDraft(K.SECTION, "信访科", parent_id=town.neighbour.pk), by=town.officer, at=NOON
        )


def test_a_section_does_not_lie_under_a_branch(town):
    with pytest.raises(Refused, match="科室不能设在党支部“第1党支部”之下"):
        make_organization(K.SECTION, "信访科", town.first)


def test_an_organization_is_not_moved_under_itself(town):
    inner = make_organization(K.UNIT, "服务中心", town.bureau)
    for target in (town.bureau, inner):
        with pytest.raises(Refused, match="不能移到自己或自己的下级"):
            move_organization(town.bureau.pk, target.pk, on=TODAY, basis="", by=None, at=NOON)


def test_a_move_takes_the_whole_subtree_along_and_keeps_the_history(town):
    center = make_organization(K.UNIT, "服务中心", town.bureau)
    section = make_organization(K.SECTION, "培训科", center)
    chain = make_organization(K.SERVICE_CHAIN, "开班", section)
    department = make_organization(K.DEPARTMENT, "业务部", town.bureau)
    move_organization(section.pk, department.pk, on=TODAY, basis="人社发〔2026〕1号", by=town.officer, at=NOON)
    assert {section, chain} <= set(below(department))
    assert not {section, chain} & set(below(center))
    assert Organization.objects.get(pk=chain.pk).depth == 3
    assert Placement.objects.on(date(2026, 3, 1)).get(child=section).parent == center
    assert Placement.objects.on(TODAY).get(child=section).parent == department


def test_a_move_that_lies_ahead_takes_effect_on_its_day(town):
    center = make_organization(K.UNIT, "服务中心", town.bureau)
    move_organization(town.wages.pk, center.pk, on=date(2026, 4, 1), basis="", by=None, at=NOON)
    assert Organization.objects.get(pk=town.wages.pk).parent == town.bureau
    assert roll_paths(date(2026, 3, 31)) == 0
    assert roll_paths(date(2026, 4, 1)) == 1
    assert town.wages in below(center)
    assert roll_paths(date(2026, 4, 1)) == 0


def test_a_move_before_the_present_placement_began_is_refused(town):
    center = make_organization(K.UNIT, "服务中心", town.bureau)
    move_organization(town.wages.pk, center.pk, on=TODAY, basis="", by=None, at=NOON)
    with pytest.raises(Refused, match="必须晚于现上级关系的起始日期"):
        move_organization(town.wages.pk, town.bureau.pk, on=date(2026, 1, 1), basis="", by=None, at=NOON)


def test_a_renamed_organization_keeps_its_old_name_for_earlier_days(town):
    rename_organization(town.wages.pk, "薪酬福利科", on=date(2026, 2, 1), basis="", by=town.officer, at=NOON)
    old = FormerName.objects.get(organization=town.wages)
    assert (old.name, old.ends_on) == ("工资福利科", date(2026, 2, 1))
    assert Organization.objects.get(pk=town.wages.pk).initials == "xcflk"


def test_a_renaming_does_not_lie_ahead(town):
    with pytest.raises(Refused, match="不能晚于今天"):
        rename_organization(town.wages.pk, "薪酬科", on=date(2026, 9, 1), basis="", by=None, at=NOON)


def test_what_still_has_people_is_not_dissolved_and_they_are_named(town):
    with pytest.raises(Refused, match=r"2 人\(钱进、孙群"):
        dissolve_organization(town.wages.pk, on=TODAY, basis="", by=None, at=NOON)


def test_a_dissolved_organization_ends_with_its_ties(town):
    empty = make_organization(K.SECTION, "筹备科", town.bureau)
    dissolve_organization(empty.pk, on=TODAY, basis="", by=town.officer, at=NOON)
    assert not Organization.objects.on(TODAY).filter(pk=empty.pk).exists()
    assert Organization.objects.on(date(2026, 3, 1)).filter(pk=empty.pk).exists()
    assert Placement.objects.get(child=empty).ends_on == TODAY


def test_of_two_officers_who_edit_the_same_branch_the_second_is_told(town):
    version = town.first.version
    change_organization(town.first.pk, {"duties": "一"}, version=version, by=town.officer, at=NOON)
    with pytest.raises(Refused, match="已被officer于 12:00 修改"):
        change_organization(town.first.pk, {"duties": "二"}, version=version, by=town.officer, at=NOON)
    assert Organization.objects.get(pk=town.first.pk).duties == "一"


def test_dates_that_end_before_they_start_are_refused(town):
    empty = make_organization(K.SECTION, "筹备科", town.bureau, starts_on=date(2026, 1, 1))
    with pytest.raises(Refused, match="必须晚于起始日期"):
        dissolve_organization(empty.pk, on=date(2025, 1, 1), basis="", by=None, at=NOON)


def test_a_subtree_of_another_day_is_found_on_both_databases(town):
    below = subtree_on(town.committee, TODAY - timedelta(days=1), TODAY)
    assert set(below) == {town.committee, town.first, town.second}
