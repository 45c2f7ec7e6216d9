"""The kinds of entry, in one registry. An undeclared kind, field or type cannot be recorded."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

# Types of a field of `data`: what Python holds for each.
TYPES: Mapping[str, tuple[type, ...]] = {
    "id": (int,), "ids": (list,), "count": (int,), "word": (str,), "words": (list,), "flag": (bool,), "day": (str,),
    "text": (str,),
}  # fmt: skip
# Who may write a kind. `machine`: the product itself or its operator; `anyone`: before signing in.
WRITERS = ("officer", "secretary", "unit_head", "member", "staff", "system", "security", "audit", "anyone", "machine")
LEADERS = ("officer", "secretary", "unit_head")
EVERYBODY = ("officer", "secretary", "unit_head", "member", "staff")
# Working days after which what is told of work counts only once it was accepted.
LATE_DAYS = 3


@dataclass(frozen=True)
class Field:
    """A field of an entry's data. `personal`: free text or an address, which goes when its person is erased."""

    key: str
    label: str
    type: str = "word"
    personal: bool = False


@dataclass(frozen=True)
class Kind:
    """台账事项: key, Chinese label, side (party, business, both or system), who writes it, what its data holds.

    `classed` is the data class: internal, personal or restricted. `version` rises when the meaning of a field changes.
    `late_days` says after how many working days it is 补录; None: facts such as a membership are told when they are.
    """

    key: str
    label: str
    side: str
    writers: tuple[str, ...] = ("officer",)
    fields: tuple[Field, ...] = ()
    late_days: int | None = None
    classed: str = "internal"
    version: int = 1
    # Read in old entries; new ones of this sort are recorded elsewhere.
    retired: bool = False

    def check(self, data: Mapping[str, Any]) -> None:
        """Hold data against the fields.

        Raises:
            KeyError: a field that this kind does not have, or a kind that is recorded no more.
            TypeError: a value of another type.
        """
        if self.retired:
            raise KeyError(f"{self.key} is recorded no more")
        known = {field.key: field for field in self.fields}
        for key, value in data.items():
            if key not in known:
                raise KeyError(f"{self.key} has no field {key}")
            wanted = TYPES[known[key].type]
            # A truth value is an integer to Python, but no id and no count.
            if value is not None and (not isinstance(value, wanted) or isinstance(value, bool) != (wanted == (bool,))):
                raise TypeError(f"{self.key}.{key} is no {known[key].type}")

    @property
    def personal(self) -> bool:
        """Whether its data may hold what goes with an erased person."""
        return any(field.personal for field in self.fields)


FIELDS = Field("fields", "改动的项目", "words")
IMPORT = Field("import", "来自花名册", "id")
SIDE = Field("side", "隶属种类")
ROLE = Field("role", "职责")
REASON = Field("reason", "原因", "text", personal=True)
BASIS = Field("basis", "依据", "text")
ADDRESS = Field("address", "来自", "text", personal=True)
OFFICE = Field("office", "管理员职责")
WHY = Field("why", "说明")
KNOWN = Field("known", "登录名存在", "flag")
TEXT = Field("text", "内容", "text", personal=True)
ENTRIES = Field("entries", "条目", "ids")
ANYONE, MACHINE = ("anyone",), ("machine",)
OFFICER = ("officer", "machine")
SYSTEM, SECURITY = ("system", "machine"), ("security", "machine")
# The officer, or the secretary of the organization.
RUNNERS = (*LEADERS, "machine")
PROVERS = ("officer", "audit", "machine")

WORK = (
    Kind("business.noted", "业务工作记事", "business", EVERYBODY, (TEXT,), LATE_DAYS, "personal"),
    Kind("party.noted", "党建工作记事", "party", EVERYBODY, (TEXT,), LATE_DAYS, "personal"),
    Kind("void", "作废", "both", EVERYBODY, (REASON,), None, "personal"),
    Kind("late.decided", "补录审批", "both", LEADERS, (ENTRIES, Field("accepted", "计入", "flag"), REASON)),
)
ORGANIZATIONS = (
    Kind("organization.founded", "设立组织", "both", OFFICER, (Field("kind", "类别"), Field("parent", "上级", "id"))),
    Kind("organization.changed", "修改组织信息", "both", OFFICER, (FIELDS,)),
    Kind("organization.renamed", "组织更名", "both", OFFICER),
    Kind("organization.moved", "调整上级组织", "both", OFFICER, (Field("parent", "上级", "id"),)),
    Kind("organization.dissolved", "撤销组织", "both", OFFICER, (BASIS,)),
    Kind("link.made", "建立组织联系", "both", OFFICER, (Field("kind", "联系"), Field("target", "对象", "id"))),
    Kind("link.ended", "解除组织联系", "both", OFFICER),
    Kind("place.made", "登记场所", "both", OFFICER),
    Kind("place.changed", "修改场所", "both", OFFICER),
    Kind("person.registered", "登记人员", "both", OFFICER, (IMPORT,)),
    Kind("person.changed", "修改人员信息", "both", OFFICER, (FIELDS, IMPORT)),
    Kind("person.merged", "合并重复人员", "both", OFFICER, (Field("double", "重复记录", "id"),)),
    Kind("person.erased", "删除个人信息", "system", OFFICER,
         (Field("digests", "保留部分的摘要", "words"), ENTRIES, Field("basis", "依据", "text"))),
    # Looks and exports stand in the access log since there is one.
    Kind("person.revealed", "查看完整证件或电话", "system", OFFICER, (Field("field", "项目"), REASON), retired=True),
    Kind("membership.started", "编入组织", "both", OFFICER, (SIDE, IMPORT)),
    Kind("membership.changed", "更正隶属信息", "both", OFFICER, (FIELDS, IMPORT)),
    Kind("membership.ended", "调离组织", "both", OFFICER, (SIDE, IMPORT)),
    Kind("post.started", "任职", "both", OFFICER, (ROLE, IMPORT)),
    Kind("post.ended", "免职", "both", OFFICER, (ROLE, IMPORT)),
    Kind("approval.decided", "审批", "both", RUNNERS, (Field("step", "环节"),)),
    Kind("restructuring.drafted", "起草支部调整方案", "party", OFFICER, (Field("origin", "来源"),)),
    Kind("restructuring.changed", "修改支部调整方案", "party", OFFICER,
         (Field("what", "改动"), Field("planned", "拟设组织", "id"), Field("members", "党员", "count"))),
    Kind("restructuring.proposed", "计算推荐方案", "party", OFFICER, (Field("run", "计算", "id"),)),
    Kind("restructuring.submitted", "提交支部调整方案", "party", OFFICER),
    Kind("restructuring.withdrawn", "作废支部调整方案", "party", OFFICER, (REASON,)),
    Kind("restructuring.enacted", "实施支部调整方案", "both", OFFICER,
         (Field("founded", "新设", "count"), Field("dissolved", "撤销", "count"), Field("moved", "调整党员", "count"))),
    Kind("election.prepared", "筹备选举", "party", RUNNERS,
         (Field("occasion", "事由"), Field("manner", "方式"))),
    Kind("election.candidates", "报批候选人预备人选", "party", RUNNERS,
         (Field("candidates", "候选人", "count"),)),
    Kind("election.held", "登记选举投票", "party", RUNNERS,
         (Field("office", "职务"), Field("round", "轮次", "count"), Field("due", "应到", "count"),
          Field("present", "实到", "count"), Field("elected", "当选", "count"))),
    Kind("election.struck", "作废选举投票", "party", RUNNERS, (Field("ballot", "投票", "id"),)),
    Kind("election.submitted", "报送选举结果", "party", RUNNERS, (Field("elected", "当选", "count"),)),
    Kind("election.finished", "完成选举", "party", RUNNERS,
         (Field("elected", "当选", "count"), Field("term_ends_on", "届满", "day"))),
    Kind("election.cancelled", "取消选举", "party", RUNNERS, (REASON,)),
    Kind("finding.set_aside", "说明检查结果的理由", "party", OFFICER,
         (Field("rule", "规则编号"), Field("facts", "依据的数字", "words"), Field("until", "有效期至", "day"))),
    Kind("finding.reopened", "撤回检查结果的理由", "party", OFFICER, (Field("rule", "规则编号"),)),
    Kind("import.checked", "预检花名册", "system", OFFICER),
    Kind("import.applied", "导入花名册", "both", OFFICER,
         (Field("created", "新增", "count"), Field("changed", "更新", "count"), Field("links", "覆盖关系增减", "ids"))),
    Kind("roster.exported", "导出花名册", "system", OFFICER,
         (Field("full", "完整号码", "flag"), REASON, Field("people", "人数", "count"), Field("on", "截至", "day"),
          Field("findings", "预检结果", "flag")), retired=True),
)  # fmt: skip
# Who carries an item out, whatever side it is on.
DOERS = (*EVERYBODY, "machine")
ITEM = Field("item", "事项", "id")
STAGE = Field("stage", "阶段")
CHECKED = (Field("kind", "检查"), Field("found", "新发现", "count"), Field("seen", "涉及", "count"))
SORT = (Field("sort", "类别"),)
PLANS = (
    Kind("method.applied", "应用工作法", "both", OFFICER,
         (Field("pack", "工作法"), Field("version", "版本"), Field("added", "新增", "count"),
          Field("ended", "停用", "count"))),
    Kind("named_list.filled", "填写名目清单", "party", OFFICER,
         (Field("list", "清单"), Field("items", "条数", "count"))),
    Kind("kind.added", "新增事项类别", "both", OFFICER, (Field("kind", "类别"),)),
    Kind("kind.ended", "停用事项类别", "both", OFFICER, (Field("kind", "类别"),)),
    Kind("kind.changed", "修改事项类别的要求", "both", OFFICER, (Field("kind", "类别"),)),
    Kind("calendar.changed", "修改节假日安排", "system", OFFICER, (Field("year", "年度", "count"),)),
    Kind("plan.drafted", "起草年度计划", "both", RUNNERS, (Field("year", "年度", "count"),)),
    Kind("plan.changed", "修改工作要点", "both", RUNNERS, (Field("what", "改动"),)),
    Kind("plan.submitted", "报批年度计划", "both", RUNNERS,
         (Field("change", "报批", "id"), Field("items", "事项", "count"))),
    Kind("plan.withdrawn", "撤回年度计划报批", "both", RUNNERS, (Field("change", "报批", "id"),)),
    Kind("plan.approved", "批准年度计划", "both", RUNNERS,
         (Field("number", "版本", "count"), Field("items", "事项", "count"))),
    Kind("plan.change_edited", "起草计划变更", "both", RUNNERS,
         (Field("change", "报批", "id"), Field("what", "改动"))),
    Kind("plan.imported", "导入计划事项", "both", RUNNERS, (Field("items", "事项", "count"),)),
    Kind("item.added", "列入事项", "both", RUNNERS, (Field("kind", "类别"),)),
    Kind("item.changed", "修改事项", "both", RUNNERS, (FIELDS,)),
    Kind("item.cancelled", "取消事项", "both", RUNNERS, (REASON,)),
    Kind("item.tied", "事项挂钩", "both", RUNNERS, (Field("kind", "关系"), Field("target", "对象", "id"))),
    Kind("item.untied", "解除事项挂钩", "both", RUNNERS, (Field("kind", "关系"), Field("target", "对象", "id"))),
    Kind("item.began", "开始办理事项", "both", DOERS),
    Kind("item.stage_passed", "事项进入下一阶段", "both", DOERS, (STAGE,)),
    Kind("item.passed_urgently", "紧急先行", "both", DOERS, (STAGE, REASON, Field("open", "待补办", "count"))),
    Kind("item.progressed", "登记事项进展", "both", DOERS, (TEXT,), LATE_DAYS, "personal"),
    Kind("item.done", "完成业务事项", "business", DOERS, (Field("kind", "类别"), Field("on_time", "按期", "flag"))),
    Kind("party_item.done", "完成党建事项", "party", DOERS, (Field("kind", "类别"), Field("on_time", "按期", "flag"))),
    Kind("item.reopened", "重新办理事项", "both", DOERS, (REASON,)),
    Kind("checkpoint.done", "落实检查点", "party", DOERS, (ITEM, Field("category", "类别"))),
    Kind("checkpoint.made_up", "补办检查点", "party", DOERS, (ITEM, Field("category", "类别"))),
    Kind("checkpoint.acknowledged", "确认提醒", "party", DOERS, (ITEM,)),
    Kind("site.heard", "现场了解情况", "business", DOERS,
         (Field("method", "方式"), Field("heard", "听取对象"), TEXT), LATE_DAYS, "personal"),
    Kind("directive.registered", "登记上级部署", "both", RUNNERS, (Field("kind", "类别"),)),
    Kind("directive.changed", "修改上级部署", "both", RUNNERS, (FIELDS,)),
    Kind("directive.replied", "反馈上级部署", "both", RUNNERS),
    Kind("drive.opened", "开展专项活动", "party", RUNNERS, (Field("kind", "类别"),)),
    Kind("drive.changed", "修改专项活动", "party", RUNNERS, (FIELDS,)),
    Kind("bylaw.adopted", "制定支部制度", "party", RUNNERS, (Field("number", "版本", "count"),)),
    Kind("bylaw.ended", "废止支部制度", "party", RUNNERS),
    Kind("ceiling.set", "设置工作量上限", "both", OFFICER,
         (Field("measure", "计量"), Field("strength", "超出时"), BASIS)),
    Kind("ceiling.ended", "取消工作量上限", "both", OFFICER, (Field("measure", "计量"),)),
    Kind("load.explained", "说明超出工作量上限的原因", "both", RUNNERS,
         (Field("month", "月份", "day"), Field("ceiling", "上限", "id"))),
    Kind("risk.registered", "登记廉政风险点", "both", RUNNERS,
         (Field("level", "等级"), Field("held", "符合的标准", "count"))),
    Kind("risk.changed", "修改廉政风险点", "both", RUNNERS, (FIELDS,)),
    # What was found stays in the row.
    Kind("risk.reviewed", "复查廉政风险点", "both", RUNNERS,
         (Field("level", "等级"), Field("former", "原等级"), Field("next_on", "下次复查", "day"))),
    Kind("risk.lifted", "解除廉政风险点", "both", RUNNERS, (REASON,)),
    Kind("duty.changed", "修改制度任务频次", "party", OFFICER, (Field("duty", "任务", "id"), BASIS)),
    Kind("duty.planned", "安排应办事项", "party", RUNNERS,
         (Field("planned_on", "计划日期", "day"), Field("count", "应办", "count"))),
    Kind("duty.excused", "登记因故免开", "party", RUNNERS, (Field("occurrence", "应办", "id"), BASIS)),
    Kind("duty.missed", "登记未落实", "party", RUNNERS, (Field("occurrence", "应办", "id"), REASON)),
    Kind("duty.restored", "撤销免开或未落实的登记", "party", RUNNERS, (Field("occurrence", "应办", "id"),)),
    Kind("check.made", "进行检查", "both", RUNNERS, CHECKED),
    Kind("check.refreshed", "更新检查", "both", RUNNERS, CHECKED),
    Kind("gap.answered", "说明补救情况", "both", DOERS, SORT),
    Kind("gap.returned", "退回补救说明", "both", RUNNERS, SORT),
    Kind("gap.closed", "销号", "both", LEADERS, SORT),
    Kind("gap.voided", "检查发现不再适用", "both", RUNNERS, SORT),
    Kind("away.recorded", "登记请假或出差", "both", DOERS, (Field("kind", "类别"), Field("days", "天数", "count")),
         classed="personal"),
    Kind("away.cancelled", "撤销请假或出差", "both", DOERS, (Field("kind", "类别"),), classed="personal"),
    Kind("meeting.planned", "安排会议", "both", RUNNERS, (Field("kind", "类别"),)),
    Kind("meeting.changed", "修改会议安排", "both", RUNNERS, (FIELDS,)),
    Kind("meeting.cancelled", "取消会议", "both", RUNNERS, (REASON,)),
    # Quantity: hours. People: present, leave, absent.
    Kind("meeting.held", "召开会议", "both", DOERS,
         (Field("kind", "类别"), Field("due", "应到", "count"), Field("present", "实到", "count"),
          Field("resolutions", "决议", "count")), LATE_DAYS),
    Kind("meeting.resolved", "决议列入计划", "both", RUNNERS, (ITEM,)),
)  # fmt: skip
LETTER = Field("direction", "方向")
MONTH = Field("month", "月份", "day")
AFFAIRS = (
    Kind("transfer.issued", "开具组织关系介绍信", "party", OFFICER, (LETTER, Field("reason", "转接原因"))),
    Kind("transfer.received", "接收组织关系", "party", OFFICER, (LETTER,)),
    Kind("transfer.answered", "寄回组织关系回执", "party", OFFICER),
    Kind("transfer.withdrawn", "撤回组织关系介绍信", "party", OFFICER, (REASON,)),
    Kind("transfer.returned", "退回组织关系介绍信", "party", OFFICER, (REASON,)),
    Kind("transfer.lapsed", "组织关系介绍信失效", "party", OFFICER, (REASON,)),
    # No amounts: the ledger keeps what was done, the base stays sealed.
    Kind("dues.base_set", "核定党费基数", "party", RUNNERS, (Field("kind", "人员类别", personal=True), MONTH),
         classed="personal"),
    Kind("dues.bases_imported", "导入党费基数", "party", RUNNERS, (Field("people", "人数", "count"), MONTH)),
    Kind("dues.relief_asked", "申请减免党费", "party", RUNNERS, (Field("kind", "减免方式"),), classed="personal"),
    Kind("dues.relief_withdrawn", "撤回减免党费申请", "party", RUNNERS, classed="personal"),
)  # fmt: skip
RIGHTS = (
    Kind("grant.made", "授权", "system", SECURITY, (Field("user", "账号", "id"), ROLE)),
    Kind("grant.ended", "收回授权", "system", SECURITY, (Field("user", "账号", "id"), ROLE)),
    Kind("account.created", "开设账号", "system", ("officer", "system", "machine"), (OFFICE,)),
    Kind("account.activated", "激活账号", "system", ANYONE),
    Kind("account.disabled", "停用账号", "system", SYSTEM),
    Kind("account.enabled", "启用账号", "system", SYSTEM),
    Kind("account.slip_printed", "发放激活单", "system", ("officer", "system", "machine")),
    Kind("account.password_changed", "修改密码", "system", ANYONE, (ADDRESS, WHY)),
    Kind("account.office_given", "任命管理员", "system", SECURITY, (OFFICE, Field("before", "原职责"))),
    Kind("account.signed_in", "登录", "system", ANYONE, (ADDRESS, WHY), classed="personal"),
    Kind("account.signed_out", "退出登录", "system", ANYONE, (ADDRESS, WHY)),
    Kind("account.sign_in_failed", "登录失败", "system", ANYONE, (ADDRESS, KNOWN, WHY), classed="personal"),
    Kind("account.locked", "登录锁定", "system", ANYONE, (ADDRESS, KNOWN), classed="personal"),
    Kind("account.unlocked", "解除登录锁定", "system", SECURITY),
    Kind("account.factor_added", "启用两步验证", "system", ANYONE, (ADDRESS, WHY)),
    Kind("account.factor_removed", "关闭两步验证", "system", ANYONE, (ADDRESS, WHY)),
    # Of one's own; the address stands in no entry.
    Kind("notice.channel_set", "设置通知方式", "system", ANYONE, (Field("channel", "方式"),)),
    Kind("notice.channel_removed", "删除通知方式", "system", ANYONE, (Field("channel", "方式"),)),
    Kind("notice.preference_set", "修改通知设置", "system", ANYONE, (Field("mode", "时机"),)),
    Kind("notice.tested", "发送测试通知", "system", ANYONE, (Field("channel", "方式"),)),
    Kind("installation.set_up", "完成初始设置", "system", MACHINE),
)
PROOF = (
    Kind("ledger.verified", "存证校验", "system", PROVERS,
         (Field("size", "条数", "count"), Field("root", "根摘要"), Field("faults", "问题数", "count"))),
    Kind("ledger.anchored", "查阅记录锚定", "system", MACHINE, (Field("rows", "条数", "count"), Field("mac", "摘要"))),
    Kind("backup.made", "备份", "system", MACHINE, (Field("bytes", "字节数", "count"), Field("sha256", "文件摘要"))),
    Kind("backup.restored", "从备份恢复", "system", MACHINE,
         (Field("sha256", "文件摘要"), Field("made_at", "备份时间"))),
    Kind("ledger.clock_accepted", "确认服务器时间", "system", MACHINE, (REASON,)),
)  # fmt: skip
KINDS = WORK + ORGANIZATIONS + PLANS + AFFAIRS + RIGHTS + PROOF
BY_KEY = {kind.key: kind for kind in KINDS}
NOTES = ("business.noted", "party.noted")
VOID = "void"
# What somebody tells or decides on by hand; all else is recorded as it is done.
BY_HAND = (*NOTES, VOID, "late.decided")
