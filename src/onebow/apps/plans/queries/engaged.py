"""What binds people on the days of a span: items of a few days, due days of items, absences, planned duties."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from django.db.models import Q

from onebow.apps.organizations.models import Membership, Organization
from onebow.apps.organizations.queries.reach import Reach
from onebow.apps.plans.models import Away, Item, ItemPerson
from onebow.apps.plans.queries.clashing import Event
from onebow.apps.plans.queries.visible import absences_for, items_for, occurrences_for

# What lasts longer is worked at beside other things, and binds nobody on a certain day.
SHORT = timedelta(days=2)
DAY = timedelta(days=1)
RUNNING = (Item.State.DRAFT, Item.State.PLANNED, Item.State.OPEN)
# Who is due: (organization, "party" or "staff").
Audience = tuple[int, str]


def events_of(reach: Reach, first: date, last: date) -> tuple[list[Event], dict[Event, Audience]]:
    """What the user may read of the days `[first, last]`, and what is due to whom of an organization: 4 statements."""
    duties = {event: (organization, "party") for event, organization in _duties(reach, first, last)}
    return [*_items(reach, first, last), *_absences(reach, first, last)], duties


def with_audience(events: dict[Event, Audience], on: date) -> list[Event]:
    """The events with the people who belong to their organizations on a day, besides those they have: one statement."""
    ids = {organization for organization, _ in events.values()}
    rows = Membership.objects.on(on).filter(organization__in=ids).order_by()
    found: dict[Audience, dict[int, str]] = defaultdict(dict)
    for organization, side, person, name in rows.values_list("organization", "side", "person", "person__name"):
        found[organization, side][person] = name
    return [replace(one, people=found[audience] | dict(one.people)) for one, audience in events.items()]


def _items(reach: Reach, first: date, last: date) -> Iterable[Event]:
    rows = items_for(reach).filter(due_on__gte=first, state__in=RUNNING)
    near = rows.filter(Q(due_on__lte=last) | Q(starts_on__lte=last, due_on__lte=last + SHORT))
    columns = ("pk", "title", "side", "starts_on", "due_on", "organization__name", "person", "person__name")
    items = list(near.order_by("due_on", "pk").values_list(*columns).distinct())
    parts = ItemPerson.objects.filter(item__in=[pk for pk, *_ in items])
    people: dict[int, dict[int, str]] = defaultdict(dict)
    for item, person, name in parts.values_list("item", "person", "person__name"):
        people[item][person] = name
    for pk, title, side, starts_on, due_on, organization, person, name in items:
        answers = {person: name} if person else {}
        told: dict[str, Any] = {"side": side, "door": "plans:item", "group": f"item-{pk}"}
        if starts_on and due_on - starts_on <= SHORT:
            everybody = answers | people.get(pk, {})
            yield Event("item", pk, title, starts_on, due_on, everybody, organization=organization, **told)
        elif answers:
            yield Event("due", pk, title, due_on, due_on, answers, organization=organization, **told)


def _absences(reach: Reach, first: date, last: date) -> Iterable[Event]:
    rows = absences_for(reach).filter(cancelled_at=None, starts_on__lte=last, ends_on__gt=first)
    columns = ("pk", "kind", "starts_on", "ends_on", "item", "person", "person__name")
    for pk, kind, starts_on, ends_on, item, person, name in rows.order_by("starts_on", "pk").values_list(*columns):
        group = f"item-{item}" if item else ""
        yield Event("away", pk, Away.Kind(kind).label, starts_on, ends_on - DAY, {person: name}, group=group)


def _duties(reach: Reach, first: date, last: date) -> Iterable[tuple[Event, int]]:
    """Planned ones of Party organizations that nothing was said of yet."""
    rows = occurrences_for(reach).filter(planned_on__gte=first, planned_on__lte=last, proofs=None, excused_on=None)
    party = rows.filter(organization__tree=Organization.Tree.PARTY, missed_on=None)
    columns = ("pk", "topic", "duty__name", "planned_on", "organization__name", "organization")
    # Plain columns: a year has thousands.
    for pk, topic, name, day, organization, organization_id in party.order_by("planned_on", "pk").values_list(*columns):
        told: dict[str, Any] = {"side": "party", "door": "plans:occurrence", "group": f"duty-{pk}"}
        yield Event("duty", pk, topic or name, day, day, {}, organization=organization, **told), organization_id
