"""Ties and 无需挂钩 with the moments since and until when they hold."""

from datetime import timedelta

import pytest
from django.urls import reverse

from onebow.apps.accounts.tests.make import client_of
from onebow.apps.base.refusals import Refused
from onebow.apps.organizations.tests.make import NOON, TODAY
from onebow.apps.plans.models import Item, Tie
from onebow.apps.plans.queries.content import content_of
from onebow.apps.plans.queries.ties import ties_of
from onebow.apps.plans.services import changes, deciding, drafting, ties
from onebow.apps.plans.tests.make_plans import Year, in_force

LATER = NOON + timedelta(days=9)


def tied(year: Year) -> Tie:
    return ties.tie_items(year.talk.pk, year.work.pk, "supports", by=year.town.officer, at=NOON)


def test_a_tie_taken_away_stays_for_the_days_before(year):
    tie = tied(year)
    ties.untie_items(tie.pk, by=year.town.officer, at=LATER)
    assert Tie.objects.get().ended_at == LATER
    assert [Tie.objects.at(at).count() for at in (NOON, NOON + timedelta(days=1), LATER + timedelta(days=1))] == [
        0,
        1,
        0,
    ]
    assert (list(Tie.objects.open()), ties_of(year.work)) == ([], [])
    assert [len(ties_of(one)) for one in (year.work, year.talk)] == [0, 0]


def test_a_version_tells_of_open_ties_alone(year):
    ties.untie_items(tied(year).pk, by=year.town.officer, at=NOON)
    in_force(year)
    assert [row["ties"] for row in content_of(year.plan)["items"]] == [[], []]


def test_what_was_untied_is_not_untied_again_and_may_be_tied_again(year):
    tie = tied(year)
    ties.untie_items(tie.pk, by=year.town.officer, at=NOON)
    with pytest.raises(Refused, match="已经解除"):
        ties.untie_items(tie.pk, by=year.town.officer, at=LATER)
    tied(year)
    assert (Tie.objects.count(), Tie.objects.open().count()) == (2, 1)


def test_a_reason_says_since_when_and_a_tie_takes_it_back(year):
    said = ties.say_untied(year.work.pk, "日常", by=year.town.officer, at=NOON)
    assert said.untied_said_at == NOON
    assert ties.say_untied(year.work.pk, "日常工作", by=year.town.officer, at=LATER).untied_said_at == NOON
    ties.tie_items(year.talk.pk, year.work.pk, "supports", by=year.town.officer, at=LATER)
    item = year.again(year.work)
    assert (item.untied_reason, item.untied_said_at) == ("", None)
    ties.untie_items(Tie.objects.get().pk, by=year.town.officer, at=LATER)
    ties.say_untied(year.work.pk, "日常", by=year.town.officer, at=LATER)
    assert ties.say_untied(year.work.pk, " ", by=year.town.officer, at=LATER).untied_said_at is None


def test_items_say_since_when_they_are_in_force_and_until_when(year):
    in_force(year)
    assert {item.approved_at for item in year.plan.items.all()} == {NOON}
    draft = changes.ChangeDraft("取消党课", "合并办理")
    change = changes.draft_change(year.plan.pk, draft, by=year.town.officer, at=LATER)
    changes.cancel_in_change(change.pk, year.talk.pk, by=year.town.officer, at=LATER)
    changes.submit_change(change.pk, by=year.town.officer, at=LATER)
    # In the product or on paper, one step after the other.
    for _ in range(change.steps.count()):
        deciding.record_paper(change.pk, number="1号", on=TODAY, by=year.town.officer, at=LATER)
    assert (year.again(year.talk).approved_at, year.again(year.talk).cancelled_at) == (NOON, LATER)


def test_a_cancelled_draft_was_never_in_force(year):
    drafting.cancel_item(year.work.pk, "重复", by=year.town.officer, at=LATER)
    assert (year.again(year.work).approved_at, year.again(year.work).cancelled_at) == (None, LATER)


def test_a_business_item_names_the_party_item_that_serves_it(year):
    office, address = client_of(year.town.officer), reverse("plans:item_ties", args=[year.work.pk])
    page = office.get(address).content.decode()
    assert "由党建事项服务保障" in page
    offered = office.get(reverse("plans:tie_options", args=[year.work.pk]), {"q": "党课"}).json()["options"]
    assert [one["value"] for one in offered] == [year.talk.pk]
    assert office.post(address, {"kind": "served", "target": year.talk.pk}).status_code == 302
    tie = Tie.objects.get()
    assert (tie.kind, tie.source_id, tie.target_id) == ("supports", year.talk.pk, year.work.pk)
    # Offered no more, so not a choice of the form.
    assert office.post(address, {"kind": "served", "target": year.talk.pk}).status_code == 422


def test_a_tie_of_days_gone_by_has_no_door(year):
    tie = tied(year)
    ties.untie_items(tie.pk, by=year.town.officer, at=LATER)
    address = reverse("plans:tie_closure", args=[year.talk.pk, tie.pk])
    assert client_of(year.town.officer).post(address).status_code == 404
    assert Item.objects.filter(ties_in__in=Tie.objects.open()).count() == 0
