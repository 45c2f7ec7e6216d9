"""Which organizations need an election, and why: the term is over or near its end, or nobody was elected yet."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Case, Exists, OuterRef, Q, QuerySet, Subquery, When
from django.db.models.functions import Coalesce, TruncDate

from onebow.apps.base.filters import day
from onebow.apps.organizations.models import Approval, Election, Organization, Post
from onebow.apps.organizations.queries.elections.visible import electing_organizations
from onebow.apps.organizations.queries.reach import Reach
from onebow.cores.regulations.facts import months_after
from onebow.cores.regulations.table import rule

PROVISIONAL, OVER, VACANT, EXTENDED, NEAR, UNSET = "provisional", "over", "vacant", "extended", "near", "unset"
WHYS = {
    PROVISIONAL: "负责人待选举", OVER: "已届满", VACANT: "没有书记", EXTENDED: "已批准延期", NEAR: "即将届满",
    UNSET: "没有登记届满日期",
}  # fmt: skip
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Due:
    """An organization that needs an election."""

    organization: Organization
    why: str
    term_ends_on: date | None
    # The provisional head or the secretary in office.
    head: str
    # Of an extended term: the day by which it must be over.
    until: date | None = None

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
        if self.why == EXTENDED:
            return f"{WHYS[EXTENDED]}({day(self.term_ends_on)}届满,最迟{day(self.until)})"
        if self.why in (OVER, NEAR):
            return f"{WHYS[self.why]}({day(self.term_ends_on)})"
        return WHYS[self.why]

    @property
    def occasion(self) -> str:
        """What the election would be."""
        return _occasion(is_provisional=self.why == PROVISIONAL, term_ends_on=self.term_ends_on)


def due_for(reach: Reach, today: date) -> list[Due]:
    """Those that the user may begin one for, the most urgent first, and those of whose term nothing is known.

    Two statements, whatever the size.
    """
    rows = _standing(reach, today).annotate(extended_on=_extended(today)).filter(IS_DUE | Q(term_ends_on=None))
    found = list(rows.order_by("path"))
    heads, longest = _heads([one.pk for one in found], today), _months("BR-TERM-EXTENSION", today)
    due = [
        Due(one, _why(one, today, longest), one.term_ends_on, heads.get(one.pk, ""), _until(one, longest))
        for one in found
    ]
    return sorted(due, key=lambda one: (one.rank, one.term_ends_on or date.max))


# Of rows of `_standing`.
IS_DUE = Q(is_provisional=True) | Q(is_led=False) | Q(is_ending=True)


def electing(reach: Reach, today: date) -> QuerySet[Any]:
    """Those that need an election, as rows, with `is_ending` (the term is over or near its end), `is_provisional` and
    `is_led`.
    """
    return _standing(reach, today).filter(IS_DUE)


def _standing(reach: Reach, today: date) -> QuerySet[Any]:
    """All that elect and have no election open, with how they stand."""
    leading = Post.objects.on(today).filter(organization=OuterRef("pk"), role=Post.Role.SECRETARY)
    rows = electing_organizations(reach).on(today).filter(kind__in=Election.KINDS)
    rows = rows.exclude(elections__state__in=Election.OPEN)
    provisional = Exists(leading.filter(appointed=Post.Appointed.DESIGNATED))
    ending = Case(When(term_ends_on__lte=_near(today), then=True), default=False)
    return rows.annotate(is_provisional=provisional, is_led=Exists(leading), is_ending=ending)


def _near(today: date) -> date:
    """The last end of a term that is near today: half a year before 31 August is the last day of February."""
    months = _months("BR-TERM-NEAR", today)
    until = months_after(today, months)
    while months_after(until + ONE_DAY, -months) <= today:
        until += ONE_DAY
    return until


def term_note(organization: Organization, on: date) -> str:
    """How a term stands near its end or after it, in words; empty before that, or where no term is registered."""
    ends = organization.term_ends_on
    if ends is None or organization.kind not in Election.KINDS:
        return ""
    if ends > _near(on):
        return ""
    if ends > on:
        return WHYS[NEAR]
    told = Organization.objects.filter(pk=organization.pk).annotate(extended_on=_extended(on)).get()
    until = _until(told, _months("BR-TERM-EXTENSION", on))
    return f"{WHYS[EXTENDED]},最迟{day(until)}" if until and on < until else WHYS[OVER]


def beginnable(reach: Reach, today: date) -> list[Due]:
    """Those of them of whom it is known that an election is due."""
    return [one for one in due_for(reach, today) if one.why != UNSET]


def _months(rule_id: str, on: date) -> int:
    known = rule(rule_id, on=on)
    return known.number("months") if known else 0


def _extended(today: date) -> Subquery:
    """The day of the latest paper that extends a term."""
    decided = (Approval.Decision.APPROVED, Approval.Decision.OFFLINE)
    papers = Approval.objects.filter(
        organization=OuterRef("pk"), step=Approval.Step.EXTENSION, decision__in=decided, decided_at__date__lte=today
    )
    told = papers.annotate(day=Coalesce("document_on", TruncDate("decided_at"))).order_by("-day")
    return Subquery(told.values("day")[:1])


def _until(one: Any, longest: int) -> date | None:
    """By when an extended term must be over; a paper of a former term extends nothing."""
    ends, paper = one.term_ends_on, one.extended_on
    if ends is None or paper is None or paper < months_after(ends, -12):
        return None
    return months_after(ends, longest)


def occasion_of(organization: Organization, today: date) -> str:
    """What an election of the organization would be: the first one, or for another term."""
    leading = Post.objects.on(today).filter(organization=organization, role=Post.Role.SECRETARY)
    is_provisional = leading.filter(appointed=Post.Appointed.DESIGNATED).exists()
    return _occasion(is_provisional=is_provisional, term_ends_on=organization.term_ends_on)


def _occasion(*, is_provisional: bool, term_ends_on: date | None) -> str:
    is_first = is_provisional or term_ends_on is None
    return Election.Occasion.FOUNDING if is_first else Election.Occasion.TERM


def _why(one: Any, today: date, longest: int) -> str:
    if one.is_provisional:
        return PROVISIONAL
    if one.term_ends_on is not None and one.term_ends_on <= today:
        until = _until(one, longest)
        return EXTENDED if until and today < until else OVER
    if not one.is_led:
        return VACANT
    return UNSET if one.term_ends_on is None else NEAR


def _heads(ids: list[int], today: date) -> dict[int, str]:
    rows = Post.objects.on(today).filter(organization__in=ids, role=Post.Role.SECRETARY).order_by("-pk")
    return dict(rows.values_list("organization_id", "person__name"))
