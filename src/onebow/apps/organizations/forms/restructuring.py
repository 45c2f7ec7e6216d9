"""Forms about restructuring plans."""

from typing import Any

from django import forms
from django.db.models import Q, QuerySet

from onebow.apps.base.asking import AskingForm, Why
from onebow.apps.organizations.forms.approvals import PaperReplyForm
from onebow.apps.organizations.forms.fields import DayField, PickField, clean_name
from onebow.apps.organizations.models import Organization, Person, PlannedOrganization, Seat
from onebow.apps.organizations.queries.restructuring.plan import Plan, PlannedBranch

BASIS = "为什么调整、依据哪些文件;会写入请示。"
WAYS = (("proposed", "先计算推荐方案"), ("today", "从现状开始,手工调整"))


class PlanForm(AskingForm):
    """Begin a plan."""

    TITLE = "支部调整方案"
    ASKED = {Why.PROPOSED: ("root", "committee", "name", "effective_on", "way")}

    root = forms.ModelChoiceField(label="单位", queryset=Organization.objects.none(), empty_label=None)
    committee = PickField(label="审批的党组织", source="organizations:options", of="名称")
    name = forms.CharField(label="方案名称", max_length=100)
    effective_on = DayField(label="实施日期", help_text="新的组织设置从这一天起生效,可以是将来的日期。")
    way = forms.ChoiceField(label="从哪里开始", choices=WAYS, widget=forms.RadioSelect, initial="proposed")

    def __init__(
        self, *args: Any, roots: QuerySet[Organization], committees: QuerySet[Organization], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["root"].queryset = roots
        self.fields["committee"].rows = committees


class MoveForm(AskingForm):
    """Members of a cell to another branch; those that are ticked."""

    TITLE = "移动党员"
    ASKED = {Why.DECISION: ("to",), Why.PROPOSED: ("seats",)}

    version = forms.IntegerField(widget=forms.HiddenInput)
    to = forms.ChoiceField(label="移到", choices=())
    seats = forms.ModelMultipleChoiceField(
        label="党员", queryset=Seat.objects.none(), widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, plan: Plan, seats: QuerySet[Seat], own: int | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["seats"]
        field.queryset = seats
        field.label_from_instance = lambda seat: seat.person.name
        self.fields["to"].choices = [("", "请选择支部"), *targets(plan, own)]


def targets(plan: Plan, own: int | None) -> list[tuple[str, Any]]:
    """Branches of a plan to choose from, by what they stand under; last a new one."""
    groups: list[tuple[str, Any]] = []
    for general in (None, *(one.row for one in plan.generals)):
        below = [one for one in plan.below(general.pk if general else None) if one.row.pk != own]
        if below:
            title = general.name if general else plan.restructuring.committee.name
            groups.append((title, [(str(one.row.pk), f"{one.row.name}({one.members} 人)") for one in below]))
    return [*groups, ("new", "新设一个支部")]


class DragForm(AskingForm):
    """A whole cell dropped on another branch."""

    TITLE = "拖动党员"
    ASKED = {Why.DECISION: ("to",)}

    version = forms.IntegerField(widget=forms.HiddenInput)
    cell = forms.RegexField(r"^\d{1,18}-\d{1,18}-\d{1,18}$", widget=forms.HiddenInput)
    to = forms.RegexField(r"^(\d{1,18}|new)$", label="移到")


class PlannedForm(AskingForm):
    """Facts of a planned organization."""

    TITLE = "拟设组织"
    ASKED = {Why.PROPOSED: ("name", "above", "continues"), Why.DECISION: ("leader",)}

    version = forms.IntegerField(widget=forms.HiddenInput)
    name = forms.CharField(label="名称", max_length=100)
    leader = forms.ModelChoiceField(
        label="指定负责人", queryset=Person.objects.none(), required=False, empty_label="未指定",
        help_text="成立后主持工作,直到选举产生书记。",
    )  # fmt: skip
    above = forms.ModelChoiceField(label="设在", queryset=PlannedOrganization.objects.none(), required=False)
    continues = forms.ModelChoiceField(
        label="沿用现有组织", queryset=Organization.objects.none(), required=False, empty_label="不沿用,新设",
        help_text="沿用的组织不撤销,留在其中的党员不办理转接。",
    )  # fmt: skip

    def __init__(self, *args: Any, plan: Plan, planned: PlannedBranch, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        row = planned.row
        self.fields["leader"].queryset = people
        generals = row.restructuring.planned.filter(kind=PlannedOrganization.Kind.GENERAL_BRANCH)
        self.fields["above"].queryset = generals
        self.fields["above"].empty_label = plan.restructuring.committee.name
        old = {number for seat in plan.seats for number in (seat.branch_id, seat.membership_in_id)} - {None}
        of_kind = Q(pk__in=old, kind=row.kind) | Q(pk=row.continues_id or 0)
        self.fields["continues"].queryset = Organization.objects.filter(of_kind, ends_on=None)
        if row.is_general:
            del self.fields["above"]

    def clean_name(self) -> str:
        """Without spaces."""
        return clean_name(self.cleaned_data["name"])

    def changes(self) -> dict[str, Any]:
        """The changes for the service."""
        return {key: value for key, value in self.cleaned_data.items() if key != "version"}


class PlanReasonForm(AskingForm):
    """Why a planned organization may stand out."""

    TITLE = "方案例外的理由"
    ASKED = {Why.REASON: ("reason",)}

    reason = forms.CharField(
        label="理由", max_length=500, widget=forms.Textarea(attrs={"rows": 3}), help_text="会写入请示,随方案一起报批。"
    )


class SubmissionForm(AskingForm):
    """Ask for approval."""

    TITLE = "提交方案"
    ASKED = {Why.PROPOSED: ("effective_on",), Why.REASON: ("basis",)}

    effective_on = DayField(label="实施日期", help_text="从这一天起生效;将来的日期到时由系统自动实施。")
    basis = forms.CharField(
        label="原因和依据", max_length=500, widget=forms.Textarea(attrs={"rows": 4}), help_text=BASIS
    )


class PlanPaperForm(PaperReplyForm):
    """A decision on paper about a plan."""

    TITLE = "登记方案的线下批复"
    ASKED = {Why.PAPER: ("reason",)}

    reason = forms.CharField(label="批复要点", max_length=500, required=False)


class WithdrawalForm(AskingForm):
    """Give a plan up."""

    TITLE = "作废方案"
    ASKED = {Why.REASON: ("reason",)}

    reason = forms.CharField(label="作废原因", max_length=500)


class PlanNameForm(AskingForm):
    """A new plan made from another one."""

    TITLE = "复制方案"
    ASKED = {Why.PROPOSED: ("name",)}

    name = forms.CharField(label="新方案名称", max_length=100)

    def clean_name(self) -> str:
        """Without spaces."""
        return clean_name(self.cleaned_data["name"])
