"""Conditions that both databases find by index, and statements that PostgreSQL keeps planned."""

import pytest
from django.db import connection
from django.db.models import Q

from onebow.apps.base.conditions import any_of, taken
from onebow.apps.organizations.models import Membership, Organization
from onebow.config.databases import PLANNED, _keep_statements


def test_a_field_is_one_of_some_numbers_or_of_those_that_a_query_gives(town):
    here = Organization.objects.filter(name="办公室").values("pk")
    held = Membership.objects.filter(organization__in=list(here.values_list("pk", flat=True)))
    assert held.exists()
    for numbers in (here, here.union(here), list(here.values_list("pk", flat=True))):
        assert set(Membership.objects.filter(taken("organization", numbers))) == set(held)
    assert not Membership.objects.filter(taken("organization", here.none())).exists()


@pytest.mark.parametrize("wide", [False, True])
def test_any_of_some_conditions_is_each_row_once(town, wide):
    conditions = (Q(name="办公室"), Q(name__startswith="办"), Q(kind=Organization.Kind.UNIT))
    found = Organization.objects.filter(any_of(Organization, *conditions, wide=wide))
    assert sorted(found.values_list("name", flat=True)) == ["人社局", "办公室", "水务局"]


@pytest.mark.only_postgresql
def test_what_is_asked_for_the_third_time_stays_planned(db):
    with connection.cursor() as cursor:
        for number in (40_001, 40_002, 40_003):
            cursor.execute("SELECT id FROM organizations_organization WHERE id = %s", [number])
        cursor.execute("SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE '%%organizations_organ%%'", [])
        assert cursor.fetchone()[0] >= 1
    _keep_statements(connection)
    assert connection.connection.prepared_max == PLANNED
