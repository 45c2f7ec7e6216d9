"""What begins on a plan's day of effect or later and would have to end on it: told before the plan is handed in.

The steps of an enactment refuse the same; a plan that meets one of these can only be enacted on a later day.
"""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.db.models import Q, QuerySet

from onebow.apps.base.filters import day
from onebow.apps.organizations.models import FormerName, Link, Membership, Organization, Placement, Post
from onebow.apps.organizations.queries.restructuring.facts import Side
from onebow.apps.organizations.queries.restructuring.lines import ending, parent_id_of
from onebow.apps.organizations.queries.restructuring.plan import Plan

K = Organization.Kind
NAMED = 3
A_DAY = timedelta(days=1)


def late_words(plan: Plan, side: Side) -> list[str]:
    """Members, organizations and posts that begin too late for the day of effect, in sentences. Six statements."""
    on = plan.restructuring.effective_on
    gone = ending(plan, side)
    ids = {one.pk for one in gone}
    gone += [one for one in side.organizations.values() if one.kind == K.GROUP and one.parent_id in ids]
    return [*_members(plan, on), *_ending(gone, on), *_going_on(plan, on), *_posts(plan, side, gone, on)]


def _members(plan: Plan, on: date) -> Iterator[str]:
    moving = [
        seat.person_id
        for one in plan.branches
        for seat in one.seats
        if not seat.branch_id or seat.branch_id != one.row.continues_id
    ]
    rows = Membership.objects.not_ended(on).filter(person__in=moving, side=Membership.Side.PARTY)
    late = list(_late(rows, on).order_by("person_id", "pk"))
    if late:
        names = "、".join(row.person.name for row in late[:NAMED])
        more = f"等 {len(late)} 名党员" if len(late) > NAMED else ""
        yield f"{names}{more}在{day(on)}当天或之后才编入现在的支部,{_not_before(*late)}"


def _ending(gone: list[Organization], on: date) -> Iterator[str]:
    ids = [one.pk for one in gone]
    begun: dict[int, date] = {one.pk: one.starts_on for one in gone if one.starts_on and one.starts_on >= on}
    ties = Link.objects.filter(source__in=ids, kind=Link.Kind.SET_IN, ends_on=None, starts_on__gte=on)
    placed = Placement.objects.filter(child__in=ids, ends_on=None, starts_on__gte=on)
    for rows in (placed.values_list("child_id", "starts_on"), ties.values_list("source_id", "starts_on")):
        for number, starts_on in rows:
            begun[number] = max(begun.get(number, on), starts_on or on)
    for one in gone:
        if one.pk in begun:
            words = f"“{one.name}”的设立、上级关系或联系自{day(begun[one.pk])}起,不能在{day(on)}撤销"
            yield f"{words},{_earliest(begun[one.pk] + A_DAY)}"


def _going_on(plan: Plan, on: date) -> Iterator[str]:
    """What goes on under another name, or another parent."""
    kept = {one.row.continues_id or 0: one.row for one in plan.organizations if one.row.continues}
    named = FormerName.objects.filter(organization__in=kept, ends_on__gte=on).values_list("organization_id", "ends_on")
    renamed = dict(named.order_by("ends_on"))
    rows = Placement.objects.filter(child__in=kept, ends_on=None, starts_on__gte=on)
    moved = dict(rows.values_list("child_id", "starts_on"))
    for number, row in kept.items():
        now = row.continues
        assert now is not None  # noqa: S101 (by what they were chosen)
        founded = now.starts_on if now.starts_on and now.starts_on >= on else None
        last = max(filter(None, (renamed.get(number), founded)), default=None)
        if last and now.name != row.name:
            yield f"“{now.name}”在{day(last)}才设立或更名,不能在{day(on)}再更名,{_earliest(last + A_DAY)}"
        if (last := moved.get(number)) and now.parent_id != parent_id_of(row, plan):
            yield f"“{now.name}”自{day(last)}起才在现在的上级之下,不能在{day(on)}调整,{_earliest(last + A_DAY)}"


def _posts(plan: Plan, side: Side, gone: list[Organization], on: date) -> Iterator[str]:
    """Posts of what ends, and in what goes on of another head and of who leaves it."""
    ended = {one.pk for one in gone}
    kept = {one.row.continues_id: one.row for one in plan.organizations if one.row.continues_id}
    groups = {one.pk: one.parent_id for one in side.organizations.values() if one.kind == K.GROUP}
    ids = [*ended, *kept, *(number for number, above in groups.items() if above in kept)]
    inside: dict[int | None, set[int]] = defaultdict(set)
    for one in plan.branches:
        for number in (one.row.pk, one.row.above_id):
            inside[number] |= {seat.person_id for seat in one.seats}
    for post in _late(Post.objects.not_ended(on).filter(organization__in=ids), on).order_by("pk"):
        row = kept.get(groups.get(post.organization_id, post.organization_id) or 0)
        if post.organization_id not in ended and row is not None:
            is_head = post.role == Post.Role.SECRETARY and post.organization_id == row.continues_id
            if post.person_id == row.leader_id if is_head else post.person_id in inside[row.pk]:
                continue
        words = f"{post.person.name}的{post.get_role_display()}职务在{day(on)}当天或之后才开始,不能在这一天结束"
        yield f"{words},{_not_before(post)}"


def _late(rows: QuerySet[Any], on: date) -> QuerySet[Any]:
    """Began on the day or later, or still said by a later roster."""
    late = Q(starts_on__gte=on) | Q(source__effective_on__gt=on)
    return rows.filter(late).select_related("person", "source")


def _not_before(*rows: Membership | Post) -> str:
    days = [row.starts_on + A_DAY for row in rows if row.starts_on]
    return _earliest(max([*days, *(row.source.effective_on for row in rows if row.source)]))


def _earliest(on: date) -> str:
    return f"实施日期不能早于{day(on)}"
