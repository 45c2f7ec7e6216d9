"""What hangs on an item in small tables, in one statement: people, requirements, ties, visits, risks and more."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from django.db.models import BigIntegerField, Case, F, QuerySet, Value, When
from django.db.models.functions import TruncDate

from onebow.apps.base.prepared import Prepared
from onebow.apps.base.unions import no_day, number, word
from onebow.apps.organizations.queries.reach import Reach, guarding
from onebow.apps.plans.models import Acknowledgement, Item, ItemPerson, ItemUnit, Progress, RiskLevel, SiteVisit, Tie
from onebow.apps.plans.queries.items.requirements import Said, place_of, said_in
from onebow.apps.plans.queries.items.standing import stays_of, unit_of
from onebow.apps.plans.queries.risks.ties import risks_of_item
from onebow.apps.plans.queries.scopes import paths_above
from onebow.apps.plans.queries.visible import items_for

# A kind by its key and scope, and the paths of an organization and those above.
Scope = tuple[str, int, tuple[str, ...]]
# An item with its kind and its key point, where requirements stand.
Stating = tuple[int, int, int | None]
# Who answers for it, and the path at or below which they are to stand on a day.
Owner = tuple[int, str, date]
METHODS, HEARD = dict(SiteVisit.Method.choices), dict(SiteVisit.Heard.choices)
# Whom one hears on site; others are welcome and not asked for.
TO_HEAR = (SiteVisit.Heard.MANAGERS, SiteVisit.Heard.MANAGED, SiteVisit.Heard.COUNTERPARTIES)


@dataclass(frozen=True)
class Person:
    """A participant."""

    id: int
    name: str
    travels: bool


@dataclass(frozen=True)
class Tied:
    """An item at the other end of a tie; `opens` if the reader may open it."""

    relation: str
    id: int
    title: str
    side: str
    state: str
    due_on: date | None
    opens: bool


@dataclass(frozen=True)
class Told:
    """A sentence on progress."""

    on: date
    text: str
    by: str


@dataclass(frozen=True)
class Visit:
    """Who was heard on site, and how."""

    on: date
    method: str
    heard: str
    count: int
    place: str
    text: str
    by: str


@dataclass(frozen=True)
class Risk:
    """A risk point that the item touches."""

    id: int
    matter: str
    level: str
    measure: str

    @property
    def word(self) -> str:
        """The level in words."""
        return RiskLevel.Level(self.level).label


@dataclass
class Around:
    """What hangs on an item."""

    people: list[Person] = field(default_factory=list)
    units: list[tuple[int, str]] = field(default_factory=list)
    ties: list[Tied] = field(default_factory=list)
    # Checkpoint id -> (person id, name, day) of who confirmed it.
    confirmed: dict[int, list[tuple[int, str, date]]] = field(default_factory=dict)
    progress: list[Told] = field(default_factory=list)
    visits: list[Visit] = field(default_factory=list)
    risks: list[Risk] = field(default_factory=list)
    said: list[Said] = field(default_factory=list)
    # Whether who answers for it still stands in its unit.
    stands: bool = False

    @property
    def not_heard(self) -> list[str]:
        """Whom nobody heard on site yet."""
        heard = {visit.heard for visit in self.visits}
        return [one.label for one in TO_HEAR if one.label not in heard]

    @property
    def travellers(self) -> list[Person]:
        """Those who travel."""
        return [person for person in self.people if person.travels]


def around(item: Item, reach: Reach, on: date) -> Around:
    """All of it on a day; the latest progress first, all else in the order in which it was written down."""
    found, kind = Around(), item.kind
    scope: Scope = (kind.key, kind.scope_id, tuple(paths_above(item.organization.path)))
    stating: Stating = (item.pk, item.kind_id, item.key_point_id)
    owner: Owner = (item.person_id or 0, unit_of(item), on)
    for row in sorted(_rows.rows(item.pk, scope, reach, stating, owner), key=lambda row: (row[0], row[1])):
        _take(found, row)
    found.said.sort(key=lambda said: said.order)
    found.ties = _opened(found.ties, reach)
    found.progress.sort(key=lambda told: told.on, reverse=True)
    found.visits.sort(key=lambda visit: visit.on)
    return found


def _parts(item: int, scope: Scope, reach: Reach, stating: Stating, owner: Owner) -> list[QuerySet[Any, Any]]:
    """Columns: part, row, other row, name, text, words (2), place, flag, day."""
    travels = Case(When(is_traveller=True, then=Value(1)), default=Value(0), output_field=BigIntegerField())
    people = ItemPerson.objects.filter(item=item).annotate(flag=travels)
    return [
        people.values_list(
            word("person"), "pk", "person_id", "person__name", word(), word(), word(), word(), "flag", no_day()
        ),
        ItemUnit.objects.filter(item=item).values_list(
            word("unit"), "pk", "organization_id", "organization__name", word(), word(), word(), word(), number(),
            no_day(),
        ),
        _ties(item, "source", "target"),
        _ties(item, "target", "source"),
        Acknowledgement.objects.filter(checkpoint__item=item).values_list(
            word("ack"), "pk", "checkpoint_id", "person__name", word(), word(), word(), word(),
            F("person_id"), TruncDate("at"),
        ),
        Progress.objects.filter(item=item).values_list(
            word("progress"), "pk", number(), "made_by__display_name", "text", word(), word(), word(), number(), "on"
        ),
        SiteVisit.objects.filter(item=item).order_by().values_list(
            word("visit"), "pk", number(), "made_by__display_name", "text", "method", "heard", "place", F("count"), "on"
        ),
        risks_of_item(item, *scope, reach).values_list(
            word("risk"), "pk", number(), "matter", "measure", "levels__level", word(), word(), number(), no_day()
        ),
        said_in(*stating).values_list(
            word("said"), "pk", number(), word(), "text", "category", place_of(), word(), F("order"), no_day()
        ),
        *(
            stays.values_list(
                word("stay"), "pk", number(), word(), word(), word(), word(), word(), number(), no_day()
            )
            for stays in stays_of(*owner)
        ),
    ]  # fmt: skip


def _joined(item: int, scope: Scope, reach: Reach, stating: Stating, owner: Owner) -> QuerySet[Any, Any]:
    first, *others = _parts(item, scope, reach, stating, owner)
    return first.union(*others, all=True)


_rows = Prepared(_joined)
_open_ids = Prepared(lambda reach, ids: items_for(reach).filter(pk__in=ids).values_list("pk"))


def _ties(item: int, here: str, there: str) -> QuerySet[Any, Any]:
    return Tie.objects.open().filter(**{here: item}).values_list(
        word(f"tie-{here}"), "pk", f"{there}_id", f"{there}__title", "kind", f"{there}__side", f"{there}__state",
        word(), number(), f"{there}__due_on",
    )  # fmt: skip


def _opened(ties: list[Tied], reach: Reach) -> list[Tied]:
    """Ties with whether the reader may open the other end: a statement of its own, only where there are any."""
    if not ties:
        return ties
    open_ids = {pk for (pk,) in _open_ids.rows(guarding(reach), tuple(tie.id for tie in ties))}
    return [replace(tie, opens=tie.id in open_ids) for tie in ties]


RELATIONS = {
    ("tie-source", "supports"): "服务保障",
    ("tie-target", "supports"): "由其服务保障",
    ("tie-source", "after"): "在其后进行",
    ("tie-target", "after"): "其后进行",
}


def _take(found: Around, row: Iterable[Any]) -> None:
    part, pk, other, name, text, first, second, place, flag, on = row
    if part == "person":
        found.people.append(Person(other, name, bool(flag)))
    elif part == "unit":
        found.units.append((other, name))
    elif part == "ack":
        found.confirmed.setdefault(other, []).append((flag, name, on))
    elif part == "progress":
        found.progress.append(Told(on, text, name or "系统"))
    elif part == "said":
        found.said.append(Said(first, text, second, flag))
    elif part == "stay":
        found.stands = True
    elif part == "risk":
        found.risks.append(Risk(pk, name, first, text))
    elif part == "visit":
        found.visits.append(Visit(on, METHODS[first], HEARD[second], flag, place, text, name or "系统"))
    else:
        state = Item.State(second).label
        found.ties.append(Tied(RELATIONS[part, text], other, name, first, state, on, opens=False))
