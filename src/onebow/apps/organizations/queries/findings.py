"""Findings as the pages show them: whose, what was said to them, and which come first."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from onebow.apps.organizations.models import Link, Organization, SetAside
from onebow.apps.organizations.models.organizations import within
from onebow.apps.organizations.queries.checks import Checked, check
from onebow.apps.organizations.queries.checks_facts import PARTY, Node
from onebow.apps.organizations.queries.checks_sql import Scope
from onebow.apps.organizations.queries.reach import Reach, topmost, within_any
from onebow.apps.organizations.queries.subtrees import with_names_on
from onebow.apps.organizations.queries.visible import roots_for
from onebow.cores.regulations.findings import Finding
from onebow.cores.regulations.table import BLOCK, REMIND, WARN, Rule

K = Organization.Kind
# Strength -> the word and the state that paints it.
STRENGTHS = {BLOCK: ("必须", "bad"), WARN: ("一般", "warn"), REMIND: ("提醒", "neutral")}
OPEN, SET_ASIDE, UNKNOWN = "open", "set_aside", "unknown"
STATES = {OPEN: "待处理", SET_ASIDE: "已说明理由", UNKNOWN: "情况不明"}
_ORDER = {BLOCK: 0, WARN: 1, REMIND: 2}
# A district may hold hundreds of units; a longer list is no choice.
MOST_ROOTS = 300
# Kinds without any check: their pages need not ask.
UNCHECKED = frozenset({K.REGION, K.WORK_COMMITTEE, K.GROUP, K.LEADING_GROUP, K.UNION})


@dataclass(frozen=True, slots=True)
class FindingRow:
    """A finding, its organization on the day, and the reason that was recorded for it."""

    finding: Finding
    node: Node
    reason: SetAside | None = None

    @property
    def rule(self) -> str:
        """The rule's id."""
        return self.finding.rule.id

    @property
    def strength(self) -> str:
        """block, warn or remind."""
        return self.finding.strength

    @property
    def state(self) -> str:
        """open, set_aside or unknown."""
        if self.finding.is_unknown:
            return UNKNOWN
        return SET_ASIDE if self.reason else OPEN

    @property
    def name(self) -> str:
        """The organization's name, for sorting and searching."""
        return self.node.name

    @property
    def words(self) -> str:
        """What was found."""
        return self.finding.words

    @property
    def is_party(self) -> bool:
        """Whether the organization stands in the Party tree, for the colour of its edge."""
        return self.node.kind in PARTY

    @property
    def kind_label(self) -> str:
        """The organization's kind in Chinese."""
        return str(K(self.node.kind).label)

    @property
    def rank(self) -> tuple[int, int]:
        """The hardest first; what is unknown or was given a reason after what is open."""
        return _ORDER[self.strength], (OPEN, UNKNOWN, SET_ASIDE).index(self.state)


@dataclass(frozen=True, slots=True)
class RuleCount:
    """How often a rule was found, by state."""

    rule: Rule
    total: int
    open: int
    unknown: int
    set_aside: int


def scope_for(reach: Reach, on: date, today: date, root: Organization | None = None) -> Scope:
    """All that the user keeps or leads; with `root`, one unit that they keep and the Party organizations set in it."""
    if root is None:
        return Scope(topmost((*reach.managed, *reach.led)), on, today)
    hosted = Link.objects.on(on).filter(within(root.path, "target__path"), kind=Link.Kind.SET_IN)
    paths = hosted.exclude(source__tree=Organization.Tree.UNION).values_list("source__path", flat=True)
    return Scope(topmost([root.path, *(path for path in paths if reach.manages(path))]), on, today)


def finding_roots(reach: Reach, on: date, today: date) -> list[Organization]:
    """The units of which an officer may choose one on a day; empty where there is no choice."""
    if not reach.managed:
        return []
    stood = roots_for(reach).filter(ends_on=None).order_by("path")
    if on < today:
        stood = roots_for(reach).on(on).order_by("pk")
    roots = with_names_on(list(stood.only("name", "path")[:MOST_ROOTS]), on, today)
    return roots if len(roots) > 1 else []


def findings_in(scope: Scope) -> list[FindingRow]:
    """Everything found in these subtrees, the hardest first, with the reasons that were recorded."""
    found = check(scope)
    reasons = _reasons(scope) if any(one.finding.strength == WARN for one in found) else {}
    return sorted((_row(one, reasons) for one in found), key=lambda row: row.rank)


def findings_of(organization: Organization, on: date, today: date) -> list[FindingRow]:
    """What was found about one organization itself."""
    if organization.kind in UNCHECKED:
        return []
    rows = findings_in(Scope((organization.path,), on, today))
    return [row for row in rows if row.node.id == organization.pk]


def finding_of(organization: Organization, rule: str, today: date) -> FindingRow | None:
    """What a rule finds about one organization today."""
    return next((row for row in findings_of(organization, today, today) if row.rule == rule), None)


def rule_counts(rows: Iterable[FindingRow]) -> list[RuleCount]:
    """How often each rule was found, the hardest and most frequent first."""
    states: dict[str, Counter[str]] = {}
    rules: dict[str, Rule] = {}
    for row in rows:
        states.setdefault(row.rule, Counter())[row.state] += 1
        rules[row.rule] = row.finding.rule
    counts = [
        RuleCount(rules[rule_id], count.total(), count[OPEN], count[UNKNOWN], count[SET_ASIDE])
        for rule_id, count in states.items()
    ]
    return sorted(counts, key=lambda one: (_ORDER[one.rule.strength], -one.total))


def strength_counts(rows: Iterable[FindingRow]) -> Counter[str]:
    """How many are open by strength, and how many unknown or set aside."""
    return Counter(row.strength if row.state == OPEN else row.state for row in rows)


def _row(one: Checked, reasons: dict[tuple[int, str], list[SetAside]]) -> FindingRow:
    finding = one.finding
    if finding.strength != WARN:
        return FindingRow(finding, one.node)
    said = reasons.get((finding.organization_id, finding.rule.id), [])
    holds = next((reason for reason in said if reason.facts == dict(finding.facts)), None)
    return FindingRow(finding, one.node, holds)


def _reasons(scope: Scope) -> dict[tuple[int, str], list[SetAside]]:
    """Reasons that hold on the day, by organization and rule, the newest first."""
    rows = SetAside.objects.on(scope.on).filter(within_any(scope.paths, "organization__path"))
    found: dict[tuple[int, str], list[SetAside]] = {}
    for row in rows.select_related("approval", "made_by").order_by("-pk"):
        found.setdefault((row.organization_id, row.rule), []).append(row)
    return found
