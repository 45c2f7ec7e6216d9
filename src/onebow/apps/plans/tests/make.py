"""Builders for plans: kinds, a plan and items over the town of `organizations`."""

from typing import Any

from onebow.apps.organizations.models import Organization
from onebow.apps.organizations.tests.make import NOON, TODAY
from onebow.apps.plans.models import Item, ItemKind, KeyPoint, Plan, Requirement, StageEntry
from onebow.apps.plans.services.kinds import KindDraft, PackMark, RequirementDraft, StageDraft, put_kind

THREE = ("party_building", "political", "integrity")
RESEARCH = KindDraft(
    "research", "调研", "business", "business",
    (
        StageDraft("plan", "制定方案", "deploy"), StageDraft("pre_trip", "行前准备"),
        StageDraft("on_site", "现场调研", "implement"), StageDraft("drafting", "起草报告", "check"),
        StageDraft("done", "成果运用", "appraise"),
    ),
    (
        RequirementDraft("political", "方案载明政治要求", "plan"),
        RequirementDraft("style", "召开支委会研究可能遇到的困难", "pre_trip", "secretary"),
        RequirementDraft("integrity", "行前提醒并逐项核对", "pre_trip", "traveller"),
        RequirementDraft("study", "数字和事实经过核对", "drafting"),
    ),
    is_trip=True,
)  # fmt: skip
ROUTINE = KindDraft("routine", "日常业务", "business", "business", (StageDraft("doing", "办理", "implement"),))
CASEWORK = KindDraft(
    "casework", "法定办件", "business", "business",
    (StageDraft("accepted", "受理"), StageDraft("decided", "办结")),
    (RequirementDraft("integrity", "回避情形已经核对", "accepted"),), is_statutory=True,
)  # fmt: skip
LECTURE = KindDraft("lecture", "专题党课", "party", "meetings", (StageDraft("doing", "组织", "implement"),))
TASK = KindDraft("task", "书记项目", "party", "secretary", (StageDraft("doing", "推进", "implement"),))


def make_kind(scope: Organization, draft: KindDraft) -> ItemKind:
    put_kind(scope, draft, PackMark("test", "1"), on=TODAY.replace(month=1, day=1))
    return ItemKind.objects.get(scope=scope, key=draft.key, ends_on=None)


def make_plan(organization: Organization, year: int = TODAY.year) -> Plan:
    stamps = {"created_at": NOON, "updated_at": NOON}
    return Plan.objects.get_or_create(organization=organization, year=year, defaults=stamps)[0]


def make_key_point(plan: Plan, title: str = "稳就业", **texts: str) -> KeyPoint:
    point = KeyPoint.objects.create(plan=plan, order=1, title=title, created_at=NOON, updated_at=NOON)
    for category, text in texts.items():
        Requirement.objects.create(key_point=point, category=category, text=text)
    return point


def make_item(
    plan: Plan, kind: ItemKind, organization: Organization, title: str = "企业用工调研", **facts: Any
) -> Item:
    return Item.objects.create(
        plan=plan, kind=kind, side=kind.side, organization=organization, title=title, created_at=NOON, updated_at=NOON,
        **facts,
    )  # fmt: skip


def begun(item: Item) -> Item:
    """The item as begun, in its first stage, without checkpoints."""
    item.state, item.stage, item.began_at = Item.State.OPEN, item.kind.stages.order_by("order").first(), NOON
    item.save()
    StageEntry.objects.create(item=item, stage=item.stage, entered_at=NOON)
    return item
