"""What may be written, by whom, and what must hold. Each rule returns None or raises Refused."""

from datetime import date
from typing import Protocol

from onebow.apps.accounts.models import User
from onebow.apps.base.filters import day
from onebow.apps.base.refusals import Refused
from onebow.apps.organizations.models import Link, Membership, Organization, Person, Post
from onebow.cores.regulations.findings import Finding
from onebow.cores.regulations.table import BLOCK, WARN

K = Organization.Kind
LEAST_REASON = 4
_COMMITTEES = {K.WORK_COMMITTEE, K.PARTY_COMMITTEE, K.ORGAN_COMMITTEE}
TREE_OF = {
    **dict.fromkeys(Organization.PARTY_KINDS, Organization.Tree.PARTY),
    K.UNION: Organization.Tree.UNION,
}
# Which kinds may lie under which; None stands for the top of a tree.
PARENTS: dict[str, set[str | None]] = {
    K.WORK_COMMITTEE: {None, K.WORK_COMMITTEE, K.PARTY_COMMITTEE},
    K.PARTY_COMMITTEE: {None, *_COMMITTEES},
    K.ORGAN_COMMITTEE: {None, *_COMMITTEES},
    K.GENERAL_BRANCH: {None, *_COMMITTEES},
    **{kind: {None, *_COMMITTEES, K.GENERAL_BRANCH} for kind in Organization.BRANCH_KINDS},
    K.GROUP: set(Organization.BRANCH_KINDS),
    K.REGION: {None, K.REGION},
    K.UNIT: {None, K.REGION, K.UNIT, K.DEPARTMENT},
    K.DEPARTMENT: {K.UNIT, K.DEPARTMENT, K.ENTERPRISE},
    K.SECTION: {K.UNIT, K.DEPARTMENT, K.SECTION, K.ENTERPRISE},
    K.ENTERPRISE: {None, K.REGION, K.UNIT, K.ENTERPRISE},
    K.VILLAGE: {None, K.REGION, K.UNIT},
    K.COMMUNITY: {None, K.REGION, K.UNIT},
    K.LEADING_GROUP: {K.UNIT, K.REGION, K.ENTERPRISE},
    K.SERVICE_CHAIN: {K.SECTION, K.DEPARTMENT, K.UNIT},
    K.UNION: {None, K.UNION},
}
LINK_ENDS: dict[str, tuple[set[str], set[str]]] = {
    Link.Kind.COVERS: ({*Organization.BRANCH_KINDS, K.GENERAL_BRANCH}, {K.SECTION, K.DEPARTMENT, K.UNIT}),
    Link.Kind.SET_IN: (
        {*Organization.PARTY_KINDS, K.UNION},
        {K.UNIT, K.ENTERPRISE, K.REGION, K.VILLAGE, K.COMMUNITY},
    ),
    Link.Kind.SERVES: ({K.GROUP}, {K.SERVICE_CHAIN}),
    Link.Kind.PAIRED: (
        {*Organization.PARTY_KINDS},
        {*Organization.PARTY_KINDS, K.VILLAGE, K.COMMUNITY, K.ENTERPRISE},
    ),
}


def tree_of(kind: str) -> str:
    """The tree in which organizations of a kind stand."""
    return TREE_OF.get(Organization.Kind(kind), Organization.Tree.ADMINISTRATIVE)


def kinds_below(parent: Organization) -> list[str]:
    """Kinds that may be founded from an organization's page: below it, or, for tops of other trees, set in it."""
    below = [kind for kind, parents in PARENTS.items() if parent.kind in parents]
    hosted = [kind for kind, parents in PARENTS.items() if None in parents and tree_of(kind) != parent.tree]
    return below + [kind for kind in hosted if parent.kind in LINK_ENDS[Link.Kind.SET_IN][1]]


def seat_below(kind: str, parent: Organization) -> dict[str, int]:
    """Where a new organization of a kind stands, seen from an organization's page: under it, or set in it."""
    return {"parent_id": parent.pk} if tree_of(kind) == parent.tree else {"set_in_id": parent.pk}


def links_from(kind: str) -> list[str]:
    """The ties that may start from an organization of a kind."""
    return [word for word, (sources, _) in LINK_ENDS.items() if kind in sources]


class Authority(Protocol):
    """Who writes, as far as a rule needs to know."""

    def manages(self, path: str) -> bool:
        """Whether what lies at the path is theirs to keep."""

    def leads(self, path: str) -> bool:
        """Whether what lies at the path is theirs to keep or to lead."""


def check_can_manage(organization: Organization, authority: Authority) -> None:
    """Only an officer of the organization or of one above it writes."""
    if not authority.manages(organization.path):
        raise Refused(f"您没有管理“{organization.name}”的权限,只有该组织或其上级的党务干部可以修改。")


def check_can_decide(
    organization: Organization, authority: Authority, *, asked_by_id: int | None, by_id: int | None
) -> None:
    """Who leads or keeps the organization decides for it, and never on what the same person asked for."""
    if not authority.leads(organization.path):
        raise Refused(f"这件事由“{organization.name}”审批,请其书记或党务干部办理。")
    if by_id is not None and by_id == asked_by_id:
        raise Refused("提交的人不能审批自己提交的事项,请由另一人审批;线下已经批复的,请登记批复文件。")


def check_dates(starts_on: date | None, ends_on: date | None) -> None:
    """A period ends after it starts."""
    if starts_on and ends_on and ends_on <= starts_on:
        raise Refused(f"截止日期({day(ends_on)})必须晚于起始日期({day(starts_on)})。")


def check_can_lie_under(kind: str, parent: Organization | None) -> None:
    """Parent and child are of one tree, and the kinds fit."""
    if (parent.kind if parent else None) in PARENTS[kind]:
        return
    label = K(kind).label
    if parent is None:
        raise Refused(f"{label}必须设在上级组织之下,请先选择上级。")
    raise Refused(f"{label}不能设在{K(parent.kind).label}“{parent.name}”之下。")


def check_can_move(organization: Organization, parent: Organization | None) -> None:
    """An organization is never moved under itself."""
    if parent is not None and parent.path.startswith(organization.path):
        raise Refused(f"“{organization.name}”不能移到自己或自己的下级“{parent.name}”之下。")
    check_can_lie_under(organization.kind, parent)


def check_can_link(kind: str, source: Organization, target: Organization) -> None:
    """The ends of a link are of the kinds it ties."""
    sources, targets = LINK_ENDS[kind]
    if source.kind not in sources or target.kind not in targets:
        label = Link.Kind(kind).label
        raise Refused(
            f"“{label}”不能从{K(source.kind).label}“{source.name}”连到{K(target.kind).label}“{target.name}”。"
        )


def check_can_dissolve(organization: Organization, on: date) -> None:
    """Nothing may hang on what is dissolved; what does is named."""
    left = []
    children = organization.child_placements.not_ended(on).select_related("child")
    left += [f"下级组织“{placement.child.name}”" for placement in children[:3]]
    members = organization.memberships.not_ended(on).select_related("person")
    if count := members.count():
        names = "、".join(membership.person.name for membership in members[:3])
        left.append(f"{count} 人({names}{'等' if count > 3 else ''})")
    left += [f"{post.get_role_display()}{post.person.name}" for post in organization.posts.not_ended(on)[:3]]
    if left:
        raise Refused(f"“{organization.name}”在{day(on)}仍有{'、'.join(left)},请先转出、免去或调整,再撤销。")


def check_not_erased(person: Person) -> None:
    """Of whom nothing is left, nothing is written any more."""
    if person.erased_on:
        raise Refused(f"这个人的个人信息已于{day(person.erased_on)}删除,不能再登记。")


def check_can_belong(person: Person, organization: Organization, side: str) -> None:
    """Party relations lie in the Party tree and belong to members; staff belong to administrative organizations."""
    check_not_erased(person)
    is_party = organization.tree == Organization.Tree.PARTY
    if side == Membership.Side.PARTY and not is_party:
        raise Refused(f"组织关系只能编入党组织,“{organization.name}”是{organization.get_kind_display()}。")
    if side == Membership.Side.PARTY and not person.is_member:
        raise Refused(f"{person.name}登记的政治面貌不是党员,不能编入党支部。请先核对政治面貌。")
    if side == Membership.Side.STAFF and is_party:
        raise Refused(f"“{organization.name}”是党组织,工作岗位请选择单位或科室。")


def check_still_stands(organization: Organization, starts_on: date | None) -> None:
    """Nothing begins in an organization after its end."""
    if organization.ends_on is not None and (starts_on is None or starts_on >= organization.ends_on):
        raise Refused(f"“{organization.name}”已于{day(organization.ends_on)}撤销,不能再编入人员或任职。")


def check_no_second_branch(person: Person, starts_on: date | None, ends_on: date | None, *, but: int | None) -> None:
    """On any day a member has one Party relation at most."""
    others = person.memberships.filter(side=Membership.Side.PARTY).exclude(pk=but or 0)
    for other in others.select_related("organization"):
        if overlap(other, starts_on, ends_on):
            since = f"自{day(other.starts_on)}起" if other.starts_on else "已"
            raise Refused(
                f"{person.name}的组织关系{since}在“{other.organization.name}”,同一天不能在两个支部。"
                "请勾选“同时结束原组织关系”,或先登记转出。"
            )


def overlap(row: Membership | Post, starts_on: date | None, ends_on: date | None) -> bool:
    """Whether a dated row shares a day with `[starts_on, ends_on)`."""
    ends_before = row.ends_on is not None and starts_on is not None and row.ends_on <= starts_on
    starts_after = row.starts_on is not None and ends_on is not None and row.starts_on >= ends_on
    return not (ends_before or starts_after)


def check_can_end(row: Membership | Post, on: date) -> None:
    """Where nobody knows the start, the roster that named it and the person's birth still bound the end."""
    if row.source is not None and on <= row.source.effective_on:
        raise Refused(f"{day(row.source.effective_on)}的名册上还有这一条,截止日期必须晚于这一天。")
    if row.person.born_on is not None and on <= row.person.born_on:
        raise Refused("截止日期早于本人出生日期,请核对。")


def check_can_hold(person: Person, organization: Organization, role: str) -> None:
    """Party posts stand in Party organizations and are held by members; a head stands in the administrative tree."""
    check_not_erased(person)
    label = Post.Role(role).label
    if role in Post.PARTY_ROLES:
        if organization.tree != Organization.Tree.PARTY and organization.kind != K.LEADING_GROUP:
            raise Refused(f"“{label}”是党内职务,“{organization.name}”不是党组织。")
        if not person.is_member:
            raise Refused(f"{person.name}不是党员,不能担任{label}。")
    elif role == Post.Role.PIONEER:
        if organization.kind != K.SERVICE_CHAIN:
            raise Refused(f"“{label}”设在服务链条上,“{organization.name}”是{organization.get_kind_display()}。")
        if not person.is_member:
            raise Refused(f"{person.name}不是党员,不能上{label}。")
    elif role == Post.Role.CHAIR and organization.kind != K.UNION:
        raise Refused(f"“{label}”只能在工会组织任职。")
    elif role in (Post.Role.UNIT_HEAD, Post.Role.DEPUTY_HEAD) and (
        organization.tree != Organization.Tree.ADMINISTRATIVE
    ):
        raise Refused(f"“{label}”只能在单位、部门或科室任职。")


def check_reason(text: str, what: str) -> None:
    """Whoever looks at whole numbers says why, and the person can read it."""
    if len("".join(text.split())) < LEAST_REASON:
        raise Refused(f"请写明{what}(至少 {LEAST_REASON} 个字),会记入查阅记录,本人可以看到。")


def check_has_factor(has_factor: bool) -> None:
    """Whole numbers of many people leave only with an account that signs in with two factors."""
    if not has_factor:
        raise Refused("导出完整号码前,请先在“我的账号”里启用两步验证。")


def check_not_administrator(user: User) -> None:
    """The three administrators hold no grant and are no person of the roster."""
    if user.office != User.Office.NONE:
        raise Refused(f"{user.get_office_display()}账号不能同时担任业务角色。")


def check_can_set_aside(finding: Finding | None, organization: Organization) -> None:
    """There is a finding today, and its rule says 一般: only then it may stand aside for a reason."""
    if finding is None:
        raise Refused(f"“{organization.name}”现在没有这条检查结果,不需要说明理由。")
    if finding.is_unknown:
        raise Refused(f"“{finding.rule.title}”情况不明,请先补登信息,不能用说明理由代替。")
    if finding.rule.strength == BLOCK:
        raise Refused(f"“{finding.rule.title}”是应当做到的({finding.rule.citation}),不能说明理由后搁置。")
    if finding.rule.strength != WARN:
        raise Refused(f"“{finding.rule.title}”只是提醒,不需要说明理由。")


def check_reason_dates(until: date | None, today: date) -> None:
    """A reason holds today at least."""
    if until is not None and until < today:
        raise Refused(f"有效期至{day(until)}已经过去,请填写今天或以后的日期,或留空。")
