"""Forms of integrity-risk points."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.db.models import QuerySet

from onebow.apps.base.asking import Why
from onebow.apps.organizations.forms.fields import DayField, PickField
from onebow.apps.organizations.models import Organization, Person, Post
from onebow.apps.plans.forms.absences import PeopleListForm
from onebow.apps.plans.forms.fields import PickMany, remember
from onebow.apps.plans.forms.registers import OpenForm
from onebow.apps.plans.models import Item, ItemKind
from onebow.apps.plans.queries.risks.words import Words
from onebow.apps.plans.services.risks import ReviewDraft, RiskDraft

# Posts whose holders use power; others hang on items and kinds.
ROLES = (
    Post.Role.UNIT_HEAD, Post.Role.DEPUTY_HEAD, Post.Role.SECRETARY, Post.Role.DEPUTY_SECRETARY,
    Post.Role.DISCIPLINE_MEMBER,
)  # fmt: skip
COUNTING = "勾选几条,等级就自动算出。"


@dataclass(frozen=True)
class Hangs:
    """Kinds and items on which a risk point may hang, and where they are searched."""

    kinds: QuerySet[ItemKind]
    kinds_href: str
    items: QuerySet[Item]
    items_href: str


class HeldField(forms.TypedMultipleChoiceField):
    """The criteria that hold."""

    def __init__(self) -> None:
        super().__init__(
            label="符合的等级标准", coerce=int, widget=forms.CheckboxSelectMultiple,
            error_messages={
                "required": "请至少勾选一条;一条也不符合的,不必列为廉政风险点。",
                "invalid_choice": "请在列出的标准中勾选。",
            },
        )  # fmt: skip

    def offer(self, words: Words, counting: str) -> None:
        """Say which criteria there are, and how they are counted."""
        self.choices = words.choices
        self.help_text = f"{counting}{COUNTING}"


class RiskForm(OpenForm):
    """What a risk point is, who keeps it, and what it hangs on."""

    TITLE = "廉政风险点"
    ASKED = {
        Why.DECISION: ("organization", "matter", "held", "measure", "owner", "review_on", "roles", "kinds", "items")
    }

    OPEN = {"matter": "权力事项或环节", "measure": "防控措施"}
    TIES = ("roles", "kinds", "items")

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    organization = PickField(label="组织", source="plans:register_options")
    matter = forms.CharField(
        label="权力事项或环节", max_length=200, help_text="什么权力、哪个环节可能出问题,例如“工伤认定的调查取证”。"
    )
    held = HeldField()
    measure = forms.CharField(label="防控措施", max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))
    owner = PickField(label="责任人", source="plans:risk_owner_options", of="姓名")
    review_on = DayField(label="下次复查")
    roles = forms.MultipleChoiceField(
        label="关联岗位", required=False, choices=[(role.value, role.label) for role in ROLES],
        widget=forms.CheckboxSelectMultiple, help_text="这个组织的这些岗位换人以后,会提醒重新复查。",
    )  # fmt: skip
    kinds = PickMany(
        label="关联事项类别", of="名称", required=False,
        help_text="类别的阶段或要求调整以后,会提醒重新复查;这一类事项的页面会显示这个风险点。",
    )  # fmt: skip
    items = PickMany(label="关联事项", of="标题", required=False)

    def __init__(
        self, *args: Any, organizations: QuerySet[Organization], people: QuerySet[Person], hangs: Hangs, words: Words,
        counting: str, **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["organization"].rows, fields["owner"].rows = organizations, people
        fields["kinds"].offer(hangs.kinds, hangs.kinds_href)
        fields["items"].offer(hangs.items, hangs.items_href)
        fields["held"].offer(words, counting)
        if self.initial.get("version"):
            # The level changes by a review alone, and what hangs on the organization stays there.
            for name in ("organization", "held", "review_on"):
                del fields[name]
        remember(self)

    def draft(self, organization_id: int | None = None) -> RiskDraft:
        """What the service takes."""
        values = self.cleaned_data
        return RiskDraft(
            organization_id or values["organization"].pk, values["matter"], values["owner"].pk, values["measure"],
            tuple(values["roles"]), tuple(kind.pk for kind in values["kinds"]),
            tuple(item.pk for item in values["items"]),
        )  # fmt: skip


class RiskListForm(PeopleListForm):
    """A list of risk points."""

    TITLE = "导入廉政风险点"
    HEAD = "科室\t权力事项或环节\t等级\t符合的标准\t防控措施\t责任人\t下次复查"

    def ticks(self) -> dict[int, tuple[int, ...]]:
        """The criteria that were ticked at rows, by the row's number: `held-12` with 1 and 3."""
        found: dict[int, tuple[int, ...]] = {}
        for name in self.data:
            row = name.removeprefix("held-")
            if row != name and row.isdecimal() and len(row) < 6:
                said = self.data.getlist(name) if hasattr(self.data, "getlist") else self.data[name]
                found[int(row)] = tuple(sorted({int(one) for one in said if one.isdecimal() and len(one) < 3}))
        return found


class ReviewForm(OpenForm):
    """What came of looking again."""

    TITLE = "风险点复查"
    ASKED = {Why.PROPOSED: ("on", "next_on"), Why.DECISION: ("held",), Why.EVENT: ("remark",)}

    OPEN = {"remark": "复查情况"}

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    on = DayField(label="复查日期")
    held = HeldField()
    remark = forms.CharField(
        label="复查情况", max_length=500, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="岗位、流程、措施有什么变化;只有管理和领导这个组织的人看得到。",
    )  # fmt: skip
    next_on = DayField(label="下次复查")

    def __init__(self, *args: Any, words: Words, counting: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["held"].offer(words, counting)

    def draft(self) -> ReviewDraft:
        """What the service takes."""
        values = self.cleaned_data
        return ReviewDraft(values["on"], tuple(values["held"]), values["next_on"], values["remark"])


class LiftForm(OpenForm):
    """Why a risk is no more."""

    TITLE = "风险点解除"
    ASKED = {Why.REASON: ("reason",)}

    OPEN = {"reason": "解除原因"}

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    reason = forms.CharField(
        label="解除原因", max_length=200, help_text="例如“权限已上收”“流程已取消”;解除后不能再改,记录保留。"
    )
