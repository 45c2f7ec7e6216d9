"""Study hours of each against what the year asks: in proportion, central training, behind the pace."""

from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO

import pytest
from django.db.models import Q
from openpyxl import load_workbook

from onebow.apps.accounts.tests.make import client_of
from onebow.apps.meetings.models import Meeting
from onebow.apps.meetings.queries import figures
from onebow.apps.meetings.queries.figures import Period
from onebow.apps.meetings.queries.hours import people_hours
from onebow.apps.meetings.tests.make import hold
from onebow.apps.organizations.models import Post
from onebow.apps.organizations.tests.make import NOON, TODAY, appoint, join, make_person, make_user
from onebow.apps.plans.services.duties import DutyDraft, generate
from onebow.apps.plans.tests.make_duties import make_duty

YEAR = Period(date(2026, 1, 1), date(2026, 12, 31))
SO_FAR = Period(date(2026, 1, 1), TODAY)


def rows_of(branch, period=YEAR, **facts):
    presences = figures.presences(figures.study(Meeting.objects.all(), period))
    within = Q(organization__path__startswith=branch.here.path)
    return {row.id: row for row in people_hours(presences, within, period, **facts)}


def row_of(branch, person, period=YEAR):
    return rows_of(branch, period)[str(person.pk)]


def test_without_a_duty_the_rule_says_how_much_is_asked(branch):
    appoint(branch.members[0], branch.here, Post.Role.COMMITTEE_MEMBER)
    assert row_of(branch, branch.members[0]).asked == 56
    assert row_of(branch, branch.members[1]).asked == 32


def test_what_the_duty_asks_goes_before_the_rule(branch):
    draft = DutyDraft(
        "member-hours", "学习", ("branch",), "FREQ=YEARLY", Decimal(40), measure="hours", proof=("study",)
    )
    make_duty(branch.town.committee, draft)
    generate(None, TODAY.year, at=NOON)
    assert row_of(branch, branch.members[1]).asked == 40


@pytest.mark.parametrize(("joined", "asked"), [
    (date(2026, 7, 2), 16), (date(2026, 12, 31), 0), (date(2026, 1, 1), 32), (date(2024, 2, 29), 32),
])  # fmt: skip
def test_who_joined_during_the_year_is_asked_in_proportion(branch, joined, asked):
    late = make_person(branch.town.bureau, "新来")
    join(late, branch.here, starts_on=joined)
    assert row_of(branch, late).asked == asked


def test_who_changes_from_one_branch_to_another_goes_on(branch):
    person = make_person(branch.town.bureau, "调动")
    join(person, branch.town.second, starts_on=date(2020, 1, 1))
    join(person, branch.here, starts_on=date(2026, 3, 1), transfer=True)
    presences = figures.presences(Meeting.objects.none())
    found = {row.id: row for row in people_hours(presences, Q(), YEAR)}
    assert found[str(person.pk)].asked == 32


def test_who_did_less_than_their_part_of_the_year_is_behind(branch):
    hold(branch, "study", hours=Decimal(6), exceptions=((branch.members[0].pk, "absent"),))
    assert row_of(branch, branch.members[1], SO_FAR).pace == "on_pace"
    absent = row_of(branch, branch.members[0], SO_FAR)
    assert (absent.pace, absent.hours, absent.missing) == ("behind", 0, 32)


def test_who_has_all_hours_is_through(branch):
    for back in range(2):
        hold(branch, "study", TODAY - timedelta(days=back), hours=Decimal(20), at=NOON)
    row = row_of(branch, branch.members[0], SO_FAR)
    assert (row.pace, row.missing, row.hours) == ("reached", 0, 40)


def test_a_central_training_is_asked_of_leaders(branch):
    appoint(branch.members[0], branch.here, Post.Role.COMMITTEE_MEMBER)
    row = row_of(branch, branch.members[0])
    assert (row.trainings, row.trainings_asked) == (0, 1)
    assert row_of(branch, branch.members[1]).trainings_asked == 0


def test_part_of_a_year_is_held_against_nothing(branch):
    hold(branch, "study")
    row = row_of(branch, branch.members[0], Period(date(2026, 2, 1), TODAY))
    assert (row.asked, row.pace) == (None, "")


def test_the_page_narrows_to_who_is_behind_and_a_member_sees_the_own(branch):
    hold(branch, "study", hours=Decimal(6), exceptions=((branch.members[0].pk, "absent"),))
    address = f"/meetings/hours/?from=2026-01-01&to={TODAY}"
    shown = client_of(branch.town.secretary).get(f"{address}&pace=behind").content.decode()
    assert f'data-row="{branch.members[0].pk}"' in shown
    assert f'data-row="{branch.members[1].pk}"' not in shown
    own = client_of(make_user("own", person=branch.members[1])).get(address).content.decode()
    assert f'data-row="{branch.members[1].pk}"' in own
    assert own.count("data-row=") == 1


def test_the_sheet_tells_what_is_asked(branch):
    hold(branch, "study")
    response = client_of(branch.town.officer).get(f"/meetings/hours.xlsx?from=2026-01-01&to={TODAY}")
    sheet = load_workbook(BytesIO(response.content)).worksheets[0]
    assert "应学" in [cell.value for row in sheet.iter_rows() for cell in row]
