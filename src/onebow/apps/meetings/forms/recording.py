"""The record of a meeting: five things are typed, everything else is proposed or optional."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms

from onebow.apps.base.asking import AskingForm, Each, Why
from onebow.apps.meetings.forms.fields import FilesField, HoursField, kind_choices, person_choices
from onebow.apps.meetings.forms.planning import join_field
from onebow.apps.meetings.models import Attendance, Meeting, MeetingKind, Resolution
from onebow.apps.meetings.queries.details import Named
from onebow.apps.meetings.queries.due import Due
from onebow.apps.meetings.services.attendance import ABSENT
from onebow.apps.meetings.services.drafts import RecordDraft, ResolutionDraft
from onebow.apps.organizations.forms.fields import DayField, Offer, PeopleField
from onebow.apps.organizations.models import Organization, Person

PRESENT = "present"
PARTS = [(PRESENT, "出席"), *Attendance.Reason.choices, (ABSENT, "缺席")]
LONGEST_MINUTES = 50_000
SPARE = 3
COUNTS = (("yes", "赞成"), ("no", "反对"), ("abstained", "弃权"))


# What is asked of no kind that keeps no content.
CONTENT = ("title", "minutes", "also", "place", "guests", "units", "uploads")


@dataclass(frozen=True)
class Ground:
    """On what a record stands: its kind, those due on its day, who may be named, and what is proposed."""

    organization: Organization
    kind: MeetingKind
    kinds: Sequence[MeetingKind]
    due: Sequence[Due]
    heads: Sequence[Person]
    people: Offer
    guests: Offer
    organizations: Offer
    resolutions: int = 0

    @property
    def proposed(self) -> dict[int, str]:
        """As what those who are away that day are proposed, by person."""
        return {one.person.pk: one.away for one in self.due if one.away}

    @property
    def may_resolve(self) -> bool:
        """Whether it may pass resolutions, as what it is or as what it may be besides."""
        return self.kind.keeps_minutes and any(kind.passes for kind in self.kinds)

    @property
    def named(self) -> list[Person]:
        """Who may take the chair or the record: those due, and who leads."""
        due = [one.person for one in self.due]
        return due + [one for one in self.heads if one.pk not in {person.pk for person in due}]


class RecordForm(AskingForm):
    """Day, hours, topic, minutes, exceptions; then what is only sometimes told."""

    TITLE = "会议记录"
    ASKED = {
        Why.PROPOSED: (
            "held_on",
            "hours",
            "title",
            "place",
            "chair",
            "recorder",
            Each("part_*", "每位应到人员的出席情况(默认出席)"),
        ),
        Why.EVENT: (
            "minutes",
            "also",
            "began",
            "guests",
            "units",
            Each("invited", "参加人员"),
            Each("text_*", "每项决议"),
            Each("yes_*", "赞成票"),
            Each("no_*", "反对票"),
            Each("abstained_*", "弃权票"),
        ),
        Why.DECISION: (Each("person_*", "决议的责任人"), Each("due_*", "决议的完成期限")),
        Why.PAPER: ("uploads",),
    }

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    held_on = DayField(label="召开日期")
    hours = HoursField()
    title = forms.CharField(label="主题", max_length=200)
    minutes = forms.CharField(
        label="会议记录", required=False, max_length=LONGEST_MINUTES, widget=forms.Textarea(attrs={"rows": 8}),
        help_text="可以粘贴。请勿写入涉密内容。",
    )  # fmt: skip
    also = forms.TypedMultipleChoiceField(
        label="同时作为", coerce=int, required=False, widget=forms.CheckboxSelectMultiple,
        help_text="例如党员大会上讲了党课,勾选后一并计入党课。",
    )  # fmt: skip
    began = forms.TimeField(
        label="开始时间", required=False, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={"invalid": "请填写时间,例如 15:00。"},
    )  # fmt: skip
    place = forms.CharField(label="地点", max_length=100, required=False)
    chair = forms.TypedChoiceField(label="主持人", coerce=int, empty_value=None, required=False)
    recorder = forms.TypedChoiceField(label="记录人", coerce=int, empty_value=None, required=False)
    guests = PeopleField(label="列席人员", source="meetings:person_options", required=False)
    units = PeopleField(label="联合单位", source="meetings:organization_options", required=False)
    uploads = FilesField(label="附件", required=False, help_text="可不附;每个不超过 20 MB,最多 10 个。")

    def __init__(self, *args: Any, ground: Ground, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.ground = ground
        is_invited = ground.kind.due_to == MeetingKind.DueTo.INVITED
        if is_invited:
            self.fields["invited"] = PeopleField(
                label="参加人员", source="meetings:person_options", error_messages={"required": "请选择参加人员。"}
            )
            self._join("invited", ground.people)
        self._join("guests", ground.guests)
        self._join("units", ground.organizations)
        self._choices()
        if not ground.kind.keeps_minutes:
            for name in CONTENT:
                self.fields.pop(name, None)
        for one in ground.due:
            self.fields[f"part_{one.person.pk}"] = forms.ChoiceField(
                label=one.person.name, choices=PARTS, required=False, initial=one.away or PRESENT
            )
        for place in range(ground.resolutions + SPARE if ground.may_resolve else 0):
            self._resolution(place)

    def _join(self, name: str, offer: Offer) -> None:
        join_field(self, name, offer, self.ground.organization.pk)

    def _choices(self) -> None:
        fields = self.fields
        for key in ("chair", "recorder"):
            fields[key].choices = person_choices(self.ground.named)
        fields["also"].choices = kind_choices(self.ground.kinds, self.ground.kind.pk)
        if not fields["also"].choices:
            del self.fields["also"]

    def _resolution(self, place: int) -> None:
        number = place + 1
        self.fields[f"text_{place}"] = forms.CharField(label=f"决议 {number}", max_length=500, required=False)
        for key, label in COUNTS:
            self.fields[f"{key}_{place}"] = forms.IntegerField(
                label=f"决议 {number}:{label}票", min_value=0, max_value=99_999, required=False
            )
        self.fields[f"person_{place}"] = forms.TypedChoiceField(
            label=f"决议 {number}:责任人", coerce=int, empty_value=None, required=False,
            choices=person_choices(self.ground.named),
        )  # fmt: skip
        self.fields[f"due_{place}"] = DayField(label=f"决议 {number}:完成期限", required=False)

    def clean(self) -> dict[str, Any]:
        """Votes and a person belong to a resolution in words."""
        values = super().clean() or {}
        for place in self._places():
            told = [values.get(f"{key}_{place}") for key in ("yes", "no", "abstained", "person", "due")]
            if not values.get(f"text_{place}") and any(one is not None for one in told):
                self.add_error(f"text_{place}", "请填写决议内容。")
        return values

    def draft(self) -> RecordDraft:
        """What the service takes."""
        values = self.cleaned_data
        parts = ((one.person.pk, values.get(f"part_{one.person.pk}")) for one in self.ground.due)
        return RecordDraft(
            values["held_on"], values["hours"], values.get("title", self.ground.kind.name).strip(),
            values.get("minutes", "").strip(),
            exceptions=tuple((pk, part) for pk, part in parts if part and part != PRESENT),
            invited=ids(values.get("invited")), guests=ids(values.get("guests")), units=ids(values.get("units")),
            also=tuple(values.get("also") or ()), began=values["began"], place=values.get("place", "").strip(),
            chair_id=values["chair"], recorder_id=values["recorder"], resolutions=tuple(self._resolutions()),
        )  # fmt: skip

    def _places(self) -> range:
        return range(sum(name.startswith("text_") for name in self.fields))

    def _resolutions(self) -> Iterator[ResolutionDraft]:
        values = self.cleaned_data
        for place in self._places():
            if text := values.get(f"text_{place}", "").strip():
                told = [values.get(f"{key}_{place}") for key in ("yes", "no", "abstained", "person", "due")]
                yield ResolutionDraft(text, *told)

    def attendance(self) -> list[tuple[Due, forms.BoundField, str]]:
        """Each who is due with their field, and why leave is proposed."""
        names = dict(PARTS)
        return [(one, self[f"part_{one.person.pk}"], names.get(one.away, "")) for one in self.ground.due]

    def resolution_rows(self) -> list[dict[str, forms.BoundField]]:
        """The fields of each resolution."""
        keys = ("text", "yes", "no", "abstained", "person", "due")
        return [{key: self[f"{key}_{place}"] for key in keys} for place in self._places()]

    def routine(self) -> list[forms.BoundField]:
        """What every record tells."""
        keys = ("held_on", "hours", "title", "minutes", "invited")
        return [self[key] for key in keys if key in self.fields]

    def further(self) -> list[forms.BoundField]:
        """What is only sometimes told."""
        keys = ("also", "began", "place", "chair", "recorder", "guests", "units", "uploads")
        return [self[key] for key in keys if key in self.fields]

    @property
    def is_further_open(self) -> bool:
        """Whether something there needs a look."""
        return any(bound.errors for bound in self.further())


def ids(rows: Any) -> tuple[int, ...]:
    """The numbers of rows."""
    return tuple(row.pk for row in rows or ())


def initial_of_record(
    meeting: Meeting, parts: Mapping[str, Named], rows: Sequence[Attendance], resolutions: Sequence[Resolution]
) -> dict[str, Any]:
    """What a record says, to be corrected: with what was read of it (see `parts_of`)."""
    keys = ("version", "held_on", "hours", "title", "minutes", "began", "place")
    told: dict[str, Any] = {key: getattr(meeting, key) for key in keys}
    told |= {"chair": meeting.chair_id, "recorder": meeting.recorder_id}
    told |= {"also": [pk for pk, _ in parts["also"]], "units": [pk for pk, _ in parts["unit"]]}
    told["guests"] = [row.person_id for row in rows if not row.is_due]
    told["invited"] = [row.person_id for row in rows if row.is_due]
    for row in rows:
        told[f"part_{row.person_id}"] = part_of(row)
    for place, one in enumerate(resolutions):
        told |= {f"text_{place}": one.text, f"yes_{place}": one.yes, f"no_{place}": one.no}
        told |= {f"abstained_{place}": one.abstained, f"person_{place}": one.person_id, f"due_{place}": one.due_on}
    return told


def part_of(row: Attendance) -> str:
    """An attendance in the words of the form."""
    if row.state == Attendance.State.LEAVE:
        return row.reason or Attendance.Reason.PRIVATE
    return ABSENT if row.state == Attendance.State.ABSENT else PRESENT


class AdoptionForm(AskingForm):
    """How a resolution enters the plan."""

    TITLE = "决议列入计划"
    ASKED = {Why.PROPOSED: ("person", "due_on"), Why.DECISION: ("kind",)}

    kind = forms.TypedChoiceField(label="事项类别", coerce=int)
    person = forms.TypedChoiceField(label="责任人", coerce=int, empty_value=None, required=False)
    due_on = DayField(label="完成期限", required=False)

    def __init__(self, *args: Any, kinds: Sequence[Any], people: Sequence[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [(kind.pk, kind.name) for kind in kinds]
        self.fields["person"].choices = person_choices(people)
