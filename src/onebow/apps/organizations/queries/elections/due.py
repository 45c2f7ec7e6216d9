"""Which organizations need an election, and why: the term is over or near its end, or nobody was elected yet."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Case, Exists, OuterRef, Q, QuerySet, When

from onebow.apps.base.filters import day
from onebow.apps.organizations.models import Election, Organization, Post
from onebow.apps.organizations.queries.elections.visible import electing_organizations
from onebow.apps.organizations.queries.reach import Reach
from onebow.cores.regulations.facts import months_after
from onebow.cores.regulations.table import rule

PROVISIONAL, OVER, VACANT, NEAR = "provisional", "over", "vacant", "near"
WHYS = {PROVISIONAL: "负责人待选举", OVER: "已届满", VACANT: "没有书记", NEAR: "即将届满"}


@dataclass(frozen=True)
class Due:
    """An organization that needs an election."""

    organization: Organization
    why: str
    term_ends_on: date | None
    # The provisional head or the secretary in office.
    head: str

    @property
    def rank(self) -> int:
        """The most urgent first."""
        return list(WHYS).index(self.why)

    @property
    def name(self) -> str:
        """For searching."""
        return self.organization.name

    @property
    def words(self) -> str:
        """Why, in words."""
        if self.why in (OVER, NEAR):
            return f"{WHYS[self.why]}({day(self.term_ends_on)})"
        return WHYS[self.why]

    @property
    def occasion(self) -> str:
        """What the election would be."""
        return _occasion(is_provisional=self.why == PROVISIONAL, term_ends_on=self.term_ends_on)


def due_for(reach: Reach, today: date) -> list[Due]:
    """Those that the user may begin one for, the most urgent first. Two statements, whatever the size."""
    found = list(electing(reach, today).order_by("path"))
    heads = _heads([one.pk for one in found], today)
    due = [Due(one, _why(one, today), one.term_ends_on, heads.get(one.pk, "")) for one in found]
    return sorted(due, key=lambda one: (one.rank, one.term_ends_on or date.max))


def electing(reach: Reach, today: date) -> QuerySet[Any]:
    """These as rows, with `is_ending` (the term is over or near its end), `is_provisional` and `is_led`."""
    near = rule("BR-TERM-NEAR", on=today)
    until = months_after(today, near.number("months")) if near else today
    leading = Post.objects.on(today).filter(organization=OuterRef("pk"), role=Post.Role.SECRETARY)
    rows = electing_organizations(reach).on(today).filter(kind__in=Election.KINDS)
    rows = rows.exclude(elections__state__in=Election.OPEN)
    provisional = Exists(leading.filter(appointed=Post.Appointed.DESIGNATED))
    ending = Case(When(term_ends_on__lte=until, then=True), default=False)
    return rows.annotate(is_provisional=provisional, is_led=Exists(leading), is_ending=ending).filter(
        Q(is_provisional=True) | Q(is_led=False) | Q(is_ending=True)
    )


def occasion_of(organization: Organization, today: date) -> str:
    """What an election of the organization would be: the first one, or for another term."""
    leading = Post.objects.on(today).filter(organization=organization, role=Post.Role.SECRETARY)
    is_provisional = leading.filter(appointed=Post.Appointed.DESIGNATED).exists()
    return _occasion(is_provisional=is_provisional, term_ends_on=organization.term_ends_on)


def _occasion(*, is_provisional: bool, term_ends_on: date | None) -> str:
    is_first = is_provisional or term_ends_on is None
    return Election.Occasion.FOUNDING if is_first else Election.Occasion.TERM


def _why(one: Organization, today: date) -> str:
    if one.is_provisional:  # type: ignore[attr-defined]
        return PROVISIONAL
    if one.term_ends_on is not None and one.term_ends_on <= today:
        return OVER
    return NEAR if one.is_led else VACANT  # type: ignore[attr-defined]


def _heads(ids: list[int], today: date) -> dict[int, str]:
    rows = Post.objects.on(today).filter(organization__in=ids, role=Post.Role.SECRETARY).order_by("-pk")
    return dict(rows.values_list("organization_id", "person__name"))
