"""`onebow import absences`: another system hands over leave and trips, as often as it likes."""

import json
from datetime import date, timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from onebow.apps.ledger.models import Entry
from onebow.apps.plans.models import Away


def listed(tmp_path, *rows):
    """A list of days before today, as a system would write it."""
    day = timezone.localdate() - timedelta(days=3)
    file = tmp_path / "away.csv"
    file.write_text(
        "姓名,科室,类别,开始日期,结束日期\n" + "".join(f"{row},{day},{day}\n" for row in rows), encoding="utf-8"
    )
    return str(file)


def run(*words):
    out = StringIO()
    call_command("import_absences", *words, stdout=out)
    return out.getvalue()


def test_the_same_list_again_records_nothing_and_is_no_mistake(town, tmp_path):
    file = listed(tmp_path, "孙群,,出差")
    assert "新登记 1" in run(file, "--dry-run")
    assert not Away.objects.exists()
    assert "新登记 1" in run(file)
    assert Entry.objects.filter(kind="away.recorded", by_id=None).count() == 1
    again = json.loads(run(file, "--json"))
    assert (again["new"], again["same"], again["bad"]) == (0, 1, 0)
    assert Away.objects.get().kind == "trip"


def test_rows_that_cannot_be_recorded_are_named_and_the_others_stay(town, tmp_path):
    out = StringIO()
    with pytest.raises(SystemExit):
        call_command("import_absences", listed(tmp_path, "孙群,,病假", "无此人,,病假"), stdout=out)
    assert "新登记 1" in out.getvalue()
    assert "第 3 行" in out.getvalue()
    assert Away.objects.count() == 1


def test_what_is_no_list_is_refused(town, tmp_path):
    with pytest.raises(CommandError, match="找不到文件"):
        run(str(tmp_path / "none.csv"))
    (tmp_path / "odd.csv").write_text("一,二\n三,四\n", encoding="utf-8")
    with pytest.raises(CommandError, match="姓名"):
        run(str(tmp_path / "odd.csv"))


def test_a_program_may_write_the_list_itself(town, monkeypatch):
    monkeypatch.setattr(
        "sys.stdin", StringIO(f"姓名\t类别\t开始日期\t结束日期\n孙群\t请假\t{date(2026, 3, 9)}\t2026-03-09\n")
    )
    assert "新登记 1" in run("-")
