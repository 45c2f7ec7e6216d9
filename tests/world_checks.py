"""Checks of the matrix: of a branch, of a section, and of a neighbour, each with a gap that it found."""

from datetime import date

from onebow.apps.organizations.models import Organization
from onebow.apps.organizations.tests.make import NOON, TODAY
from onebow.apps.plans.models import Gap
from onebow.apps.plans.services.checks import CheckDraft, run_check
from onebow.config.policy import Near
from tests.targets import Target

KEEPER = {"officer": Near.SUBTREE}
LED = (
    ("branch", KEEPER | {"secretary": Near.SUBTREE}, {"member": Near.OWN}),
    ("section", KEEPER | {"unit_head": Near.SUBTREE}, {"staff": Near.OWN}),
    ("abroad", {}, {}),
)


def check_targets(section: Organization, branch: Organization, abroad: Organization) -> dict[str, list[Target]]:
    """By the first word of their addresses; the duties of `duty_targets` are what was not done in January."""
    found: dict[str, list[Target]] = {"checks": [], "gaps": []}
    for (name, led, mates), organization in zip(LED, (branch, section, abroad), strict=True):
        draft = CheckDraft(organization.pk, "month", date(TODAY.year, 1, 1), date(TODAY.year, 2, 1))
        run = run_check(draft, by=None, at=NOON).run
        gap = Gap.objects.filter(runs__run=run, organization=organization).latest("pk")
        found["checks"].append(Target(name, {"pk": run.pk, "kind": "pdf"}, led))
        found["gaps"].append(Target(name, {"pk": gap.pk}, led | mates))
    return found
