"""Forms about organizations, their ties and places."""

from typing import Any

from django import forms
from django.db.models import QuerySet

from onebow.apps.base.asking import AskingForm, Why
from onebow.apps.organizations.forms.fields import DayField, PickField, clean_name
from onebow.apps.organizations.models import Approval, Link, Organization, Place

BASIS = "文件名称或文号,例如“人社党〔2026〕3号”;没有可不填。"
SINCE = "不清楚可不填,页面会写“起始日期不详”。"
CHANGED = "例如搬迁、分管领导调整的日期;此前的页面仍显示原来的。只是原来填错了,请不填。"


class NewOrganizationForm(AskingForm):
    """Found an organization below another one, or set in a unit."""

    TITLE = "设立组织"
    ASKED = {Why.DECISION: ("kind", "name"), Why.PAPER: ("starts_on", "basis")}

    kind = forms.ChoiceField(label="类别", choices=())
    name = forms.CharField(label="名称", max_length=100)
    starts_on = DayField(label="成立日期", required=False, help_text=SINCE)
    basis = forms.CharField(label="依据", max_length=200, required=False, help_text=BASIS)

    def __init__(self, *args: Any, kinds: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [(kind, Organization.Kind(kind).label) for kind in kinds]

    def clean_name(self) -> str:
        """Without spaces."""
        return clean_name(self.cleaned_data["name"])


class OrganizationForm(AskingForm):
    """Facts that change on a day, and facts that are corrected."""

    TITLE = "组织信息"
    ASKED = {
        Why.PROPOSED: ("place", "supervisor", "duties", "term_ends_on", "rank", "starts_on"),
        Why.EVENT: ("since",),
    }

    version = forms.IntegerField(widget=forms.HiddenInput)
    place = forms.ModelChoiceField(
        label="主要办公地点", queryset=Place.objects.none(), required=False, empty_label="未填"
    )
    supervisor = forms.CharField(
        label="分管领导", max_length=40, required=False, help_text="按名册写法,例如“副局长1”。"
    )
    duties = forms.CharField(label="职能", max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3}))
    term_ends_on = DayField(label="届满日期", required=False, help_text="支部委员会或书记任期届满的日期。")
    since = DayField(label="以上自哪一天起变动", required=False, help_text=CHANGED)
    rank = forms.IntegerField(label="排序", min_value=-9999, max_value=9999, help_text="数字小的排在前面。")
    starts_on = DayField(label="成立日期", required=False, help_text=SINCE)

    def __init__(self, *args: Any, places: QuerySet[Place], is_party: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].queryset = places
        for name in ("supervisor", "duties") if is_party else ("term_ends_on",):
            del self.fields[name]
        # Below the facts of which it speaks; the end of a term stands for itself.
        self.order_fields(["version", "place", "supervisor", "duties", "since"])

    def changes(self) -> dict[str, Any]:
        """The changes for the service."""
        values = dict(self.cleaned_data)
        values.pop("version")
        values.pop("since")
        values["place_id"] = place.pk if (place := values.pop("place")) else None
        return values


class NameForm(AskingForm):
    """Another name from a day on."""

    TITLE = "更名"
    ASKED = {Why.PROPOSED: ("name", "on"), Why.PAPER: ("basis",)}

    name = forms.CharField(label="新名称", max_length=100)
    on = DayField(label="更名日期", help_text="这一天起用新名称;此前的页面仍显示旧名称。")
    basis = forms.CharField(label="依据", max_length=200, required=False, help_text=BASIS)

    def clean_name(self) -> str:
        """Without spaces."""
        return clean_name(self.cleaned_data["name"])


class PlacementForm(AskingForm):
    """Another parent from a day on."""

    TITLE = "调整隶属"
    ASKED = {Why.DECISION: ("parent",), Why.PROPOSED: ("on",), Why.PAPER: ("basis",)}

    parent = PickField(label="新的上级组织", source="organizations:options")
    on = DayField(label="调整日期", help_text="可以是将来的日期,到那一天生效。")
    basis = forms.CharField(label="依据", max_length=200, required=False, help_text=BASIS)

    def __init__(self, *args: Any, rows: QuerySet[Organization], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["parent"].rows = rows


class ClosureForm(AskingForm):
    """The day on which something ends."""

    TITLE = "撤销、结束"
    ASKED = {Why.PROPOSED: ("on",), Why.PAPER: ("basis",)}

    on = DayField(label="截止日期", help_text="从这一天起不再有效。")
    basis = forms.CharField(label="依据", max_length=200, required=False, help_text=BASIS)


class LinkForm(AskingForm):
    """A tie to another organization."""

    TITLE = "组织联系"
    ASKED = {Why.DECISION: ("kind", "other"), Why.PAPER: ("starts_on", "basis")}

    kind = forms.ChoiceField(label="联系", choices=())
    other = PickField(label="另一方", source="organizations:options")
    starts_on = DayField(label="起始日期", required=False, help_text=SINCE)
    basis = forms.CharField(label="依据", max_length=200, required=False, help_text=BASIS)

    def __init__(self, *args: Any, kinds: list[str], rows: QuerySet[Organization], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [(kind, Link.Kind(kind).label) for kind in kinds]
        self.fields["other"].rows = rows


class PaperForm(AskingForm):
    """A decision on paper."""

    TITLE = "登记批复"
    ASKED = {Why.PAPER: ("step", "number", "on", "reason", "scan")}

    step = forms.ChoiceField(label="批复事项", choices=[(step.value, step.label) for step in Approval.OF_ORGANIZATIONS])
    number = forms.CharField(label="文号", max_length=60, help_text="例如“人社党〔2026〕3号”。")
    on = DayField(label="成文日期")
    reason = forms.CharField(label="批复要点", max_length=500, required=False)
    scan = forms.FileField(label="扫描件", required=False, help_text="PDF、PNG 或 JPG,不超过 20 MB;可不传。")


class ChainsForm(AskingForm):
    """Service chains of a section, one a line."""

    TITLE = "服务链条"
    ASKED = {Why.DECISION: ("names",), Why.EVENT: ("starts_on",)}

    names = forms.CharField(
        label="服务链条",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text="每行一条,例如“社保卡申领”;已有的会自动跳过。",
    )
    starts_on = DayField(label="起始日期", required=False, help_text=SINCE)

    def clean_names(self) -> list[str]:
        """One name a line, without spaces and empty lines."""
        names = [clean_name(line) for line in self.cleaned_data["names"].splitlines()]
        names = [name for name in names if name]
        if too_long := [name for name in names if len(name) > 100]:
            raise forms.ValidationError(f"“{too_long[0][:20]}…”超过 100 字。")
        if len(names) > 50:
            raise forms.ValidationError("一次最多录入 50 条。")
        return names


class PlaceForm(AskingForm):
    """An office area or another place."""

    TITLE = "场所"
    ASKED = {Why.EVENT: ("kind", "name", "address", "use"), Why.DECISION: ("keeper",)}

    kind = forms.ChoiceField(label="类别", choices=Place.Kind.choices)
    name = forms.CharField(label="名称", max_length=60)
    address = forms.CharField(label="地址", max_length=200, required=False)
    keeper = PickField(label="管理人", source="organizations:people_options", of="姓名", required=False)
    use = forms.CharField(label="用途", max_length=200, required=False)

    def __init__(self, *args: Any, people: QuerySet[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["keeper"].rows = people

    def clean_name(self) -> str:
        """Without spaces."""
        return clean_name(self.cleaned_data["name"])
