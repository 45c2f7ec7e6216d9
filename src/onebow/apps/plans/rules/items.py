"""What may be done to an item, by whom, and in which order."""

from collections.abc import Sequence
from datetime import date

from onebow.apps.base.filters import day, moment
from onebow.apps.base.refusals import Refused
from onebow.apps.plans.models import ONE_BY_ONE, Checkpoint, Item, Side, Stage, StageEntry, Who
from onebow.apps.plans.part import Part

State = Item.State
LONGEST_NAMED = 30


def check_can_move(item: Item, part: Part) -> None:
    """A business item is moved by the person in charge or the head of its unit, never for a Party post alone."""
    if part.moves:
        return
    if item.side == Side.BUSINESS:
        raise Refused("业务事项由责任人或主责单位的行政负责人推进;党组织书记、党务干部只落实自己的检查点。")
    raise Refused("党建事项由责任人、本组织书记或党务干部推进。")


def check_can_begin(item: Item, part: Part) -> None:
    """An approved item is begun once."""
    check_can_move(item, part)
    if item.state == State.DRAFT:
        raise Refused(f"“{item.title}”还没有批准列入计划,批准以后才能开始办理。")
    if item.state != State.PLANNED:
        raise Refused(f"“{item.title}”{item.get_state_display()},不能再次开始办理。")


def check_is_open(item: Item) -> None:
    """Deeds are done on what goes on."""
    if item.state != State.OPEN:
        raise Refused(f"“{item.title}”{item.get_state_display()},这一步只能在办理中进行。")


def check_at(item: Item, stage: Stage, entry: StageEntry | None) -> None:
    """Stages are left one after another; whoever comes too early or too late hears where the item is."""
    if entry is not None and entry.left_at is not None:
        raise Refused(f"“{stage.name}”已于 {moment(entry.left_at)} 完成,不能重复办理。")
    if entry is None or item.stage_id != stage.pk:
        now = item.stage.name if item.stage else "未开始"
        raise Refused(f"阶段要按顺序办理:现在是“{now}”,还没有到“{stage.name}”。")


def check_unlocked(stage: Stage, waiting: Sequence[Checkpoint]) -> None:
    """The next stage stays locked until the checkpoints of this one are done."""
    if waiting:
        raise Refused(
            f"“{stage.name}”还有 {len(waiting)} 项检查点没有落实({named(waiting)}),下一阶段还不能开始。"
            "情况紧急的,可以选择“紧急先行、事后补办”。"
        )


def check_urgency(stage: Stage, waiting: Sequence[Checkpoint], reason: str) -> None:
    """Urgency is for what is open, and says why."""
    if not waiting:
        raise Refused(f"“{stage.name}”的检查点都已落实,不需要紧急先行,直接进入下一阶段即可。")
    if not reason.strip():
        raise Refused("请写明紧急先行的原因。")


def check_can_do(checkpoint: Checkpoint, part: Part, item: Item) -> None:
    """A checkpoint is done by whom it names, once, and not before the item has come to its stage."""
    if checkpoint.state == Checkpoint.State.DONE:
        who = checkpoint.done_by.display_name if checkpoint.done_by else "参与人员"
        raise Refused(f"“{short(checkpoint)}”已由{who}于 {moment(checkpoint.done_at)} 落实,没有重复登记。")
    if checkpoint.who in ONE_BY_ONE:
        raise Refused(f"“{short(checkpoint)}”由{Who(checkpoint.who).label}各自确认,不能代办。")
    if not part.may_do(checkpoint.who):
        raise Refused(f"“{short(checkpoint)}”由{Who(checkpoint.who).label}落实。")
    check_reached(checkpoint, item)


def check_reached(checkpoint: Checkpoint, item: Item) -> None:
    """What lies ahead is not done beforehand."""
    if item.stage is None or checkpoint.stage.order > item.stage.order:
        raise Refused(f"“{short(checkpoint)}”属于“{checkpoint.stage.name}”,还没有到这个阶段。")


def check_can_confirm(checkpoint: Checkpoint, person_id: int | None, expected: set[int], confirmed: set[int]) -> None:
    """Each confirms for themselves, once."""
    if checkpoint.who not in ONE_BY_ONE:
        raise Refused(f"“{short(checkpoint)}”由{Who(checkpoint.who).label}落实,不需要各自确认。")
    if person_id is None or person_id not in expected | confirmed:
        raise Refused(f"“{short(checkpoint)}”由{Who(checkpoint.who).label}各自确认,您不在其中。")
    if person_id in confirmed:
        raise Refused(f"您已经确认过“{short(checkpoint)}”。")


def check_can_close(item: Item, waiting: Sequence[Checkpoint], make_ups: Sequence[Checkpoint]) -> None:
    """Nothing of the last stage is open, and nothing waits to be made up; statutory casework waits for nothing."""
    if item.kind.is_statutory:
        return
    if make_ups:
        due = min(one.due_on for one in make_ups if one.due_on)
        raise Refused(f"还有 {len(make_ups)} 项待补办({named(make_ups)}),最早 {day(due)}到期,补办以后才能办结。")
    if waiting:
        raise Refused(f"还有 {len(waiting)} 项检查点没有落实({named(waiting)}),落实以后才能办结。")


def check_can_reopen(item: Item, part: Part, reason: str) -> None:
    """What is done may be taken up again, for a reason."""
    check_can_move(item, part)
    if item.state != State.DONE:
        raise Refused(f"“{item.title}”{item.get_state_display()},不需要重新办理。")
    if not reason.strip():
        raise Refused("请写明重新办理的原因。")


def check_can_tell(item: Item, part: Part, on: date, today: date) -> None:
    """Who takes part tells of an item, once it has begun, of days gone by."""
    if not part.may_tell:
        raise Refused("进展和现场了解由责任人、参与人员或主责单位负责人登记。")
    if item.began_at is None or item.state == State.CANCELLED:
        raise Refused(f"“{item.title}”{item.get_state_display()},开始办理以后才能登记。")
    if on > today:
        raise Refused("日期不能晚于今天。")


def short(checkpoint: Checkpoint) -> str:
    """A checkpoint in a sentence."""
    text = checkpoint.text
    return text if len(text) <= LONGEST_NAMED else f"{text[:LONGEST_NAMED]}…"


def named(checkpoints: Sequence[Checkpoint]) -> str:
    """Some checkpoints in a sentence; of many the first three."""
    more = "等" if len(checkpoints) > 3 else ""
    return "、".join(short(one) for one in checkpoints[:3]) + more


def check_none_ahead(item: Item, ahead: Sequence[Stage]) -> None:
    """Only from its last stage is an item closed."""
    if ahead:
        now = item.stage.name if item.stage else "未开始"
        raise Refused(f"现在是“{now}”,后面还有{'、'.join(f'“{stage.name}”' for stage in ahead)},完成以后才能办结。")
