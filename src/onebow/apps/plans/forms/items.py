"""Forms of items in motion."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms

from onebow.apps.base.asking import AskingForm, Each, Why
from onebow.apps.organizations.forms.fields import DayField
from onebow.apps.plans.models import SiteVisit
from onebow.apps.plans.queries.items.course import Point
from onebow.apps.plans.services.items import TripDraft, VisitDraft


class CheckpointsForm(AskingForm):
    """Checkpoints of an item, each with a box and how it was done."""

    TITLE = "落实检查点"
    ASKED = {Why.CONFIRM: (Each("done_*", "已落实"),), Why.EVENT: (Each("note_*", "怎样落实的"),)}

    def __init__(self, *args: Any, points: Sequence[Point], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.points = points
        for point in points:
            pk, text = point.row.pk, point.row.text
            self.fields[f"done_{pk}"] = forms.BooleanField(
                label=text, required=False, initial=len(points) == 1,
            )  # fmt: skip
            self.fields[f"note_{pk}"] = forms.CharField(
                label=f"落实情况:{text}", max_length=500, required=False,
                widget=forms.TextInput(attrs={"placeholder": "怎样落实的,可不填"}),
            )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """At least one; and nothing is written beside a box that is left empty."""
        values = super().clean() or {}
        for point in self.points:
            pk = point.row.pk
            if values.get(f"note_{pk}") and not values.get(f"done_{pk}"):
                self.add_error(f"done_{pk}", "填写了落实情况,请同时勾选。")
        if not self.errors and not any(values.get(f"done_{point.row.pk}") for point in self.points):
            raise forms.ValidationError("请至少勾选一项。")
        return values

    def notes(self) -> dict[int, str]:
        """What the service takes."""
        ids = [point.row.pk for point in self.points]
        return {pk: self.cleaned_data[f"note_{pk}"] for pk in ids if self.cleaned_data[f"done_{pk}"]}

    def rows(self) -> list[tuple[Point, forms.BoundField, forms.BoundField]]:
        """Each checkpoint that is still to be done, with its fields."""
        mine = [point for point in self.points if point.mine]
        return [(point, self[f"done_{point.row.pk}"], self[f"note_{point.row.pk}"]) for point in mine]


class ConfirmForm(AskingForm):
    """The checkpoints that somebody saw and confirms for themselves."""

    TITLE = "确认提醒"
    ASKED = {Why.CONFIRM: ("checkpoint",)}

    checkpoint = forms.TypedMultipleChoiceField(
        label="提醒", coerce=int, error_messages={"required": "请至少勾选一项。"}
    )

    def __init__(self, *args: Any, points: Sequence[Point], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["checkpoint"].choices = [(point.row.pk, point.row.text) for point in points]


class ReasonForm(AskingForm):
    """Why."""

    TITLE = "紧急先行、重新办理"
    ASKED = {Why.REASON: ("reason",)}

    reason = forms.CharField(label="原因", max_length=500, widget=forms.Textarea(attrs={"rows": 3}))


class ProgressForm(AskingForm):
    """How it stands."""

    TITLE = "进展"
    ASKED = {Why.PROPOSED: ("on",), Why.EVENT: ("text",)}

    on = DayField(label="日期")
    text = forms.CharField(label="进展", max_length=500, widget=forms.Textarea(attrs={"rows": 3}))


class VisitForm(AskingForm):
    """Who was heard on site."""

    TITLE = "现场了解"
    ASKED = {Why.PROPOSED: ("on", "count", "place"), Why.EVENT: ("method", "heard", "text")}

    on = DayField(label="日期")
    method = forms.ChoiceField(label="方式", choices=SiteVisit.Method.choices, widget=forms.RadioSelect)
    heard = forms.ChoiceField(label="听取对象", choices=SiteVisit.Heard.choices, widget=forms.RadioSelect)
    count = forms.IntegerField(label="人数", min_value=1, max_value=9999, initial=1)
    place = forms.CharField(label="地点", max_length=100, required=False)
    text = forms.CharField(
        label="了解到的情况", max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 4}),
        help_text="写事实和意见;背靠背了解的,不写反映人的姓名。",
    )  # fmt: skip

    def draft(self) -> VisitDraft:
        """What the service takes."""
        return VisitDraft(**self.cleaned_data)


class TripForm(AskingForm):
    """When and where the travellers are away."""

    TITLE = "外出安排"
    ASKED = {Why.PLAN: ("first", "last", "place")}

    first = DayField(label="外出第一天")
    last = DayField(label="外出最后一天")
    place = forms.CharField(label="外出地点", max_length=200, required=False)

    def clean(self) -> dict[str, Any]:
        """In order."""
        values = super().clean() or {}
        first, last = values.get("first"), values.get("last")
        if isinstance(first, date) and isinstance(last, date) and last < first:
            self.add_error("last", "最后一天不能早于第一天。")
        return values

    def draft(self) -> TripDraft:
        """What the service takes."""
        return TripDraft(**self.cleaned_data)
