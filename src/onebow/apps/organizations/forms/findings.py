"""Why a rule is set aside."""

from typing import Any

from django import forms

from onebow.apps.base.asking import AskingForm, Why
from onebow.apps.organizations.forms.fields import DayField


class ReasonForm(AskingForm):
    """说明理由."""

    TITLE = "检查结果说明理由"
    ASKED = {Why.REASON: ("reason",), Why.PLAN: ("until",), Why.PAPER: ("number", "paper_on")}

    reason = forms.CharField(
        label="理由",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="例如“窗口轮班,分设后无法保证三会一课到会人数”。请勿写入姓名等个人信息。",
    )
    until = DayField(label="有效期至", required=False, help_text="不填则一直有效,直到人数等情况发生变化。")
    number = forms.CharField(label="批复文号", max_length=60, required=False, help_text="上级有批复的填写;没有可不填。")
    paper_on = DayField(label="批复成文日期", required=False)

    def clean(self) -> dict[str, Any]:
        """A paper is named by number and date."""
        values = super().clean() or {}
        if bool(values.get("number")) != bool(values.get("paper_on")) and "paper_on" not in self.errors:
            self.add_error("paper_on" if values.get("number") else "number", "文号和成文日期要一起填写,或者都不填。")
        return values
