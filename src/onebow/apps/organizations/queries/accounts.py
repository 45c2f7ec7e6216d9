"""People and their accounts, for officers."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db.models import BigIntegerField, Exists, OuterRef, QuerySet, Value

from onebow.apps.accounts.queries import state_of
from onebow.apps.organizations.models import Membership, Organization, Person
from onebow.apps.organizations.queries.reach import Reach
from onebow.apps.organizations.queries.visible import managed_organizations, managed_people


def people_and_accounts(reach: Reach) -> QuerySet[Person]:
    """People whom the officer keeps, with their accounts; those without one first."""
    rows = managed_people(reach).select_related("user", "root")
    return rows.order_by("user__username", "root_id", "pinyin", "pk")


def listed_in(rows: QuerySet[Person], organization_id: int | None, today: date) -> QuerySet[Person]:
    """Of these, those who belong to the organization today; each says so in `listed_in`, for the list's filter."""
    if organization_id is None:
        return rows
    here = Membership.objects.on(today).filter(person=OuterRef("pk"), organization_id=organization_id)
    return rows.filter(Exists(here)).annotate(listed_in=Value(organization_id, BigIntegerField()))


def people_without_account(reach: Reach, organization_id: int | None, today: date) -> QuerySet[Person]:
    """People whom the officer keeps and who have no account; with an organization, those who belong to it."""
    return listed_in(people_and_accounts(reach).filter(user=None), organization_id, today)


def choices_of_organizations(reach: Reach) -> list[tuple[int, str]]:
    """Organizations that the officer keeps and in which people stand, for a filter."""
    K = Organization.Kind  # noqa: N806
    kinds = (K.SECTION, K.DEPARTMENT, *Organization.BRANCH_KINDS)
    rows = managed_organizations(reach).filter(kind__in=kinds, ends_on=None).order_by("tree", "path")
    return list(rows.values_list("pk", "name")[:500])


def units_of(people: Iterable[Person], today: date) -> dict[int, str]:
    """Where each of these people works today, for a slip; the root unit where nothing nearer is known."""
    people = list(people)
    rows = Membership.objects.on(today).filter(person__in=people, side=Membership.Side.STAFF)
    works = dict(rows.order_by("-pk").values_list("person_id", "organization__name"))
    names = {person.pk: person.root.name for person in people}
    return {pk: f"{root} {works[pk]}" if works.get(pk, root) != root else root for pk, root in names.items()}


def account_state(person: Person, at: datetime) -> tuple[str, str]:
    """Whether the person has an account and in what state, as a word and its colour."""
    return state_of(person.user, at) if person.user else ("未开通", "neutral")
