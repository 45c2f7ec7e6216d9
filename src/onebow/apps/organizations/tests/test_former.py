"""What is kept when a place, a supervisor or a standing changes on a day, and what reads it."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from onebow.apps.accounts.tests.make import client_of
from onebow.apps.base.refusals import Refused
from onebow.apps.organizations.models import FormerFacts, FormerStanding, Organization, Person, Place
from onebow.apps.organizations.queries.checks import check
from onebow.apps.organizations.queries.checks_sql import Scope
from onebow.apps.organizations.queries.people import counts_of
from onebow.apps.organizations.queries.standings import stood_as, with_standings_on
from onebow.apps.organizations.queries.trees import trees_on
from onebow.apps.organizations.services.memberships import end_membership
from onebow.apps.organizations.services.organizations import (
    change_organization,
    dissolve_organization,
    move_organization,
)
from onebow.apps.organizations.services.people import PersonDraft, change_person, merge_people
from onebow.apps.organizations.tests.make import NOON, join, make_organization, make_person, tie
from onebow.apps.organizations.tests.make_rosters import import_file, number, roster, row

Standing = Person.Standing
FEBRUARY, MARCH = date(2026, 2, 1), date(2026, 3, 1)
TODAY = date(2026, 3, 2)


@pytest.fixture
def places(town) -> list[Place]:
    stamps = {"created_at": NOON, "updated_at": NOON}
    return [Place.objects.create(unit=town.bureau, name=name, **stamps) for name in ("北楼", "南楼")]


def move(organization: Organization, place: Place | None, since: date | None) -> Organization:
    version = Organization.objects.get(pk=organization.pk).version
    changes = {"place_id": place.pk if place else None}
    return change_organization(organization.pk, changes, version=version, since=since, by=None, at=NOON)


def offices(town, on: date) -> list[str]:
    return [name for name, _ in trees_on(town.bureau.pk, on).by_id[town.first.pk].offices]


def test_a_section_that_moves_house_keeps_its_old_office_on_earlier_days(town, places):
    north, south = places
    move(town.office, north, None)
    move(town.office, south, MARCH)
    assert [offices(town, on) for on in (FEBRUARY, MARCH, TODAY)] == [["北楼"], ["南楼"], ["南楼"]]
    move(town.office, None, TODAY)
    assert [offices(town, on) for on in (FEBRUARY, MARCH, TODAY)] == [["北楼"], ["南楼"], []]


def test_an_office_that_was_entered_wrongly_is_corrected_for_all_days(town, places):
    move(town.office, places[0], None)
    move(town.office, places[1], None)
    assert offices(town, FEBRUARY) == ["南楼"]
    assert not FormerFacts.objects.exists()


def test_a_day_ahead_or_before_the_last_move_is_refused(town, places):
    move(town.office, places[0], MARCH)
    for since in (FEBRUARY, MARCH, TODAY + timedelta(days=1)):
        with pytest.raises(Refused, match="变动日期"):
            move(town.office, places[1], since)
    assert FormerFacts.objects.count() == 1


def test_the_form_asks_for_the_day_and_the_page_of_an_earlier_day_shows_what_was(town, places):
    today = timezone.localdate()
    move(town.office, places[0], None)
    client = client_of(town.officer)
    address = f"/organizations/{town.office.pk}/"
    form = {"version": 2, "place": places[1].pk, "supervisor": "副局长3", "duties": "", "since": today, "rank": 1}
    assert client.post(f"{address}edit/", form).status_code == 302
    assert "副局长3" in client.get(address).content.decode()
    then = client.get(f"{address}?on={today - timedelta(days=1)}").content.decode()
    assert "北楼" in then
    assert "南楼" not in then
    assert "副局长3" not in then


def change(person: Person, since: date | None = None, **record: object) -> Person:
    version = Person.objects.get(pk=person.pk).version
    draft = PersonDraft(person.name, **record)
    return change_person(person.pk, draft, version=version, since=since, by=None, at=NOON)


def standing(person: Person, on: date) -> str:
    return with_standings_on([Person.objects.get(pk=person.pk)], on, TODAY)[0].standing


def test_who_joins_was_an_activist_before_and_no_member(town):
    person = make_person(town.bureau, "吴极", standing=Standing.ACTIVIST)
    change(person, standing=Standing.PROBATIONARY_MEMBER, joined_on=MARCH)
    assert [standing(person, on) for on in (FEBRUARY, MARCH)] == [Standing.ACTIVIST, Standing.PROBATIONARY_MEMBER]
    for word, on, found in (
        (Standing.ACTIVIST, FEBRUARY, True),
        (Standing.ACTIVIST, MARCH, False),
        (Standing.PROBATIONARY_MEMBER, FEBRUARY, False),
        (Standing.PROBATIONARY_MEMBER, MARCH, True),
    ):
        assert stood_as(Person.objects.all(), word, on, TODAY).filter(pk=person.pk).exists() is found


def test_a_conversion_needs_no_history_of_its_own(town):
    person = make_person(town.bureau, "吴极", standing=Standing.PROBATIONARY_MEMBER, joined_on=date(2025, 2, 1))
    change(person, standing=Standing.FULL_MEMBER, joined_on=date(2025, 2, 1), full_on=MARCH)
    assert not FormerStanding.objects.exists()
    assert [standing(person, on) for on in (FEBRUARY, MARCH)] == [Standing.PROBATIONARY_MEMBER, Standing.FULL_MEMBER]


def test_who_left_the_party_counts_in_the_checks_of_earlier_days(town):
    person = make_person(town.bureau, "吴出", joined_on=date(2020, 1, 1), full_on=date(2021, 1, 1))
    row = join(person, town.second)

    def full(on: date) -> list[object]:
        found = check(Scope((town.second.path,), on, TODAY))
        return sorted((one.finding.rule.id, sorted(one.finding.facts.items())) for one in found)

    before = full(FEBRUARY)
    end_membership(row.pk, on=MARCH, by=None, at=NOON)
    change(person, MARCH, standing=Standing.MASSES)
    assert full(FEBRUARY) == before
    assert standing(person, FEBRUARY) == Standing.FULL_MEMBER
    assert standing(person, MARCH) == Standing.MASSES
    then = with_standings_on([Person.objects.get(pk=person.pk)], FEBRUARY, TODAY)[0]
    assert (then.joined_on, then.full_on) == (date(2020, 1, 1), date(2021, 1, 1))


def test_a_standing_that_was_entered_wrongly_is_corrected_for_all_days(town):
    person = make_person(town.bureau, "吴误", standing=Standing.MASSES)
    change(person, standing=Standing.LEAGUE_MEMBER)
    assert standing(person, FEBRUARY) == Standing.LEAGUE_MEMBER
    with pytest.raises(Refused, match="不能晚于今天"):
        change(person, TODAY + timedelta(days=1), standing=Standing.MASSES)


def test_nobody_is_in_a_branch_before_they_joined(town):
    person = make_person(town.bureau, "吴新", standing=Standing.PROBATIONARY_MEMBER, joined_on=MARCH)
    # A roster does not say since when.
    join(person, town.second)
    assert [counts_of([town.second], on)[town.second.pk][1] for on in (FEBRUARY, MARCH)] == [1, 2]
    assert [trees_on(town.bureau.pk, on).by_id[town.second.pk].members for on in (FEBRUARY, MARCH)] == [1, 2]


def test_a_merged_record_hands_its_history_over(town):
    keep, double = make_person(town.bureau, "吴双"), make_person(town.bureau, "吴双", standing=Standing.MASSES)
    change(double, MARCH, standing=Standing.LEAGUE_MEMBER)
    merge_people(keep.pk, double.pk, by=None, at=NOON)
    assert FormerStanding.objects.get().person == keep


def test_a_later_roster_keeps_what_the_earlier_one_said(root, tmp_path):
    told = {"公民身份号码": number(), "政治面貌": "群众"}
    import_file(roster(tmp_path, row("张三", **told)), root, on=FEBRUARY)
    told["政治面貌"] = "共青团员"
    import_file(roster(tmp_path, row("张三", **told)), root, on=MARCH)
    person = Person.objects.get(name="张三")
    assert (standing(person, FEBRUARY), standing(person, MARCH)) == (Standing.MASSES, Standing.LEAGUE_MEMBER)


def test_people_registered_since_are_not_listed_on_an_earlier_day(town):
    today = timezone.localdate()
    make_organization("section", "数据科", town.bureau)
    person = make_person(town.bureau, "陈新人")
    join(person, town.office, starts_on=today)
    client, mark = client_of(town.officer), f'data-person="{person.pk}"'
    assert mark in client.get("/people/").content.decode()
    assert mark not in client.get(f"/people/?on={today - timedelta(days=1)}").content.decode()
    hits = [client.get(f"/search/?q=陈新人{day}").content.decode() for day in ("", f"&on={today - timedelta(days=1)}")]
    assert [f'data-hit="person-{person.pk}"' in hit for hit in hits] == [True, False]


def test_who_left_and_joined_again_was_in_the_old_branch_before(town):
    person = make_person(town.bureau, "吴再", joined_on=date(2010, 1, 1), full_on=date(2011, 1, 1))
    row = join(person, town.second)
    end_membership(row.pk, on=FEBRUARY, by=None, at=NOON)
    change(person, FEBRUARY, standing=Standing.MASSES)
    change(person, standing=Standing.PROBATIONARY_MEMBER, joined_on=MARCH)
    days = (date(2026, 1, 1), FEBRUARY, MARCH)
    assert [counts_of([town.second], on)[town.second.pk][1] for on in days] == [2, 1, 1]
    assert [trees_on(town.bureau.pk, on).by_id[town.second.pk].members for on in days] == [2, 1, 1]


def test_what_moves_in_from_another_unit_brings_no_findings_into_the_past(town):
    def found(on: date) -> set[int]:
        return {one.node.id for one in check(Scope((town.bureau.path,), on, TODAY))}

    before = found(FEBRUARY)
    move_organization(town.neighbour_section.pk, town.bureau.pk, on=MARCH, basis="", by=None, at=NOON)
    assert found(FEBRUARY) == before
    assert town.neighbour_section.pk in found(TODAY)


def test_what_got_a_tie_today_is_not_dissolved_today(town):
    branch = make_organization("branch", "第3党支部", town.committee)
    tie("covers", branch, town.wages, starts_on=TODAY)
    with pytest.raises(Refused, match="请先核对日期"):
        dissolve_organization(branch.pk, on=TODAY, basis="", by=None, at=NOON)
