"""Forms of checks."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet

from onebow.apps.base.asking import AskingForm, Why
from onebow.apps.organizations.forms.fields import DayField, PickField
from onebow.apps.organizations.models import Organization
from onebow.apps.plans.checking.periods import FORMS, Span, last_before, read_span, span_on
from onebow.apps.plans.checking.sorts import ABOUT, WAYS
from onebow.apps.plans.forms.registers import OpenForm
from onebow.apps.plans.models import CheckRun, Sort
from onebow.apps.plans.queries.duties.telling import period_words
from onebow.apps.plans.services.checks import CheckDraft

# So many periods gone by of each kind, beside the one that runs.
BACK = {"month": 12, "quarter": 4, "half": 2}
KINDS = dict(CheckRun.Kind.choices)
TEXT = forms.Textarea(attrs={"rows": 3})


def periods(today: date) -> list[tuple[str, list[tuple[str, str]]]]:
    """What may be checked, the latest first, by kind; the one that runs says so."""
    return [(KINDS[kind], [(span.key, _words(span, today)) for span in _spans(kind, today)]) for kind in FORMS]


def _spans(kind: str, today: date) -> Sequence[Span]:
    spans = [span_on(kind, today)]
    while len(spans) <= BACK[kind]:
        spans.append(last_before(kind, spans[-1].starts_on))
    return [*spans[1:2], spans[0], *spans[2:]]


def _words(span: Span, today: date) -> str:
    return f"{period_words(span.starts_on, span.ends_on)}{'(尚未结束)' if span.ends_on > today else ''}"


class CheckForm(AskingForm):
    """Which organization, and over which period."""

    TITLE = "进行检查"
    ASKED = {Why.DECISION: ("organization", "period")}

    organization = PickField(label="检查对象", source="plans:register_options", help_text="连同它下面的所有组织。")
    period = forms.ChoiceField(label="检查")

    def __init__(self, *args: Any, rows: QuerySet[Organization], today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organization"].rows = rows
        self.fields["period"].choices = periods(today)

    def draft(self) -> CheckDraft:
        """What the service takes."""
        kind, _, text = self.cleaned_data["period"].partition(":")
        span = read_span(kind, text)
        if span is None:
            raise RuntimeError(f"no period: {text}")
        return CheckDraft(self.cleaned_data["organization"].pk, kind, span.starts_on, span.ends_on)


class SpecialForm(OpenForm):
    """A special campaign: its name, its days, and what it looks for."""

    TITLE = "专项整治"
    ASKED = {Why.DECISION: ("title", "organization", "starts_on", "last_on", "sorts", "drive")}

    OPEN = {"title": "名称"}

    title = forms.CharField(label="名称", max_length=100, help_text="例如“逾期事项专项整治”。")
    organization = PickField(label="检查对象", source="plans:register_options", help_text="连同它下面的所有组织。")
    starts_on = DayField(label="时段起")
    last_on = DayField(label="时段止", help_text="最后一天。")
    sorts = forms.MultipleChoiceField(label="检查内容", widget=forms.CheckboxSelectMultiple)
    drive = forms.TypedChoiceField(
        label="只查一项专项活动的事项", required=False, coerce=int, empty_value=None, help_text="不选则查全部。"
    )

    def __init__(
        self, *args: Any, rows: QuerySet[Organization], drives: Sequence[tuple[Any, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organization"].rows = rows
        self.fields["sorts"].choices = [(sort, f"{label}({WAYS[ABOUT[sort].way]})") for sort, label in Sort.choices]
        self.fields["drive"].choices = [("", "全部"), *drives]

    def clean(self) -> dict[str, Any]:
        """The days follow one another."""
        values = super().clean()
        first, last = values.get("starts_on"), values.get("last_on")
        if first and last and last < first:
            self.add_error("last_on", "时段止不能早于时段起。")
        return values

    def draft(self) -> CheckDraft:
        """What the service takes."""
        values = self.cleaned_data
        return CheckDraft(
            values["organization"].pk, CheckRun.Kind.SPECIAL_CAMPAIGN, values["starts_on"],
            values["last_on"] + date.resolution, values["title"], tuple(values["sorts"]), values["drive"],
        )  # fmt: skip


class AnswerForm(AskingForm):
    """What was done, in a sentence."""

    TITLE = "说明补救情况"
    ASKED = {Why.EVENT: ("text",)}

    version = forms.IntegerField(widget=forms.HiddenInput)
    text = forms.CharField(
        label="做了什么", max_length=500, widget=TEXT,
        help_text="一两句话;会议、办结、挂钩等系统已经看到的不用再写。",
    )  # fmt: skip


class ReturnForm(AskingForm):
    """Why it goes back."""

    TITLE = "退回补救说明"
    ASKED = {Why.REASON: ("reason",)}

    version = forms.IntegerField(widget=forms.HiddenInput)
    reason = forms.CharField(label="退回的原因", max_length=500, widget=TEXT)


class CloseForm(AskingForm):
    """What was looked at; may be empty."""

    TITLE = "销号"
    ASKED = {Why.CONFIRM: ("note",)}

    note = forms.CharField(label="核对情况", max_length=500, required=False, help_text="可不填。")
