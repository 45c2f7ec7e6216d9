"""The work ledger as people may see it: whose entries, and which of them."""

from collections.abc import Collection
from datetime import date
from typing import Any

from django.apps import apps
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.db.models.expressions import RawSQL
from django.db.models.functions import TruncMonth

from onebow.apps.accounts.models import User
from onebow.apps.base.rows import WideRows
from onebow.apps.ledger.kinds import BY_HAND, KINDS
from onebow.apps.ledger.models import Entry, EntryPerson, Erasure, LateDecision
from onebow.apps.ledger.queries import pending_late
from onebow.apps.organizations.models import Membership, Organization, Person, RestructuringLine
from onebow.apps.organizations.models.organizations import within
from onebow.apps.organizations.queries.people import ids_of
from onebow.apps.organizations.queries.reach import Reach, within_any
from onebow.apps.organizations.queries.visible import organizations_for

# What is told of work; sign-ins, rights and the ledger's own affairs are for the audit administrator.
HIDDEN = tuple(kind.key for kind in KINDS if kind.side == "system")
# Up to so many organizations are named one by one; of more, nearly every entry is one of theirs.
FEW = 200
# Of what one recorded oneself, that which is one's own work and not an officer's on others.
OWN_KINDS = BY_HAND
# Ring by ring outwards; UNION ends on a circle.
_INHERITED = """
WITH RECURSIVE heir(id) AS (
  {ring}
  UNION
  SELECT line.organization_id FROM heir JOIN ({line}) line ON line.successor_id = heir.id
) SELECT id FROM heir
"""
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


def inherited(reach: Reach, today: date) -> Any:
    """Organizations that were dissolved into what the user keeps or leads today: their matters are the user's.

    To be asked for inside another query. What lies below the user's they need not inherit.
    """
    tops = (*reach.managed, *reach.led)
    if not tops:
        return []
    lines = RestructuringLine.objects.filter(kind=RestructuringLine.Kind.DISSOLVE, on__lte=today)
    lines = lines.exclude(within_any(tops, "organization__path"))
    first = lines.filter(within_any(tops, "successor__path")).values("organization_id")
    further = lines.values("organization_id", "successor_id")
    (ring, ring_values), (line, line_values) = first.query.sql_with_params(), further.query.sql_with_params()
    return RawSQL(_INHERITED.format(ring=ring, line=line), (*ring_values, *line_values))  # noqa: S611 (parameters)


def entries_kept(reach: Reach, today: date) -> QuerySet[Entry]:
    """Entries about organizations that the user keeps or leads, and about those that were dissolved into them."""
    return kept(reach, today)[0]


def kept(reach: Reach, today: date) -> tuple[QuerySet[Entry], bool]:
    """The same, and whether they are a large part of all."""
    tops = (*reach.managed, *reach.led)
    rows = _shown()
    if not tops:
        return rows.none(), False
    organizations = Organization.objects.filter(within_any(tops) | Q(pk__in=inherited(reach, today)))
    few = list(organizations.order_by().values_list("pk", flat=True)[: FEW + 1])
    if len(few) <= FEW:
        return rows.filter(organization_id__in=few), False
    # Row by row in the order of days: collected first, they would all have to be sorted.
    return rows.filter(Exists(organizations.filter(pk=OuterRef("organization_id")))), True


def entries_own(reach: Reach) -> QuerySet[Entry]:
    """Entries in which the user has a part, or which the user recorded."""
    return _shown().filter(pk__in=_own_numbers(reach))


def entries_for(reach: Reach, today: date) -> QuerySet[Entry]:
    """Every entry that the user may open."""
    tops = (*reach.managed, *reach.led)
    organizations = Organization.objects.filter(within_any(tops)) if tops else Organization.objects.none()
    kept = Q(organization_id__in=organizations.values("pk")) | Q(organization_id__in=inherited(reach, today))
    return _shown().filter(kept | Q(pk__in=_own_numbers(reach)))


def _own_numbers(reach: Reach) -> QuerySet[Any, Any]:
    """Numbers of the user's own entries: two questions, each with an index, instead of one that looks at all."""
    recorded = Entry.objects.filter(by_id=reach.user_id, kind__in=OWN_KINDS).order_by().values("pk")
    if reach.person_id is None:
        return recorded
    parts = EntryPerson.objects.filter(person_id__in=ids_of(reach.person_id))
    return parts.order_by().values("entry_id").union(recorded)


def _shown() -> QuerySet[Entry]:
    # Said as what is left out: a list of what is wanted would tempt the database into sorting all of it.
    rows = Entry.objects.exclude(kind__in=HIDDEN)
    return rows.select_related("body", "correction", "late_decision").order_by("-happened_on", "-pk")


def as_rows(entries: QuerySet[Entry]) -> WideRows:
    """Entries for a list: sorted by an index, and read with all that is beside them."""
    return WideRows(entries, _shown())


def organization_of(entry: Entry) -> Organization | None:
    """The organization that an entry is about."""
    return Organization.objects.filter(pk=entry.organization_id or 0).first()


def of_person(rows: QuerySet[Entry], person: Person) -> QuerySet[Entry]:
    """Entries in which a person has a part."""
    return rows.filter(pk__in=EntryPerson.objects.filter(person_id__in=ids_of(person.pk)).order_by().values("entry_id"))


def decision_on(entry: Entry) -> Entry | None:
    """The entry that decided on a late one; whoever may read the one may read why."""
    decision = getattr(entry, "late_decision", None)
    return Entry.objects.select_related("body").get(pk=decision.decision_id) if decision else None


def in_organization(rows: QuerySet[Entry], organization: Organization) -> QuerySet[Entry]:
    """Entries about an organization or anything below it today."""
    below = Organization.objects.filter(within(organization.path))
    return rows.filter(organization_id__in=below.values("pk"))


def late_for(reach: Reach, today: date) -> QuerySet[Entry]:
    """Late entries that wait for a decision of this secretary or officer, oldest month first.

    Those of a dissolved organization wait for its successor's.
    """
    return entries_kept(reach, today).filter(pk__in=pending_late().values("pk")).order_by("happened_on", "pk")


def of_month(rows: QuerySet[Entry], month: str) -> QuerySet[Entry]:
    """Entries of a month such as `2026-03`."""
    first = date.fromisoformat(f"{month}-01")
    return rows.filter(happened_on__gte=first, happened_on__lt=_next_month(first))


def _next_month(first: date) -> date:
    return date(first.year + first.month // 12, first.month % 12 + 1, 1)


def months_back(today: date, count: int = 24) -> list[tuple[str, str]]:
    """The last months as choices, this one first."""
    months = [divmod(today.year * 12 + today.month - 1 - back, 12) for back in range(count)]
    return [(f"{year}-{month + 1:02d}", f"{year}年{month + 1}月") for year, month in months]


STATES = [
    ("late", "补录待批"),
    ("returned", "补录退回"),
    ("corrected", "已更正或作废"),
    ("correction", "更正"),
    ("erased", "内容已删除"),
]


def in_state(rows: QuerySet[Entry], state: str) -> QuerySet[Entry]:
    """Entries in one of `STATES`: few, each named by its number, so that not all have to be looked at."""
    # Said as a range, which both databases take from the index; of "not empty" SQLite does not know how few they are.
    corrections = Entry.objects.filter(correction_of__gt=0)
    numbers: dict[str, QuerySet[Any, Any]] = {
        "late": pending_late().values("pk"),
        "returned": LateDecision.objects.filter(accepted=False).values("entry_id"),
        "corrected": corrections.values("correction_of_id"),
        "correction": corrections.values("pk"),
        "erased": Erasure.objects.values("entry_id"),
    }
    return rows.filter(pk__in=numbers[state])


def of_kind(rows: QuerySet[Entry], kind: str) -> QuerySet[Entry]:
    """Entries of a kind, among a large part of all: by the index of kinds."""
    return rows.filter(kind=kind)


def of_kind_within(rows: QuerySet[Entry], kind: str) -> QuerySet[Entry]:
    """Entries of a kind, among few: said as what is left out, or all of the kind would be looked at for them."""
    return rows.exclude(kind__in=[other.key for other in KINDS if other.key != kind])


def on_side(rows: QuerySet[Entry], side: str) -> QuerySet[Entry]:
    """Entries of kinds that belong to a side; said as what is left out, see `_shown`."""
    return rows.exclude(kind__in=[kind.key for kind in KINDS if kind.side != side])


def months_of(rows: QuerySet[Entry]) -> list[tuple[str, int]]:
    """The months in which these entries happened, oldest first, and how many in each."""
    months = rows.order_by().annotate(month=TruncMonth("happened_on")).values("month").annotate(count=Count("pk"))
    return [(f"{row['month']:%Y-%m}", row["count"]) for row in months.order_by("month")]


def organizations_ever(reach: Reach) -> QuerySet[Organization]:
    """Organizations that the user may open, and those to which the user belonged once."""
    belonged = Membership.objects.filter(person=reach.person_id or 0).values("organization")
    return organizations_for(reach) | Organization.objects.filter(pk__in=belonged)


def colleagues(reach: Reach, today: date, also: Collection[int] = ()) -> QuerySet[Person]:
    """People of the organizations that the user may open today, and those named besides."""
    belongs = Membership.objects.on(today).filter(organization__in=organizations_for(reach).values("pk"))
    people = Person.objects.filter(Q(pk__in=belongs.values("person_id")) | Q(pk__in=also), merged_into=None)
    return people.select_related("root").order_by("pinyin", "pk")
