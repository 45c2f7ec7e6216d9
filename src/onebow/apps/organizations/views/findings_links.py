"""Where a finding is put right: the address of the page, for those who may write there."""

from collections.abc import Iterable
from urllib.parse import urlencode

from django.urls import reverse

from onebow.apps.base.dates import AsOf
from onebow.apps.organizations.models.organizations import SEGMENT
from onebow.apps.organizations.queries.findings import FindingRow
from onebow.apps.organizations.queries.reach import Reach
from onebow.cores.regulations import findings

Key = tuple[int, str]


def links_of(rows: Iterable[FindingRow], reach: Reach, when: AsOf) -> dict[Key, str]:
    """By organization and rule. Of a day gone by nothing can be put right, and only an officer writes."""
    if not when.is_today:
        return {}
    return {(row.node.id, row.rule): _link(row, reach) for row in rows if reach.manages(row.node.path)}


def _link(row: FindingRow, reach: Reach) -> str:
    deed, pk = row.finding.remedy.deed, row.node.id
    if deed == findings.FOUND:
        # A branch is founded beside another one, a Party organization of a unit from the unit.
        under = row.node.parent_id if row.is_party and not _is_top(row, reach) else pk
        return f"{reverse('organizations:new')}?under={under}"
    if deed == findings.CONVERSION and "person" in row.finding.facts:
        return reverse("organizations:person_edit", args=[row.finding.facts["person"]])
    if deed == findings.LINK and not row.is_party:
        return f"{reverse('organizations:index')}?kind=branch"
    if deed == findings.GROUPS:
        return reverse("organizations:groups", args=[row.finding.facts["branch"]])
    if deed in _PAGES:
        return reverse(_PAGES[deed], args=[pk])
    belongs = {"belongs": "no_branch"} if deed == findings.NO_BRANCH else {}
    return f"{reverse('organizations:people')}?{urlencode({'organization': pk, **belongs})}"


def _is_top(row: FindingRow, reach: Reach) -> bool:
    """Whether what lies above is not the officer's to write, or members lie directly in what stands over branches."""
    above = row.node.path[:-SEGMENT]
    return row.rule == "MBR-BRANCH" or not above or not reach.manages(above)


_PAGES = {
    findings.LINK: "organizations:link",
    findings.TERM: "organizations:edit",
    findings.PAPER: "organizations:approval",
    findings.ELECTION: "organizations:election_new",
}
