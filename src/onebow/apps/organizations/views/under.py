"""`?under=`: a list narrowed to an organization and all below, by a filter that can be taken away."""

from typing import Any

from django.db.models import QuerySet

from onebow.apps.accounts.requests import Request
from onebow.apps.base.ids import id_of
from onebow.apps.base.tables import Filter
from onebow.apps.organizations.models.organizations import within
from onebow.apps.organizations.queries.visible import led_organizations


def under(request: Request, field: str = "organization__path") -> tuple[Filter, ...]:
    """The filter, if the address asks for one: of what the user keeps or leads. One statement then."""
    asked = id_of(request.GET.get("under", ""))
    found = led_organizations(request.reach).filter(pk=asked).first() if asked else None
    if found is None:
        return ()
    path = found.path

    def narrow(rows: QuerySet[Any], _: str) -> QuerySet[Any]:
        return rows.filter(within(path, field))

    return (Filter("under", "范围", [(found.pk, f"{found.name}及下级")], narrow=narrow),)
