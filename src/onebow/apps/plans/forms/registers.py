"""Forms of the registers."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.db.models import QuerySet

from onebow.apps.base.asking import AskingForm, Why
from onebow.apps.organizations.forms.fields import DayField, PickField
from onebow.apps.organizations.models import Organization
from onebow.apps.plans.models import Directive, Drive
from onebow.apps.plans.rules.secrecy import STAYS_OUT, is_marked
from onebow.apps.plans.services.bylaws import VersionDraft
from onebow.apps.plans.services.directives import DirectiveDraft
from onebow.apps.plans.services.drives import DriveDraft

FILE_HELP = "可不附;不超过 20 MB。涉密文件不得上传。"


class OpenForm(AskingForm):
    """A form whose texts and file names bear no marking of 密级; says so beside the field."""

    OPEN: Mapping[str, str] = {}

    def clean(self) -> dict[str, Any]:
        """Also without spaces around what was typed."""
        values = super().clean() or {}
        for name, label in self.OPEN.items():
            told = values.get(name)
            if told and is_marked(str(getattr(told, "name", told))):
                self.add_error(name, f"{label}{STAYS_OUT}")
        return values


class DirectiveForm(OpenForm):
    """What came from above."""

    TITLE = "上级部署"
    ASKED = {
        Why.DECISION: ("organization",),
        Why.PAPER: ("kind", "title", "source", "number", "issued_on", "reply_due_on", "gist", "file"),
        Why.PROPOSED: ("received_on",),
    }

    OPEN = {"title": "标题", "number": "文号", "source": "来源", "gist": "要求摘要", "file": "文件名"}

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    organization = PickField(label="承办组织", source="plans:register_options")
    kind = forms.ChoiceField(label="类别", choices=Directive.Kind.choices)
    title = forms.CharField(label="标题", max_length=200)
    source = forms.CharField(label="来源", max_length=100, help_text="发文单位、作出批示的领导职务或会议名称。")
    number = forms.CharField(label="文号", max_length=60, required=False, help_text="没有可不填。")
    received_on = DayField(label="收到日期")
    issued_on = DayField(label="成文日期", required=False)
    reply_due_on = DayField(label="要求反馈日期", required=False, help_text="不要求反馈的不填;填了到期会提醒。")
    gist = forms.CharField(
        label="要求摘要", max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 4}),
        help_text="涉密内容不得填写。",
    )  # fmt: skip
    file = forms.FileField(label="文件", required=False, help_text=FILE_HELP)

    def __init__(self, *args: Any, rows: QuerySet[Organization], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organization"].rows = rows
        if self.initial.get("version"):
            # What hangs on it belongs to plans of this organization.
            del self.fields["organization"]

    def draft(self, organization_id: int | None = None) -> DirectiveDraft:
        """What the service takes."""
        values = self.cleaned_data
        names = ("kind", "source", "title", "received_on", "number", "gist", "issued_on", "reply_due_on")
        return DirectiveDraft(
            organization_id=organization_id or values["organization"].pk, **{name: values[name] for name in names}
        )


class ReplyForm(OpenForm):
    """When it was replied to."""

    TITLE = "反馈"
    ASKED = {Why.PROPOSED: ("on",), Why.PAPER: ("number",)}

    OPEN = {"number": "反馈文号"}

    on = DayField(label="反馈日期")
    number = forms.CharField(label="反馈文号", max_length=60, required=False, help_text="没有可不填。")


class DriveForm(OpenForm):
    """A drive."""

    TITLE = "专项活动"
    ASKED = {
        Why.DECISION: ("organization", "named_list"),
        Why.PAPER: ("kind", "name", "starts_on", "last_on", "goal", "directive"),
    }

    OPEN = {"name": "名称", "goal": "目标要求"}

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    organization = PickField(label="组织", source="plans:register_options")
    kind = forms.ChoiceField(label="类别", choices=Drive.Kind.choices)
    name = forms.CharField(label="名称", max_length=100)
    starts_on = DayField(label="开始日期")
    last_on = DayField(label="结束日期", required=False, help_text="最后一天;没有定可不填。")
    goal = forms.CharField(
        label="目标要求", max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )  # fmt: skip
    directive = PickField(
        label="依据的上级部署", source="plans:directive_options", of="标题", required=False,
        help_text="先在“上级部署”登记,再在这里选择。",
    )  # fmt: skip
    named_list = forms.CharField(
        label="对照清单", max_length=40, required=False, help_text="活动有名目的填它的名称,例如“五个办到”;没有可不填。"
    )

    def __init__(
        self, *args: Any, rows: QuerySet[Organization], directives: QuerySet[Directive], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organization"].rows = rows
        self.fields["directive"].rows = directives
        if self.initial.get("version"):
            # What names it belongs to plans of this organization.
            del self.fields["organization"]

    def draft(self, organization_id: int | None = None) -> DriveDraft:
        """What the service takes."""
        values = self.cleaned_data
        last, directive = values["last_on"], values["directive"]
        return DriveDraft(
            organization_id or values["organization"].pk, values["kind"], values["name"], values["starts_on"],
            last + last.resolution if last else None, values["goal"], directive.pk if directive else None,
            values["named_list"],
        )  # fmt: skip


class VersionForm(OpenForm):
    """A version of a bylaw: its text, or a file."""

    TITLE = "制度新版本"
    ASKED = {Why.PROPOSED: ("starts_on",), Why.PAPER: ("text", "file", "basis")}

    OPEN = {"file": "文件名"}

    starts_on = DayField(label="施行日期", help_text="上一版本到这一天为止。")
    text = forms.CharField(
        label="正文", max_length=50_000, required=False, widget=forms.Textarea(attrs={"rows": 16}),
        help_text="一行一段;只有文件的可不填,但不能逐行对比。",
    )  # fmt: skip
    file = forms.FileField(label="文件", required=False, help_text=FILE_HELP)
    basis = forms.CharField(
        label="通过依据", max_length=200, required=False, help_text="例如“2026年2月20日支部党员大会通过”。"
    )

    def clean(self) -> dict[str, Any]:
        """One of text and file."""
        values = super().clean()
        if not self.errors and not values.get("text") and not values.get("file"):
            self.add_error("text", "请填写正文,或上传文件。")
        return values

    def draft(self) -> VersionDraft:
        """What the service takes."""
        values = self.cleaned_data
        return VersionDraft(values["starts_on"], values["text"].replace("\r\n", "\n"), values["basis"])


class BylawForm(VersionForm):
    """A bylaw with its first version."""

    TITLE = "支部制度"
    ASKED = {Why.DECISION: ("organization",), Why.PAPER: ("name", "category")}

    OPEN = {"name": "制度名称", "file": "文件名"}

    organization = PickField(label="组织", source="plans:register_options")
    name = forms.CharField(label="制度名称", max_length=100)
    category = forms.CharField(
        label="类别", max_length=40, required=False, help_text="例如“组织生活”“党费”;没有可不填。"
    )

    field_order = ("organization", "name", "category", "starts_on", "text", "file", "basis")

    def __init__(self, *args: Any, rows: QuerySet[Organization], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organization"].rows = rows
        self.fields["starts_on"].help_text = ""


class EndForm(AskingForm):
    """From when a bylaw holds no more."""

    TITLE = "废止制度"
    ASKED = {Why.PROPOSED: ("on",)}

    on = DayField(label="废止日期", help_text="从这一天起不再有效。")


def initial_of(row: Directive | Drive, names: tuple[str, ...]) -> dict[str, Any]:
    """What a row says, to be corrected."""
    return {"version": row.version} | {name: getattr(row, name) for name in names}
