"""The figures of the bow: held against a count by hand over random worlds, as of any day, for every reader."""

import random
from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from onebow.apps.organizations.queries.reach import reach_of
from onebow.apps.organizations.tests.make import NOON, TODAY, Town, appoint, make_person, make_user
from onebow.apps.plans.models import Item, Side, Tie
from onebow.apps.plans.queries.bow.figures import Figures, Row, Tally, below, counted, whole
from onebow.apps.plans.queries.bow.flows import flows_of
from onebow.apps.plans.queries.bow.force import end_of
from onebow.apps.plans.queries.bow.items import bow_items, ties_of_items, with_standing
from onebow.apps.plans.queries.bow.places import Scope, scope_of
from onebow.apps.plans.tests.make import LECTURE, ROUTINE, make_item, make_kind, make_plan

DAYS = [NOON + timedelta(days=10 * number) for number in range(5)]
STATES = {
    "draft": {},
    "planned": {"approved_at": 0},
    "open": {"approved_at": 0, "began_at": 1},
    "done": {"approved_at": 0, "began_at": 1, "done_at": 2},
    "cancelled": {"approved_at": 0, "cancelled_at": 2},
}


def scatter(town: Town, seed: int) -> None:
    """Items of both sides with ties, by chance."""
    chance = random.Random(seed)
    kinds = make_kind(town.bureau, ROUTINE), make_kind(town.bureau, LECTURE)
    plans = [make_plan(town.bureau), make_plan(town.first), make_plan(town.bureau, TODAY.year - 1)]
    rows: list[list[Item]] = [[], []]
    for number in range(40):
        side = number % 2
        owner = chance.choice([(town.office, town.wages, town.bureau), (town.first, town.second, town.committee)][side])
        state = chance.choice([*STATES, "planned", "planned"])
        begins = chance.randrange(3)
        facts = {key: DAYS[begins + place] for key, place in STATES[state].items()}
        said = {"untied_reason": "日常", "untied_said_at": chance.choice(DAYS)} if chance.random() < 0.2 else {}
        plan = chance.choice(plans)
        rows[side].append(make_item(plan, kinds[side], owner, f"事项{number}", state=state, **facts, **said))
    for _ in range(30):
        made = chance.choice(DAYS)
        ended = chance.choice([None, None, made + timedelta(days=10)])
        ends = {"source": chance.choice(rows[1]), "target": chance.choice(rows[0])}
        if not Tie.objects.filter(**ends).exists():
            Tie.objects.create(kind="supports", made_at=made, ended_at=ended, **ends)


def stands(item: Item, at: datetime) -> bool:
    return bool(item.approved_at and item.approved_at < at and not (item.cancelled_at and item.cancelled_at < at))


def is_tied(item: Item, at: datetime) -> bool:
    ties = [(tie, tie.target) for tie in item.ties_out.all()] + [(tie, tie.source) for tie in item.ties_in.all()]
    return any(
        tie.made_at < at and (tie.ended_at is None or tie.ended_at >= at) and stands(other, at) for tie, other in ties
    )


def by_hand(owners: list[int], year: int, on: date) -> Figures:
    found, at = Figures(), end_of(on)
    for item in Item.objects.filter(organization__in=owners, plan__year=year):
        if stands(item, at):
            tied = is_tied(item, at)
            said = not tied and item.untied_said_at is not None and item.untied_said_at < at
            found.add(item.side, Tally(1, tied, said))
    return found


def figures(scope: Scope, year: int = TODAY.year) -> Figures:
    return whole(counted(scope, year, TODAY + timedelta(days=99)))


@pytest.mark.parametrize("seed", range(6))
def test_figures_are_those_counted_by_hand_on_every_day(town, seed):
    scatter(town, seed)
    reach = reach_of(town.officer, TODAY)
    whose = {
        town.bureau: [town.bureau, town.office, town.wages, town.committee, town.first, town.second],
        town.committee: [town.bureau, town.office, town.wages, town.committee, town.first, town.second],
        town.first: [town.first, town.office],
        town.office: [town.office],
    }
    for organization, owners in whose.items():
        for on in [TODAY + timedelta(days=10 * number) for number in range(5)]:
            found = figures(scope_of(organization, reach, on))
            assert found == by_hand([one.pk for one in owners], TODAY.year, on), (organization, on)


@pytest.mark.parametrize("seed", range(3))
def test_items_ties_and_flows_tell_what_the_figures_count(town, seed):
    scatter(town, seed)
    reach, on = reach_of(town.officer, TODAY), TODAY + timedelta(days=25)
    scope = scope_of(town.bureau, reach, on)
    rows = bow_items(scope, TODAY.year, on).slice(0, 50)
    both = figures(scope).both
    tied = with_standing(rows, ties_of_items([row.pk for row in rows], scope, reach), scope)
    counts = [sum(row.standing == word for row in rows) for word in ("tied", "untied", "said")]
    assert counts == [both.tied, both.untied, both.said]
    assert {row.pk for row in rows if row.standing == "tied"} == {row.pk for row in rows if tied.get(row.pk)}
    business = [row.pk for row in rows if row.side == Side.BUSINESS]
    assert sum(flow.ties for flow in flows_of(scope, TODAY.year)) == sum(len(tied.get(pk, ())) for pk in business)


def test_each_branch_has_its_row_and_the_one_that_runs_apart_comes_first(town):
    kinds = make_kind(town.bureau, ROUTINE), make_kind(town.bureau, LECTURE)
    plan, told = make_plan(town.bureau), {"state": "planned", "approved_at": NOON}
    work = make_item(plan, kinds[0], town.office, "补贴", **told)
    talk = make_item(plan, kinds[1], town.first, "党课", **told)
    Tie.objects.create(kind="supports", source=talk, target=work, made_at=NOON)
    make_item(plan, kinds[0], town.wages, "工资审核", **told)
    scope = scope_of(town.bureau, reach_of(town.officer, TODAY), TODAY)
    rows, _ = below(scope, counted(scope, TODAY.year, TODAY), TODAY)
    assert [(row.organization, row.figures.both.words) for row in rows] == [
        (town.second, "0/1 项"), (town.first, "2/2 项"),
    ]  # fmt: skip
    assert [row.organization for row in rows_of(town, town.committee)] == [town.second, town.first]


def rows_of(town: Town, organization) -> list[Row]:
    scope = scope_of(organization, reach_of(town.officer, TODAY), TODAY)
    return below(scope, counted(scope, TODAY.year, TODAY), TODAY)[0]


def test_nothing_is_not_zero(town):
    assert [row.figures.both.words for row in rows_of(town, town.bureau)] == ["没有事项", "没有事项"]
    assert Tally(2, 0, 2).words == "都无需挂钩"


def test_a_tie_to_what_was_cancelled_ties_nothing(town):
    kinds = make_kind(town.bureau, ROUTINE), make_kind(town.bureau, LECTURE)
    plan, told = make_plan(town.bureau), {"state": "planned", "approved_at": NOON}
    work = make_item(plan, kinds[0], town.office, "补贴", **told)
    gone = make_item(plan, kinds[1], town.first, "党课", **told | {"state": "cancelled", "cancelled_at": DAYS[1]})
    Tie.objects.create(kind="supports", source=gone, target=work, made_at=NOON)
    reach = reach_of(town.officer, TODAY)
    tied = [figures(scope_of(town.office, reach, on)).both.tied for on in (TODAY, DAYS[1].date(), DAYS[2].date())]
    assert tied == [1, 0, 0]


def test_who_only_belongs_to_an_organization_sees_its_own_and_its_plan(town):
    kinds = make_kind(town.bureau, ROUTINE), make_kind(town.bureau, LECTURE)
    told = {"state": "planned", "approved_at": NOON}
    own = make_item(make_plan(town.second), kinds[0], town.office, "协同办理", **told)
    mine = make_item(make_plan(town.bureau), kinds[1], town.second, "党课", **told)
    make_item(make_plan(town.bureau), kinds[1], town.first, "党课", **told)
    scope = scope_of(town.second, reach_of(town.member, TODAY), TODAY)
    assert [row.pk for row in bow_items(scope, TODAY.year, TODAY).slice(0, 50)] == [own.pk, mine.pk]


def test_a_secretary_sees_the_business_of_the_sections_that_the_branch_covers_and_no_other(town):
    secretary = make_user("yishuji", person=make_person(town.bureau, "沈书记"))
    appoint(secretary.person, town.second, "secretary")
    kind, told = make_kind(town.bureau, ROUTINE), {"state": "planned", "approved_at": NOON}
    items = [make_item(make_plan(town.bureau), kind, owner, owner.name, **told) for owner in (town.office, town.wages)]
    scope = scope_of(town.second, reach_of(secretary, TODAY), TODAY)
    assert [row.pk for row in bow_items(scope, TODAY.year, TODAY).slice(0, 50)] == [items[1].pk]


def test_the_figures_of_a_bureau_and_its_rows_take_three_statements(town):
    scatter(town, 1)
    reach = reach_of(town.officer, TODAY)
    with CaptureQueriesContext(connection) as told:
        scope = scope_of(town.bureau, reach, TODAY)
        below(scope, counted(scope, TODAY.year, TODAY), TODAY)
    assert len(told) == 3
