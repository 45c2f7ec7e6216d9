"""Pages of an annual plan of 600 items over 40 key points, in force, with a request and two versions.

The year is made up in a transaction that is rolled back; the plan is approved by the services.
"""

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from benchmarks.timing import HEAD, tell
from onebow.apps.accounts.models import User
from onebow.apps.organizations.models import Organization
from onebow.apps.organizations.queries.reach import reach_of
from onebow.apps.organizations.queries.visible import roots_for
from onebow.apps.plans.models import Item, ItemKind, KeyPoint, Plan, Requirement, Tie
from onebow.apps.plans.queries.owners import heads_of
from onebow.apps.plans.services import changes, deciding, plans
from onebow.apps.plans.services.kinds import KindDraft, PackMark, StageDraft, put_kind

ITEMS, POINTS = 600, 40
NEEDED = ("party_building", "political", "integrity")
KINDS = (("work", "日常业务", "business", "business"), ("talk", "专题党课", "party", "meetings"))


def make_plan(root: Organization, user: User) -> Plan:
    """A plan of the unit: each item with an owner that has a head, half of them Party items that support the others."""
    now, today = timezone.now(), timezone.localdate()
    plan = plans.draft_plan(root.pk, today.year, by=user, at=now)
    points = KeyPoint.objects.bulk_create(
        KeyPoint(plan=plan, order=number, title=f"工作要点 {number}", created_at=now, updated_at=now)
        for number in range(1, POINTS + 1)
    )
    Requirement.objects.bulk_create(
        Requirement(key_point=point, category=category, text="在要点上写明,其下事项都适用")
        for point in points
        for category in NEEDED
    )
    kinds = [_kind(root, *facts) for facts in KINDS]
    owners = [_led("section"), _led("branch")]
    items = Item.objects.bulk_create(_item(plan, number, kinds, owners, points) for number in range(ITEMS))
    Tie.objects.bulk_create(
        Tie(kind="supports", source=items[number + 1], target=items[number], made_at=now)
        for number in range(0, ITEMS, 2)
    )
    return plan


def _kind(root: Organization, key: str, name: str, side: str, listed_in: str) -> ItemKind:
    draft = KindDraft(f"bench-{key}", name, side, listed_in, (StageDraft("doing", "办理", "implement"),))
    put_kind(root, draft, PackMark("bench", "1"), on=timezone.localdate().replace(month=1, day=1))
    return ItemKind.objects.get(scope=root, key=draft.key, ends_on=None)


def _led(kind: str) -> list[tuple[int, int]]:
    """Organizations of a kind, each with who leads it."""
    ids = list(Organization.objects.filter(kind=kind, ends_on=None).order_by("path").values_list("pk", flat=True))
    return [(pk, person.pk) for pk, person in heads_of(ids, timezone.localdate()).items()]


def _item(plan: Plan, number: int, kinds: list[ItemKind], owners: Any, points: list[KeyPoint]) -> Item:
    side, now = number % 2, timezone.now()
    owner, person = owners[side][number // 2 % len(owners[side])]
    return Item(
        plan=plan, kind=kinds[side], side=kinds[side].side, organization_id=owner, person_id=person,
        title=f"第 {number} 件事项", key_point=points[number % POINTS], created_at=now, updated_at=now,
        due_on=timezone.localdate() + timedelta(days=1),
    )  # fmt: skip


def approve(plan: Plan, user: User) -> None:
    """Bring it into force, cancel an item by a request, and hand in another one."""
    committee = Organization.objects.filter(kind="organ_committee", ends_on=None).order_by("path")[0]
    now, today = timezone.now(), timezone.localdate()
    first = changes.submit_plan(plan.pk, [committee.pk], by=user, at=now)
    deciding.record_paper(first.pk, number="1号", on=today, by=user, at=now)
    for number in (0, 1):
        draft = changes.ChangeDraft("取消", "上级要求")
        change = changes.draft_change(plan.pk, draft, by=user, at=now)
        changes.cancel_in_change(change.pk, plan.items.order_by("pk")[number].pk, by=user, at=now)
        changes.submit_change(change.pk, by=user, at=now)
        for step in list(change.steps.all()) if number == 0 else []:
            deciding.record_paper(change.pk, number=f"{step.order}号", on=today, by=user, at=now)


def pages_of(plan: Plan) -> dict[str, str]:
    """What is measured, by name."""
    show, change = reverse("plans:show", args=[plan.pk]), plan.changes.order_by("-pk")[0]
    return {
        "年度计划列表": reverse("plans:index"),
        "计划": show,
        "计划·第 2 页": f"{show}?page=2",
        "计划·业务项目清单": f"{show}?list=business",
        "事项": reverse("plans:items"),
        "事项·筛选": f"{reverse('plans:items')}?side=party&state=planned&q=1",
        "折子工程": reverse("plans:taskbook"),
        "变更": reverse("plans:change", args=[plan.pk, change.pk]),
        "计划版本": reverse("plans:version", args=[plan.pk, 1]),
        "版本比较": reverse("plans:difference", args=[plan.pk, 1, 2]),
        "增加事项": reverse("plans:item_new", args=[plan.pk]),
        "增加事项·全部": f"{reverse('plans:item_new', args=[plan.pk])}?all=1",
        "申请变更": reverse("plans:change_new", args=[plan.pk]),
        "挂钩": reverse("plans:item_ties", args=[plan.items.latest("pk").pk]),
    }


def main() -> None:
    """Print a table."""
    user = User.objects.get(username="officer")
    root = roots_for(reach_of(user, timezone.localdate())).order_by("path").first()
    if root is None:
        raise SystemExit("no unit")
    client = Client(HTTP_HOST="localhost")
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    with transaction.atomic():
        plan = make_plan(root, user)
        approve(plan, user)
        print(f"\nannual plan, {ITEMS} items, {POINTS} key points\n{HEAD}")
        tell(client, pages_of(plan))
        transaction.set_rollback(True)


if __name__ == "__main__":
    main()
