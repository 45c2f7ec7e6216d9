"""Which organizations have a list of members."""

from datetime import date

from onebow.apps.base.filters import day
from onebow.apps.base.refusals import Refused
from onebow.apps.organizations.models import Organization


def check_has_list(organization: Organization, on: date) -> None:
    """Branches have one, on days on which they stand."""
    if organization.kind not in Organization.BRANCH_KINDS:
        raise Refused(f"“{organization.name}”不是党支部,没有党员名册。")
    if not organization.holds_on(on):
        raise Refused(f"“{organization.name}”在{day(on)}还没有成立或已经撤销,没有党员名册。")
