"""Which papers a plan has, in which state they may be printed, and what is asked for each."""

from dataclasses import dataclass, replace

from onebow.apps.organizations.models import Approval, Restructuring

State = Restructuring.State
NONE, DRAFT, READY = "none", "draft", "ready"
DECIDED = (State.APPROVED, State.ENACTED)


@dataclass(frozen=True)
class Asked:
    """What the product cannot know of a paper, and why it is asked."""

    key: str
    label: str
    why: str
    is_day: bool = False


@dataclass(frozen=True)
class PaperKind:
    """One of the papers: its template, what it is called, and from which states on it is a draft and final."""

    key: str
    name: str
    what_for: str
    drafts: tuple[str, ...]
    finals: tuple[str, ...]
    asked: tuple[Asked, ...] = ()


@dataclass(frozen=True)
class PaperState:
    """Whether a paper may be printed now, and what must be known of it."""

    state: str
    words: str = ""

    @property
    def is_none(self) -> bool:
        """Whether there is no such paper yet."""
        return self.state == NONE

    @property
    def is_draft(self) -> bool:
        """Whether it does not hold yet."""
        return self.state == DRAFT


HEAD = Asked("head", "红头文字", "各单位的发文名称不同,例如“中共某局机关委员会文件”;不填则不印版头。")
NUMBER = Asked("number", "发文字号", "由发文登记给出,例如“某人社党〔2026〕3号”;填了红头文字才会印出。")
SIGNER = Asked("signer", "签发人", "上行文要印签发人,由签发流程决定;填了红头文字才会印出。")
CONTACT = Asked("contact", "联系人和电话", "供上级党组织联系,印在附注里;系统不替您挑选联系人。")
REQUEST_NUMBER = Asked("request_number", "请示的发文字号", "请示的字号由发文登记给出,批复中要引用;没有可不填。")
REPLY_NUMBER = Asked("reply_number", "批复的发文字号", "审批时没有填写文号;通知中要引用的话请填写。")
MEETING = Asked("meeting_on", "研究决定的会议日期", "线下批复只登记了成文日期,会议日期可能更早。", is_day=True)
ELECT_BY = Asked("elect_by", "最迟在哪天前完成选举", "由批复的党组织决定;不填则写“及时”。", is_day=True)
PRINTER = Asked("printer", "印发机关", "印在版记里,例如“某局机关党委办公室”;不填则不印版记。")

REQUEST = PaperKind(
    "founding_request",
    "请示",
    "向审批的党组织请示设立和调整党支部",
    (State.DRAFT,),
    (State.SUBMITTED, *DECIDED),
    (HEAD, NUMBER, SIGNER, CONTACT),
)
REPLY = PaperKind(
    "founding_reply",
    "批复",
    "审批的党组织批复同意",
    (State.SUBMITTED,),
    DECIDED,
    (HEAD, REQUEST_NUMBER, ELECT_BY, PRINTER),
)
NOTICE = PaperKind(
    "founding_notice",
    "成立通知",
    "通知所属党组织按新的设置开展工作",
    (State.SUBMITTED,),
    DECIDED,
    (HEAD, NUMBER, ELECT_BY, PRINTER),
)
REPORT = PaperKind(
    "before_after",
    "前后对比报告",
    "调整前后的数字、党员去向和三张图",
    (State.DRAFT, State.SUBMITTED, State.APPROVED),
    (State.ENACTED,),
)
KINDS = {kind.key: kind for kind in (REQUEST, REPLY, NOTICE, REPORT)}

NOT_YET = "方案提交审批后,可以看草稿;批准后可以印发。"
WITHDRAWN = "方案已经作废,没有公文。"
DRAFTS = {
    REQUEST.key: "草稿:方案还在起草,提交审批后才是正式的请示。",
    REPLY.key: "草稿:方案还没有批准,供审批的党组织参考,不能印发。",
    NOTICE.key: "草稿:方案还没有批准,批复的日期和文号待定,不能印发。",
    REPORT.key: "测算稿:方案还没有实施,“调整后”是方案的安排。",
}


def state_of(kind: PaperKind, plan: Restructuring) -> PaperState:
    """Whether a paper of a plan may be printed now."""
    if plan.state in kind.finals:
        return PaperState(READY)
    if plan.state in kind.drafts:
        return PaperState(DRAFT, DRAFTS[kind.key])
    return PaperState(NONE, WITHDRAWN if plan.state == State.WITHDRAWN else NOT_YET)


def kind_for(key: str, plan: Restructuring) -> PaperKind | None:
    """A paper with what is asked for it in the present state of the plan; five questions at most."""
    kind = KINDS.get(key)
    if kind is None:
        return None
    return replace(kind, asked=(*kind.asked, *_asked_besides(kind, plan.approval)))


def _asked_besides(kind: PaperKind, approval: Approval | None) -> tuple[Asked, ...]:
    if approval is None:
        return ()
    if kind is REPLY:
        # On paper the number is known and the day of the meeting is not; in the product it is the other way round.
        if approval.decision == Approval.Decision.OFFLINE:
            return (MEETING,)
        return () if approval.document_number else (NUMBER,)
    return (REPLY_NUMBER,) if kind is NOTICE and not approval.document_number else ()
