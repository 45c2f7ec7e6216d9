"""Sections that must, or must not, share a branch: chosen on the settings page, kept, and followed."""

import pytest

from onebow.apps.organizations.forms.restructuring_settings import SettingsForm
from onebow.apps.organizations.models import Restructuring
from onebow.apps.organizations.queries.restructuring.plan import plan_of
from onebow.apps.organizations.services.restructuring import drafts, proposals
from onebow.apps.organizations.tests.make_plans import AT, ON, Bureau, make_bureau

pytestmark = pytest.mark.django_db
DEFAULTS = {"target": 9, "min_full": 3, "max_members": 50, "max_sections": 5}
WEIGHTS = {"w-joint": 20, "w-split": 40, "w-office": 15, "w-distance": 6, "w-size": 2, "w-move": 1}


@pytest.fixture
def bureau() -> Bureau:
    return make_bureau()


@pytest.fixture
def plan(bureau: Bureau) -> Restructuring:
    draft = drafts.PlanDraft(bureau.root.pk, bureau.committee.pk, "方案", ON)
    return drafts.draft_restructuring(draft, by=bureau.officer, at=AT)


def form_of(plan: Restructuring, bureau: Bureau, **chosen: tuple[str, ...]) -> SettingsForm:
    whole = plan_of(plan, ON)
    empty = SettingsForm(plan=whole, initial={"version": plan.version})
    typed = {name: empty[name].value() for name in empty.fields if name.startswith("h-")}
    lists = {f"f-{name}-0": [str(bureau.nodes[one].pk) for one in sections] for name, sections in chosen.items()}
    return SettingsForm({**typed, **DEFAULTS, **WEIGHTS, **lists, "version": plan.version}, plan=whole)


def propose(plan: Restructuring, bureau: Bureau, form: SettingsForm) -> list[set[str]]:
    assert form.is_valid(), form.errors
    settings = proposals.Settings(form.parameters(), form.choices())
    run = proposals.request_proposal(plan.pk, settings, by=bureau.officer, at=AT, queue=False)
    proposals.compute(plan.pk, run.pk, now=lambda: AT)
    whole = plan_of(Restructuring.objects.get(pk=plan.pk), ON)
    return [{whole.name_of(section) for section in one.sections} for one in whole.branches]


def test_what_must_share_a_branch_shares_it_and_is_shown_again(plan, bureau):
    branches = propose(plan, bureau, form_of(plan, bureau, together=("办公室", "人事科")))
    assert any({"办公室", "人事科"} <= one for one in branches)
    again = SettingsForm(plan=plan_of(Restructuring.objects.get(pk=plan.pk), ON))
    assert again["f-together-0"].value() == [str(bureau.nodes[name].pk) for name in ("办公室", "人事科")]
    assert again["f-together-1"].value() == []


def test_what_must_not_share_a_branch_never_does(plan, bureau):
    branches = propose(plan, bureau, form_of(plan, bureau, apart=("综合科", "征缴科", "待遇科")))
    assert all(len(one & {"综合科", "征缴科", "待遇科"}) <= 1 for one in branches)


@pytest.mark.parametrize(
    ("chosen", "field", "words"),
    [
        ({"together": ("办公室", "法制科"), "apart": ("法制科", "办公室")}, "f-together-0", "既要同在又不能同在"),
        ({"together": ("办公室", "综合科")}, "f-together-0", "不属于同一个单位"),
        ({"apart": ("办公室",)}, "f-apart-0", "两个以上"),
    ],
)
def test_choices_that_contradict_each_other_are_named(plan, bureau, chosen, field, words):
    form = form_of(plan, bureau, **chosen)
    assert not form.is_valid()
    assert words in "".join(form.errors[field])
