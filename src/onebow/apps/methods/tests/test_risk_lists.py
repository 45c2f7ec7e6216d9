"""The criteria of integrity risk as the office fills them in: what a named list says goes down to the risk points."""

from datetime import timedelta

import pytest

from onebow.apps.base.refusals import Refused
from onebow.apps.methods.models import NamedList
from onebow.apps.methods.services.lists import drop_list, fill_list
from onebow.apps.organizations.tests.make import NOON, TODAY, make_town
from onebow.apps.plans.models import RiskList
from onebow.apps.plans.queries.risks.words import words_for
from onebow.apps.plans.tests.make_risks import make_risk

DAY = timedelta(days=1)
FIVE = ("审批", "资金", "裁量", "接触", "投诉")


@pytest.fixture
def town(db):
    return make_town()


def named(town, items: tuple[str, ...] = (), key: str = "integrity-criteria") -> NamedList:
    return NamedList.objects.create(scope=town.bureau, key=key, name="标准", items=list(items), pack="m2")


def test_what_the_office_fills_in_names_the_criteria_from_that_day_on(town):
    row = named(town)
    assert not words_for(town.wages, TODAY).is_named
    fill_list(row.pk, FIVE, version=1, by=town.officer, at=NOON)
    words = words_for(town.wages, TODAY)
    assert (words.criteria, words.said((3, 1))) == (FIVE, ["审批", "裁量"])
    assert not words_for(town.wages, TODAY - DAY).is_named
    assert make_risk(town).levels.get().words == ["审批", "资金", "裁量"]
    fill_list(row.pk, FIVE[::-1], version=2, by=town.officer, at=NOON)
    assert RiskList.objects.get().items == list(FIVE[::-1])
    fill_list(row.pk, FIVE, version=3, by=town.officer, at=NOON + DAY)
    assert [one.items[0] for one in RiskList.objects.order_by("pk")] == ["投诉", "审批"]
    drop_list(row.pk, former=FIVE, on=TODAY + 2 * DAY)
    assert not words_for(town.wages, TODAY + 2 * DAY).is_named


def test_another_number_of_criteria_than_the_method_counts_is_refused(town):
    with pytest.raises(Refused, match="应有 5 条,现在是 4 条"):
        fill_list(named(town).pk, FIVE[:4], version=1, by=town.officer, at=NOON)
    with pytest.raises(Refused, match="应有 3 条,现在是 1 条"):
        fill_list(named(town, key="integrity-controls").pk, ("局长",), version=1, by=town.officer, at=NOON)


def test_who_controls_a_level_is_told_by_the_list(town):
    fill_list(named(town, key="integrity-controls").pk, ("甲", "乙", "丙"), version=1, by=town.officer, at=NOON)
    words = words_for(town.wages, TODAY)
    assert [words.controller(level) for level in ("high", "medium", "low", "")] == ["甲", "乙", "丙", ""]
    assert words_for(None, TODAY).controller("high") == ""
