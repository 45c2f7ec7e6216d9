"""The page of a gap: how it stands by the facts, and what was said and done of it."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from onebow.apps.accounts.models import User
from onebow.apps.base.prepared import Prepared
from onebow.apps.organizations.models import Person
from onebow.apps.plans.checking.mending import Mending
from onebow.apps.plans.models import LIVING, Gap, GapStep
from onebow.apps.plans.queries.checks.answerers import answerers_of
from onebow.apps.plans.queries.checks.mending import mendings_of

# A subject with more gaps than these has other troubles.
MOST = 5


@dataclass(frozen=True)
class Facts:
    """How a gap stands today; `answerer` answers for it now, `menders` recorded what mended it."""

    mending: Mending
    answerer: Person | None
    menders: list[str]
    steps: list[GapStep]

    @property
    def answering(self) -> tuple[int | None, ...]:
        """For the rule of closing."""
        return (self.answerer.pk if self.answerer else None,)


def facts_of(gap: Gap, on: date) -> Facts:
    """What the page shows beside the gap itself (read with `ANSWERED`)."""
    mending = mendings_of([gap], on)[gap.pk]
    pk = answerers_of([gap], on)[gap.pk] if gap.is_living else gap.person_id
    answerer = gap.person if pk == gap.person_id else Person.objects.filter(pk=pk or 0).first()
    users = User.objects.filter(pk__in=mending.by).order_by("pk") if mending.by else User.objects.none()
    steps = list(GapStep.objects.filter(gap=gap).select_related("by").order_by("pk"))
    return Facts(mending, answerer, list(users.values_list("display_name", flat=True)), steps)


def gaps_on(what: str, pk: int) -> list[Gap]:
    """What is open of a thing ("item" with its checkpoints, "occurrence"): for its own page, one statement."""
    return _on[what].objects(pk)


def _living(about: Q) -> QuerySet[Gap]:
    return Gap.objects.filter(about, state__in=LIVING).order_by("since", "pk")[:MOST]


_on = {
    "item": Prepared(lambda pk: _living(Q(item=pk) | Q(checkpoint__item=pk))),
    "occurrence": Prepared(lambda pk: _living(Q(occurrence=pk))),
    "directive": Prepared(lambda pk: _living(Q(directive=pk))),
}
