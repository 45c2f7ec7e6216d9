"""The command line: packs listed, checked, looked at beforehand, applied."""

from datetime import date

import pytest
from django.core.management import call_command

from onebow.apps.ledger.models import Entry
from onebow.apps.methods.models import AppliedPack
from onebow.apps.methods.queries.shelf import FOLDER
from onebow.apps.methods.reading import write_pack
from onebow.apps.methods.tests.make import SMALL, packed
from onebow.apps.organizations.tests.make import make_organization
from onebow.apps.plans.models import Duty, ItemKind


@pytest.fixture
def run(capsys):
    """Runs the command: its status, and what it says on both channels."""

    def run_(*words: str) -> tuple[int, str, str]:
        status = 0
        try:
            call_command("method", *words)
        except SystemExit as exit_:
            status = int(exit_.code or 0)
        return (status, *capsys.readouterr())

    return run_


@pytest.fixture
def small(tmp_path):
    path = tmp_path / "small.toml"
    path.write_text(write_pack(SMALL), encoding="utf-8")
    return path


def test_check_says_what_a_good_pack_holds(run, small):
    status, out, _ = run("check", str(small))
    assert status == 0
    assert "小办法 1,会议类别 1、事项类别 1、要求 2、制度任务 1、名目清单 1" in out
    assert all(run("check", str(path))[0] == 0 for path in FOLDER.glob("*.toml"))


def test_check_says_each_fault_with_line_and_reason_and_ends_with_status_2(run, tmp_path):
    path = tmp_path / "bad.toml"
    path.write_text(packed().text.replace('due_to = "staff"', 'due_too = "staff"'), encoding="utf-8")
    status, out, err = run("check", str(path))
    assert (status, out) == (2, "")
    line = path.read_text(encoding="utf-8").splitlines().index('due_too = "staff"') + 1
    assert f"第 {line} 行 meeting_kind[1].due_too:不认识的项目“due_too”,是否想写 due_to。" in err
    assert err.endswith("bad.toml 有 2 处错误。\n")


def test_check_says_in_one_sentence_what_is_no_file(run, tmp_path):
    (tmp_path / "gbk.toml").write_bytes("名称".encode("gbk"))
    for name, reason in (("none.toml", "读不出来"), ("gbk.toml", "UTF-8")):
        status, _, err = run("check", str(tmp_path / name))
        assert status == 2
        assert reason in err


def test_a_dry_run_says_line_by_line_what_applying_does_and_writes_nothing(run, small, town):
    entries = Entry.objects.count()
    _, seen, _ = run("apply", str(small), "--under", town.bureau.name, "--dry-run")
    assert seen.startswith("预览,没有写入:\n小办法 1 → 人社局,自 ")
    assert "  [新增] 制度任务 夜学(study-night)" in seen
    assert not AppliedPack.objects.exists()
    assert Entry.objects.count() == entries
    _, done, _ = run("apply", str(small), "--under", town.bureau.name)
    assert done == seen.replace("预览,没有写入:", "已应用:")
    assert Duty.objects.get().starts_on.month == 1


def test_applying_again_says_that_nothing_changes(run, small, town):
    run("apply", str(small), "--under", town.bureau.name)
    entries = Entry.objects.count()
    _, out, _ = run("apply", str(small), "--under", town.bureau.name)
    assert "新增 0,变更 0,停用 0,保留本单位设置 0,不变 4" in out
    assert Entry.objects.count() == entries


def test_a_new_version_says_what_was_and_what_will_be(run, tmp_path, small, town):
    run("apply", str(small), "--under", town.bureau.name)
    newer = tmp_path / "newer.toml"
    text = write_pack(SMALL).replace("轻车简从", "不打招呼").replace('version = "1"', 'version = "2"')
    newer.write_text(text.partition("[[duty]]")[0], encoding="utf-8")
    _, out, _ = run("apply", str(newer), "--under", town.bureau.name, "--dry-run")
    assert "  [变更] 事项类别 走访(visit)\n      - 要求:整个事项 · 作风要求:轻车简从\n" in out
    assert "      + 要求:整个事项 · 作风要求:不打招呼" in out
    assert "  [停用] 制度任务 夜学(study-night)" in out
    assert ItemKind.objects.count() == 1


def test_without_a_name_the_only_unit_is_meant(run, small, town):
    status, _, err = run("apply", str(small))
    assert status == 2
    assert "人社局(顶层)、水务局(顶层)" in err
    town.neighbour.ends_on = date(2020, 1, 1)
    town.neighbour.save()
    assert run("apply", str(small))[0] == 0
    assert AppliedPack.objects.get().scope == town.bureau


def test_a_place_that_is_none_or_two_is_refused(run, small, town):
    for unit in (town.bureau, town.neighbour):
        make_organization("organ_committee", "机关党委", set_in_id=unit.pk)
    for name, reason in (("无此单位", "没有名为“无此单位”"), ("机关党委", "有 2 个"), ("办公室", "没有名为")):
        status, _, err = run("apply", str(small), "--under", name)
        assert status == 2
        assert reason in err


def test_a_pack_that_is_not_on_the_shelf_is_refused_with_those_that_are(run, town):
    status, _, err = run("apply", "m9", "--under", town.bureau.name)
    assert status == 2
    assert "没有编号为“m9”" in err
    assert "m2-three-grasps" in err


def test_the_list_names_packs_and_where_they_hold(run, small, town):
    run("apply", str(small), "--under", town.bureau.name)
    run("apply", "m5-branch-section", "--under", town.bureau.name)
    _, out, _ = run("list")
    assert "small  小办法  本单位编写\n    已应用:人社局,版本 1," in out
    assert "m5-branch-section  支部+科室  自带版本 2026.1\n    已应用:人社局,版本 2026.1," in out
    assert "m2-three-grasps  三抓三同三到位  自带版本 2026.1\n" in out
