"""The import from the command line, from an empty database on."""

import pytest
from django.core.management import CommandError, call_command

from onebow.apps.organizations.models import (
    Membership,
    Organization,
    Person,
    Post,
)
from onebow.apps.organizations.tests.make_rosters import (
    BUREAU,
    import_file,
    number,
    roster,
    row,
)

pytestmark = pytest.mark.django_db


def test_the_command_line_imports_into_an_empty_database(tmp_path, capsys):
    report = tmp_path / "r.json"
    call_command("import_roster", str(BUREAU), "--dry-run", "--report", str(report))
    assert not Organization.objects.exists()
    assert '"format": "onebow.import-report/1"' in report.read_text(encoding="utf-8")
    call_command("import_roster", str(BUREAU))
    assert Organization.objects.get(parent=None, kind="unit").name == BUREAU.stem
    assert "新增 501" in capsys.readouterr().out


def test_the_command_line_says_bad_input_in_one_sentence(tmp_path):
    (tmp_path / "bad.xlsx").write_bytes(b"PK\x03\x04 broken")
    for arguments in ([str(tmp_path / "bad.xlsx")], [str(tmp_path / "none.xlsx")]):
        with pytest.raises(CommandError) as caught:
            call_command("import_roster", *arguments)
        assert caught.value.returncode == 2
    assert not Organization.objects.exists()


def test_the_command_line_looks_at_its_paths_before_it_writes(tmp_path):
    path = roster(tmp_path, row("张三", 公民身份号码=number()))
    nowhere = str(tmp_path / "none" / "r.json")
    for arguments, sentence in (([str(tmp_path)], "这是文件夹"), ([str(path), "--report", nowhere], "报告写不到")):
        with pytest.raises(CommandError, match=sentence) as caught:
            call_command("import_roster", *arguments)
        assert caught.value.returncode == 2
    assert not Organization.objects.exists()


def test_a_unit_below_the_root_that_keeps_its_people_is_not_a_root(root, tmp_path):
    path = roster(tmp_path, row("张三", 公民身份号码=number()))
    import_file(path, root)
    with pytest.raises(CommandError, match="由上级单位“某局”登记"):
        call_command("import_roster", str(path), "--under", "局机关")
    assert Person.objects.count() == 1


def test_a_named_unit_must_exist_once_there_is_one(root, tmp_path):
    path = roster(tmp_path, row("张三", 公民身份号码=number()))
    with pytest.raises(CommandError, match="没有名为"):
        call_command("import_roster", str(path), "--under", "某某局")
    call_command("import_roster", str(path), "--under", "某局")
    assert Person.objects.get().root == root


def test_another_bureaus_text_file_goes_the_same_way(tmp_path):
    lines = [
        "某市水务局在职人员花名册",
        "职工姓名;性别;身份证号码;党员类别;入党日期;单位名称;处室;职务;所在支部;联系电话;备注",
        f"张　三;男;{number(order=387)};正式党员;2001年1月;水务局;办公室;党支部书记、主任;第一支部;199 0000 0001;",
        f"李四;女;{number(order=388)};预备党员;20190101;水务局;办公室;副主任;第1党支部;;劳务派遣",
        f"王五;1;{number(order=389)};群众;;水务局;工程处;工程师;;;",
    ]
    path = tmp_path / "水务局.csv"
    path.write_bytes("\r\n".join(lines).encode("gb18030"))
    call_command("import_roster", str(path), "--on", "2020-01-31")
    # 水务局 is the file's name and therefore the root; rows of that unit stand with it.
    assert Organization.objects.get(kind="unit").name == "水务局"
    assert Post.objects.get(role="secretary").organization.name == "第一党支部"
    assert Organization.objects.filter(kind="branch").count() == 1
    assert Membership.objects.get(person__name="李四", side="staff").engagement == "third_party"
