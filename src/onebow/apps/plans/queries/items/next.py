"""The one clear next deed on an item, for whoever looks at it."""

from dataclasses import dataclass

from onebow.apps.plans.models import Item, Who
from onebow.apps.plans.queries.items.course import Point
from onebow.apps.plans.queries.items.page import Course

State = Item.State


@dataclass(frozen=True)
class Next:
    """What comes next: `deed` names it (begin, confirm, check, pass, close, wait, none), `words` tell it."""

    deed: str
    words: str
    # Whether the reader may pass urgently instead.
    urgent: bool = False


def next_of(course: Course) -> Next:
    """What comes next on an item."""
    item, part = course.item, course.part
    if item.state == State.DRAFT:
        return Next("none", "计划批准以后才能开始办理。")
    if item.state == State.PLANNED:
        who = item.person.name if item.person else "责任人"
        words = "开始办理后,各阶段的检查点按现在的要求生成。"
        return Next("begin", words) if part.moves else Next("wait", f"等待{who}或主责单位负责人开始办理。")
    if item.state != State.OPEN:
        return Next("none", "")
    if course.to_confirm:
        return Next("confirm", f"有 {len(course.to_confirm)} 项需要您本人确认。")
    if course.to_do:
        return Next("check", f"有 {len(course.to_do)} 项检查点由您落实。")
    return _onward(course)


def _onward(course: Course) -> Next:
    now, moves = course.now, course.part.moves
    waiting = [] if now is None or course.item.kind.is_statutory else now.waiting
    if now is not None and waiting:
        return Next("wait", f"“{now.stage.name}”还有 {len(waiting)} 项检查点没有落实:{who_of(waiting)}。", urgent=moves)
    if course.is_last and course.make_ups and not course.item.kind.is_statutory:
        return Next("wait", f"还有 {len(course.make_ups)} 项待补办,补办以后才能办结:{who_of(course.make_ups)}。")
    if not moves:
        return Next("wait", "等待责任人或主责单位负责人继续办理。")
    if course.is_last:
        return Next(
            "close", "各阶段都已完成,可以办结。" if now is None else f"“{now.stage.name}”的检查点都已落实,可以办结。"
        )
    following = course.following
    return Next("pass", f"可以进入“{following.stage.name}”。" if following else "")


def who_of(points: list[Point]) -> str:
    """For whom the checkpoints wait."""
    words = [
        "、".join(point.missing) if point.missing else "先登记外出人员" if point.row.who == Who.TRAVELLER
        else Who(point.row.who).label
        for point in points
    ]  # fmt: skip
    return ";".join(dict.fromkeys(words))
