"""查阅记录: who looked at whose personal data, when, and why."""

from django.db import models
from django.db.models import Q

from onebow.apps.base.classification import Data


class AccessRecord(models.Model):
    """查阅记录: one look at a person's data, or one file of such data that left. Plain ids, no names.

    Each row is bound to the one before it (`mac`, see ledger/chain.py), so that nothing can be changed, taken out,
    put in or exchanged unseen. Ids are given out without gaps for the same reason.
    """

    class What(models.TextChoices):
        """What was looked at."""

        RECORD = "record", "打开个人信息"
        HISTORY = "history", "打开履历"
        ID_NUMBER = "id_number", "查看完整身份号码"
        PHONE = "phone", "查看完整手机号码"
        EXPORT_MASKED = "export_masked", "导出花名册(号码遮盖)"
        EXPORT_FULL = "export_full", "导出花名册(完整号码)"
        EXPORT_FINDINGS = "export_findings", "下载名册检查结果"
        EXPORT_LEDGER = "export_ledger", "导出台账存证"
        EXPORT_PLAN = "export_plan", "导出支部调整名单"
        EXPORT_LIST = "export_list", "导出党员名册"
        DUES = "dues", "查看党费基数"
        EXPORT_DUES = "export_dues", "导出党费测算表"
        EXPORT_LETTERS = "export_letters", "导出组织关系转接"
        LETTER = "letter", "打印组织关系介绍信"
        ABSENCES = "absences", "查看请假出差"

    CLASSIFIED = {
        Data.NONE: ("id", "what", "mac"),
        Data.INTERNAL: ("at", "by_id", "organization_id", "fields", "rows", "as_of"),
        # The reason is a reader's own words: it may name somebody.
        Data.PERSONAL: ("person_id", "reason"),
    }

    id = models.BigIntegerField("序号", primary_key=True)
    at = models.DateTimeField("时间")
    # Empty: whoever ran a command at the machine.
    by_id = models.BigIntegerField("查阅人账号", null=True)
    # Empty for a file: it holds many people, see the organization and `as_of`.
    person_id = models.BigIntegerField("人员", null=True)
    organization_id = models.BigIntegerField("单位", null=True)
    what = models.CharField("事项", max_length=16, choices=What)
    fields = models.CharField("内容", max_length=200, default="")
    reason = models.CharField("原因", max_length=200, default="")
    rows = models.PositiveIntegerField("人数", default=0)
    # The day whose people a file holds: it tells who was in it.
    as_of = models.DateField("名册日期", null=True)
    mac = models.CharField("校验值", max_length=64)

    class Meta:
        db_table = "ledger_access"
        indexes = [
            # For the person's own page, and for "has this reader opened it today".
            models.Index(fields=["person_id", "by_id", "at"], name="access_by_person"),
            models.Index(fields=["organization_id", "as_of"], condition=Q(person_id=None), name="access_by_unit"),
        ]
