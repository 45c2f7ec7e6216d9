"""Forms of working days."""

from typing import Any

from django import forms

from onebow.apps.base.asking import AskingForm, Why
from onebow.apps.base.dates import FIRST_YEAR, LAST_YEAR
from onebow.apps.organizations.forms.fields import DayField
from onebow.cores.timekeeping import NoticeDay, read_notice

LONGEST_NOTICE = 5_000
# As many faults as one reads at once.
MOST_FAULTS = 5


class NoticeForm(AskingForm):
    """The yearly notice, pasted."""

    TITLE = "录入放假通知"
    ASKED = {Why.PROPOSED: ("year", "is_whole"), Why.PAPER: ("number", "text")}

    year = forms.IntegerField(label="年份", min_value=FIRST_YEAR, max_value=LAST_YEAR)
    number = forms.CharField(
        label="通知文号", max_length=60, required=False, help_text="国务院办公厅通知的文号,可不填。"
    )
    text = forms.CharField(
        label="通知正文", max_length=LONGEST_NOTICE, widget=forms.Textarea(attrs={"rows": 8}),
        help_text="粘贴写明放假和上班日期的部分,例如“国庆节:10月1日(周四)至7日(周三)放假调休,共7天。10月10日(周六)上班。”",
    )  # fmt: skip
    is_whole = forms.BooleanField(
        label="这份通知包含全年的安排", required=False, initial=True, help_text="勾选后,这一年以录入的日期为准。"
    )

    def clean(self) -> dict[str, Any]:
        """What the notice says, and what in it does not fit."""
        values = super().clean() or {}
        if "text" in values and "year" in values:
            found = read_notice(values["text"], values["year"])
            for fault in found.faults[:MOST_FAULTS]:
                self.add_error("text", fault)
            self.days: tuple[NoticeDay, ...] = found.days
        return values


class HolidayForm(AskingForm):
    """One day."""

    TITLE = "录入一天放假或上班"
    ASKED = {Why.PAPER: ("day", "name"), Why.PROPOSED: ("works",)}

    day = DayField(label="日期")
    works = forms.ChoiceField(label="安排", choices=[("off", "放假"), ("on", "上班")], widget=forms.RadioSelect)
    name = forms.CharField(label="名称", max_length=20, required=False, help_text="例如“国庆节”,可不填。")

    def noted(self) -> NoticeDay:
        """What the service takes."""
        values = self.cleaned_data
        return NoticeDay(values["day"], values["works"] == "on", values["name"].strip())


class RemovalForm(AskingForm):
    """Which of the office's own days goes."""

    TITLE = "删除一天"

    day_id = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=10**17)


class ReopenForm(AskingForm):
    """Which year is not whole any more."""

    TITLE = "重开年度"

    year = forms.IntegerField(widget=forms.HiddenInput, min_value=FIRST_YEAR, max_value=LAST_YEAR)
