"""Forms of elections."""

from collections.abc import Collection, Sequence
from typing import Any

from django import forms

from onebow.apps.base.asking import AskingForm, Each, Why
from onebow.apps.organizations.forms.fields import DayField, PickField
from onebow.apps.organizations.models import Absence, Election, Person, Post
from onebow.apps.organizations.rules.elections import MOST_DEPUTIES
from onebow.apps.organizations.services.elections.ballots import DIVISION
from onebow.apps.organizations.services.elections.meeting import MeetingDraft
from onebow.apps.organizations.services.elections.prepare import ElectionDraft

# More boxes than that are a list to choose from.
MOST_BOXES = 60
NO_NAMES = "请勿写入姓名等个人信息。"


class ElectionForm(AskingForm):
    """Occasion, manner, seats and day; all of it is proposed."""

    TITLE = "选举安排"
    ASKED = {Why.PROPOSED: ("occasion", "manner", "seats", "deputies", "with_secretary"), Why.PLAN: ("held_on",)}

    occasion = forms.ChoiceField(label="事由", choices=Election.Occasion.choices)
    manner = forms.ChoiceField(label="方式", choices=Election.Manner.choices, widget=forms.RadioSelect)
    seats = forms.IntegerField(label="委员名额", min_value=0, max_value=99, help_text="直接选书记的填 0。")
    deputies = forms.IntegerField(label="副书记名额", min_value=0, max_value=MOST_DEPUTIES)
    with_secretary = forms.BooleanField(label="选举书记", required=False, help_text="补选时书记不缺的,不勾选。")
    held_on = DayField(label="选举日期", help_text="计划的日期,以后还可以改;已开过会的填实际日期。")

    def draft(self) -> ElectionDraft:
        """What the service takes."""
        values = dict(self.cleaned_data)
        return ElectionDraft(secretaries=int(values.pop("with_secretary")), **values)


class CandidatesForm(AskingForm):
    """Who stands for what: boxes beside each name."""

    TITLE = "候选人"
    ASKED = {Why.DECISION: ("member", "secretary", "deputy")}

    member = forms.TypedMultipleChoiceField(label="委员候选人", coerce=int, required=False)
    secretary = forms.TypedMultipleChoiceField(label="书记候选人", coerce=int, required=False)
    deputy = forms.TypedMultipleChoiceField(label="副书记候选人", coerce=int, required=False)

    def __init__(self, *args: Any, people: Sequence[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.choices = [(person.pk, person.name) for person in people]

    def chosen(self) -> list[tuple[str, int]]:
        """Pairs of office and person."""
        return [(office, pk) for office in self.fields for pk in self.cleaned_data[office]]

    def marked(self) -> dict[str, set[int]]:
        """What is ticked, as typed or as it stands."""
        return {office: {int(pk) for pk in self[office].value() or () if str(pk).isdigit()} for office in self.fields}


class MeetingForm(AskingForm):
    """The day, who chairs, watches and counts, and who is not counted among those who should attend."""

    TITLE = "选举会议"
    ASKED = {
        Why.PROPOSED: ("held_on",),
        Why.EVENT: (
            "chair",
            "scrutineers",
            "tellers",
            Each("absent_*", "不计入应到的党员"),
            Each("why_*", "不计入的原因"),
        ),
    }

    SPARE = 3

    held_on = DayField(label="选举日期")
    chair = forms.TypedChoiceField(label="主持人", coerce=int, empty_value=None, required=False)
    scrutineers = forms.TypedMultipleChoiceField(
        label="监票人", coerce=int, required=False, help_text="候选人不能担任,不在其中。"
    )
    tellers = forms.TypedMultipleChoiceField(label="计票人", coerce=int, required=False)

    def __init__(
        self,
        *args: Any,
        people: Sequence[Person],
        candidates: Collection[int],
        absences: Sequence[Absence],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        names = [(person.pk, person.name) for person in people]
        widget = forms.CheckboxSelectMultiple if len(names) <= MOST_BOXES else forms.SelectMultiple
        self.fields["chair"].choices = [("", "未定"), *names]
        free = [(person.pk, person.name) for person in people if person.pk not in candidates]
        for key in ("scrutineers", "tellers"):
            self.fields[key].widget = widget()
            self.fields[key].choices = free
        self.rows = len(absences) + self.SPARE
        for place in range(self.rows):
            known = absences[place] if place < len(absences) else None
            self.fields[f"absent_{place}"] = forms.TypedChoiceField(
                label=f"不计入应到的党员 {place + 1}", coerce=int, empty_value=None, required=False,
                choices=[("", "—"), *names], initial=known.person_id if known else "",
            )  # fmt: skip
            self.fields[f"why_{place}"] = forms.ChoiceField(
                label=f"原因 {place + 1}", required=False, choices=[("", "—"), *Absence.Why.choices],
                initial=known.why if known else "",
            )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """Who is left out is left out for a reason."""
        values = super().clean() or {}
        for place in range(self.rows):
            person, why = values.get(f"absent_{place}"), values.get(f"why_{place}")
            if bool(person) != bool(why):
                self.add_error(f"why_{place}" if person else f"absent_{place}", "党员和原因要一起填写。")
        return values

    def draft(self) -> MeetingDraft:
        """What the service takes."""
        values = self.cleaned_data
        pairs = ((values[f"absent_{place}"], values[f"why_{place}"]) for place in range(self.rows))
        return MeetingDraft(
            values["held_on"],
            values["chair"],
            tuple(values["scrutineers"]),
            tuple(values["tellers"]),
            {person: why for person, why in pairs if person},
        )

    def absence_rows(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """Pairs of person and reason."""
        return [(self[f"absent_{place}"], self[f"why_{place}"]) for place in range(self.rows)]

    def plain(self) -> list[forms.BoundField]:
        """The other fields."""
        return [self[key] for key in ("held_on", "chair", "scrutineers", "tellers")]


class FewerForm(AskingForm):
    """How many seats the meeting gave up, and how many agreed."""

    TITLE = "减少名额"
    ASKED = {Why.PROPOSED: ("seats",), Why.EVENT: ("agreed",)}

    seats = forms.IntegerField(label="减少的名额", min_value=1, max_value=99)
    agreed = forms.IntegerField(label="同意的人数", min_value=0, max_value=99_999)


class ResultForm(AskingForm):
    """The division of work in the committee."""

    TITLE = "委员分工"
    ASKED = {Why.PROPOSED: (Each("role_*", "每位委员的分工"),)}

    def __init__(self, *args: Any, people: Sequence[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for place, person in enumerate(people):
            # One after the other: the usual division, to be changed.
            first = DIVISION[min(place, len(DIVISION) - 1)]
            self.fields[f"role_{person.pk}"] = forms.ChoiceField(
                label=person.name, choices=[(role.value, role.label) for role in DIVISION], initial=first.value
            )

    def division(self) -> dict[int, str]:
        """Person -> role."""
        return {int(key.removeprefix("role_")): role for key, role in self.cleaned_data.items()}


class CancelForm(AskingForm):
    """Why an election is cancelled."""

    TITLE = "取消选举"
    ASKED = {Why.REASON: ("reason",)}

    reason = forms.CharField(label="取消的原因", max_length=500, help_text=NO_NAMES)


class StrikeForm(AskingForm):
    """Why a ballot is struck."""

    TITLE = "作废票数"
    ASKED = {Why.REASON: ("reason",)}

    reason = forms.CharField(
        label="作废的原因", max_length=200, help_text=f"例如“票数录入有误”;原记录仍可看到。{NO_NAMES}"
    )


class AppointmentForm(AskingForm):
    """Whom the superior appointed, and by which paper."""

    TITLE = "登记任命"
    ASKED = {
        Why.PAPER: ("person", "role", "number", "paper_on", "scan"),
        Why.PROPOSED: ("starts_on",),
        Why.DECISION: ("replace",),
    }

    person = PickField(label="任命的人", source="organizations:people_options", of="姓名")
    role = forms.ChoiceField(
        label="职务", choices=[(role.value, role.label) for role in (Post.Role.SECRETARY, Post.Role.DEPUTY_SECRETARY)]
    )
    starts_on = DayField(label="任职日期")
    number = forms.CharField(label="任命文件文号", max_length=60, help_text="例如“机关党委〔2026〕3号”。")
    paper_on = DayField(label="成文日期")
    replace = forms.BooleanField(label="同时免去现任", required=False, help_text="现任从任职日期起免去。")
    scan = forms.FileField(label="扫描件", required=False, help_text="PDF、PNG 或 JPG,不超过 20 MB;可不传。")

    def __init__(self, *args: Any, rows: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].rows = rows


def initial_of(election: Election) -> dict[str, Any]:
    """What an election says, to be changed."""
    names = ("occasion", "manner", "seats", "deputies", "held_on")
    return {name: getattr(election, name) for name in names} | {"with_secretary": bool(election.secretaries)}
