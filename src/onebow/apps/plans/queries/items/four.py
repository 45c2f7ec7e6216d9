"""四同: deployed, carried out, checked and appraised together: both sides of an item at each of the four points."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from onebow.apps.plans.models import Stage
from onebow.apps.plans.queries.items.around import Told, Visit
from onebow.apps.plans.queries.items.course import Leg, Point
from onebow.apps.plans.queries.items.page import Course


@dataclass(frozen=True)
class Together:
    """One of the four: its stages, the days, what business did in them, and the Party part."""

    point: Stage.Point
    legs: tuple[Leg, ...]
    told: tuple[Told, ...]
    visits: tuple[Visit, ...]

    @property
    def starts_on(self) -> date | None:
        """The day on which it began."""
        days = [timezone.localdate(leg.entered_at) for leg in self.legs if leg.entered_at]
        return min(days, default=None)

    @property
    def ends_on(self) -> date | None:
        """The day on which it was done; None while it goes on."""
        if not self.legs or any(leg.left_at is None for leg in self.legs):
            return None
        return max(timezone.localdate(leg.left_at) for leg in self.legs if leg.left_at)

    @property
    def party(self) -> list[Point]:
        """The Party part."""
        return [point for leg in self.legs for point in leg.points]


def four_of(course: Course) -> list[Together]:
    """The four points of an item, each with both sides."""
    return [_together(course, point) for point in Stage.Point]


def _together(course: Course, point: Stage.Point) -> Together:
    legs = tuple(leg for leg in course.legs if leg.stage.point == point)
    return Together(
        point,
        legs,
        tuple(told for told in reversed(course.around.progress) if leg_on(course.legs, told.on) in legs),
        tuple(visit for visit in course.around.visits if leg_on(course.legs, visit.on) in legs),
    )


def leg_on(legs: Sequence[Leg], on: date) -> Leg | None:
    """The stage in which an item was on a day; of several on one day the last, so that nothing is told twice."""
    entered = [leg for leg in legs if leg.entered_at and timezone.localdate(leg.entered_at) <= on]
    return entered[-1] if entered else None
