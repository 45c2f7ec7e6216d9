"""Forms of duties and their occurrences."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms

from onebow.apps.base.asking import AskingForm, Each, Why
from onebow.apps.base.refusals import Refused
from onebow.apps.base.second_look import SecondLookForm
from onebow.apps.organizations.forms.fields import DayField
from onebow.apps.plans.models import Occurrence
from onebow.apps.plans.queries.duties.telling import DAY_OF_MONTH, SHORT
from onebow.apps.plans.rules.duties import check_day
from onebow.apps.plans.services.duties import CadenceDraft, PlanLine
from onebow.apps.plans.services.duties.occurrences import LONGEST_TEXT
from onebow.cores.timekeeping import check_terms, read_recurrence
from onebow.cores.timekeeping.windows import Terms, read_month_day

OTHER = "other"
EVERY = [*SHORT.items(), (OTHER, "其他(写 RRULE)")]
NO_NAMES = "请勿写入姓名等个人信息。"


class PlanForm(AskingForm):
    """On which day, and on what."""

    TITLE = "应办事项的安排"
    ASKED = {Why.PROPOSED: ("planned_on",), Why.PLAN: ("topic",)}

    version = forms.IntegerField(widget=forms.HiddenInput)
    planned_on = DayField(label="计划日期", required=False, help_text="空着表示还没有安排。")
    topic = forms.CharField(label="计划主题", max_length=200, required=False)

    def __init__(self, *args: Any, row: Occurrence, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.row, self.today = row, today

    def clean_planned_on(self) -> date | None:
        """In the period."""
        return _in_period(self.row, self.cleaned_data["planned_on"], self.today)


class ExcuseForm(AskingForm):
    """On what ground it need not be done."""

    TITLE = "因故免开"
    ASKED = {Why.PAPER: ("basis",)}

    version = forms.IntegerField(widget=forms.HiddenInput)
    basis = forms.CharField(
        label="免开的依据", max_length=LONGEST_TEXT, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=f"例如上级通知的文号和内容。{NO_NAMES}",
    )  # fmt: skip


class MissForm(AskingForm):
    """Why it was not done."""

    TITLE = "说明未落实"
    ASKED = {Why.REASON: ("reason",)}

    version = forms.IntegerField(widget=forms.HiddenInput)
    reason = forms.CharField(
        label="未落实的原因", max_length=LONGEST_TEXT, widget=forms.Textarea(attrs={"rows": 3}), help_text=NO_NAMES
    )


class RestoreForm(AskingForm):
    """Nothing but the version that was seen."""

    TITLE = "恢复应办"

    version = forms.IntegerField(widget=forms.HiddenInput)


class CadenceForm(SecondLookForm):
    """Other terms, from a day to come on."""

    TITLE = "调整频次"
    ASKED = {
        Why.PROPOSED: ("every", "rule", "count", "window_from", "window_to", "day", "from_on"),
        Why.PAPER: ("basis",),
    }

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    every = forms.ChoiceField(label="周期", choices=EVERY)
    rule = forms.CharField(
        label="其他周期(RRULE)", max_length=100, required=False,
        help_text="只在选“其他”时填写,例如 FREQ=MONTHLY;INTERVAL=4(每四个月)。",
    )  # fmt: skip
    count = forms.DecimalField(label="每期要求", max_digits=6, decimal_places=2, min_value=Decimal("0.01"))
    window_from = forms.CharField(
        label="办理时段起", max_length=5, required=False, help_text="月-日,例如 10-01;整个周期都可以办理的,起止都不填。"
    )
    window_to = forms.CharField(label="办理时段止", max_length=5, required=False, help_text="月-日,例如 12-31。")
    day = forms.IntegerField(
        label="建议日期", min_value=1, max_value=31, required=False, help_text="每月的第几日,遇休息日顺延;可不填。"
    )
    from_on = DayField(label="从哪天起", help_text="从这天起开始的第一个周期执行;已经开始的周期不变。")
    basis = forms.CharField(label="调整的依据", max_length=200, help_text=f"例如上级通知的文号。{NO_NAMES}")

    def clean_rule(self) -> str:
        """A rule that is one, where it is asked for."""
        if self.cleaned_data.get("every") != OTHER:
            return ""
        return self._read(read_recurrence, self.cleaned_data["rule"]).text

    def clean_window_from(self) -> str:
        """A day of a year."""
        return self._month_day("window_from")

    def clean_window_to(self) -> str:
        """A day of a year."""
        return self._month_day("window_to")

    def clean(self) -> dict[str, Any]:
        """Terms that the calendar can keep."""
        values = super().clean() or {}
        if not self.errors:
            self._read(check_terms, self.terms())
        return values

    def terms(self) -> Terms:
        """As the calendar takes them."""
        draft = self.draft()
        return Terms(draft.recurrence, draft.count, draft.window_from, draft.window_to, draft.proposed)

    def draft(self) -> CadenceDraft:
        """What the service takes."""
        values = self.cleaned_data
        rule = values["rule"] if values["every"] == OTHER else values["every"]
        day = f"FREQ=MONTHLY;BYMONTHDAY={values['day']}" if values["day"] else ""
        return CadenceDraft(
            rule, values["count"], values["window_from"], values["window_to"], day, values["basis"].strip()
        )

    def _month_day(self, name: str) -> str:
        text = str(self.cleaned_data[name]).strip()
        if text:
            self._read(read_month_day, text)
        return text

    def _read(self, read: Any, value: Any) -> Any:
        try:
            return read(value)
        except ValueError as error:
            raise forms.ValidationError(str(error)) from error


def initial_of(terms: CadenceDraft, from_on: date) -> dict[str, Any]:
    """The terms in force, to be changed."""
    day = DAY_OF_MONTH.fullmatch(terms.proposed)
    is_usual = terms.recurrence in SHORT
    return {
        "every": terms.recurrence if is_usual else OTHER,
        "rule": "" if is_usual else terms.recurrence,
        "count": terms.count.normalize() if terms.count != terms.count.to_integral_value() else int(terms.count),
        "window_from": terms.window_from,
        "window_to": terms.window_to,
        "day": int(day[1]) if day else None,
        "from_on": from_on,
    }


class YearForm(AskingForm):
    """Day and topic of each open occurrence of a year; only what was touched is sent on."""

    TITLE = "全年安排"
    ASKED = {Why.PROPOSED: (Each("day_*", "每项的计划日期"),), Why.PLAN: (Each("topic_*", "每项的主题"),)}

    def __init__(
        self, *args: Any, rows: Sequence[Occurrence], today: date, proposed: Mapping[int, date], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.occurrences, self.today = rows, today
        for row in rows:
            name = f"{row.duty.name} {row.starts_on:%Y-%m}"
            self.fields[f"version_{row.pk}"] = forms.IntegerField(widget=forms.HiddenInput, initial=row.version)
            self.fields[f"was_{row.pk}"] = forms.CharField(
                widget=forms.HiddenInput, required=False, initial=_as_was(row.planned_on, row.topic), strip=False
            )
            self.fields[f"day_{row.pk}"] = DayField(
                label=f"{name}:计划日期", required=False, initial=row.planned_on or proposed.get(row.pk)
            )
            self.fields[f"topic_{row.pk}"] = forms.CharField(
                label=f"{name}:主题", max_length=200, required=False, initial=row.topic
            )

    def clean(self) -> dict[str, Any]:
        """Each day in its period."""
        values = super().clean() or {}
        for row in self.occurrences:
            try:
                _in_period(row, values.get(f"day_{row.pk}"), self.today)
            except forms.ValidationError as error:
                self.add_error(f"day_{row.pk}", error)
        return values

    def lines(self) -> list[PlanLine]:
        """What was touched."""
        return [line for row in self.occurrences if (line := self._line(row)) is not None]

    def cells(self) -> dict[int, dict[str, forms.BoundField]]:
        """By occurrence, its fields."""
        return {row.pk: {key: self[f"{key}_{row.pk}"] for key in ("day", "topic")} for row in self.occurrences}

    def _line(self, row: Occurrence) -> PlanLine | None:
        values = self.cleaned_data
        day, topic = values[f"day_{row.pk}"], values[f"topic_{row.pk}"]
        if values[f"was_{row.pk}"] == _as_was(day, topic):
            return None
        return PlanLine(row.pk, day, topic, values[f"version_{row.pk}"])


def _in_period(row: Occurrence, day: date | None, today: date) -> date | None:
    """The rule's own sentence, beside the field."""
    try:
        check_day(row, day, today)
    except Refused as error:
        raise forms.ValidationError(str(error)) from error
    return day


def _as_was(day: date | None, topic: str) -> str:
    return f"{day.isoformat() if day else ''}|{topic}"
