"""Plans behind the doors of the matrix: of a section, of a branch, and of a neighbour's section."""

from dataclasses import replace

from django.core.files.uploadedfile import SimpleUploadedFile

from onebow.apps.accounts.models import User
from onebow.apps.base.files import keep_file
from onebow.apps.organizations.models import Approval, Organization
from onebow.apps.organizations.tests.make import NOON
from onebow.apps.plans.models import Change, ChangeLine, ChangeStep, Item, Plan, PlanVersion, Tie
from onebow.apps.plans.queries.content import content_of
from onebow.apps.plans.tests.make import LECTURE, ROUTINE, make_item, make_key_point, make_kind, make_plan
from onebow.config.policy import Near
from tests.targets import Target


def annual_targets(section: Organization, branch: Organization, abroad: Organization, officer: User) -> list[Target]:
    """Plans of a section and of a branch, and a neighbour's."""
    keeper = {"officer": Near.SUBTREE}
    return [
        Target("section", _ids(section, officer), keeper | {"unit_head": Near.SUBTREE, "staff": Near.OWN}),
        Target("branch", _ids(branch, officer), keeper | {"secretary": Near.SUBTREE, "member": Near.OWN}),
        Target("abroad", _ids(abroad, officer)),
    ]


def _ids(organization: Organization, officer: User) -> dict[str, int | str]:
    """A plan in force with a version, and a request that was handed in; the superior decides."""
    plan, superior = make_plan(organization), organization.parent or organization
    point = make_key_point(plan)
    kind = make_kind(organization, LECTURE if organization.is_party else ROUTINE)
    item = make_item(plan, kind, organization, state="planned")
    first = make_change(plan, superior, officer, is_first=True, state="approved")
    plan.number = 1
    plan.save()
    for number in (1, 2):
        change = first if number == 1 else make_change(plan, superior, officer, state="approved")
        content = content_of(plan)
        PlanVersion.objects.create(plan=plan, number=number, change=change, content=content, made_at=NOON)
    request = make_change(plan, superior, officer, state="submitted")
    line = ChangeLine.objects.create(change=request, order=1, deed="cancel", item=item)
    upload = SimpleUploadedFile("a.pdf", b"%PDF-1.4")
    paper = Approval.objects.create(
        subject="plans.change", subject_id=request.pk, step="plan", organization=superior, decision="approved",
        decided_by=officer, decided_at=NOON, scan=keep_file(upload, at=NOON, limit_bytes=100),
    )  # fmt: skip
    ids = {"pk": plan.pk, "point_id": point.pk, "change_id": request.pk, "item_id": item.pk, "line_id": line.pk}
    return ids | {"approval_id": paper.pk, "number": 1, "first": 1, "second": 2}


def make_change(plan: Plan, superior: Organization, officer: User, **facts: object) -> Change:
    told = {"title": "变更", "reason": "上级要求", "asked_by": officer, "asked_at": NOON} | facts
    change = Change.objects.create(plan=plan, created_at=NOON, updated_at=NOON, **told)
    ChangeStep.objects.create(change=change, order=1, organization=superior)
    return change


def tied(targets: list[Target]) -> list[Target]:
    """Items, each with the id of a tie that goes out from it."""
    return [replace(target, ids=with_tie(target.ids)) for target in targets]


def with_tie(ids: dict[str, int | str]) -> dict[str, int | str]:
    """An item's ids, and that of a tie that goes out from it."""
    item = Item.objects.select_related("plan", "kind", "organization").get(pk=ids["pk"])
    other = make_item(item.plan, item.kind, item.organization, "后续事项")
    return ids | {"tie_id": Tie.objects.create(kind="after", source=item, target=other, made_at=NOON).pk}
