"""What comes to a person by a post: counted with the posts in one statement."""

from datetime import date
from typing import Any

from django.db.models import (
    CharField,
    Exists,
    ExpressionWrapper,
    F,
    Func,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
)
from django.db.models.functions import Concat

from onebow.apps.organizations.models import Link, Post
from onebow.apps.plans.models import Checkpoint, Occurrence, Proof, Side, Who
from onebow.apps.plans.queries.dual_posts import items_of_year, midnight_after

WAITING = (Checkpoint.State.OPEN, Checkpoint.State.MAKE_UP)


def charged(posts: QuerySet[Post], on: date) -> QuerySet[Any]:
    """Posts with the items, duties and checkpoints of their organization and all below: in all, and those that wait."""
    items = items_of_year(on).filter(_below())
    due = Occurrence.objects.filter(_below(), starts_on__year=on.year)
    settled = Q(Exists(_proofs(on))) | Q(excused_on__lte=on)
    checks = Checkpoint.objects.filter(_guarded(on), who=Who.SECRETARY, item__plan__year=on.year)
    return posts.annotate(
        items=count_of(items),
        items_open=count_of(items.exclude(done_at__lt=midnight_after(on))),
        unnamed=count_of(items.filter(person=None)),
        duties=count_of(due),
        duties_open=count_of(due.exclude(settled)),
        checks=count_of(checks),
        checks_open=count_of(checks.filter(state__in=WAITING)),
    )


def count_of(rows: QuerySet[Any]) -> Subquery:
    """How many rows of a query that looks at an outer one; not Django's Count, which would group them."""
    counted = Func(F("pk"), function="COUNT", output_field=IntegerField())
    return Subquery(rows.order_by().annotate(count=counted).values("count"), output_field=IntegerField())


def _proofs(on: date) -> QuerySet[Any]:
    return Proof.objects.filter(occurrence=OuterRef("pk"), happened_on__lte=on)


def _below(field: str = "organization__path", outer: Any = None) -> Q:
    """At or below the organization of the post: a range, so that the index is used."""
    path = outer or OuterRef("organization__path")
    return Q(**{f"{field}__gte": path, f"{field}__lt": Concat(path, Value("~"))})


def _guarded(on: date) -> Q:
    """Checkpoints that the secretary of the post's organization sees to: of Party items, and of what it covers."""
    links = Link.objects.on(on).filter(kind__in=(Link.Kind.COVERS, Link.Kind.SET_IN))
    own = links.filter(_below("source__path", OuterRef(OuterRef("organization__path"))))
    path = ExpressionWrapper(OuterRef("item__organization__path"), output_field=CharField())
    covered = own.alias(below=path).filter(below__startswith=F("target__path"))
    party = Q(item__side=Side.PARTY) & _below("item__organization__path")
    return party | Q(Exists(covered), item__side=Side.BUSINESS)
