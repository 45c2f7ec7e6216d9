"""The sorts of gaps: whether out of step or forgotten, and by which of the three ways each is made good."""

from collections.abc import Mapping
from dataclasses import dataclass

from onebow.apps.plans.checking.thresholds import SILENT_DAYS
from onebow.apps.plans.models import Sort

# Of the two themes and the three ways (M2): a missed deed, a missing part, a weak part.
APART, FORGOTTEN = "脱节", "遗忘"
WAYS = {"make_up": "补课", "complete": "完善", "strengthen": "补齐"}


@dataclass(frozen=True)
class About:
    """What is told of a sort: `fault` says why it is a gap, `missing` what stands in the way of closing it."""

    theme: str
    way: str
    subject: str
    fault: str
    missing: str
    # What finishes it, and where.
    finish: str
    # What never had a due day is told by what it lacks since then.
    lacks: str = ""

    @property
    def way_word(self) -> str:
        """补课, 完善 or 补齐."""
        return WAYS[self.way]


ABOUT: Mapping[str, About] = {
    Sort.DUTY: About(
        FORGOTTEN, "make_up", "occurrence", "期限已过,没有办理记录,也没有登记因故免开", "还没有补办的记录",
        "已经办了、只是没有记录的,在应办页补记录;没有办的,补办以后登记;上级明确可以不办的,登记因故免开和依据。",
    ),
    Sort.DUTY_PART: About(
        APART, "strengthen", "occurrence", "期限已过,只完成了一部分", "还没有达到要求的数量",
        "把差的次数、学时或人数补齐,登记后自动计入。",
    ),
    Sort.CHECKPOINT: About(
        FORGOTTEN, "make_up", "checkpoint", "补办期限已过,或所在阶段已经通过,检查点还没有落实", "检查点还没有落实",
        "由检查点写明的人在事项页补办并登记。",
    ),
    Sort.UNBEGUN: About(
        FORGOTTEN, "strengthen", "item", "开始日期已过,还没有开始办理", "还没有开始办理",
        "在事项页开始办理;确需推迟或取消的,申请变更计划。",
    ),
    Sort.LATE: About(
        APART, "strengthen", "item", "完成期限已过,还没有办结", "还没有办结",
        "在事项页办结;确需延期的,申请变更计划,批准后按新的期限计,原来的期限仍在这里。",
    ),
    Sort.SILENT: About(
        FORGOTTEN, "strengthen", "item", f"进行中,连续 {SILENT_DAYS} 天没有登记进展,也没有进入新的阶段",
        "还没有登记新的进展", "在事项页登记进展,或进入下一阶段。", "没有进展",
    ),
    Sort.UNTIED: About(
        APART, "complete", "item", "没有和另一侧的事项挂钩,也没有说明无需挂钩的理由", "还没有挂钩,也没有说明理由",
        "和另一侧的事项挂钩;确实无需挂钩的,写明理由。", "没有挂钩",
    ),
    Sort.REQUIREMENT: About(
        APART, "complete", "item", "党建、政治或廉政要求没有写明", "要求还没有写全",
        "在工作要点或事项类别中统一写明,或申请变更,写在事项里。", "缺失",
    ),
    Sort.UNOWNED: About(
        FORGOTTEN, "complete", "item", "没有责任人,或责任人已经离开", "还没有明确在岗的责任人",
        "申请变更计划,明确新的责任人。", "无人负责",
    ),
    Sort.REPLY: About(
        FORGOTTEN, "make_up", "directive", "要求反馈的日期已过,还没有反馈", "还没有登记反馈",
        "反馈以后在上级部署页登记反馈日期和文号。",
    ),
}  # fmt: skip
# One neglect is one gap: what was found as not done stays that gap when a part of it is done.
FAMILIES = {Sort.DUTY_PART: Sort.DUTY}
# Sorts that no drive gathers: its items, their checkpoints and its directive do.
OF_DUTIES = (Sort.DUTY, Sort.DUTY_PART)


def sorts_of(way: str) -> list[str]:
    """The sorts that are made good in a way."""
    return [sort for sort, about in ABOUT.items() if about.way == way]


def family_of(sort: str) -> str:
    """By this and its subject a gap is known again."""
    return FAMILIES.get(Sort(sort), Sort(sort))
