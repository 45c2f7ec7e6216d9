"""When a risk point is to be looked at again: computed, so that no change of a post or a process is overlooked."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Case, CharField, Exists, F, OuterRef, Q, QuerySet, Subquery, When
from django.db.models.functions import Coalesce

from onebow.apps.base.unions import word
from onebow.apps.organizations.models import Post
from onebow.apps.plans.models import ItemKind, RiskLevel, RiskPoint, RiskReview, RiskTie

# A review that is due in so many days is told.
SOON = 14
POST, PROCESS, LATE, NEAR, AHEAD, LIFTED = "post", "process", "late", "soon", "ahead", "lifted"
STATES = {
    POST: "岗位人员变动", PROCESS: "流程已调整", LATE: "逾期未复查", NEAR: f"{SOON} 天内复查", AHEAD: "未到复查",
    LIFTED: "已解除",
}  # fmt: skip
COLOURS = {POST: "warn", PROCESS: "warn", LATE: "bad", NEAR: "warn", AHEAD: "neutral", LIFTED: "neutral"}
DUE = (POST, PROCESS, LATE, NEAR)


@dataclass(frozen=True)
class Standing:
    """How a risk point stands with its review on a day."""

    state: str
    note: str = ""

    @property
    def word(self) -> str:
        """For a badge."""
        return STATES[self.state]

    @property
    def colour(self) -> str:
        """For a badge."""
        return COLOURS[self.state]

    @property
    def is_due(self) -> bool:
        """Whether somebody should look now."""
        return self.state in DUE


def on_day(rows: QuerySet[RiskPoint], on: date, near: date | None = None) -> QuerySet[Any]:
    """Those registered by a day, with `level`, `looked_on`, `next_on` and `due` as of that day.

    `near` is the day until which a review is due soon; given where the query is prepared, `soon_after(on)` otherwise.
    """
    last = RiskReview.objects.filter(point=OuterRef("pk"), on__lte=on).order_by("-on", "-pk")
    levels = RiskLevel.objects.on(on).filter(point=OuterRef("pk")).order_by("-pk")
    return rows.filter(registered_on__lte=on).annotate(
        level=Subquery(levels.values("level")[:1]),
        looked_on=Coalesce(Subquery(last.values("on")[:1]), F("registered_on")),
        next_on=Coalesce(Subquery(last.values("next_on")[:1]), F("review_on")),
        due=_due(on, near or soon_after(on)),
    )


def soon_after(on: date) -> date:
    """Until when a review is due soon."""
    return on + timedelta(days=SOON)


def standing_of(point: Any, on: date) -> Standing:
    """The state of a row of `on_day`, in words."""
    days = (point.next_on - on).days
    if point.due == LATE:
        return Standing(LATE, f"已逾期 {-days} 天")
    if point.due == NEAR:
        return Standing(NEAR, f"还有 {days} 天" if days else "今天到期")
    return Standing(point.due)


def due_on(rows: QuerySet[RiskPoint], on: date) -> QuerySet[Any]:
    """Of these, those that are to be looked at now or soon."""
    return on_day(rows.filter(state=RiskPoint.State.ACTIVE), on).filter(due__in=DUE)


def _due(on: date, near: date) -> Case:
    return Case(
        When(lifted_on__lte=on, then=word(LIFTED)),
        When(next_on__lt=on, then=word(LATE)),
        When(_changed_hands(on), then=word(POST)),
        When(_process_changed(on), then=word(PROCESS)),
        When(next_on__lte=near, then=word(NEAR)),
        default=word(AHEAD), output_field=CharField(),
    )  # fmt: skip


def _changed_hands(on: date) -> Exists:
    """Whether a tied post began or ended since somebody looked last."""
    looked = OuterRef(OuterRef("looked_on"))
    began, ended = Q(starts_on__gt=looked, starts_on__lte=on), Q(ends_on__gt=looked, ends_on__lte=on)
    posts = Post.objects.filter(organization=OuterRef("point__organization"), role=OuterRef("role"))
    return Exists(RiskTie.objects.filter(Exists(posts.filter(began | ended)), point=OuterRef("pk")).exclude(role=""))


def _process_changed(on: date) -> Exists:
    """Whether a tied kind of items has had a new version since."""
    looked = OuterRef(OuterRef("looked_on"))
    newer = ItemKind.objects.filter(
        key=OuterRef("kind__key"), scope=OuterRef("kind__scope"), starts_on__gt=looked, starts_on__lte=on
    )
    return Exists(RiskTie.objects.filter(Exists(newer), point=OuterRef("pk"), kind__isnull=False))
