"""Forms for meetings to come."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone

from onebow.apps.base.asking import AskingForm, Why
from onebow.apps.base.second_look import SecondLookForm
from onebow.apps.meetings.forms.fields import check_lines, lines_of, person_choices
from onebow.apps.meetings.models import Meeting, MeetingKind
from onebow.apps.meetings.queries.load_over import Coming
from onebow.apps.meetings.queries.proposals import Proposal
from onebow.apps.meetings.services.drafts import NOTHING, Anchors, PlanDraft
from onebow.apps.organizations.forms.fields import DayField, Offer, PeopleField
from onebow.apps.organizations.models import Organization, Person

MOST_POINTS = 30


class PlanForm(SecondLookForm):
    """When and where, on what, and who leads it; most of it is proposed."""

    TITLE = "安排会议"
    ASKED = {
        Why.PROPOSED: ("title", "on", "begins", "place", "chair", "recorder"),
        Why.PLAN: ("agenda", "units"),
    }

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    title = forms.CharField(label="主题", max_length=200)
    on = DayField(label="日期")
    begins = forms.TimeField(
        label="时间", widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={"invalid": "请填写时间,例如 15:00。"},
    )  # fmt: skip
    place = forms.CharField(label="地点", max_length=100, required=False)
    agenda = forms.CharField(
        label="议程", required=False, widget=forms.Textarea(attrs={"rows": 4}), help_text="每行一项,可以粘贴。"
    )
    chair = forms.TypedChoiceField(label="主持人", coerce=int, empty_value=None, required=False)
    recorder = forms.TypedChoiceField(
        label="记录人", coerce=int, empty_value=None, required=False, help_text="记录人可以填写会议记录。"
    )
    units = PeopleField(label="联合单位", source="meetings:organization_options", required=False)

    def __init__(
        self, *args: Any, people: Sequence[Person], organizations: QuerySet[Organization], near: int,
        fixed_title: str = "", **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        # Of a kind without content: its name stands for the topic.
        self.fixed_title = fixed_title
        if fixed_title:
            for key in ("title", "agenda", "place"):
                del self.fields[key]
        for key in ("chair", "recorder"):
            self.fields[key].choices = person_choices(people)
        join_field(self, "units", Offer(organizations), near)
        self.fields["units"].help_text = "联学联建、共同举办时选择;没有可不填。"

    def clean_agenda(self) -> str:
        """Points that fit."""
        return check_lines(self.cleaned_data["agenda"], 200, MOST_POINTS)

    def coming(self, organization: Organization, kind: MeetingKind, pk: int = 0) -> Coming:
        """The meeting as far as its load goes."""
        values = self.cleaned_data
        leads = tuple(one for one in (values["chair"], values["recorder"]) if one)
        return Coming(organization, kind, values["on"], tuple(values["units"]), leads, pk)

    def draft(self, organization_id: int, kind_id: int, anchors: Anchors = NOTHING) -> PlanDraft:
        """What the service takes."""
        values = self.cleaned_data
        at = timezone.make_aware(datetime.combine(values["on"], values["begins"]))
        return PlanDraft(
            organization_id, kind_id, values.get("title", self.fixed_title).strip(), at,
            values.get("place", "").strip(), values["chair"], values["recorder"],
            lines_of(values.get("agenda", "")), tuple(one.pk for one in values["units"]), anchors,
        )  # fmt: skip


def join_field(form: forms.Form, name: str, offer: Offer, near: int) -> None:
    """Give a field of several its rows, and an address that knows for which organization one asks."""
    field: Any = form.fields[name]
    field.offered = offer
    if offer.rows.model is Organization:
        field.widget.attrs["data-of"] = "名称"
    address = str(field.widget.attrs["data-picker"])
    field.widget.attrs["data-picker"] = f"{address}?organization={near}"
    told = form.data.getlist(name) if form.is_bound else form.initial.get(name, [])  # type: ignore[attr-defined]
    field.chosen = told


def initial_of_plan(meeting: Meeting) -> dict[str, Any]:
    """What was planned, to be changed."""
    at = timezone.localtime(meeting.planned_at)
    return {
        "version": meeting.version,
        "title": meeting.title,
        "on": at.date(),
        "begins": at.time(),
        "place": meeting.place,
        "agenda": "\n".join(meeting.agenda.values_list("text", flat=True)),
        "chair": meeting.chair_id,
        "recorder": meeting.recorder_id,
        "units": list(meeting.units.values_list("organization_id", flat=True)),
    }


def initial_proposed(proposal: Proposal) -> dict[str, Any]:
    """What is proposed for a new one."""
    at = timezone.localtime(proposal.at)
    return {
        "title": proposal.title,
        "on": at.date(),
        "begins": at.time(),
        "place": proposal.place,
        "chair": proposal.chair.pk if proposal.chair else None,
        "recorder": proposal.recorder_id,
    }


class ReasonForm(AskingForm):
    """Why a meeting is cancelled or its record taken back."""

    TITLE = "取消会议、作废记录"
    ASKED = {Why.REASON: ("reason",)}

    reason = forms.CharField(label="原因", max_length=300, widget=forms.Textarea(attrs={"rows": 2}))
