"""What a reader of plans fills in."""

from django import forms

from onebow.apps.base.asking import AskingForm, Why


class PlanExportForm(AskingForm):
    """What a list of members is taken out for."""

    TITLE = "导出调整名单"
    ASKED = {Why.REASON: ("reason",)}

    reason = forms.CharField(
        label="用途",
        min_length=4,
        max_length=200,
        help_text="至少 4 个字;会写在表上,并记入查阅记录,名单中的人都可以看到。请勿写入姓名等个人信息。",
    )
