"""Random plans of random small bureaus: whatever is planned, the facts of the day are the plan, and no day before."""

from collections import Counter
from datetime import timedelta
from random import Random

import pytest

from onebow.apps.ledger.models import Entry
from onebow.apps.organizations.models import (
    Link,
    Membership,
    Organization,
    PlannedOrganization,
    Post,
    RestructuringLine,
)
from onebow.apps.organizations.queries.restructuring.plan import plan_of
from onebow.apps.organizations.services.restructuring.enact import enact_restructuring
from onebow.apps.organizations.services.restructuring.naming import number
from onebow.apps.organizations.services.restructuring.refreshing import refresh_seats
from onebow.apps.organizations.tests.make_plans import (
    AT,
    ON,
    K,
    approve,
    make_bureau,
    make_draft,
    make_post,
    structure_on,
)
from onebow.apps.organizations.tests.make_trees import make_link, make_node

pytestmark = pytest.mark.django_db
BEFORE = ON - timedelta(days=1)
SECTIONS = ("办公室", "法制科", "人事科", "综合科", "征缴科", "待遇科", "稽核科")


def random_bureau(dice):
    """Sections of three to six members, spread over old branches at random; groups, posts, pairings here and there."""
    names = [f"第{count}党支部" for count in range(1, dice.randint(2, 5))]
    units = {"局机关": {}, "社保中心": {}}
    for place, section in enumerate(SECTIONS[: dice.randint(3, len(SECTIONS))]):
        # Neither unit is empty.
        unit = list(units)[place] if place < len(units) else dice.choice(list(units))
        units[unit][section] = (dice.randint(3, 6), dice.choice(names))
    bureau = make_bureau(units)
    branches = [one for one in bureau.branches.values() if one.kind == K.BRANCH]
    # Single people sit in another branch than their section.
    for people in bureau.people.values():
        if dice.random() < 0.5:
            other = dice.choice(branches)
            Membership.objects.filter(person=people[-1], side="party").update(organization=other)
    for branch in branches:
        members = list(Membership.objects.filter(organization=branch, side="party"))
        if members and dice.random() < 0.4:
            group = make_node(K.GROUP, f"{branch.name}小组", branch)
            inside = dice.sample(members, min(2, len(members)))
            Membership.objects.filter(pk__in=[row.pk for row in inside]).update(organization=group)
            make_post(inside[0].person, group, "group_leader")
        if members and dice.random() < 0.5:
            make_post(dice.choice(members).person, branch, "organization_member")
        if dice.random() < 0.4:
            make_link("paired", branch, make_node(K.VILLAGE, f"{branch.name}村"))
    if len(branches) > 1 and dice.random() < 0.5:
        make_link("paired", branches[0], branches[1])
    return bureau


def shuffle(plan, dice):
    """Members of each section anew to branches of at least three, some of which go on, some below a general branch."""
    old = list(plan.planned.filter(kind=K.BRANCH).order_by("pk"))
    continued = [row.continues for row in old]
    plan.seats.update(planned=None)
    plan.planned.filter(above__isnull=False).delete()
    plan.planned.all().delete()
    seats = list(plan.seats.order_by("section", "pk"))
    if dice.random() < 0.4:
        dice.shuffle(seats)
    cut, groups = seats[:], []
    while cut:
        size = len(cut) if len(cut) < 6 else dice.randint(3, min(8, len(cut) - 3))
        groups.append(cut[:size])
        cut = cut[size:]
    generals = [general(plan, count) for count in range(dice.randint(0, 2))]
    dice.shuffle(continued)
    for count, group in enumerate(groups, start=1):
        goes_on = continued.pop() if continued and dice.random() < 0.6 else None
        name = goes_on.name if goes_on and dice.random() < 0.5 else f"新{number(count)}党支部"
        row = PlannedOrganization.objects.create(
            restructuring=plan, kind=K.BRANCH, name=name, above=dice.choice([None, *generals]), continues=goes_on,
            leader=dice.choice(group).person, rank=count,
        )  # fmt: skip
        plan.seats.filter(pk__in=[seat.pk for seat in group]).update(planned=row)
    for one in generals:
        seat = plan.seats.filter(planned__above=one).order_by("pk").first()
        if seat is None:
            one.delete()
        else:
            PlannedOrganization.objects.filter(pk=one.pk).update(leader=seat.person)


def general(plan, count):
    return PlannedOrganization.objects.create(
        restructuring=plan, kind=K.GENERAL_BRANCH, name=f"第{number(count + 1)}党总支", rank=count
    )


def check_is_the_plan(read, bureau):
    """The day's facts, held against the plan row by row."""
    now, made = structure_on(ON), dict(read.restructuring.planned.values_list("pk", "founded"))
    assert set(now["names"]) - groups_on(ON) == {*made.values(), bureau.committee.pk}
    covered = Counter()
    for one in read.organizations:
        organization = made[one.row.pk]
        assert now["names"][organization] == one.row.name
        assert now["parents"][organization] == made.get(one.row.above_id, bureau.committee.pk)
        heads = [person for where, person, role in now["posts"] if (where, role) == (organization, "secretary")]
        assert heads == [one.row.leader_id]
        for seat in one.seats:
            held = now["members"][seat.person_id]
            assert held == organization or now["parents"][held] == organization
        covers = {target for kind, source, target in now["links"] if (kind, source) == ("covers", organization)}
        assert covers == set(one.sections)
        covered.update(covers)
    assert len(now["members"]) == len(read.seats)


def groups_on(day):
    return set(Organization.objects.on(day).filter(kind=K.GROUP).values_list("pk", flat=True))


def check_nothing_hangs():
    ended = Organization.objects.exclude(ends_on=None)
    for rows in (Membership, Post, Link):
        fields = ("source", "target") if rows is Link else ("organization",)
        for field in fields:
            assert not rows.objects.filter(**{f"{field}__in": ended}, ends_on=None).exists()
    lines = RestructuringLine.objects.filter(kind="dissolve")
    assert set(lines.values_list("organization", flat=True)) == set(ended.values_list("pk", flat=True))
    assert not lines.filter(successor__in=ended).exists()
    for one in Organization.objects.select_related("parent"):
        above = one.parent.path if one.parent else ""
        assert (one.path[:-5], one.depth) == (above, len(above) // 5)
    for post in Post.objects.filter(ends_on=None, organization__tree="party"):
        inside = Membership.objects.filter(person=post.person, side="party", ends_on=None).select_related(
            "organization"
        )
        assert inside.get().organization.path.startswith(post.organization.path)


@pytest.mark.parametrize("seed", range(12))
def test_the_facts_of_the_day_are_the_plan_and_no_day_before_changed(seed):
    dice = Random(seed)
    bureau = random_bureau(dice)
    plan = make_draft(bureau)
    shuffle(plan, dice)
    if dice.random() < 0.3:
        Membership.objects.filter(person=dice.choice(bureau.people["办公室"]), side="staff").update(ends_on=ON)
        refresh_seats(plan.pk, by=bureau.officer, at=AT)
    days = [BEFORE, ON - timedelta(days=400)]
    before = [structure_on(day) for day in days]
    approve(plan, bureau)
    read = plan_of(plan, ON)
    last = Entry.objects.order_by("pk").last().pk
    enact_restructuring(plan.pk, by=bureau.officer, at=AT)
    check_is_the_plan(read, bureau)
    check_nothing_hangs()
    assert [structure_on(day) for day in days] == before
    entries = Entry.objects.filter(pk__gt=last).order_by("pk")
    assert entries.last().kind == "restructuring.enacted"
    moved = entries.filter(kind="membership.started").count()
    assert entries.last().data["moved"] == moved
    assert entries.filter(kind="organization.dissolved").count() == Organization.objects.exclude(ends_on=None).count()
