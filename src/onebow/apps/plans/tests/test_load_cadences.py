"""Other terms of a duty that bring branches over a ceiling are told before they are said."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from onebow.apps.accounts.tests.make import client_of
from onebow.apps.organizations.tests.make import NOON, TODAY
from onebow.apps.plans.models import Cadence, Duty
from onebow.apps.plans.queries.load.cadences import brought_over
from onebow.apps.plans.queries.load.over import lines_of
from onebow.apps.plans.services.duties import generate, version_of
from onebow.apps.plans.tests.make_duties import MEETING, THEME, make_duty
from onebow.apps.plans.tests.make_load import make_ceiling
from onebow.cores.timekeeping import Terms

NEXT = date(TODAY.year + 1, 1, 1)
MONTHLY, WEEKLY = Terms("FREQ=MONTHLY"), Terms("FREQ=WEEKLY")


@pytest.fixture
def duty(town):
    made = make_duty(town.bureau, THEME, on=date(TODAY.year, 1, 1))
    generate(None, TODAY.year + 1, at=NOON)
    return Duty.objects.get(pk=made.pk)


def test_without_a_ceiling_nothing_is_told(duty):
    assert brought_over(duty, WEEKLY, NEXT, TODAY) == []


def test_terms_as_they_are_bring_nobody_over(town, duty):
    make_ceiling(town.bureau, 1, measure="requests", strength="warn")
    assert brought_over(duty, MONTHLY, NEXT, TODAY) == []


def test_each_branch_and_month_over_the_ceiling_is_named(town, duty):
    make_ceiling(town.bureau, 4, measure="requests", strength="warn")
    over = brought_over(duty, WEEKLY, NEXT, TODAY)
    assert {one.name for one in over} == {town.first.name, town.second.name}
    assert {one.figures for one in over} == {("1 项", "5 项")}
    assert 3 <= len(over) / 2 <= 5


def test_a_branch_is_one_line_whose_first_month_is_told_and_the_others_counted(town, duty):
    make_ceiling(town.bureau, 4, measure="requests", strength="warn")
    over = brought_over(duty, WEEKLY, NEXT, TODAY)
    (first, unit), (second, _) = lines_of(over)
    assert (unit, first.startswith(str(over[0]))) == ("个支部", True)
    assert first.endswith(f",此后还有 {len(over) // 2 - 1} 个月超过")
    assert second.startswith(town.second.name)
    assert lines_of(over[:1]) == [(str(over[0]), "个支部")]


def weeks_of(month):
    """Weeks counted from 2001-01-01 that end in a month of the next year."""
    days = (date(NEXT.year, month, 1) + timedelta(days=one) for one in range(31))
    return [day for day in days if day.month == month and day.weekday() == 6]


def test_other_duties_count_beside_it(town, duty):
    make_duty(town.bureau, MEETING, on=date(TODAY.year, 1, 1))
    generate(None, TODAY.year + 1, at=NOON)
    make_ceiling(town.bureau, 5, measure="requests", strength="warn")
    over = brought_over(duty, WEEKLY, NEXT, TODAY)
    # In a month with the quarter's meeting and five weeks.
    assert {one.figures for one in over} <= {("2 项", "6 项")}
    assert bool(over) == any(len(weeks_of(month)) == 5 for month in (3, 6, 9, 12))


def sent_of(duty, **facts):
    year = timezone.localdate().year
    return {
        "every": "FREQ=WEEKLY", "rule": "", "count": "1", "window_from": "", "window_to": "", "day": "",
        "from_on": f"{year + 1}-01-01", "basis": "上级通知", "version": version_of(duty),
    } | facts  # fmt: skip


def test_the_form_comes_back_once_and_is_then_done(town, duty):
    make_ceiling(town.bureau, 4, measure="requests", strength="warn")
    client, year = client_of(town.officer), timezone.localdate().year
    generate(None, year + 1, at=timezone.now())
    sent = sent_of(duty) | {"_once": "k1"}
    answer = client.post(f"/duties/{duty.pk}/cadence/", sent, headers={"HX-Request": "true"})
    assert answer.status_code == 422
    assert "超过上限" in answer.content.decode()
    assert Cadence.objects.filter(duty=duty).count() == 1
    # What was only warned of leaves the once key unused; sent twice with its tick it is said once.
    ticked = sent | {"anyway": "on"}
    first, second = (client.post(f"/duties/{duty.pk}/cadence/", ticked) for _ in range(2))
    assert first["Location"] == second["Location"] == f"/duties/{duty.pk}/"
    assert Cadence.objects.filter(duty=duty).count() == 2
    again = client.post(f"/duties/{duty.pk}/cadence/", ticked | {"_once": "k2"}, headers={"HX-Request": "true"})
    assert "与现行的频次相同" in again.content.decode()


def test_terms_that_others_changed_meanwhile_are_told_and_may_then_be_said(town, duty):
    client, address = client_of(town.officer), f"/duties/{duty.pk}/cadence/"
    assert f'name="version" value="{version_of(duty)}"' in client.get(address).content.decode()
    late = sent_of(duty, every="FREQ=MONTHLY;INTERVAL=3")
    assert client.post(address, sent_of(duty)).status_code == 302
    answer = client.post(address, late, headers={"HX-Request": "true"})
    assert (answer.status_code, answer["HX-Retarget"]) == (422, "#notices")
    for words in ("的频次在您打开页面之后已被", "您填写的内容仍在下面", f'value="{version_of(duty)}"'):
        assert words in answer.content.decode()
    assert Cadence.objects.filter(duty=duty, ends_on=None).get().recurrence == "FREQ=WEEKLY"
    assert client.post(address, late | {"version": version_of(duty)}).status_code == 302
