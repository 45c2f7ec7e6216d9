"""Who may write what of plans."""

from datetime import date

from onebow.apps.base.refusals import Refused
from onebow.apps.organizations.models import Organization
from onebow.apps.organizations.queries.reach import Operator, Reach


def check_can_write(organization: Organization, reach: Reach | Operator) -> None:
    """Plans, items and registers are written by officers, and by those who lead the organization or one above it."""
    if not reach.leads(organization.path):
        raise Refused(f"“{organization.name}”的计划由它的书记、行政负责人或党务干部编写。")


def check_can_record(organization: Organization, reach: Reach | Operator) -> None:
    """Decisions on paper are recorded by officers."""
    if not reach.manages(organization.path):
        raise Refused(f"线下批复由管理“{organization.name}”的党务干部登记。")


def check_can_set(organization: Organization, reach: Reach | Operator) -> None:
    """Kinds, duties and packs are set by officers."""
    if not reach.manages(organization.path):
        raise Refused(f"只有管理“{organization.name}”的党务干部可以设置。")


def check_stands(organization: Organization, on: date) -> None:
    """Nothing is planned for what is no more."""
    if organization.ends_on is not None and organization.ends_on <= on:
        raise Refused(f"“{organization.name}”已经撤销,请选择承继它的组织。")
