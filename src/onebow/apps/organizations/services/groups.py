"""Party groups on service chains: founded, manned and led, with a pioneer post on each, all at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from onebow.apps.accounts.models import User
from onebow.apps.base.refusals import Refused
from onebow.apps.base.transactions import write_alone
from onebow.apps.ledger.services import Event, record_all
from onebow.apps.organizations import rules
from onebow.apps.organizations.models import Link, Membership, Organization, Person, Post
from onebow.apps.organizations.models.organizations import within
from onebow.apps.organizations.queries.groups import ChainRow, chains_of_branch
from onebow.apps.organizations.queries.reach import authority_of
from onebow.apps.organizations.services.memberships import (
    MembershipDraft,
    PostDraft,
    membership_started,
    post_ended,
    post_started,
)
from onebow.apps.organizations.services.tree_deeds import OrganizationDraft, founded, next_rank

K = Organization.Kind
PARTY = Membership.Side.PARTY


@dataclass(frozen=True)
class GroupDraft:
    """What is set on a chain: a group (its name, if it is new), who joins it, who leads it, and the pioneer."""

    chain_id: int
    name: str = ""
    members: tuple[int, ...] = ()
    leader_id: int | None = None
    pioneer_id: int | None = None


@dataclass(frozen=True)
class _Deed:
    """The branch and the day, for whoever writes, and what is to be recorded."""

    branch: Organization
    on: date
    by: User | None
    at: datetime
    events: list[Event]


@write_alone()
def found_groups(
    branch_id: int, drafts: Sequence[GroupDraft], *, on: date, by: User | None, at: datetime
) -> list[Organization]:
    """Set groups and pioneer posts on chains of the sections that the branch covers. Returns the groups.

    A chain that has a group keeps it; whoever is named joins it. A new leader or pioneer follows the present one.

    Raises:
        Refused: a day ahead, a chain of another branch, somebody who is no member of the branch, or a leader outside
            the group.
    """
    branch, today = Organization.objects.select_for_update().get(pk=branch_id), timezone.localdate(at)
    rules.check_can_manage(branch, authority_of(by, today))
    if on > today:
        raise Refused("设立日期不能晚于今天;将来的请在当天登记。")
    rules.check_still_stands(branch, on)
    rules.check_dates(branch.starts_on, on + date.resolution)
    chains = {row.id: row for row in chains_of_branch(branch, today)}
    deed = _Deed(branch, on, by, at, [])
    groups = []
    for draft in drafts:
        if draft.chain_id not in chains:
            raise Refused(f"“{branch.name}”没有覆盖这条服务链条所在的科室,请刷新页面后重新选择。")
        groups.append(_set(deed, draft, chains[draft.chain_id]))
    record_all(deed.events, by_id=by.pk if by else None, at=at)
    return [group for group in groups if group is not None]


def _set(deed: _Deed, draft: GroupDraft, chain: ChainRow) -> Organization | None:
    group = _group(deed, draft, chain)
    if group is None and (draft.members or draft.leader_id):
        raise Refused(f"“{chain.name}”还没有党小组,请先填写党小组名称,再选组长和组员。")
    if group is not None:
        for person_id in sorted({*draft.members, *([draft.leader_id] if draft.leader_id else [])}):
            _join(deed, group, person_id)
        if draft.leader_id and draft.leader_id != chain.leader_id:
            _hold(deed, group, draft.leader_id, Post.Role.GROUP_LEADER)
    if draft.pioneer_id and draft.pioneer_id != chain.pioneer_id:
        _member(deed, draft.pioneer_id)
        _hold(deed, Organization.objects.get(pk=chain.id), draft.pioneer_id, Post.Role.PIONEER)
    return group


def _group(deed: _Deed, draft: GroupDraft, chain: ChainRow) -> Organization | None:
    """The group on the chain: the present one, or a new one if it was named."""
    if chain.group_id:
        return Organization.objects.get(pk=chain.group_id)
    if not draft.name:
        return None
    rank = next_rank(deed.branch)
    made = OrganizationDraft(K.GROUP, draft.name, parent_id=deed.branch.pk, starts_on=deed.on, rank=rank)
    group, event = founded(made, by=deed.by, at=deed.at)
    link = Link.objects.create(kind=Link.Kind.SERVES, source=group, target_id=chain.id, starts_on=deed.on)
    data = {"kind": link.kind, "target": chain.id}
    deed.events.extend([event, Event("link.made", group.pk, source=link, data=data, happened_on=deed.on)])
    return group


def _member(deed: _Deed, person_id: int) -> Membership:
    """The open Party relation of somebody who belongs to the branch or to one of its groups."""
    rows = Membership.objects.filter(person_id=person_id, side=PARTY, ends_on=None).select_related("organization")
    row = rows.filter(within(deed.branch.path, "organization__path")).first()
    if row is None:
        name = Person.objects.get(pk=person_id).name
        raise Refused(f"{name}的组织关系不在“{deed.branch.name}”,不能编入它的党小组或上先锋岗。")
    return row


def _join(deed: _Deed, group: Organization, person_id: int) -> None:
    if _member(deed, person_id).organization_id == group.pk:
        return
    person = Person.objects.select_for_update().get(pk=person_id)
    draft = MembershipDraft(person_id, group.pk, PARTY, starts_on=deed.on, transfer=True, basis="编入党小组")
    deed.events.extend(membership_started(draft, person, group, deed.at)[1])


def _hold(deed: _Deed, organization: Organization, person_id: int, role: str) -> None:
    held = Post.objects.filter(organization=organization, role=role, ends_on=None)
    for post in held.exclude(person_id=person_id).select_related("person", "organization"):
        deed.events.append(post_ended(post, deed.on, deed.at))
    person = Person.objects.select_for_update().get(pk=person_id)
    draft = PostDraft(person_id, organization.pk, role, starts_on=deed.on)
    deed.events.append(post_started(draft, person, organization, deed.at)[1])
