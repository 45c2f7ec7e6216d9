"""Terms on any day: the earliest former one that held longer than the day, else the present one."""

from datetime import date

from onebow.apps.organizations.models import FormerTerm, Organization


def former_terms_on(ids: list[int], on: date) -> dict[int, date | None]:
    """Planned ends that held on that day, for organizations with another term since."""
    rows = FormerTerm.objects.filter(organization_id__in=ids, until__gt=on).order_by("-until")
    return {row.organization_id: row.term_ends_on for row in rows}


def term_on(organization: Organization, on: date, today: date) -> date | None:
    """The planned end of the term of that day; None where none is registered."""
    if on >= today:
        return organization.term_ends_on
    return former_terms_on([organization.pk], on).get(organization.pk, organization.term_ends_on)
