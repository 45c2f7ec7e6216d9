"""The work ledger as people may see it, with names for its ids."""

from typing import Any

from django.apps import apps
from django.db.models import Exists, OuterRef, Q, QuerySet

from onebow.apps.accounts.models import User
from onebow.apps.ledger.kinds import KINDS
from onebow.apps.ledger.models import Entry, EntryPerson
from onebow.apps.organizations.models import Organization, Person
from onebow.apps.organizations.models.organizations import within
from onebow.apps.organizations.queries.reach import Reach, within_any

# What is told of work; sign-ins, rights and the ledger's own affairs are for the audit administrator.
HIDDEN = tuple(kind.key for kind in KINDS if kind.side == "system")
# Up to so many organizations are named one by one; of more, nearly every entry is one of theirs.
FEW = 200
TABLES = {"organization": Organization, "person": Person, "account": User}


def missing(what: str, ids: set[int]) -> set[int]:
    """Of ids of organizations, persons, accounts or rows of a table, those that exist no more."""
    if what in TABLES:
        model: Any = TABLES[what]
    else:
        try:
            model = apps.get_model(what)
        except (LookupError, ValueError):
            return ids
    return ids - set(model._default_manager.filter(pk__in=ids).values_list("pk", flat=True))


def entries_kept(reach: Reach) -> QuerySet[Entry]:
    """Entries about organizations that the user keeps or leads."""
    tops = (*reach.managed, *reach.led)
    rows = _shown()
    if not tops:
        return rows.none()
    organizations = Organization.objects.filter(within_any(tops))
    few = list(organizations.order_by().values_list("pk", flat=True)[: FEW + 1])
    if len(few) <= FEW:
        return rows.filter(organization_id__in=few)
    # Row by row in the order of days: collected first, they would all have to be sorted.
    return rows.filter(Exists(organizations.filter(pk=OuterRef("organization_id"))))


def entries_own(reach: Reach) -> QuerySet[Entry]:
    """Entries in which the user has a part, or which the user recorded."""
    own = Q(by_id=reach.user_id, kind__in=OWN_KINDS)
    if reach.person_id is None:
        return _shown().filter(own)
    parts = EntryPerson.objects.filter(person_id=reach.person_id).values("entry_id")
    return _shown().filter(Q(pk__in=parts) | own)


OWN_KINDS = ("business.noted", "party.noted", "void", "late.decided")


def entries_for(reach: Reach) -> QuerySet[Entry]:
    """Every entry that the user may open."""
    tops = (*reach.managed, *reach.led)
    organizations = Organization.objects.filter(within_any(tops)) if tops else Organization.objects.none()
    kept = Q(organization_id__in=organizations.values("pk"))
    parts = EntryPerson.objects.filter(person_id=reach.person_id or 0).values("entry_id")
    return _shown().filter(kept | Q(pk__in=parts) | Q(by_id=reach.user_id, kind__in=OWN_KINDS))


def _shown() -> QuerySet[Entry]:
    # Said as what is left out: a list of what is wanted would tempt the database into sorting all of it.
    rows = Entry.objects.exclude(kind__in=HIDDEN)
    return rows.select_related("body", "correction", "late_decision").order_by("-happened_on", "-pk")


def in_organization(rows: QuerySet[Entry], organization: Organization) -> QuerySet[Entry]:
    """Entries about an organization or anything below it today."""
    below = Organization.objects.filter(within(organization.path))
    return rows.filter(organization_id__in=below.values("pk"))
