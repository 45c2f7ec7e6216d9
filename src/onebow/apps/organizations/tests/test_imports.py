"""Rosters in the database: what is made, what a second file changes, what is refused."""

from datetime import date

import pytest
from django.core.management import CommandError, call_command

from onebow.apps.base.models import File
from onebow.apps.base.progress import read_progress, write_progress
from onebow.apps.base.refusals import Refused
from onebow.apps.ledger.models import Entry
from onebow.apps.organizations.models import (
    Link,
    Membership,
    Organization,
    Person,
    Placement,
    Post,
    RosterImport,
)
from onebow.apps.organizations.queries.imports_export import roster_of
from onebow.apps.organizations.services import imports
from onebow.apps.organizations.services.imports_export import export_roster
from onebow.apps.organizations.services.imports_root import make_root
from onebow.apps.organizations.services.people import PersonDraft, change_person
from onebow.apps.organizations.tests.make_rosters import (
    AT,
    BUREAU,
    MEMBER,
    fates,
    hand_in,
    import_file,
    number,
    roster,
    row,
)

pytestmark = pytest.mark.django_db


def test_the_bureau_roster_makes_both_trees(root):
    plan = import_file(BUREAU, root)
    assert fates(plan) == (501, 0, 0)
    kinds = Organization.objects.values_list("kind", flat=True)
    assert [list(kinds).count(kind) for kind in ("unit", "section", "branch", "general_branch")] == [6, 40, 6, 1]
    assert Membership.objects.filter(side="party").count() == 320
    assert Link.objects.filter(kind="covers", derived=True).count() == 40
    seats = set(Link.objects.filter(kind="set_in").values_list("source__name", "target__name"))
    assert seats == {("某局机关党委", "某局"), ("社保中心党总支", "社会保险事业管理中心")}
    head = Post.objects.get(organization=root, role="unit_head")
    assert (head.person.name, head.title) == ("华桂珍", "局长")
    section = Organization.objects.get(name="综合科", parent__name="人力资源公共服务中心")
    assert section.path.startswith(section.parent.path)
    assert (section.depth, section.place.name, section.supervisor) == (2, "光彩时代办公区", "副局长6")
    assert Placement.objects.count() == Organization.objects.count()
    assert Entry.objects.filter(kind="person.registered").count() == 501
    assert not Membership.objects.exclude(starts_on=None).exists()


def test_the_same_file_twice_changes_nothing(root, tmp_path):
    path = roster(tmp_path, row("张三", 公民身份号码=number(), **MEMBER), row("李四", 出生日期="1990.01"), row("王五"))
    import_file(path, root)
    before = list(Person.objects.values()), list(Membership.objects.values()), list(Link.objects.values())
    assert fates(import_file(path, root)) == (0, 0, 3)
    assert (list(Person.objects.values()), list(Membership.objects.values()), list(Link.objects.values())) == before


def test_a_corrected_file_changes_only_what_changed(root, tmp_path):
    rows = [row("张三", 公民身份号码=number(), **MEMBER), row("李四", 公民身份号码=number(order=388), **MEMBER)]
    import_file(roster(tmp_path, *rows), root)
    rows[1] |= {"科室": "法制科", "职务": "科长", "手机号码": "19900000002", "所在党支部": "第2党支部"}
    assert fates(import_file(roster(tmp_path, *rows), root)) == (0, 1, 1)
    li = Person.objects.get(name="李四")
    held = li.memberships.values_list("side", "organization__name", "title", "starts_on", "ends_on")
    assert set(held) == {("staff", "法制科", "科长", None, None), ("party", "第2党支部", "", None, None)}
    assert (li.phone, li.version) == ("19900000002", 2)
    assert li.posts.get().organization.name == "法制科"
    covers = set(Link.objects.filter(kind="covers").values_list("source__name", "target__name"))
    assert covers == {("第1党支部", "办公室"), ("第2党支部", "法制科")}


def test_a_corrected_number_finds_the_same_person(root, tmp_path):
    wrong = number()[:17] + "0"
    import_file(roster(tmp_path, row("张三", 公民身份号码=wrong, 出生日期="1980-03-21")), root)
    assert fates(import_file(roster(tmp_path, row("张三", 公民身份号码=number(), 出生日期="1980-03-21")), root)) == (
        0,
        1,
        0,
    )
    assert Person.objects.get().id_number == number()


def test_a_later_roster_ends_the_old_and_begins_the_new(root, tmp_path):
    person = row("张三", 公民身份号码=number(), **MEMBER)
    import_file(roster(tmp_path, person), root)
    person |= {"科室": "法制科", "所在党支部": "第2党支部"}
    later = date(2020, 6, 30)
    import_file(
        roster(tmp_path, person, row("李四", 公民身份号码=number(order=388)), title="某局人员(2020年6月)"), root
    )
    held = Membership.objects.filter(person__name="张三").values_list("organization__name", "starts_on", "ends_on")
    assert set(held) == {
        ("办公室", None, later), ("法制科", later, None), ("第1党支部", None, later), ("第2党支部", later, None),
    }  # fmt: skip
    assert Membership.objects.get(person__name="李四").starts_on == later
    covers = Link.objects.filter(kind="covers").values_list("target__name", "starts_on", "ends_on")
    assert set(covers) == {("办公室", None, later), ("法制科", later, None)}


def test_an_earlier_roster_is_refused(root, tmp_path):
    import_file(roster(tmp_path, row("张三", 公民身份号码=number())), root)
    older = hand_in(roster(tmp_path, row("张三"), title="某局人员(2018年6月)"), root)
    imports.check_roster(older.pk, at=AT)
    older.refresh_from_db()
    assert older.state == "failed"
    assert "早于已导入的名册" in older.failure


def test_a_roster_of_a_day_to_come_is_refused_and_leaves_nothing(tmp_path):
    path = roster(tmp_path, row("张三", 公民身份号码=number()), title="某局人员(2099年6月)")
    with pytest.raises(CommandError, match="还没有到"):
        call_command("import_roster", str(path))
    assert [model.objects.count() for model in (Organization, File, Entry)] == [0, 0, 0]


def test_what_an_officer_corrected_by_hand_survives(root, tmp_path):
    cells = row("张三", 公民身份号码=number(), 手机号码="19900000001")
    import_file(roster(tmp_path, cells), root)
    person = Person.objects.get()
    draft = {"id_number": person.id_number, "phone": "19900000009", "standing": person.standing}
    change_person(person.pk, PersonDraft("张三", **draft), version=1, by=None, at=AT)
    cells["职务"] = "科长"
    assert fates(import_file(roster(tmp_path, cells), root)) == (0, 1, 0)
    assert Person.objects.get().phone == "19900000009"
    cells["手机号码"] = "19900000002"
    import_file(roster(tmp_path, cells), root)
    assert Person.objects.get().phone == "19900000002"


def test_people_missing_in_the_new_roster_are_named_and_left_alone(root, tmp_path):
    first, second = row("张三", 公民身份号码=number()), row("李四", 公民身份号码=number(order=388))
    import_file(roster(tmp_path, first, second), root)
    plan = import_file(roster(tmp_path, first), root)
    (finding,) = [one for one in plan.findings if one.code == "not_in_roster"]
    assert "李四" in finding.message
    assert Membership.objects.filter(person__name="李四", ends_on=None).exists()


def test_people_are_never_matched_across_root_units(root, tmp_path):
    path = roster(tmp_path, row("张三", 公民身份号码=number()))
    import_file(path, root)
    assert fates(import_file(path, make_root("乙局", at=AT))) == (1, 0, 0)
    assert Person.objects.count() == 2


def test_a_branch_has_one_secretary(root, tmp_path):
    rows = [
        row("张三", 公民身份号码=number(), **MEMBER | {"职务": "党支部书记、科长"}),
        row("李四", 公民身份号码=number(order=388), **MEMBER | {"职务": "党支部书记"}),
    ]
    plan = import_file(roster(tmp_path, *rows), root)
    assert Post.objects.get(role="secretary").person.name == "张三"
    assert "two_secretaries" in {one.code for one in plan.findings}


def test_a_section_founded_later_takes_its_people(root, tmp_path):
    path = roster(tmp_path, row("张三", 科室="新科", 公民身份号码=number()))
    import_file(path, root)
    assert Membership.objects.get().organization.name == "局机关"
    both = (("局机关", "办公室"), ("局机关", "新科"))
    assert fates(
        import_file(roster(tmp_path, row("张三", 科室="新科", 公民身份号码=number()), sections=both), root)
    ) == (0, 1, 0)
    assert Membership.objects.get().organization.name == "新科"


def test_the_exported_roster_comes_back_without_change(root, tmp_path):
    import_file(BUREAU, root)
    today = date(2026, 3, 2)
    path = tmp_path / "out.xlsx"
    path.write_bytes(export_roster(root.pk, on=today, full=True, reason="核对名册", by=None, at=AT))
    plan = import_file(path, root)
    assert (plan.facts.rows, plan.facts.members, fates(plan)) == (501, 320, (0, 0, 501))


def test_a_masked_export_comes_back_without_erasing_a_number(root, tmp_path):
    import_file(BUREAU, root)
    path = tmp_path / "out.xlsx"
    path.write_bytes(export_roster(root.pk, on=date(2026, 3, 2), full=False, by=None, at=AT))
    with_number = Person.objects.exclude(id_index="").count()
    plan = import_file(path, root)
    assert fates(plan) == (0, 0, 501)
    assert Person.objects.exclude(id_index="").count() == with_number
    assert Person.objects.get(name="王帆").phone == "19900000002"


def test_exports_are_masked_unless_asked_in_full(root, tmp_path):
    import_file(roster(tmp_path, row("张三", 公民身份号码=number(), 手机号码="19900000001")), root)
    (cells,) = roster_of(root, date(2026, 3, 2), date(2026, 3, 2), full=False).people
    assert number() not in cells
    assert "199****0001" in cells
    assert number() in roster_of(root, date(2026, 3, 2), date(2026, 3, 2), full=True).people[0]


def test_a_task_delivered_twice_does_its_work_once(root, tmp_path):
    one = hand_in(roster(tmp_path, row("张三", 公民身份号码=number())), root)
    imports.check_roster(one.pk, at=AT)
    imports.begin_applying(one.pk, by=None, at=AT)
    assert imports.apply_roster(one.pk, by_id=None, at=AT) is not None
    assert imports.apply_roster(one.pk, by_id=None, at=AT) is None
    assert imports.check_roster(one.pk, at=AT) is None
    assert Entry.objects.filter(kind="import.applied").count() == 1


def test_two_imports_at_once_do_not_double_anybody(root, tmp_path):
    path = roster(tmp_path, row("张三", 公民身份号码=number()))
    one, two = hand_in(path, root), hand_in(path, root)
    for each in (one, two):
        imports.check_roster(each.pk, at=AT)
        imports.begin_applying(each.pk, by=None, at=AT)
    plan = imports.make_plan(imports.read_workbook(path), imports.Task(root, None, AT))
    imports.apply_roster(one.pk, by_id=None, at=AT)
    assert imports.stamp_of() != plan.state.stamp
    imports.apply_roster(two.pk, by_id=None, at=AT)
    assert Person.objects.count() == 1


def test_an_applied_import_is_not_given_up_nor_applied_again(root, tmp_path):
    import_file(roster(tmp_path, row("张三", 公民身份号码=number())), root)
    done = RosterImport.objects.get()
    with pytest.raises(Refused, match="不能放弃"):
        imports.discard_roster(done.pk, by=None, at=AT)
    with pytest.raises(Refused, match="已导入"):
        imports.begin_applying(done.pk, by=None, at=AT)


def test_progress_is_told_outside_the_transaction():
    write_progress("import-0", 3, 9, "正在登记")
    told = read_progress("import-0")
    assert (told.done, told.total, told.text, told.silent) == (3, 9, "正在登记", False)
    assert read_progress("import-none") is None
