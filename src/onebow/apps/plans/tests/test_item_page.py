"""The page of an item."""

import pytest
from django.urls import reverse

from onebow.apps.accounts.tests.make import client_of
from onebow.apps.plans.tests.make import RESEARCH, make_item, make_kind, make_plan


@pytest.fixture
def item(town):
    plan = make_plan(town.bureau)
    return make_item(plan, make_kind(town.bureau, RESEARCH), town.office)


def test_the_page_answers_and_a_stranger_finds_nothing(town, item):
    address = reverse("plans:item", args=[item.pk])
    assert client_of(town.secretary).get(address).status_code == 200
    assert client_of(town.stranger).get(address).status_code == 404
