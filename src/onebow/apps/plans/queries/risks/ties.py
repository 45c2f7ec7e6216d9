"""What risk points hang on, and which of them an item touches."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Exists, OuterRef, Q, QuerySet

from onebow.apps.organizations.models import Post
from onebow.apps.organizations.queries.reach import Reach
from onebow.apps.plans.models import Item, RiskPoint, RiskTie
from onebow.apps.plans.queries.visible import risks_for


@dataclass
class Tied:
    """Posts and kinds by name, items as rows."""

    roles: list[str] = field(default_factory=list)
    kinds: list[str] = field(default_factory=list)
    items: list[Item] = field(default_factory=list)

    @property
    def words(self) -> list[str]:
        """All of it, to be read in a line."""
        return [*self.roles, *self.kinds, *(item.title for item in self.items)]


def ties_of(point_ids: Iterable[int]) -> dict[int, Tied]:
    """By risk point what it hangs on: one statement."""
    ids = list(point_ids)
    found: dict[int, Tied] = {pk: Tied() for pk in ids}
    rows = RiskTie.objects.filter(point__in=ids).select_related("kind", "item__organization") if ids else ()
    for tie in sorted(rows, key=lambda one: one.pk):
        told = found[tie.point_id]
        if tie.role:
            told.roles.append(Post.Role(tie.role).label)
        elif tie.kind is not None:
            told.kinds.append(tie.kind.name)
        elif tie.item is not None:
            told.items.append(tie.item)
    return found


def risks_of_item(item: int, kind: str, scope: int, above: tuple[str, ...], reach: Reach) -> QuerySet[RiskPoint]:
    """What stands today and touches an item, itself or through its kind (key and scope) in its organization or above
    (paths); with its level.

    `levels__level` of these rows is today's.
    """
    ties = RiskTie.objects.filter(point=OuterRef("pk"))
    itself = Exists(ties.filter(item=item))
    through_kind = Exists(ties.filter(kind__key=kind, kind__scope=scope))
    here = Q(organization__path__in=above)
    rows = risks_for(reach).filter(state=RiskPoint.State.ACTIVE, levels__ends_on=None)
    return rows.filter(Q(itself) | (here & Q(through_kind))).order_by()
