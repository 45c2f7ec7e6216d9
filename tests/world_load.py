"""What stands behind the doors of load: people and organizations as of their own pages, and ceilings."""

from dataclasses import replace

from onebow.apps.organizations.models import Organization
from onebow.apps.plans.tests.make_load import make_ceiling
from onebow.config.policy import Near
from tests.targets import Target


def load_targets(section: Target, branch: Target, abroad: Target, people: list[Target]) -> dict[str, list[Target]]:
    """The hours of people, the requests of organizations; and ceilings, which end by who keeps the organization."""
    places = [replace(one, ids={"organization_id": one.ids["pk"]}) for one in (section, branch, abroad)]
    keeper = {"officer": Near.SUBTREE}
    return {
        "load": [*(replace(one, ids={"person_id": one.ids["pk"]}) for one in people), *places],
        "ceilings": [
            Target(one.name, {"pk": make_ceiling(Organization.objects.get(pk=one.ids["pk"])).pk}, near)
            for one, near in ((section, keeper), (branch, keeper), (abroad, {}))
        ],
    }
