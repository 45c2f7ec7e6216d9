"""Methods of the matrix: a kind of items and a list of the own bureau, and a neighbour's."""

from onebow.apps.methods.models import NamedList
from onebow.apps.organizations.models import Organization
from onebow.apps.plans.models import ItemKind, Requirement
from onebow.config.policy import Near
from tests.targets import Target


def method_targets(unit: Organization, other: Organization) -> dict[str, list[Target]]:
    """By the first word of their addresses."""
    return {
        "methods": [
            Target("kinds", _made(unit), {"officer": Near.SUBTREE}),
            Target("abroad", _made(other)),
        ]
    }


def _made(unit: Organization) -> dict[str, int | str]:
    """A kind with a requirement, a list to fill, and the key of a pack, which any officer may open."""
    kind = ItemKind.objects.create(scope=unit, key="visit", name="走访", side="business", listed_in="business")
    requirement = Requirement.objects.create(kind=kind, category="style", text="轻车简从")
    named = NamedList.objects.create(scope=unit, key="rules", name="三条规矩")
    ids = {"kind_id": kind.pk, "requirement_id": requirement.pk, "list_id": named.pk}
    return ids | {"key": "base-organization-life"}
