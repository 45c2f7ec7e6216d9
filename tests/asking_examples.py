"""Forms that make fields while they are made, each made once of stand-ins: no database, no rows.

A form that is added here has its made fields held against its `ASKED`, see test_asking.py.
"""

from collections.abc import Callable, Mapping
from datetime import date
from types import SimpleNamespace as Like
from typing import Any

from django import forms

from onebow.apps.accounts import sign_in_forms as signing
from onebow.apps.affairs.forms.talks import TalksForm
from onebow.apps.meetings.forms.recording import RecordForm
from onebow.apps.meetings.models import MeetingKind
from onebow.apps.organizations.forms import elections
from onebow.apps.organizations.forms.ballots import BallotForm
from onebow.apps.organizations.forms.batch import BatchForm
from onebow.apps.organizations.forms.fields import Offer
from onebow.apps.organizations.forms.groups import GroupsForm
from onebow.apps.organizations.forms.restructuring_papers import PaperForm
from onebow.apps.organizations.forms.restructuring_settings import SettingsForm
from onebow.apps.organizations.models import Organization, Person
from onebow.apps.organizations.queries.restructuring.papers.catalog import NUMBER
from onebow.apps.plans.forms import drafting, duties, items, plans
from onebow.apps.plans.models import Directive, Drive

DAY = date(2026, 3, 2)
SOMEBODY = Like(pk=1, name="周舟")
PLACE = Like(pk=1, name="就业促进科")


def record(*, keeps_minutes: bool = True) -> forms.Form:
    """The record of a meeting of a kind that keeps what was said, or does not."""
    kind = Like(pk=1, name="支部党员大会", due_to=MeetingKind.DueTo.INVITED, keeps_minutes=keeps_minutes)
    ground: Any = Like(
        organization=Like(pk=1), kind=kind, kinds=[kind], due=[Like(person=SOMEBODY, away="")], named=[SOMEBODY],
        people=_people(), guests=_people(), organizations=Offer(Organization.objects.none()), resolutions=1,
        may_resolve=True,
    )  # fmt: skip
    return RecordForm(ground=ground)


def _people() -> Offer:
    return Offer(Person.objects.none())


def _item() -> forms.Form:
    nobody, nowhere = Person.objects.none(), Organization.objects.none()
    choices: Any = drafting.Choices((), nowhere, nobody, (), "/", "/", Directive.objects.none(), Drive.objects.none())
    return drafting.ItemForm(choices=choices, with_texts=True)


def _change() -> forms.Form:
    rows: Any = Organization.objects.none()
    draft: Any = Like(pk=1, title="稳岗检查", organization=PLACE)
    return plans.ChangeForm(directives=rows, drafts=[draft], steps=rows, href="/")


def _year() -> forms.Form:
    row: Any = Like(pk=1, duty=PLACE, starts_on=DAY, version=1, planned_on=None, topic="")
    return duties.YearForm(rows=[row], today=DAY, proposed={1: DAY})


def _checkpoints() -> forms.Form:
    point: Any = Like(row=Like(pk=1, text="行前提醒"), mine=True)
    return items.CheckpointsForm(points=[point])


def _ballot() -> forms.Form:
    due: Any = Like(office="member", round=1, people=(SOMEBODY,))
    return BallotForm(due=due, on=DAY, others=[])


def _batch() -> forms.Form:
    line: Any = (Like(organization=PLACE, why=""), Like(manner="direct", seats=3))
    return BatchForm(lines=[line])


def _groups() -> forms.Form:
    chain: Any = Like(id=1, name="社保卡申领链条", group_id=None, leader_id=1, pioneer_id=1)
    return GroupsForm(chains=[chain], people=[], today=DAY)


def _settings() -> forms.Form:
    node = Like(name="市就业服务中心")
    places = Like(
        units=[1], nodes={1: node, 2: node}, sections=[2], is_organ=lambda _: False, has_sections=lambda _: True,
        unit_of=lambda _: 1, below=lambda _: [2], host_of=lambda _: 2,
    )  # fmt: skip
    row = Like(parameters={}, choices={})
    plan: Any = Like(restructuring=row, places=places, offices={1: "", 2: ""}, office_of=lambda _: "主楼")
    return SettingsForm(plan=plan)


def _meeting() -> forms.Form:
    absence: Any = Like(person_id=1, why="")
    somebody: Any = SOMEBODY
    return elections.MeetingForm(people=[somebody], candidates=(), absences=[absence])


def _division() -> forms.Form:
    somebody: Any = SOMEBODY
    return elections.ResultForm(people=[somebody])


MADE: Mapping[type[forms.Form], Callable[[], forms.Form]] = {
    RecordForm: record,
    drafting.ItemForm: _item,
    drafting.RequirementsForm: lambda: drafting.RequirementsForm(inherited={}),
    plans.KeyPointForm: plans.KeyPointForm,
    plans.StepsForm: lambda: plans.StepsForm(rows=Organization.objects.none(), href="/"),
    plans.ChangeForm: _change,
    duties.YearForm: _year,
    items.CheckpointsForm: _checkpoints,
    BallotForm: _ballot,
    BatchForm: _batch,
    GroupsForm: _groups,
    SettingsForm: _settings,
    PaperForm: lambda: PaperForm(kind=Like(asked=(NUMBER,))),  # type: ignore[arg-type]
    elections.MeetingForm: _meeting,
    elections.ResultForm: _division,
    signing.SignInForm: signing.SignInForm,
    TalksForm: lambda: TalksForm(members=[]),
}
