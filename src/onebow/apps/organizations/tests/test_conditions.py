"""Conditions that both databases find by index."""

import pytest
from django.db.models import Q

from onebow.apps.base.conditions import any_of, taken
from onebow.apps.organizations.models import Membership, Organization


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
