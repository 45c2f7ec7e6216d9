"""Instances of kept statements are those that the query would give."""

import pytest
from django.db.models.functions import Length

from onebow.apps.base.prepared import Prepared
from onebow.apps.organizations.models import Organization
from onebow.apps.organizations.queries.reach import Outline, guarding, reach_of
from onebow.apps.organizations.queries.visible import organizations_for, people_for
from onebow.apps.organizations.tests.make import TODAY


def named(name):
    rows = Organization.objects.select_related("parent", "place").only("name", "parent__name", "place")
    return rows.annotate(long=Length("name")).filter(name=name)


def test_rows_come_as_instances_with_what_stands_beside_them(town, django_assert_num_queries):
    prepared = Prepared(named)
    with django_assert_num_queries(2):
        (low,), (top,) = prepared.objects(town.first.name), prepared.objects(town.bureau.name)
        assert (low.name, low.parent.name, low.long) == (town.first.name, town.first.parent.name, len(low.name))
        assert (top.parent, top.place) == (None, None)
    (plain,) = named(town.first.name)
    assert low.get_deferred_fields() == plain.get_deferred_fields()
    assert low.parent.get_deferred_fields() == plain.parent.get_deferred_fields()


def test_what_one_reaches_is_a_value(town):
    organizations = Prepared(lambda reach: organizations_for(reach).order_by("pk"))
    people = Prepared(lambda reach: people_for(reach).order_by("pk"))
    for user in (town.officer, town.secretary, town.member, town.stranger):
        reach = reach_of(user, TODAY)
        assert organizations.objects(reach) == list(organizations_for(reach).order_by("pk"))
        assert people.objects(reach) == list(people_for(reach).order_by("pk"))


def test_what_is_no_value_of_a_reach_is_refused(town):
    reach = reach_of(town.secretary, TODAY)
    outline = reach.gathered(reach.spread())
    assert isinstance(outline, Outline)
    assert (outline.led, outline.own, outline.places) == (reach.led, reach.own, reach.places)
    for name in ("roles", "standing", "guarded"):
        with pytest.raises(ValueError, match=name):
            getattr(outline, name)
    assert guarding(reach).gathered(reach.spread()).guarded == reach.guarded
