"""What stands behind the doors of talks and work manuals: a branch, and a section that is none."""

from onebow.apps.organizations.models import Organization
from onebow.config.policy import Near
from tests.targets import Target


def workbook_targets(branch: Organization, abroad: Organization) -> dict[str, list[Target]]:
    """By the first word of their addresses."""
    led = {"officer": Near.SUBTREE, "secretary": Near.SUBTREE}
    return {"talks": [Target("branch", {"pk": branch.pk}, led), Target("abroad", {"pk": abroad.pk})]}
