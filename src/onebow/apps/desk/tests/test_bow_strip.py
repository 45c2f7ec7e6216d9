"""The strip of the year on the bow: of what the bow counts, each cell leading to the calendar's day with the same."""

import re

import pytest
from django.urls import reverse

from onebow.apps.accounts.tests.make import client_of
from onebow.apps.desk.tests.test_strip import DAY, fill
from onebow.apps.organizations.models import Organization
from onebow.apps.organizations.tests.make import Town, grant, make_town

HTMX = {"HTTP_HX_REQUEST": "true"}
MOST_STATEMENTS = 9
BOW, STRIP, CALENDAR = reverse("desk:bow"), reverse("desk:bow_strip"), reverse("desk:calendar")


@pytest.fixture
def town(db) -> Town:
    made = make_town()
    fill(made)
    return made


def strip_of(user, organization: Organization, **asked) -> str:
    answer = client_of(user).get(STRIP, {"organization": organization.pk, "year": 2026} | asked, **HTMX)
    assert answer.status_code == 200
    return answer.content.decode()


def cell_of(text: str) -> tuple[str, str]:
    """Where the day's cell leads, and what it says."""
    found = re.search(rf'href="([^"]+)" tabindex="-1" data-strip="{DAY}"><title>3月11日:([^<]+)<', text)
    assert found
    return found[1].replace("&amp;", "&"), found[2]


def test_the_bow_shows_the_strip_of_its_organization_year_and_day(town):
    text = client_of(town.officer).get(BOW, {"organization": town.first.pk, "year": 2026, "on": "2026-05-04"})
    [place] = re.findall(r'class="year-strip-place[^"]*" hx-get="([^"]+)"', text.content.decode())
    assert place.replace("&amp;", "&") == f"{STRIP}?organization={town.first.pk}&year=2026&on=2026-05-04"
    part = strip_of(town.officer, town.first, on="2026-05-04")
    assert len(re.findall("data-strip=", part)) == 365
    assert (
        f"{CALENDAR}?organization={town.first.pk}&across=1&month=2026-05&on=2026-05-04#day-2026-05-04"
        in part.replace("&amp;", "&")
    )


def test_a_branch_tells_of_the_sections_that_it_covers_too(town):
    # The meeting and the duty of the branch; the item of the office, which it covers.
    assert cell_of(strip_of(town.secretary, town.first))[1] == "业务 1 件,党建 2 件"
    assert cell_of(strip_of(town.officer, town.bureau))[1] == "业务 1 件,党建 2 件"
    assert cell_of(strip_of(town.officer, town.second))[1] == "没有安排"


@pytest.mark.parametrize("place", ["first", "bureau", "office"])
def test_the_day_in_the_calendar_has_what_the_cell_counts(town, place):
    address, words = cell_of(strip_of(town.officer, getattr(town, place)))
    text = client_of(town.officer).get(address).content.decode()
    assert cell_of(text)[1] == words
    day = text[text.index(f'id="day-{DAY}"') :].split('class="calendar-day')[0]
    counts = [day.count(f"calendar-entry is-{side}") for side in ("business", "party")]
    assert f"业务 {counts[0]} 件,党建 {counts[1]} 件" == words


def test_the_calendar_says_that_it_tells_of_both_trees_and_lets_one_take_it_away(town):
    office = client_of(town.officer)
    asked = {"organization": town.first.pk, "month": "2026-03"}
    text = office.get(CALENDAR, asked | {"across": "1"}).content.decode()
    assert "data-across" in text
    assert f'href="{CALENDAR}?organization={town.first.pk}&amp;month=2026-03"' in text
    alone = office.get(CALENDAR, asked).content.decode()
    assert "data-across" not in alone
    assert cell_of(alone)[1] == "业务 0 件,党建 2 件"
    # Of all there is nothing across.
    assert "data-across" not in office.get(CALENDAR, {"across": "1"}).content.decode()


def test_an_organization_of_others_has_no_strip(town):
    assert client_of(town.member).get(STRIP, {"organization": town.bureau.pk}).status_code == 404
    assert client_of(town.officer).get(STRIP, {"organization": town.neighbour.pk}).status_code == 404
    assert client_of(town.stranger).get(STRIP).status_code == 404
    assert cell_of(strip_of(town.member, town.second))[1] == "没有安排"


def test_odd_addresses_are_answered(town):
    office = client_of(town.officer)
    for asked in ({"year": "x"}, {"year": "99999"}, {"on": "?"}, {"organization": ""}):
        assert office.get(STRIP, asked).status_code == 200, asked
    for across in ("", "2", "1'"):
        text = office.get(CALENDAR, {"organization": town.first.pk, "across": across}).content.decode()
        assert "data-across" not in text
    assert office.get(STRIP, {"organization": "²"}).status_code == 404


def test_without_a_script_it_is_a_page_that_leads_back_to_the_bow(town):
    text = client_of(town.secretary).get(STRIP, {"year": 2026}).content.decode()
    assert "<h1>全年每天的安排</h1>" in text
    assert f'href="{BOW}?year=2026"' in text


@pytest.mark.parametrize("who", ["officer", "secretary", "member", "both"])
def test_the_strip_asks_few_statements(town, who, django_assert_max_num_queries):
    if who == "both":
        grant(town.secretary, town.bureau)
    client = client_of(town.secretary if who == "both" else getattr(town, who))
    client.get(STRIP, {"year": 2026})
    with django_assert_max_num_queries(MOST_STATEMENTS):
        client.get(STRIP, {"year": 2026}, **HTMX)
