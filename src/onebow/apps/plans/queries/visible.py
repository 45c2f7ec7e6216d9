"""Who may see what of plans: every page starts from one of these."""

from django.db.models import F, Q, QuerySet

from onebow.apps.base.conditions import any_of
from onebow.apps.organizations.queries.reach import Reach, lying_under, within_any
from onebow.apps.plans.models import (
    Away,
    Bylaw,
    Change,
    Directive,
    Drive,
    Item,
    ItemPerson,
    Occurrence,
    Plan,
    RiskPoint,
)


def of_organizations(reach: Reach, field: str = "organization") -> Q:
    """What hangs on an organization that the user keeps, leads or belongs to."""
    return lying_under((*reach.managed, *reach.led), field, reach.own)


def written_by(reach: Reach, field: str = "organization") -> Q:
    """What hangs on an organization that the user keeps or leads."""
    return lying_under((*reach.managed, *reach.led), field)


def guarded(reach: Reach, field: str = "organization") -> Q:
    """The organization is covered by, or lies in a unit that is host to, a Party organization that the user leads."""
    return lying_under(reach.guarded, field)


def plans_for(reach: Reach) -> QuerySet[Plan]:
    """Plans that the user may read: of their organizations, and those on which they decide or did."""
    return Plan.objects.filter(any_of(Plan, of_organizations(reach), decided_by(reach), wide=reach.is_wide))


def decided_by(reach: Reach, field: str = "pk") -> Q:
    """Plans of which a request was handed in to what the user keeps or leads: who decides reads what it is about."""
    if not reach.managed and not reach.led:
        return Q(pk__in=[])
    asked = Change.objects.filter(written_by(reach, "steps__organization")).exclude(state=Change.State.DRAFT)
    return Q(**{f"{field}__in": asked.order_by().values("plan")})


def changes_for(reach: Reach) -> QuerySet[Change]:
    """Requests that the user may read: those of their plans, and those that wait for them or did."""
    mine = of_organizations(reach, "plan__organization")
    asked = written_by(reach, "steps__organization") & ~Q(state=Change.State.DRAFT)
    # By their numbers: a request of several steps stands once for each of them.
    return Change.objects.filter(pk__in=Change.objects.filter(any_of(Change, mine, asked)).values("pk"))


def items_for(reach: Reach) -> QuerySet[Item]:
    """Items that the user may read: of their plans and organizations, of what their branch covers, and their own."""
    plans = Plan.objects.filter(of_organizations(reach)).order_by().values("pk")
    conditions = [of_organizations(reach), Q(plan__in=plans), guarded(reach), decided_by(reach, "plan")]
    if reach.person_id:
        part = ItemPerson.objects.filter(person=reach.person_id).values("item")
        conditions += [Q(person=reach.person_id), Q(pk__in=part)]
    return Item.objects.filter(any_of(Item, *conditions, wide=reach.is_wide))


def occurrences_for(reach: Reach) -> QuerySet[Occurrence]:
    """Occurrences of duties that the user may read."""
    return Occurrence.objects.filter(of_organizations(reach))


def directives_for(reach: Reach) -> QuerySet[Directive]:
    """Directives that the user may read."""
    return Directive.objects.filter(of_organizations(reach))


def drives_for(reach: Reach) -> QuerySet[Drive]:
    """Drives that the user may read."""
    return Drive.objects.filter(of_organizations(reach))


def bylaws_for(reach: Reach) -> QuerySet[Bylaw]:
    """Bylaws that the user may read."""
    return Bylaw.objects.filter(of_organizations(reach))


def risks_for(reach: Reach) -> QuerySet[RiskPoint]:
    """Integrity-risk points that the user may read: of their organizations, and those that they keep themselves."""
    conditions = [of_organizations(reach), *([Q(owner=reach.person_id)] if reach.person_id else [])]
    return RiskPoint.objects.filter(any_of(RiskPoint, *conditions, wide=reach.is_wide))


def absences_for(reach: Reach) -> QuerySet[Away]:
    """Absences that the user may read: of those who belong to what they keep or lead, or did then, and their own."""
    led = (*reach.managed, *reach.led)
    lasts = Q(person__memberships__ends_on=None) | Q(person__memberships__ends_on__gt=F("starts_on"))
    condition = lasts & within_any(led, "person__memberships__organization__path")
    if reach.person_id:
        condition |= Q(person=reach.person_id)
    return Away.objects.filter(pk__in=Away.objects.filter(condition).values("pk"))
