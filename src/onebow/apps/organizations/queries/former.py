"""Organizations as they were on a day gone by: names, places, supervisors, duties and parents of that day."""

from collections.abc import Iterable, Iterator
from datetime import date

from django.db.models import F, FilteredRelation, OuterRef, Q, QuerySet, Subquery

from onebow.apps.organizations.models import FormerFacts, FormerName, FormerTerm, Organization, Place, Placement
from onebow.apps.organizations.naming import pinyin_of
from onebow.apps.organizations.queries.subtrees import former_names_on

Node = tuple[int, int | None]


def name_on(on: date, organization: str = "pk") -> Subquery:
    """The name that an organization bore on a day and bears no more, as an expression; NULL where it still does."""
    former = FormerName.objects.filter(organization=OuterRef(organization), ends_on__gt=on)
    return Subquery(former.order_by("ends_on").values("name")[:1])


def named_on(rows: QuerySet[Organization], on: date, today: date) -> list[Organization]:
    """These rows with the names of the day, in the same statement (in memory; they must not be saved)."""
    if on >= today:
        return list(rows)
    named: list[Organization] = list(rows.annotate(was_named=name_on(on)))
    for one in named:
        one.name = vars(one)["was_named"] or one.name
    return named


def told_on(rows: QuerySet[Organization], on: date, today: date) -> QuerySet[Organization]:
    """These rows with what `as_told` needs, in the same statement."""
    if on >= today:
        return rows
    began = Q(former_facts__starts_on=None) | Q(former_facts__starts_on__lte=on)
    was = FilteredRelation("former_facts", condition=began & Q(former_facts__ends_on__gt=on))
    facts = {"was_id": "was", "was_in": "was__place", "was_led": "was__supervisor", "did": "was__duties"}
    term = FormerTerm.objects.filter(organization=OuterRef("pk"), until__gt=on).order_by("until")
    named = {"was_named": name_on(on), "was_at": F("was__place__name")}
    named |= {"had_term": Subquery(term.values("pk")[:1]), "was_term": Subquery(term.values("term_ends_on")[:1])}
    return rows.alias(was=was).annotate(**{key: F(path) for key, path in facts.items()}, **named)


def as_told(organization: Organization) -> Organization:
    """A row of `told_on` with the name, place, term and so on of that day (in memory; it must not be saved)."""
    told = vars(organization)
    organization.name = told.get("was_named") or organization.name
    if told.get("was_id"):
        organization.place = Place(pk=told["was_in"], name=told["was_at"]) if told["was_in"] else None
        organization.supervisor, organization.duties = told["was_led"], told["did"]
    if told.get("had_term"):
        organization.term_ends_on = told["was_term"]
    return organization


def with_facts_on(organizations: list[Organization], on: date, today: date) -> list[Organization]:
    """The same rows with the places, supervisors and duties of that day (in memory; they must not be saved)."""
    if on >= today:
        return organizations
    rows = FormerFacts.objects.on(on).filter(organization__in=[one.pk for one in organizations])
    former = {row.organization_id: row for row in rows.select_related("place")}
    for organization in organizations:
        if row := former.get(organization.pk):
            organization.place, organization.supervisor, organization.duties = row.place, row.supervisor, row.duties
    return organizations


def with_parents_on(organizations: list[Organization], on: date, today: date) -> list[Organization]:
    """The same rows under the parents of that day, which bear their names of that day (in memory)."""
    if on >= today:
        return organizations
    placed = Placement.objects.on(on).filter(child__in=[one.pk for one in organizations]).select_related("parent")
    parents = {row.child_id: row for row in placed.annotate(was_named=name_on(on, "parent_id"))}
    for organization in organizations:
        row = parents.get(organization.pk)
        organization.parent = row.parent if row else None
        if row and row.parent:
            row.parent.name = vars(row)["was_named"] or row.parent.name
    return organizations


def named_under(organization: Organization, on: date, today: date) -> tuple[str, str]:
    """Its name of that day and that of what it stood under, "" for nothing: one statement, none for today."""
    if on >= today:
        return organization.name, organization.parent.name if organization.parent else ""
    placed = Placement.objects.on(on).filter(child=organization)
    named = placed.annotate(own=name_on(on, "child_id"), above=name_on(on, "parent_id"))
    row = named.values_list("own", "child__name", "above", "parent__name").first()
    if row is None:
        return former_names_on([organization.pk], on).get(organization.pk, organization.name), ""
    own, name, above, parent = row
    return own or name, above or parent or ""


def listed_on(rows: QuerySet[Organization], on: date, today: date) -> list[Organization]:
    """All of these rows that stood on a day gone by, as they were then, in the order of the trees of that day."""
    stood = list(rows.filter(pk__in=Organization.objects.on(on).values("pk")).order_by("rank", "pk"))
    with_parents_on(stood, on, today)
    renamed = former_names_on([one.pk for one in stood], on)
    for one in stood:
        if one.pk in renamed:
            one.name = renamed[one.pk]
            one.pinyin, one.initials = pinyin_of(one.name)
    by_id = {one.pk: one for one in stood}
    order = in_tree_order((one.pk, one.parent_id) for one in stood)
    return sorted((by_id[pk] for pk in order), key=lambda one: one.tree)


def in_tree_order(nodes: Iterable[Node]) -> list[int]:
    """Ids so that each stands before what lies under it; siblings, and tops, in the order in which they came.

    >>> in_tree_order([(3, 2), (1, None), (2, 1), (4, 1)])
    [1, 2, 3, 4]
    """
    nodes = list(nodes)
    known = {number for number, _ in nodes}
    children: dict[int | None, list[int]] = {}
    for number, parent in nodes:
        children.setdefault(parent if parent in known else None, []).append(number)
    order = dict.fromkeys(_walk(children))
    # What a wrong history holds in a circle hangs on no top.
    return list(order | dict.fromkeys(number for number, _ in nodes))


def _walk(children: dict[int | None, list[int]]) -> Iterator[int]:
    stack = list(reversed(children.get(None, [])))
    while stack:
        number = stack.pop()
        yield number
        stack.extend(reversed(children.get(number, [])))
