"""How long a term lasts, and when one ends that begins with an election."""

from datetime import date

from onebow.apps.base.filters import day
from onebow.apps.base.refusals import Refused
from onebow.apps.organizations.models import Link, Organization
from onebow.cores.regulations.facts import months_after
from onebow.cores.regulations.table import rule

MONTHS = 12
VILLAGES = (Organization.Kind.VILLAGE, Organization.Kind.COMMUNITY)
# The rule and the number that tell how long a term lasts; of branches BR-TERM-LENGTH.
_COMMITTEE = ("ORG-TERM-LENGTH", "committee_years")
TERMS: dict[str, tuple[str, str]] = {
    Organization.Kind.PARTY_COMMITTEE: _COMMITTEE,
    Organization.Kind.ORGAN_COMMITTEE: _COMMITTEE,
    Organization.Kind.GENERAL_BRANCH: ("ORG-TERM-LENGTH", "general_branch_years"),
}


def term_years(organization: Organization, held_on: date) -> int:
    """How many years a term lasts that begins on the day of the election.

    Raises:
        Refused: no rule tells how long it lasts.
    """
    rule_id, name = TERMS.get(organization.kind, ("BR-TERM-LENGTH", "years"))
    if rule_id == "BR-TERM-LENGTH" and _is_in_village(organization, held_on):
        name = "village_years"
    known = rule(rule_id, on=held_on)
    if known is None:
        raise Refused(f"{day(held_on)}时没有任期的规定可以对照,请核对选举日期。")
    return known.number(name)


def term_end(organization: Organization, held_on: date) -> date:
    """The end of a term that begins on the day of the election.

    Raises:
        Refused: no rule tells how long it lasts.
    """
    return months_after(held_on, MONTHS * term_years(organization, held_on))


def _is_in_village(organization: Organization, on: date) -> bool:
    hosts = Link.objects.on(on).filter(source=organization, kind=Link.Kind.SET_IN)
    return hosts.filter(target__kind__in=VILLAGES).exists()
