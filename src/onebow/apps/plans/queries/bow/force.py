"""As expressions: which items are in force at a moment, which of them are tied, how they stand."""

from datetime import date, datetime, timedelta

from django.db.models import Case, CharField, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.lookups import IsNull
from django.utils import timezone

from onebow.apps.plans.models import Item, Side, Tie

S = Item.State


def end_of(on: date) -> datetime:
    """The moment at which a day is over."""
    return timezone.make_aware(datetime.combine(on + timedelta(days=1), datetime.min.time()))


def in_force(at: datetime, prefix: str = "") -> Q:
    """Approved before a moment and not cancelled before it."""
    # What was approved before the column was there was approved as soon as it was written down, as far as we know.
    approved = Q(**{f"{prefix}approved_at__lt": at}) | Q(
        **{
            f"{prefix}approved_at": None,
            f"{prefix}created_at__lt": at,
            f"{prefix}state__in": (S.PLANNED, S.OPEN, S.DONE),
        }
    )
    lasts = Q(**{f"{prefix}cancelled_at__gte": at}) | ~Q(**{f"{prefix}state": S.CANCELLED})
    return approved & lasts


def supports(at: datetime) -> QuerySet[Tie]:
    """Ties between the sides that hold at a moment; of a cancelled end nobody is served."""
    return Tie.objects.at(at).filter(in_force(at, "source__"), in_force(at, "target__"), kind=Tie.Kind.SUPPORTS)


def is_tied(at: datetime) -> Q:
    """Whether an item is tied to the other side at a moment."""
    # The item itself is in force already: the far end alone is looked at.
    ties = Tie.objects.at(at).filter(kind=Tie.Kind.SUPPORTS)
    out = _some(ties.filter(in_force(at, "target__"), source=OuterRef("pk")))
    back = _some(ties.filter(in_force(at, "source__"), target=OuterRef("pk")))
    return (Q(side=Side.PARTY) & Q(out)) | (Q(side=Side.BUSINESS) & Q(back))


def _some(rows: QuerySet[Tie]) -> IsNull:
    """Whether there is one, looked for item by item: `EXISTS` makes PostgreSQL gather the ties of all items first."""
    return IsNull(lhs=Subquery(rows.order_by().values("pk")[:1]), rhs=False)


def is_said(at: datetime, prefix: str = "") -> Q:
    """Whether 无需挂钩 was said of an item by then."""
    when = Q(**{f"{prefix}untied_said_at__lt": at}) | Q(**{f"{prefix}untied_said_at": None})
    return ~Q(**{f"{prefix}untied_reason": ""}) & when


TIED, UNTIED, SAID = "tied", "untied", "said"


def standing_of(item: Item, at: datetime, *, tied: bool) -> str:
    """How a row stands: tied, said to need no tie, or neither; once its ties are known."""
    if tied:
        return TIED
    said = item.untied_reason and (item.untied_said_at is None or item.untied_said_at < at)
    return SAID if said else UNTIED


def narrowed(rows: QuerySet[Item], standing: str, at: datetime) -> QuerySet[Item]:
    """Items that stand so."""
    conditions = {TIED: is_tied(at), SAID: is_said(at) & ~is_tied(at), UNTIED: ~is_said(at) & ~is_tied(at)}
    return rows.filter(conditions[standing])


def state_at(at: datetime) -> Case:
    """How an item stood at a moment, as far as its times tell: what was taken up again counts as running."""
    return Case(
        When(Q(state=S.DRAFT) | Q(approved_at__gte=at), then=Value(S.DRAFT)),
        When(Q(state=S.CANCELLED) & (Q(cancelled_at__lt=at) | Q(cancelled_at=None)), then=Value(S.CANCELLED)),
        When(Q(state=S.CANCELLED, approved_at=None), then=Value(S.DRAFT)),
        When(done_at__lt=at, then=Value(S.DONE)),
        When(began_at__lt=at, then=Value(S.OPEN)),
        default=Value(S.PLANNED),
        output_field=CharField(),
    )
