"""What an officer should look at: terms that end, branches without secretary, sections without head."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, QuerySet

from onebow.apps.base.filters import day
from onebow.apps.organizations.models import Organization, Post
from onebow.apps.organizations.queries.reach import Reach
from onebow.apps.organizations.queries.visible import managed_organizations

# Reminded half a year ahead, as is common practice; the rule table of the regulations will hold the figure.
AHEAD = timedelta(days=183)
SHOWN = 12
K = Organization.Kind


@dataclass(frozen=True)
class Watched:
    """An organization to look at: the word, why it is here and what to do."""

    organization: Organization
    word: str
    state: str
    why: str
    what: str


def watched(reach: Reach, on: date) -> list[Watched]:
    """At most a dozen lines, the most urgent first."""
    if not reach.managed:
        return []
    rows = managed_organizations(reach).on(on).select_related("parent")
    return [*_terms(rows, on), *_without_post(rows, on)][:SHOWN]


def _terms(rows: QuerySet[Organization], on: date) -> list[Watched]:
    ending = rows.filter(term_ends_on__lte=on + AHEAD, kind__in=Organization.PARTY_KINDS).order_by("term_ends_on")
    return [
        Watched(
            organization,
            "已届满" if organization.term_ends_on <= on else "即将届满",
            "bad" if organization.term_ends_on <= on else "warn",
            f"届满日期 {day(organization.term_ends_on)}",
            "准备换届,或登记延期",
        )
        for organization in ending[:SHOWN]
        if organization.term_ends_on
    ]


def _without_post(rows: QuerySet[Organization], on: date) -> list[Watched]:
    found = []
    for kinds, role, word in (
        (Organization.BRANCH_KINDS, Post.Role.SECRETARY, "没有书记"),
        ((K.SECTION,), Post.Role.UNIT_HEAD, "没有负责人"),
    ):
        held = Post.objects.on(on).filter(organization=OuterRef("pk"), role=role)
        for organization in rows.filter(~Exists(held), kind__in=kinds).order_by("path")[:SHOWN]:
            above = f"隶属{organization.parent.name}" if organization.parent else "没有上级"
            found.append(Watched(organization, word, "warn", above, "在人员页面登记任职"))
    return found
