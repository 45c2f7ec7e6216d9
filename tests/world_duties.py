"""Duties of the matrix: one asked of a branch, one of a section, and a neighbour's."""

from datetime import date

from onebow.apps.organizations.models import Organization
from onebow.apps.organizations.tests.make import NOON, TODAY
from onebow.apps.plans.models import Duty, Occurrence
from onebow.apps.plans.services.duties import DutyDraft, generate, put_duty
from onebow.apps.plans.services.kinds import PackMark
from onebow.config.policy import Near
from tests.targets import Target

KEEPER = {"officer": Near.SUBTREE}


def duty_targets(
    unit: Organization, section: Organization, branch: Organization, abroad: Organization
) -> dict[str, list[Target]]:
    """By the first word of their addresses."""
    led = (
        ("branch", branch.parent, branch, KEEPER | {"secretary": Near.SUBTREE, "member": Near.OWN}),
        ("section", unit, section, KEEPER | {"unit_head": Near.SUBTREE, "staff": Near.OWN}),
        ("abroad", abroad.parent, abroad, {}),
    )
    found: dict[str, list[Target]] = {"duties": [], "occurrences": []}
    for name, scope, organization, near in led:
        duty = _make_duty(scope, organization)
        row = Occurrence.objects.filter(duty=duty, organization=organization).latest("pk")
        found["duties"].append(Target(name, {"pk": duty.pk, "organization_id": organization.pk}, near))
        found["occurrences"].append(Target(name, {"pk": row.pk}, near))
    return found


def _make_duty(scope: Organization, organization: Organization) -> Duty:
    draft = DutyDraft("monthly", "月度例会", (organization.kind,), "FREQ=MONTHLY")
    put_duty(scope, draft, PackMark("test", "1"), on=date(TODAY.year, 1, 1), by=None, at=NOON)
    generate(None, TODAY.year, at=NOON)
    return Duty.objects.get(scope=scope, key=draft.key)
