"""The access log, with the looks and exports that the work ledger held before."""

import json
from datetime import date

from django.db import migrations, models

from onebow.apps.ledger.chain import COVERED, START, access_key, mac_of

OLD = ("person.revealed", "roster.exported")


def copy_old_looks(apps, schema_editor):
    Body, Record = apps.get_model("ledger", "EntryBody"), apps.get_model("ledger", "AccessRecord")
    previous, rows = START, []
    bodies = Body.objects.filter(entry__kind__in=OLD).select_related("entry").order_by("entry")
    for number, body in enumerate(bodies.iterator(), 1):
        entry, data = body.entry, json.loads(body.canonical)["data"]
        row = Record(id=number, at=entry.recorded_at, by_id=entry.by_id, organization_id=entry.organization_id)
        for name, value in told(entry, data).items():
            setattr(row, name, value)
        row.mac = previous = mac_of(previous, tuple(getattr(row, name) for name in COVERED), access_key())
        rows.append(row)
    Record.objects.bulk_create(rows, batch_size=1000)


def told(entry, data):
    if entry.kind == "person.revealed":
        field = data.get("field", "id_number")
        return {"what": field, "fields": field, "person_id": entry.source_id, "reason": data.get("reason", "")}
    what = "export_findings" if data.get("findings") else "export_full" if data.get("full") else "export_masked"
    on = date.fromisoformat(data["on"]) if data.get("on") else entry.happened_on
    return {"what": what, "reason": data.get("reason", ""), "rows": data.get("people", 0), "as_of": on}


class Migration(migrations.Migration):
    dependencies = [("ledger", "0003_take_over")]

    operations = [
        migrations.CreateModel(
            name="AccessRecord",
            fields=[
                ("id", models.BigIntegerField(primary_key=True, serialize=False, verbose_name="序号")),
                ("at", models.DateTimeField(verbose_name="时间")),
                ("by_id", models.BigIntegerField(null=True, verbose_name="查阅人账号")),
                ("person_id", models.BigIntegerField(null=True, verbose_name="人员")),
                ("organization_id", models.BigIntegerField(null=True, verbose_name="单位")),
                ("what", models.CharField(choices=[("record", "打开个人信息"), ("history", "打开履历"), ("id_number", "查看完整身份号码"), ("phone", "查看完整手机号码"), ("export_masked", "导出花名册(号码遮盖)"), ("export_full", "导出花名册(完整号码)"), ("export_findings", "下载名册检查结果")], max_length=16, verbose_name="事项")),
                ("fields", models.CharField(default="", max_length=200, verbose_name="内容")),
                ("reason", models.CharField(default="", max_length=200, verbose_name="原因")),
                ("rows", models.PositiveIntegerField(default=0, verbose_name="人数")),
                ("as_of", models.DateField(null=True, verbose_name="名册日期")),
                ("mac", models.CharField(max_length=64, verbose_name="校验值")),
            ],
            options={
                "db_table": "ledger_access",
                "indexes": [
                    models.Index(fields=["person_id", "by_id", "at"], name="access_by_person"),
                    models.Index(condition=models.Q(("person_id", None)), fields=["organization_id", "as_of"], name="access_by_unit"),
                ],
            },
        ),
        migrations.RunPython(copy_old_looks, migrations.RunPython.noop),
    ]
