"""Forms of notices."""

from datetime import time
from typing import Any

from django import forms
from django.conf import settings

from onebow.apps.base.asking import AskingForm, Why
from onebow.apps.base.refusals import Refused
from onebow.apps.desk.models import Channel, NoticePreference
from onebow.apps.desk.rules.addresses import stored
from onebow.apps.desk.rules.preferences import check_hours
from onebow.apps.desk.services.preferences import PreferenceDraft

HOURS = [(hour, f"{hour}:00") for hour in range(24)]
CLOCKS = [("", "不设")] + [
    (f"{hour:02}:{minute:02}", f"{hour}:{minute:02}") for hour in range(24) for minute in (0, 30)
]
HELP = {
    Channel.Kind.MAIL: "填写收通知的邮箱。",
    Channel.Kind.WECOM: "在企业微信群里添加群机器人,把它的 Webhook 地址粘贴到这里。",
    Channel.Kind.DINGTALK: "在钉钉群里添加自定义机器人,安全设置选“自定义关键词”并填“待办”,把 Webhook 地址粘贴到这里。",
    Channel.Kind.FEISHU: "在飞书群里添加自定义机器人,需要时设关键词“待办”,把 Webhook 地址粘贴到这里。",
}  # fmt: skip


class ClockField(forms.TypedChoiceField):
    """A clock time to half an hour, or none: chosen, since browsers write times as they like."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(choices=CLOCKS, coerce=time.fromisoformat, empty_value=None, required=False, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        """A stored time as its choice."""
        return f"{value:%H:%M}" if isinstance(value, time) else value


class PreferenceForm(AskingForm):
    """When to be told."""

    TITLE = "通知设置"
    ASKED = {Why.PROPOSED: ("mode", "hour", "quiet_from", "quiet_until", "working_days_only")}

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    mode = forms.ChoiceField(label="通知时机", choices=NoticePreference.Mode.choices, widget=forms.RadioSelect)
    hour = forms.TypedChoiceField(label="每日汇总时间", choices=HOURS, coerce=int)
    quiet_from = ClockField(label="免打扰自")
    quiet_until = ClockField(label="免打扰至", help_text="可以跨过午夜;这段时间里什么都不发,到点再发。")
    working_days_only = forms.BooleanField(label="只在工作日通知", required=False)

    def clean(self) -> dict[str, Any]:
        """The hours fit together; what does not is said beside the hours."""
        values = super().clean() or {}
        if not self.errors:
            try:
                check_hours(values["hour"], values["quiet_from"], values["quiet_until"])
            except Refused as refused:
                self.add_error("quiet_until", str(refused))
        return values

    def draft(self) -> PreferenceDraft:
        """What the service takes."""
        return PreferenceDraft(**{name: value for name, value in self.cleaned_data.items() if name != "version"})


class ChannelForm(AskingForm):
    """Where to be told."""

    TITLE = "通知方式"
    ASKED = {Why.PAPER: ("address",)}

    address = forms.CharField(
        label="Webhook 地址", max_length=500, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind
        self.fields["address"].help_text = HELP[Channel.Kind(kind)]
        if kind == Channel.Kind.MAIL:
            self.fields["address"].label = "邮箱地址"
            self.fields["address"].widget.attrs |= {"type": "email", "autocomplete": "email"}

    def clean_address(self) -> str:
        """As it is stored; what is wrong with it is said beside it."""
        try:
            return stored(self.kind, self.cleaned_data["address"], settings.WEBHOOK_ORIGINS)
        except Refused as refused:
            raise forms.ValidationError(str(refused)) from None
