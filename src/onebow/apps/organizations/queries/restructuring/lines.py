"""What a plan does to the organizations of today, and where the matters of those that end go."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from onebow.apps.organizations.models import (
    Grant,
    Link,
    Organization,
    PlannedOrganization,
    Post,
    RestructuringLine,
)
from onebow.apps.organizations.queries.restructuring.facts import Side
from onebow.apps.organizations.queries.restructuring.plan import Plan, PlannedBranch

Kind = RestructuringLine.Kind
K = Organization.Kind
ENDING = (K.BRANCH, K.JOINT_BRANCH, K.GENERAL_BRANCH)


@dataclass(frozen=True)
class Change:
    """变动: one line of a plan. `organization` is of today, `planned` of the plan; what ends names its successor."""

    kind: str
    organization: Organization | None = None
    planned: PlannedOrganization | None = None
    successor: PlannedOrganization | None = None
    members: int = 0
    words: str = ""

    @property
    def label(self) -> str:
        """The kind in words."""
        return str(Kind(self.kind).label)

    @property
    def name(self) -> str:
        """What it is about, by name."""
        about = self.organization or self.planned
        return about.name if about else ""


def changes_of(plan: Plan, side: Side) -> list[Change]:
    """All lines: what is dissolved or split first, then what is founded, goes on, is renamed or moved."""
    return [*_of_today(plan, side), *_of_plan(plan)]


def ending(plan: Plan, side: Side) -> list[Organization]:
    """Organizations of today that the plan does not continue."""
    kept = {one.row.continues_id for one in plan.organizations}
    return left_out(side, kept, plan.restructuring.committee_id)


def left_out(side: Side, kept: Collection[int | None], committee_id: int) -> list[Organization]:
    """Of the branches and general branches those that are not kept."""
    rows = side.organizations.values()
    return [one for one in rows if one.kind in ENDING and one.pk not in kept and one.pk != committee_id]


def successors(plan: Plan, side: Side) -> dict[int, PlannedOrganization]:
    """What ends → the planned organization that takes most of its members, else one of its unit, else the first."""
    went = _flows(plan)
    first = next((one.row for one in plan.branches), None)
    found: dict[int, PlannedOrganization] = {}
    generals = {one.row.unit_id: one.row for one in plan.generals}
    gone = ending(plan, side)
    hosts = {
        tie.source_id: tie.target_id
        for tie in side.links
        if tie.kind == Link.Kind.SET_IN and tie.target_id in plan.places.nodes
    }
    for one in gone:
        if most := went[one.pk].most_common(1):
            found[one.pk] = most[0][0]
        elif near := generals.get(hosts.get(one.pk)) or first:
            found[one.pk] = near
    return found


def hanging(organizations: list[Organization], side: Side) -> dict[int, list[str]]:
    """What hangs on organizations that end, and what becomes of it, in words."""
    ids = {one.pk for one in organizations}
    told: dict[int, list[str]] = defaultdict(list)
    if not ids:
        return told
    for post in Post.objects.filter(organization__in=ids, ends_on=None).select_related("person").order_by("pk"):
        told[post.organization_id].append(f"{post.get_role_display()}{post.person.name}:职务随组织撤销结束")
    for group in side.organizations.values():
        if group.kind == K.GROUP and group.parent_id in ids:
            told[group.parent_id or 0].append(f"党小组“{group.name}”:一并撤销,需要时在新支部重设")
    for link in side.links:
        if link.source_id in ids:
            told[link.source_id] += _link_words(link)
        elif link.target_id in ids and link.kind == Link.Kind.PAIRED:
            told[link.target_id].append(f"与“{link.source.name}”结对共建:由承继的支部继续")
    for grant in Grant.objects.filter(organization__in=ids, ends_on=None).select_related("user").order_by("pk"):
        words = f"账号{grant.user.display_name}的{grant.get_role_display()}授权:请安全管理员重新授权"
        told[grant.organization_id].append(words)
    return told


def _link_words(link: Link) -> Iterator[str]:
    if link.kind == Link.Kind.PAIRED:
        yield f"与“{link.target.name}”结对共建:由承继的支部继续"
    elif link.kind == Link.Kind.SET_IN:
        yield f"设在“{link.target.name}”:改由方案中的组织承担"


def _of_today(plan: Plan, side: Side) -> Iterator[Change]:
    after, went = successors(plan, side), _flows(plan)
    gone = {one.pk for one in ending(plan, side)}
    kept = {one.row.continues_id: one.row for one in plan.organizations}
    for one in side.organizations.values():
        flows = went[one.pk]
        if one.pk in gone:
            yield Change(Kind.DISSOLVE, one, successor=after.get(one.pk), members=flows.total(), words=_where(flows))
        elif len(flows) > 1 and one.kind in ENDING:
            yield Change(Kind.SPLIT, one, successor=kept.get(one.pk), members=flows.total(), words=_where(flows))
        elif one.kind == K.GROUP and one.parent_id in gone:
            yield Change(Kind.DISSOLVE, one, successor=after.get(one.parent_id), words="随所在支部撤销")


def _of_plan(plan: Plan) -> Iterator[Change]:
    for one in plan.organizations:
        row, old = one.row, one.row.continues
        members = _size(plan, one)
        if old is None:
            yield Change(Kind.FOUND, planned=row, members=members, words=_stands(row, plan))
        elif old.name != row.name:
            yield Change(Kind.RENAME, old, row, members=members, words=f"更名为“{row.name}”")
        else:
            yield Change(Kind.CONTINUE, old, row, members=members)
        if old is not None and old.parent_id != parent_id_of(row, plan):
            yield Change(Kind.MOVE, old, row, members=members, words=_stands(row, plan))
        sources = Counter(seat.branch_id for seat in one.seats if seat.branch_id)
        if len(sources) > 1:
            parts = "、".join(f"{plan.branch_of(branch)} {count} 名" for branch, count in sources.most_common(4))
            more = f"等 {len(sources)} 个支部" if len(sources) > 4 else ""
            yield Change(Kind.MERGE, old, row, members=members, words=f"党员来自{parts}{more}")
        if row.leader:
            yield Change(Kind.APPOINT, old, row, words=f"指定{row.leader.name}为负责人,待选举")


def parent_id_of(row: PlannedOrganization, plan: Plan) -> int | None:
    """The parent of today, if it will be the same; a planned one that is new has none yet."""
    return row.above.continues_id if row.above else plan.restructuring.committee_id


def _stands(row: PlannedOrganization, plan: Plan) -> str:
    return f"设在“{row.above.name if row.above else plan.restructuring.committee.name}”之下"


def _size(plan: Plan, one: PlannedBranch) -> int:
    return sum(branch.members for branch in plan.below(one.row.pk)) if one.row.is_general else one.members


def _flows(plan: Plan) -> dict[int, Counter[PlannedOrganization]]:
    """From each organization of today that holds members to the planned ones."""
    found: dict[int, Counter[PlannedOrganization]] = defaultdict(Counter)
    for one in plan.branches:
        for seat in one.seats:
            source = seat.branch_id or seat.membership_in_id
            if source:
                found[source][one.row] += 1
    return found


def _where(flows: Counter[PlannedOrganization]) -> str:
    if not flows:
        return "没有党员"
    parts = "、".join(f"{row.name} {count} 名" for row, count in flows.most_common(3))
    return f"党员编入{parts}{f'等 {len(flows)} 个支部' if len(flows) > 3 else ''}"
