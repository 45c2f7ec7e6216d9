"""Builders: a small bureau whose branches are to be restructured, and what tests ask of it."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from django.apps import apps

from onebow.apps.accounts.models import User
from onebow.apps.ledger.tests.laying import laid_down
from onebow.apps.organizations.models import Link, Membership, Organization, Person, Place, Post, Restructuring
from onebow.apps.organizations.queries.restructuring.checks import findings_of
from onebow.apps.organizations.queries.restructuring.plan import Plan, plan_of
from onebow.apps.organizations.services.restructuring import deciding, drafts, enact, proposals
from onebow.apps.organizations.services.restructuring.edits import give_reason
from onebow.apps.organizations.tests.make import grant, make_user
from onebow.apps.organizations.tests.make_trees import make_link, make_node

K = Organization.Kind
AT = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)
ON = date(2026, 3, 2)
STAMPS = {"created_at": AT, "updated_at": AT}
BASIS = "按支部建在科室上的要求调整。"
FULL, PROBATIONARY = Person.Standing.FULL_MEMBER, Person.Standing.PROBATIONARY_MEMBER
# Unit → section → members; the branch of today stands behind.
UNITS = {
    "局机关": {"办公室": (7, "第1党支部"), "法制科": (6, "第1党支部"), "人事科": (5, "第2党支部")},
    "社保中心": {"综合科": (4, "第2党支部"), "征缴科": (5, "第3党支部"), "待遇科": (4, "第4党支部")},
}
GENERAL = "社保中心党总支"
BELOW_GENERAL = ("第3党支部", "第4党支部")


@dataclass
class Bureau:
    """A bureau of two units and six sections, 31 members in four branches, two of them below a general branch."""

    root: Organization
    committee: Organization
    officer: User
    second: User
    places: dict[str, Place] = field(default_factory=dict)
    nodes: dict[str, Organization] = field(default_factory=dict)
    branches: dict[str, Organization] = field(default_factory=dict)
    people: dict[str, list[Person]] = field(default_factory=dict)

    def head(self, section: str) -> Person:
        """The head of a section is its first member."""
        return self.people[section][0]


@laid_down
def make_bureau(units: dict[str, dict[str, tuple[int, str]]] | None = None) -> Bureau:
    """A bureau; by its default one branch joins two sections, another one stands across the units."""
    units = UNITS if units is None else units
    root = make_node(K.UNIT, "人社局")
    committee = make_node(K.ORGAN_COMMITTEE, "人社局机关党委")
    make_link("set_in", committee, root)
    officer, second = make_user("officer"), make_user("second")
    grant(officer, root)
    grant(second, root)
    bureau = Bureau(root, committee, officer, second)
    for rank, (unit, sections) in enumerate(units.items()):
        bureau.nodes[unit] = make_node(K.UNIT, unit, root, rank=rank)
        bureau.places[unit] = Place.objects.create(name=f"{unit}大楼", unit=root, **STAMPS)
        for number, section in enumerate(sections):
            bureau.nodes[section] = make_node(
                K.SECTION, section, bureau.nodes[unit], rank=number, place=bureau.places[unit]
            )
    names = dict.fromkeys(branch for sections in units.values() for _, branch in sections.values() if branch)
    if any(name in BELOW_GENERAL for name in names):
        bureau.branches[GENERAL] = make_node(K.GENERAL_BRANCH, GENERAL, committee)
        make_link("set_in", bureau.branches[GENERAL], bureau.nodes["社保中心"])
    for rank, name in enumerate(names):
        above = bureau.branches[GENERAL] if name in BELOW_GENERAL else committee
        bureau.branches[name] = make_node(K.BRANCH, name, above, rank=rank)
    for sections in units.values():
        for section, (count, branch) in sections.items():
            bureau.people[section] = make_members(bureau, section, count, branch)
            if branch:
                make_link("covers", bureau.branches[branch], bureau.nodes[section])
    _make_heads(bureau, units)
    return bureau


def make_members(bureau: Bureau, section: str, count: int, branch: str = "", **facts: Any) -> list[Person]:
    """Members of a section; of a branch too if one is named."""
    facts = {"standing": FULL, "full_on": date(2015, 7, 1), **facts}
    began = Person.objects.count()
    people = Person.objects.bulk_create(
        [Person(root=bureau.root, name=f"{section}{began + number}", **facts, **STAMPS) for number in range(count)]
    )
    rows = [Membership(person=one, organization=bureau.nodes[section], side="staff", **STAMPS) for one in people]
    if branch:
        held = bureau.branches[branch]
        rows += [Membership(person=one, organization=held, side="party", **STAMPS) for one in people]
    Membership.objects.bulk_create(rows)
    return people


def make_post(person: Person, organization: Organization, role: str, **facts: Any) -> Post:
    return Post.objects.create(person=person, organization=organization, role=role, **facts, **STAMPS)


def _make_heads(bureau: Bureau, units: dict[str, dict[str, tuple[int, str]]]) -> None:
    led: set[str] = set()
    for sections in units.values():
        for section, (count, branch) in sections.items():
            if not count:
                continue
            make_post(bureau.head(section), bureau.nodes[section], Post.Role.UNIT_HEAD)
            if branch and branch not in led:
                led.add(branch)
                make_post(bureau.head(section), bureau.branches[branch], Post.Role.SECRETARY)
    if GENERAL in bureau.branches and (people := bureau.people.get("征缴科")):
        make_post(people[0], bureau.nodes["社保中心"], Post.Role.UNIT_HEAD)
        make_post(people[0], bureau.branches[GENERAL], Post.Role.SECRETARY)


def make_draft(bureau: Bureau, *, on: date = ON, at: datetime = AT, **choices: Any) -> Restructuring:
    """A plan with the branches of today."""
    draft = drafts.PlanDraft(bureau.root.pk, bureau.committee.pk, "2026年支部调整方案", on, choices=choices)
    return drafts.draft_restructuring(draft, by=bureau.officer, at=at)


def propose(plan: Restructuring, bureau: Bureau, *, at: datetime = AT, **choices: Any) -> Restructuring:
    """Have the best structure computed and the draft filled with it."""
    settings = proposals.Settings(plan.parameters, {**plan.choices, **choices}) if choices else None
    run = proposals.request_proposal(plan.pk, settings, by=bureau.officer, at=at, queue=False)
    proposals.compute(plan.pk, run.pk, now=lambda: at)
    return Restructuring.objects.get(pk=plan.pk)


def make_proposal(bureau: Bureau, **facts: Any) -> Restructuring:
    """A plan with one branch on each section."""
    return propose(make_draft(bureau, **facts), bureau)


def give_reasons(plan: Restructuring, bureau: Bureau, *, at: datetime = AT) -> None:
    """A reason for everything that stands out against a rule that says 一般."""
    for one in findings_of(whole(plan)):
        if one.finding.strength == "warn":
            give_reason(one.planned_id, one.finding.rule.id, "人员分散,便于管理。", by=bureau.officer, at=at)


def submit(plan: Restructuring, bureau: Bureau, *, on: date | None = None, at: datetime = AT) -> Restructuring:
    return deciding.submit_restructuring(
        plan.pk, effective_on=on or plan.effective_on, basis=BASIS, by=bureau.officer, at=at
    )


def approve(plan: Restructuring, bureau: Bureau, *, on: date | None = None, at: datetime = AT) -> Restructuring:
    """Submitted by one officer with all reasons given, agreed to by the other."""
    give_reasons(plan, bureau, at=at)
    submit(plan, bureau, on=on, at=at)
    return deciding.decide_restructuring(plan.pk, approved=True, number="人社党〔2026〕3号", by=bureau.second, at=at)


def carry_out(plan: Restructuring, bureau: Bureau, *, at: datetime = AT) -> Restructuring:
    """Approve and enact."""
    approve(plan, bureau, at=at)
    return enact.enact_restructuring(plan.pk, by=bureau.officer, at=at)


def whole(plan: Restructuring, today: date = ON) -> Plan:
    """The plan as it stands now."""
    return plan_of(Restructuring.objects.select_related("root", "committee", "run").get(pk=plan.pk), today)


def sections_of(plan: Plan) -> dict[str, list[str]]:
    """Planned branch → names of its sections."""
    return {one.row.name: sorted(plan.name_of(section) for section in one.sections) for one in plan.branches}


def structure_on(day: date) -> dict[str, Any]:
    """What holds in the Party tree on a day, read from the rows by dates alone."""
    placed, links = apps.get_model("organizations.Placement").objects.on(day), Link.objects.on(day)
    former = apps.get_model("organizations.FormerName").objects.filter(ends_on__gt=day).order_by("-ends_on")
    names = dict(former.values_list("organization_id", "name"))
    party = Organization.objects.on(day).filter(tree="party")
    return {
        "names": {one.pk: names.get(one.pk, one.name) for one in party},
        "parents": dict(placed.filter(child__tree="party").values_list("child_id", "parent_id")),
        "members": dict(Membership.objects.on(day).filter(side="party").values_list("person_id", "organization_id")),
        "links": set(links.values_list("kind", "source_id", "target_id")),
        "posts": set(Post.objects.on(day).values_list("organization_id", "person_id", "role")),
    }


def dump() -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table of ours."""
    labels = ("organizations", "ledger", "accounts", "base")
    models = [model for label in labels for model in apps.get_app_config(label).get_models()]
    return {model._meta.label: sorted(model._default_manager.values_list(), key=repr) for model in models}
