"""Items to which something is missing: a tie to the other side, a requirement, somebody who answers for them."""

from datetime import date

from django.db.models import DateField, Exists, ExpressionWrapper, Max, OuterRef, Q, Subquery, Value
from django.db.models.functions import Concat, Substr, TruncDate

from onebow.apps.organizations.models import Membership, Post
from onebow.apps.organizations.models.organizations import SEGMENT
from onebow.apps.plans.models import NEEDED, Item, PlanVersion, Requirement, Side, Tie
from onebow.apps.plans.queries.answering import is_gone
from onebow.apps.plans.queries.checks.faults.fault import Fault, Rows
from onebow.apps.plans.queries.checks.faults.items import WAY, running


def in_force(rows: Rows) -> Rows:
    """From when on it could be seen: the day on which its plan was first approved, or on which it was listed later."""
    first = PlanVersion.objects.filter(plan=OuterRef("plan"), number=1).order_by()
    return rows.annotate(day_a=Subquery(first.values(day=TruncDate("made_at"))), day_b=TruncDate("created_at"))


def _untied(on: date) -> Rows:
    """Party items support business items; either end of that tie will do, or a reason why there is none."""
    ties = Tie.objects.open().filter(kind=Tie.Kind.SUPPORTS)
    tied = Exists(ties.filter(source=OuterRef("pk"))) | Exists(ties.filter(target=OuterRef("pk")))
    return running().filter(~tied, untied_reason="")


def _without_requirement(on: date) -> Rows:
    missing = Q()
    for category in NEEDED:
        stated = Requirement.objects.filter(category=category, stage=None).order_by()
        nowhere = Q()
        for name, way in PLACES.items():
            nowhere &= ~Q(Exists(stated.filter(**{name: OuterRef(way)})))
        missing |= nowhere
    return running().filter(missing)


# Where a requirement may stand, and the column of the item that leads there.
PLACES = {"item": "pk", "key_point": "key_point", "kind": "kind"}


def _unowned(on: date) -> Rows:
    """Nobody is named, or who is belongs nowhere any more; business stays in the unit that somebody left."""
    return running().filter(Q(person=None) | is_gone(on) | (Q(side=Side.BUSINESS) & _left_unit(on)))


def _left_unit(on: date) -> Q:
    unit = ExpressionWrapper(Substr(OuterRef("organization__path"), 1, SEGMENT), output_field=Item.title.field)
    here = {"organization__path__gte": unit, "organization__path__lt": Concat(unit, Value("~"))}
    held = [rows.objects.on(on).filter(person=OuterRef("person"), **here).order_by() for rows in (Membership, Post)]
    return Q(person__isnull=False) & ~Q(Exists(held[0])) & ~Q(Exists(held[1]))


def _since_left(rows: Rows) -> Rows:
    """The day on which whoever is named left, if later than that of the plan."""
    left = Membership.objects.filter(person=OuterRef("person"), ends_on__isnull=False).order_by().values("person")
    last = left.annotate(last=Max("ends_on")).values("last")
    return in_force(rows).annotate(day_c=Subquery(last, output_field=DateField()))


UNTIED = Fault(_untied, in_force, 0, **WAY)
REQUIREMENT = Fault(_without_requirement, in_force, 0, **WAY)
UNOWNED = Fault(_unowned, _since_left, 0, **WAY)
