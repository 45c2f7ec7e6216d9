"""What of plans waits for somebody: requests, checkpoints, items, duties and replies."""

from datetime import date, timedelta
from typing import Any

from django.db.models import Case, CharField, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from onebow.apps.base.conditions import any_of
from onebow.apps.base.unions import word
from onebow.apps.base.waiting import Lines, part_of, text
from onebow.apps.organizations.models import Approval, Organization
from onebow.apps.organizations.queries.reach import Reach
from onebow.apps.plans.models import ONE_BY_ONE, Change, Checkpoint, Directive, Gap, Item, RiskPoint, Side, Sort
from onebow.apps.plans.queries import directives
from onebow.apps.plans.queries.checks.visible import asked_of, closable
from onebow.apps.plans.queries.duties.lists import due_here
from onebow.apps.plans.queries.items.waiting import SOON, checkpoints_waiting
from onebow.apps.plans.queries.risks.due import due_on
from onebow.apps.plans.queries.steps import waiting_for
from onebow.apps.plans.queries.visible import written_by

Tree = Organization.Tree
# A duty that is due in so many days is told.
AHEAD = timedelta(days=14)
RUNNING = (Item.State.PLANNED, Item.State.OPEN)
# Gaps that say of an item that it runs late; that nothing ties it, or nobody answers for it, is something else.
BEHIND = (Sort.LATE, Sort.UNBEGUN)


def parts_of_plans(reach: Reach, today: date, arranged: QuerySet[Any, Any] | None = None) -> tuple[Lines, ...]:
    """All of them; `arranged` are ids of occurrences that wait in another shape already, as a meeting.

    A neglect is told once: a duty as its meeting, which is simply held or recorded; else, as all others, as the gap
    that a check found of it, for whoever answers for that; else as itself.
    """
    return (
        requests(reach), returned(reach), checkpoints(reach), items(reach, today), duties(reach, today, arranged),
        replies(reach, today), gaps(reach, arranged), risk_reviews(reach, today),
    )  # fmt: skip


def requests(reach: Reach) -> Lines:
    """Plans and requests on which the user is to decide."""
    state = Case(When(is_first=True, then=word("first")), default=word("change"), output_field=CharField())
    return part_of(
        waiting_for(reach), "request", above="plan_id", title="title", state=state, at="asked_at",
        place="plan__organization__name", path="plan__organization__path",
    )  # fmt: skip


def returned(reach: Reach) -> Lines:
    """Those that the user drafted and that were sent back, with the reason, until they are handed in again."""
    label = Change._meta.label_lower
    said = Approval.objects.filter(subject=label, subject_id=OuterRef("pk")).order_by("-pk")
    rows = Change.objects.filter(written_by(reach, "plan__organization"), state=Change.State.DRAFT)
    rows = rows.filter(made_by=reach.user_id).alias(said=Subquery(said.values("decision")[:1]))
    return part_of(
        rows.filter(said=Approval.Decision.RETURNED), "returned", above="plan_id", title="title",
        place="plan__organization__name", path="plan__organization__path",
        note=Subquery(said.values("reason")[:1]), at=Subquery(said.values("decided_at")[:1]),
    )  # fmt: skip


def checkpoints(reach: Reach) -> Lines:
    """Make-ups, confirmations and other checkpoints of the user, each a sort of its own."""
    sort = Case(
        When(state=Checkpoint.State.MAKE_UP, then=Value("make_up")),
        When(who__in=ONE_BY_ONE, then=Value("confirm")),
        default=Value("check"), output_field=CharField(),
    )  # fmt: skip
    rows = checkpoints_waiting(reach) if reach.person_id else Checkpoint.objects.none()
    rows = rows.exclude(pk__in=_told_as_gaps(reach, "checkpoint"))
    # Without a day of its own it keeps the item waiting, whose day it then is.
    return part_of(
        rows, sort, above="item_id", title="text", note="item__title", place="item__organization__name",
        path="item__organization__path", side=_both_if_business(), state="category",
        day=Coalesce("due_on", "item__due_on"),
    )  # fmt: skip


def items(reach: Reach, today: date) -> Lines:
    """The user's own items that are late or soon due, and the late ones of what they keep or lead."""
    mine = Q(person=reach.person_id, due_on__lte=today + SOON) if reach.person_id else Q(pk__in=[])
    ours = written_by(reach) & Q(due_on__lt=today)
    sort = Case(When(mine, then=Value("mine")), default=Value("late"), output_field=CharField())
    rows = Item.objects.filter(any_of(Item, mine, ours, wide=reach.is_wide), state__in=RUNNING)
    rows = rows.exclude(due_on__lt=today, pk__in=_told_as_gaps(reach, "item").filter(sort__in=BEHIND))
    return part_of(
        rows, sort, title="title", side="side", place="organization__name", path="organization__path",
        note=text("person__name"), day="due_on",
    )  # fmt: skip


def duties(reach: Reach, today: date, arranged: QuerySet[Any, Any] | None = None) -> Lines:
    """What is due soon where the user stands; what is past and not clear, for whoever may say how it was."""
    sort = Case(When(due_on__lt=today, then=Value("unclear")), default=Value("due"), output_field=CharField())
    is_party = Q(organization__tree=Tree.PARTY) | Q(organization__kind=Organization.Kind.LEADING_GROUP)
    side = Case(When(is_party, then=Value("party")), default=Value("business"), output_field=CharField())
    rows = due_here(reach, today, today + AHEAD).filter(written_by(reach) | Q(due_on__gte=today))
    rows = rows.exclude(pk__in=_told_as_gaps(reach, "occurrence"))
    return part_of(
        rows if arranged is None else rows.exclude(pk__in=arranged), sort, title="duty__name",
        place="organization__name", path="organization__path", note="topic", side=side, day="due_on",
    )  # fmt: skip


def replies(reach: Reach, today: date) -> Lines:
    """Directives whose reply is overdue or due within a week."""
    rows = directives.asking(Directive.objects.filter(written_by(reach)), today)
    rows = rows.exclude(pk__in=_told_as_gaps(reach, "directive"))
    return part_of(
        rows, "reply", title="title", note="source", place="organization__name", path="organization__path",
        day="reply_due_on",
    )  # fmt: skip


def risk_reviews(reach: Reach, today: date) -> Lines:
    """Risk points to be looked at again, now or soon."""
    mine = written_by(reach)
    if reach.person_id:
        mine |= Q(owner=reach.person_id)
    rows = due_on(RiskPoint.objects.filter(mine), today)
    return part_of(
        rows, "risk", title="matter", note=text("owner__name"), place="organization__name", path="organization__path",
        state="due", day="next_on",
    )  # fmt: skip


def _both_if_business() -> Case:
    """A Party requirement at a stage of business work is of both sides."""
    return Case(When(item__side=Side.BUSINESS, then=Value("both")), default=Value("party"), output_field=CharField())


def gaps(reach: Reach, arranged: QuerySet[Any, Any] | None = None) -> Lines:
    """Gaps that the user answers for and that are still open, and those that others made good: to be closed.

    The day is the first on which it was late, or that on which it was made good: since then it waits.
    """
    mine = _to_mend(reach)
    rows = Gap.objects.filter(mine | closable(reach))
    sort = Case(When(mine, then=Value("gap")), default=Value("closing"), output_field=CharField())
    title = Coalesce("item__title", "occurrence__duty__name", "checkpoint__text", "directive__title")
    return part_of(
        rows if arranged is None else rows.exclude(mine, occurrence__in=arranged), sort, title=title, state="sort",
        side="side", day=Coalesce("mended_on", "since"), place="organization__name", path="organization__path",
    )  # fmt: skip


def _to_mend(reach: Reach) -> Q:
    return asked_of(reach) & Q(mended_on=None)


def _told_as_gaps(reach: Reach, subject: str) -> QuerySet[Gap, Any]:
    """Subjects of gaps that the user answers for, which stand in the list as these."""
    return Gap.objects.filter(_to_mend(reach), **{f"{subject}__isnull": False}).values(subject)
