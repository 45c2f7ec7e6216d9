"""Last year's plan held against this year: what each item would become. Writes nothing."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from onebow.apps.organizations.models import Organization
from onebow.apps.organizations.queries.succession import successors_of
from onebow.apps.plans.models import Item, ItemKind, Plan
from onebow.apps.plans.queries.content import items_whole
from onebow.apps.plans.queries.kinds import kinds_for
from onebow.apps.plans.queries.owners import Span, belongs, last_day, owners_of, spans_of


@dataclass(frozen=True)
class ItemCopy:
    """An item of last year, and how it would stand this year; `notes` say what could not be carried over."""

    item: Item
    kind: ItemKind | None
    organization_id: int | None
    organization: str
    person_id: int | None
    starts_on: date | None
    due_on: date | None
    notes: tuple[str, ...]

    @property
    def is_good(self) -> bool:
        """Whether it can be carried over."""
        return self.kind is not None and self.organization_id is not None

    @property
    def key(self) -> str:
        """The same item copied again is the same row."""
        return f"copy:{self.item.pk}"


def next_year(day: date | None) -> date | None:
    """The same day a year later; 29 February becomes the 28th.

    >>> next_year(date(2028, 2, 29))
    datetime.date(2029, 2, 28)
    """
    if day is None:
        return None
    return day.replace(year=day.year + 1, day=28) if (day.month, day.day) == (2, 29) else day.replace(year=day.year + 1)


def copies_of(source: Plan, organization: Organization, today: date) -> list[ItemCopy]:
    """What would become of each item in next year's plan of the organization: the same one, or its successor."""
    items = items_whole(source)
    ended = [item.organization_id for item in items if not item.organization.holds_on(today)]
    after = Organization.objects.in_bulk(successors_of(ended, today).values()) if ended else {}
    successors = {old: after[new] for old, new in successors_of(ended, today).items()} if ended else {}
    spans = spans_of(item.person_id for item in items if item.person_id)
    kinds = {kind.key: kind for kind in kinds_for(source.organization, today)}
    owners = set(owners_of(organization, today).values_list("pk", flat=True))
    known = _Known(kinds, owners, successors, spans, today)
    return [_copy(item, known) for item in items]


@dataclass(frozen=True)
class _Known:
    """What is needed to judge all items, read at once."""

    kinds: Mapping[str, ItemKind]
    owners: Collection[int]
    successors: Mapping[int, Organization]
    spans: Mapping[int, Sequence[Span]]
    today: date

    def unit_of(self, item: Item, notes: list[str]) -> Organization | None:
        """Who owns it next year; None, with a note, if nobody may."""
        unit = item.organization
        if not unit.holds_on(self.today):
            after = self.successors.get(unit.pk)
            if after and after.tree != unit.tree:
                # Business work never passes to a Party organization, nor the other way round.
                after = None
            notes.append(
                f"“{unit.name}”已撤销,改为“{after.name}”" if after else f"“{unit.name}”已撤销,没有登记承继的组织,不带入"
            )
            if after is None:
                return None
            unit = after
        if unit.pk not in self.owners:
            notes.append(f"“{unit.name}”已不在计划范围内,不带入")
            return None
        return unit


def _copy(item: Item, known: _Known) -> ItemCopy:
    notes: list[str] = []
    kind = known.kinds.get(item.kind.key)
    if kind is None:
        notes.append(f"类别“{item.kind.name}”已不使用,不带入")
    elif kind.side != item.side:
        notes.append(f"类别“{item.kind.name}”已改为{kind.get_side_display()}事项,不带入")
        kind = None
    unit = known.unit_of(item, notes)
    starts_on, due_on = next_year(item.starts_on), next_year(item.due_on)
    person_id = item.person_id
    last = last_day(starts_on, due_on, known.today)
    if person_id and unit and not belongs(known.spans.get(person_id, ()), unit.path, last):
        notes.append(f"{item.person}已不在“{unit.name}”,责任人留空")
        person_id = None
    name = unit.name if unit else ""
    return ItemCopy(item, kind, unit.pk if unit else None, name, person_id, starts_on, due_on, tuple(notes))
