"""Scenarios E1 to E5 held against the bureau as it stands: what is expected, what is found, where to see it."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property

from django.db.models import F, Q

from onebow.apps.organizations.models import Ballot, Election, Organization, Post, Restructuring
from onebow.apps.organizations.queries.checks import Checked, check
from onebow.apps.organizations.queries.checks_sql import Scope
from onebow.apps.organizations.queries.forest import Forest, Node
from onebow.apps.organizations.queries.groups import ChainRow, chains_in
from onebow.apps.organizations.queries.restructuring.figures import average
from onebow.apps.organizations.queries.trees import trees_on
from onebow.apps.organizations.queries.visible import below
from onebow.cores.regulations.table import rule
from onebow.demo import shape
from onebow.demo.lines import Line

K = Organization.Kind
BRANCHES = (K.BRANCH, K.JOINT_BRANCH)
SECTIONS, GENERALS, MEMBERS = len(shape.SECTIONS), 4, 320


@dataclass
class Bureau:
    """The bureau after its reform: both structures, and what the rules say today."""

    plan: Restructuring
    today: date
    # What the first computation said of units that cannot stand alone; empty where nobody asked.
    refused: tuple[str, ...] = field(default=())

    @cached_property
    def before(self) -> Forest:
        """The day before."""
        return trees_on(self.plan.root_id, self.plan.effective_on - timedelta(days=1))

    @cached_property
    def after(self) -> Forest:
        """Today."""
        return trees_on(self.plan.root_id, self.today)

    @cached_property
    def findings(self) -> list[Checked]:
        """What the rules of today say of the Party organizations."""
        paths = (self.plan.root.path, self.plan.committee.path)
        return check(Scope(paths, self.today, self.today))

    @cached_property
    def chains(self) -> list[ChainRow]:
        """Service chains with what is set on them."""
        return chains_in(below(self.plan.root), self.today)

    def broken(self, rule_id: str) -> list[str]:
        """Organizations that a rule finds fault with."""
        return [one.node.name for one in self.findings if one.finding.rule.id == rule_id]


def lines_of(bureau: Bureau) -> list[Line]:
    """All lines, E1 to E5."""
    return [line for scenario in (_e1, _e2, _e3, _e4, _e5) for line in scenario(bureau)]


def _branches(forest: Forest) -> list[Node]:
    return [node for node in forest.nodes if node.kind in BRANCHES]


def _generals(forest: Forest) -> list[Node]:
    return [node for node in forest.nodes if node.kind == K.GENERAL_BRANCH]


def _sizes(forest: Forest) -> list[int]:
    return sorted(node.members for node in _branches(forest))


def _e1(bureau: Bureau) -> Iterator[Line]:
    old, new = _branches(bureau.before), _branches(bureau.after)
    plan = f"支部调整 › {bureau.plan.name} /restructurings/{bureau.plan.pk}/"
    yield Line(
        "E1",
        f"6 个支部变为 {SECTIONS} 个支部",
        f"{len(old)} 个变为 {len(new)} 个",
        (len(old), len(new)) == (6, SECTIONS),
        plan,
    )
    day = bureau.before.on
    generals = len(_generals(bureau.before))
    found = f"{day}:{len(old)} 个支部、{generals} 个党总支"
    same = (len(old), generals) == (6, 1)
    yield Line("E1", "调整前的日期仍是原来的 6 个支部、1 个党总支", found, same, f"两棵树 /trees/?on={day}")
    lost = bureau.plan.lines.filter(kind="dissolve", successor=None).count()
    told = bureau.plan.lines.filter(kind__in=["dissolve", "split", "rename"]).values("organization").distinct().count()
    yield Line(
        "E1",
        "原来的 7 个组织去向都有记录",
        f"{told} 个有记录,{lost} 个没有承继",
        (told, lost) == (7, 0),
        f"支部调整 › 变动 /restructurings/{bureau.plan.pk}/changes/",
    )
    least = rule("BR-FOUND-MIN", on=bureau.today)
    wanted = f"正式党员不足 3 名的单位不能单独成立支部,并引用规则({least.citation if least else ''})"
    yield Line(
        "E1",
        wanted,
        ";".join(bureau.refused) or "没有计算过推荐方案",
        any("BR-FOUND-MIN" in text for text in bureau.refused),
        "支部调整 › 新方案 › 先计算推荐方案",
    )


def _e2(bureau: Bureau) -> Iterator[Line]:
    old, new = _sizes(bureau.before), _sizes(bureau.after)
    where = f"支部调整 › 图表 /restructurings/{bureau.plan.pk}/pictures/"
    yield Line(
        "E2",
        "调整前后的平均人数都由登记的党员算出",
        f"平均 {average(old)} 人变为 {average(new)} 人",
        bool(old and new) and sum(new) == MEMBERS and len(new) * sum(old) > len(old) * sum(new),
        where,
    )
    small, large = bureau.broken("BR-FOUND-MIN"), bureau.broken("BR-SIZE-MAX")
    span = f"{new[0]}—{new[-1]} 人" if new else "没有支部"
    yield Line(
        "E2",
        "没有支部超过 50 人或不足 3 名正式党员",
        f"{span};不合要求 {len(small) + len(large)} 个",
        bool(new) and not small and not large,
        "检查结果 /findings/",
    )


def _e3(bureau: Bureau) -> Iterator[Line]:
    sections = Counter(line.branch_id for line in bureau.after.lines)
    one = sum(sections[node.id] == 1 for node in _branches(bureau.after))
    spread = bureau.broken("M5-ONE-SECTION")
    yield Line(
        "E3",
        "一个支部一个科室;只有单独成立不了支部的单位并入其中 1 个",
        f"{one} 个支部各一个科室,{len(spread)} 个跨科室({'、'.join(spread)})",
        (one, len(spread)) == (SECTIONS - 1, 1),
        "检查结果 /findings/?by=organization&rule=M5-ONE-SECTION",
    )
    offices = bureau.broken("M5-ONE-OFFICE")
    was = sum("处办公" in note for node in _branches(bureau.before) for note in node.notes)
    yield Line(
        "E3",
        "没有支部跨办公区",
        f"调整前 {was} 个跨办公区,现在 {len(offices)} 个",
        was > 0 and not offices,
        "检查结果 /findings/?by=organization&rule=M5-ONE-OFFICE",
    )


def _e4(bureau: Bureau) -> Iterator[Line]:
    generals = _generals(bureau.after)
    unapproved = len(bureau.broken("ORG-LEVEL"))
    yield Line(
        "E4",
        f"{GENERALS} 个党总支,不足 50 名党员的有批复",
        f"{len(generals)} 个党总支,{unapproved} 个缺批复",
        (len(generals), unapproved) == (GENERALS, 0),
        "组织 /organizations/?kind=general_branch",
    )
    bare = bureau.broken("M5-SECTION-COVERED")
    covered = len({line.section_id for line in bureau.after.lines})
    yield Line(
        "E4",
        f"{SECTIONS} 个科室都有支部覆盖",
        f"覆盖 {covered} 个(含没有科室的单位),未覆盖 {len(bare)} 个",
        covered >= SECTIONS and not bare,
        "两棵树 › 表格 /trees/table/",
    )
    manned = [chain for chain in bureau.chains if chain.group_id and chain.pioneer_id]
    yield Line(
        "E4",
        f"{len(shape.CHAINS)} 条服务链条都有党小组和党员先锋岗",
        f"{len(manned)}/{len(bureau.chains)} 条",
        len(manned) == len(bureau.chains) == len(shape.CHAINS),
        "服务链条 /chains/",
    )


def _e5(bureau: Bureau) -> Iterator[Line]:
    bodies = [node.id for node in (*_branches(bureau.after), *_generals(bureau.after))]
    done = Election.objects.filter(organization__in=bodies, state=Election.State.FINISHED)
    ballots = Ballot.objects.filter(election__in=done, struck="")
    # Four fifths of those who should attend, on the rule of the day; recounted here in whole numbers.
    quorate = ballots.filter(present__gte=(F("due") * 4 + 4) / 5).count()
    finished, counted = done.values("organization").distinct().count(), ballots.count()
    yield Line(
        "E5",
        f"{SECTIONS} 个支部、{GENERALS} 个党总支都选举产生书记,有应到、实到和得票",
        f"完成选举 {finished} 个,投票 {counted} 次,其中到会达到五分之四 {quorate} 次",
        finished == len(bodies) == SECTIONS + GENERALS and quorate == counted,
        "选举 /elections/",
    )
    heads, others, lay = _secretaries(bureau, bodies)
    yield Line(
        "E5",
        "科室负责人是正式党员的任书记;不是党员的由其他正式党员担任",
        f"书记中 {heads} 名是科室负责人,{others} 名不是;{lay} 个科室负责人不是党员",
        heads + others == SECTIONS and lay == len(shape.LAY_HEADS) <= others,
        "选举 › 候选人 /elections/",
    )


def _secretaries(bureau: Bureau, bodies: list[int]) -> tuple[int, int, int]:
    """Elected secretaries of branches who head a section, who do not, and heads who are no members."""
    elected = Q(role=Post.Role.SECRETARY, appointed=Post.Appointed.ELECTED, organization__in=bodies)
    posts = Post.objects.on(bureau.today).filter(elected, organization__kind__in=BRANCHES)
    secretaries = set(posts.values_list("person_id", flat=True))
    sections = [node.id for node in bureau.after.sections]
    rows = Post.objects.on(bureau.today).filter(role=Post.Role.UNIT_HEAD, organization__in=sections)
    heads = {row.person_id: row.person.is_member for row in rows.select_related("person")}
    leading = len(secretaries & heads.keys())
    return leading, len(secretaries) - leading, sum(not is_member for is_member in heads.values())
