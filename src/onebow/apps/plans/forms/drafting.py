"""Forms of items."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django import forms
from django.db.models import QuerySet

from onebow.apps.base.asking import AskingForm, Why
from onebow.apps.organizations.forms.fields import DayField, Offer
from onebow.apps.organizations.models import Organization
from onebow.apps.plans.forms.fields import Pick, PickMany, remember
from onebow.apps.plans.forms.plans import TEXTS, TEXTS_ASKED, text_fields
from onebow.apps.plans.models import Item, ItemKind, Side, Tie
from onebow.apps.plans.queries.ties import SERVED
from onebow.apps.plans.services.drafting import ItemDraft


@dataclass(frozen=True)
class Choices:
    """What may be picked in a plan, and the addresses at which it is searched."""

    kinds: Sequence[ItemKind]
    owners: Any
    people: Any
    points: Sequence[tuple[int, str]]
    owners_href: str
    people_href: str
    directives: Any = ()
    drives: Any = ()
    # Who owns an item of a side if nobody is picked; nobody is proposed where an item is changed.
    proposed: Mapping[str, Organization] = field(default_factory=dict)


class QuickForm(AskingForm):
    """An item in five fields; the key point is known from where one added it."""

    TITLE = "事项(简)"
    ASKED = {Why.PLAN: ("title", "due_on"), Why.DECISION: ("kind", "person"), Why.PROPOSED: ("organization",)}

    PERSON_HELP = "不填则为主责单位的负责人。"

    title = forms.CharField(label="事项", max_length=200)
    kind = forms.TypedChoiceField(label="类别", coerce=int)
    organization = Pick(label="主责单位")
    person = Pick(label="责任人", of="姓名", required=False)
    due_on = DayField(label="完成期限", required=False)
    key_point = forms.TypedChoiceField(
        label="工作要点", coerce=int, empty_value=None, required=False, widget=forms.HiddenInput
    )

    def __init__(self, *args: Any, choices: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kinds = {kind.pk: kind for kind in choices.kinds}
        groups: dict[str, list[tuple[int, str]]] = {}
        for kind in choices.kinds:
            groups.setdefault(str(kind.get_listed_in_display()), []).append((kind.pk, kind.name))
        fields = self.fields
        fields["kind"].choices = list(groups.items())
        fields["key_point"].choices = [("", "未归入要点"), *choices.points]
        fields["organization"].offer(choices.owners, choices.owners_href)
        self.proposed = choices.proposed
        if choices.proposed:
            fields["organization"].required = False
            fields["organization"].help_text = owner_words(choices.proposed)
        fields["person"].offer(choices.people, choices.people_href)
        fields["person"].help_text = self.PERSON_HELP
        remember(self)

    def clean(self) -> dict[str, Any]:
        """Party organizations own Party items, the others business items; said beside the field."""
        values = super().clean() or {}
        kind, owner = self.kinds.get(values.get("kind") or 0), values.get("organization")
        if kind and not owner and "organization" not in self.errors:
            owner = values["organization"] = self.proposed.get(kind.side)
            if not owner:
                self.add_error("organization", "请选择主责单位。")
        if kind and owner and (kind.side == Side.PARTY) != owner.is_party:
            words = "党组织" if kind.side == Side.PARTY else "行政单位或科室"
            self.add_error("organization", f"“{kind.name}”是{kind.get_side_display()}事项,请选{words}。")
        return values

    def draft(self, person_id: int | None = None) -> ItemDraft:
        """What the service takes; `person_id` is who leads the owner, where nobody was picked."""
        values = self.cleaned_data
        return ItemDraft(
            kind_id=values["kind"],
            title=values["title"],
            organization_id=values["organization"].pk,
            person_id=values["person"].pk if values["person"] else person_id,
            key_point_id=values["key_point"],
            due_on=values["due_on"],
        )


def owner_words(proposed: Mapping[str, Organization]) -> str:
    """Who owns an item if nobody is picked."""
    sides = ((Side.PARTY, "党建事项"), (Side.BUSINESS, "业务事项"))
    return f"不填则{','.join(f'{words}由{proposed[side].name}主责' for side, words in sides if side in proposed)}。"


class ItemForm(QuickForm):
    """All that is said of an item."""

    TITLE = "事项"
    ASKED = {
        Why.PLAN: ("starts_on", "hours", "text"),
        Why.DECISION: ("units", "directive", "drive", *TEXTS_ASKED),
        Why.PROPOSED: ("key_point",),
    }

    # What is left empty here stays so: an item may be written before it is known who answers for it.
    PERSON_HELP = ""

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    key_point = forms.TypedChoiceField(label="工作要点", coerce=int, empty_value=None, required=False)
    starts_on = DayField(label="开始日期", required=False)
    hours = forms.DecimalField(
        label="预计工时", min_value=0, max_digits=8, decimal_places=2, required=False, help_text="小时。"
    )
    units = PickMany(label="协办单位", of="名称", required=False)
    text = forms.CharField(label="内容", max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 4}))
    directive = Pick(label="上级部署", required=False)
    drive = Pick(label="专项活动", required=False)
    ORDER = (
        "version", "title", "key_point", "kind", "organization", "person", "starts_on", "due_on", "hours", "units",
        "text", "directive", "drive",
    )  # fmt: skip

    def __init__(self, *args: Any, choices: Choices, with_texts: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, choices=choices, **kwargs)
        fields = self.fields
        fields["units"].offer(choices.owners, choices.owners_href)
        for key, rows in (("directive", choices.directives), ("drive", choices.drives)):
            fields[key].offer(rows)
        self.order_fields(self.ORDER)
        if with_texts:
            fields = self.fields
            del fields["directive"], fields["drive"]
            fields.update(text_fields())
        remember(self)

    def clean(self) -> dict[str, Any]:
        """It ends after it starts."""
        values = super().clean()
        starts_on, due_on = values.get("starts_on"), values.get("due_on")
        if starts_on and due_on and due_on < starts_on:
            self.add_error("due_on", "完成期限不能早于开始日期。")
        return values

    def draft(self, person_id: int | None = None) -> ItemDraft:
        """What the service takes."""
        values = self.cleaned_data
        return replace(
            # Where nobody was picked, nobody answers for it yet.
            super().draft(),
            starts_on=values["starts_on"],
            hours=values["hours"],
            text=values["text"],
            directive_id=values["directive"].pk if values.get("directive") else None,
            drive_id=values["drive"].pk if values.get("drive") else None,
            units=tuple(one.pk for one in values["units"]),
        )

    def texts(self) -> dict[str, str]:
        """The item's own requirements."""
        return {key: self.cleaned_data.get(key, "") for key in TEXTS}


def initial_of(item: Item) -> dict[str, Any]:
    """An item as its form shows it."""
    names = ("version", "title", "starts_on", "due_on", "hours", "text")
    told = {name: getattr(item, name) for name in names}
    ids = ("kind", "organization", "person", "key_point", "directive", "drive")
    told |= {name: getattr(item, f"{name}_id") for name in ids}
    return told | {"units": [row.organization_id for row in item.units.all()]}


class PeopleForm(AskingForm):
    """Who takes part, and who of them travels."""

    TITLE = "参与人员"
    ASKED = {Why.DECISION: ("people", "travellers")}

    people = PickMany(label="参与人员", required=False)
    travellers = PickMany(
        label="其中外出人员", required=False, help_text="外出前逐人确认提醒;填在这里的自动列为参与人员。"
    )

    def __init__(self, *args: Any, rows: Any, href: str, is_trip: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields = self.fields
        offer = Offer(rows)
        for one in fields.values():
            one.offer(offer, href)
        if not is_trip:
            del fields["travellers"]
        remember(self)

    def chosen(self, key: str) -> list[int]:
        """Ids of those chosen."""
        return [one.pk for one in self.cleaned_data.get(key) or ()]


class RequirementsForm(AskingForm):
    """What is required of one item by exception; beneath each field stands what holds otherwise."""

    TITLE = "事项的要求"
    ASKED = {Why.DECISION: (*TEXTS_ASKED,)}

    def __init__(self, *args: Any, inherited: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.update(text_fields(dict(inherited)))

    def texts(self) -> dict[str, str]:
        """By category."""
        return {key: self.cleaned_data[key] for key in TEXTS}


class TieForm(AskingForm):
    """To what an item is tied, and how."""

    TITLE = "挂钩"
    ASKED = {Why.DECISION: ("kind", "target")}

    kind = forms.ChoiceField(label="关系")
    target = Pick(label="对象", of="事项")

    def __init__(self, *args: Any, kinds: Sequence[str], rows: QuerySet[Item], href: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields = self.fields
        fields["kind"].choices = [(key, KIND_WORDS[key]) for key in kinds]
        fields["target"].offer(rows, href)
        remember(self)


KIND_WORDS: dict[str, str] = {
    Tie.Kind.SUPPORTS: "服务保障业务事项",
    SERVED: "由党建事项服务保障",
    Tie.Kind.AFTER: "排在某事项之后",
}


class UntiedForm(AskingForm):
    """Why an item needs no tie."""

    TITLE = "无需挂钩"
    ASKED = {Why.REASON: ("reason",)}

    reason = forms.CharField(
        label="无需挂钩的理由", max_length=200, required=False, help_text="例如“日常行政事务”。清空则恢复为未挂钩。"
    )
