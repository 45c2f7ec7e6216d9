"""Whatever is done today, earlier days stay as they were: random deeds on a small town, random days before them."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onebow.apps.base.refusals import Refused
from onebow.apps.organizations.models import Organization, Person, Place, Post
from onebow.apps.organizations.queries.checks import check
from onebow.apps.organizations.queries.checks_sql import Scope
from onebow.apps.organizations.queries.former import listed_on
from onebow.apps.organizations.queries.history import history_of, history_of_person
from onebow.apps.organizations.queries.people import belonging_on, counts_of
from onebow.apps.organizations.queries.standings import known_on, with_standings_on
from onebow.apps.organizations.queries.trees import trees_on
from onebow.apps.organizations.services import links, memberships, organizations, people
from onebow.apps.organizations.tests.make import NOON, TODAY, Town, make_organization, make_person, make_town

K, Standing = Organization.Kind, Person.Standing
WHO: dict[str, Any] = {"by": None, "at": NOON}
Deed = Callable[[Town, st.DataObject], None]


def some(data: st.DataObject, rows: Any) -> Any:
    """One of the rows, in a stable order; refused where there is none."""
    found = list(rows.order_by("pk"))
    if not found:
        raise Refused("nothing to choose from")
    return data.draw(st.sampled_from(found))


def stands(*kinds: str) -> Any:
    return Organization.objects.filter(kind__in=kinds, ends_on=None)


def found(town: Town, data: st.DataObject) -> None:
    kind, parent = data.draw(st.sampled_from([(K.SECTION, town.bureau), (K.BRANCH, town.committee)]))
    draft = organizations.OrganizationDraft(kind, f"新设{Organization.objects.count()}", parent.pk, starts_on=TODAY)
    organizations.found_organization(draft, **WHO)


def rename(town: Town, data: st.DataObject) -> None:
    one = some(data, stands(K.SECTION, K.BRANCH, K.UNIT))
    name = f"改名{Organization.objects.count()}{one.pk}"
    organizations.rename_organization(one.pk, name, on=TODAY, basis="", **WHO)


def move(town: Town, data: st.DataObject) -> None:
    one, parent = some(data, stands(K.SECTION)), some(data, stands(K.UNIT, K.SECTION))
    organizations.move_organization(one.pk, parent.pk, on=TODAY, basis="", **WHO)


def move_house(town: Town, data: st.DataObject) -> None:
    one, place = some(data, stands(K.SECTION, K.UNIT)), some(data, Place.objects)
    facts = {"place_id": place.pk, "supervisor": f"副局长{place.pk}"}
    organizations.change_organization(one.pk, facts, version=one.version, since=TODAY, **WHO)


def transfer(town: Town, data: st.DataObject) -> None:
    side = data.draw(st.sampled_from(["staff", "party"]))
    where = stands(K.SECTION) if side == "staff" else stands(K.BRANCH)
    person, organization = some(data, Person.objects), some(data, where)
    place = data.draw(st.sampled_from([None, *Place.objects.order_by("pk").values_list("pk", flat=True)]))
    place_id = place if side == "staff" else None
    facts = {"starts_on": TODAY, "place_id": place_id, "transfer": True}
    memberships.start_membership(memberships.MembershipDraft(person.pk, organization.pk, side, **facts), **WHO)


def leave(town: Town, data: st.DataObject) -> None:
    person = some(data, Person.objects)
    memberships.end_membership(some(data, person.memberships.filter(ends_on=None)).pk, on=TODAY, **WHO)


def appoint(town: Town, data: st.DataObject) -> None:
    person, branch = some(data, Person.objects), some(data, stands(K.BRANCH))
    draft = memberships.PostDraft(person.pk, branch.pk, Post.Role.SECRETARY, starts_on=TODAY)
    memberships.start_post(draft, **WHO)


def dismiss(town: Town, data: st.DataObject) -> None:
    memberships.end_post(some(data, Post.objects.filter(ends_on=None)).pk, on=TODAY, **WHO)


def tie(town: Town, data: st.DataObject) -> None:
    draft = links.LinkDraft("covers", some(data, stands(K.BRANCH)).pk, some(data, stands(K.SECTION)).pk, TODAY)
    links.make_link(draft, **WHO)


def untie(town: Town, data: st.DataObject) -> None:
    branch = some(data, stands(K.BRANCH))
    links.end_link(some(data, branch.links_out.filter(ends_on=None)).pk, on=TODAY, **WHO)


def dissolve(town: Town, data: st.DataObject) -> None:
    """With all that hangs on it, as a restructuring does."""
    one = some(data, stands(K.BRANCH))
    for row in one.memberships.filter(ends_on=None):
        memberships.end_membership(row.pk, on=TODAY, **WHO)
    for post in one.posts.filter(ends_on=None):
        memberships.end_post(post.pk, on=TODAY, **WHO)
    organizations.dissolve_organization(one.pk, on=TODAY, basis="", **WHO)


def restand(town: Town, data: st.DataObject) -> None:
    person = some(data, Person.objects)
    standing = data.draw(st.sampled_from([Standing.MASSES, Standing.ACTIVIST, Standing.PROBATIONARY_MEMBER]))
    joined = TODAY if standing == Standing.PROBATIONARY_MEMBER else None
    draft = people.PersonDraft(person.name, standing=standing, joined_on=joined)
    people.change_person(person.pk, draft, version=person.version, since=TODAY, **WHO)


def hire(town: Town, data: st.DataObject) -> None:
    person = make_person(town.bureau, f"新人{Person.objects.count()}", standing=Standing.MASSES)
    draft = memberships.MembershipDraft(person.pk, some(data, stands(K.SECTION)).pk, "staff", starts_on=TODAY)
    memberships.start_membership(draft, **WHO)


DEEDS: list[Deed] = [
    found, rename, move, move_house, transfer, leave, appoint, dismiss, tie, untie, dissolve, restand, hire,
]  # fmt: skip


def seen_on(town: Town, on: date) -> list[object]:
    """What a day looks like: trees, findings, lists of organizations and of people, histories."""
    listed = listed_on(Organization.objects.all(), on, TODAY)
    persons = list(known_on(Person.objects.order_by("pk"), on, TODAY))
    with_standings_on(persons, on, TODAY)
    bureau, committee = (Organization.objects.get(pk=one.pk) for one in (town.bureau, town.committee))
    return [
        trees_on(town.bureau.pk, on),
        [
            (one.node.id, one.node.name, one.finding.rule.id, one.finding.words)
            for one in check(Scope((bureau.path, committee.path), on, TODAY))
        ],
        [(one.pk, one.name, one.parent_id, one.parent and one.parent.name) for one in listed],
        counts_of(listed, on),
        [(one.pk, one.standing, one.joined_on, one.full_on) for one in persons],
        belonging_on([one.pk for one in persons], on, TODAY),
        [vars(fact) for one in listed for fact in history_of(one, on, TODAY)],
        [vars(fact) for one in persons for fact in history_of_person(one, on, TODAY)],
    ]


@pytest.fixture
def old_town(db) -> Town:
    town = make_town()
    make_organization(K.UNIT, "人才中心", town.bureau)
    stamps = {"created_at": NOON, "updated_at": NOON}
    for name in ("北楼", "南楼"):
        Place.objects.create(unit=town.bureau, name=name, **stamps)
    make_person(town.bureau, "周极", standing=Standing.ACTIVIST)
    return town


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_deeds_of_today_leave_every_earlier_day_as_it_was(old_town, data):
    days = [TODAY - timedelta(days=back) for back in data.draw(st.lists(st.integers(1, 800), min_size=1, max_size=2))]
    with transaction.atomic():
        before = [seen_on(old_town, on) for on in days]
        for deed in data.draw(st.lists(st.sampled_from(DEEDS), min_size=1, max_size=8)):
            try:
                with transaction.atomic():
                    deed(old_town, data)
            except Refused:
                continue
        after = [seen_on(old_town, on) for on in days]
        transaction.set_rollback(True)
    assert after == before
