"""What proves an occurrence, and whether it counts yet."""

from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from onebow.apps.plans.models import Occurrence, Proof
from onebow.apps.plans.queries.duties.states import counted_proofs


def proofs_of(row: Occurrence, on: date) -> QuerySet[Proof, Any]:
    """Its proofs of what had happened by a day, with `counts`: one told late counts once it is accepted."""
    counted = counted_proofs(on).filter(pk=OuterRef("pk"))
    return row.proofs.filter(happened_on__lte=on).annotate(counts=Exists(counted)).order_by("happened_on", "pk")
