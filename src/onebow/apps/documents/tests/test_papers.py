"""Each paper of the set: what stands in it as .docx, .pdf and text, and that it is the same each time."""

import io
import re
import zipfile

import docx
import pytest

from onebow.apps.documents.official.rendering import render, templates
from onebow.apps.documents.tests.make_papers import AT, BRANCH, COMMITTEE, SAMPLES, SUPERIOR
from onebow.apps.documents.tests.read_pdf import Pdf

LINE = "由 320 条台账生成（2026年3月2日）"
# What must stand in each paper, without blanks, in this order.
WANTED = {
    "workbook": [
        BRANCH,
        "2026年度党支部工作手册",
        "一、支部基本情况",
        "由12条台账生成",
        "党员：38名",
        "支部委员会",
        "王怀远",
        "党小组",
        "二、党员名册",
        "部分个人信息已按规定遮盖",
        "三、年度计划和工作要点",
        "规范社保经办",
        "四、党建和业务事项",
        "五、制度任务",
        "没有按期完成的",
        "集中迎检",
        "六、脱节和整改",
        "脱节和遗忘：1项",
        "遗忘：应办",
        "七、会议和活动",
        "（一）3月",
        "2026年3月2日支委会",
        "决议：同意工作安排。摘要：讨论三件事",
        "2026年3月2日主题党日",
        "八、组织生活会和民主评议",
        "无记录",
        "九、谈心谈话",
        "王怀远、李知行",
        "十、学习培训学时",
        "十一、组织关系转接",
        "河道科党支部",
        "十二、党费",
        "十三、选举换届",
        "换届选举",
    ],
    "founding_request": [
        f"{COMMITTEE}文件",
        "签发人：王怀远",
        "关于设立和调整党支部的请示",
        f"{SUPERIOR}：",
        "《中国共产党支部工作条例（试行）》第四条、《中国共产党党和国家机关基层组织工作条例》第七条",
        "一、基本情况",
        # A page ends in this line of the PDF.
        "共设党总支1个、党支部6个，有党员320名，其中正式党",
        "员311名",
        "每个横跨两到三处办公区",
        "二、调整方案",
        "拟设立党总支1个、党支部40个，共有党员320名，其中正式党员280名",
        "第五党支部、第六党支部相应撤销。",
        "1.一个科室设一个党支部。",
        "（一）社会保险中心党总支",
        "少于设立党总支的一般标准，拟设立的理由是：所属科室分布在三处办公区",
        "妥否，请批示。",
        "附件：拟设立的党支部名单",
        "2026年3月1日",
        "工伤保险科党支部",
    ],
    "founding_reply": [
        "你们《关于设立和调整党支部的请示》（示人社机党〔2026〕3号）收悉",
        "经2026年3月10日委员会会议研究",
        "同意撤销第一党支部、第二党支部",
        "指定负责人不经选举不作为书记、副书记",
        "在2026年5月31日前召开党员大会进行选举",
        "此复。",
        "附件：1.同意设立的党总支名单2.同意设立的党支部名单",
        "基金科党支部、稽核科党支部",
    ],
    "founding_notice": ["关于成立9个党支部的通知", "示直党〔2026〕12号", "自2026年4月1日起", "当面移交", "及时选举"],
    "member_list": [
        "养老保险科党支部党员名册",
        "共40名，其中正式党员36名、预备党员4名",
        "截至2026年4月1日",
        "2008.07.01",
    ],
    "check_report": [
        "2026年第1季度讲评",
        "涉及脱节、遗忘2项，其中本次新发现1项",
        "补课时已逾期23天",
    ],
    "directive_report": [
        "关于做好稳就业工作的通知",
        "落实情况的报告",
        "共5项，截至2026年3月2日已完成3项",
        "1.走访企业：已走访30家",
    ],
    "meeting_record": [
        "支部党员大会会议记录",
        "时间：2026年6月29日15:00，时长1.5小时",
        "联合单位：工资福利科党支部",
        "应到会有表决权9人，实到8人，法定人数5人，达到法定人数",
        "一、议程",
        "1.听取半年工作报告",
        "与会党员逐项讨论",
        "通过半年工作报告",
        "出席情况和签名",
        "请假",
    ],
    "meeting_sheet": ["支部党员大会签到表", "主题：讨论半年工作", "应到：2人", "李知行", "列席人员"],
    "transfer_letter": [
        "党员组织关系介绍信",
        "存　　根",
        "王怀远（正式党员）因工作调动",
        "介　绍　信",
        "（第2026-017号）",
        "示例市水务局机关党委：",
        "公民身份号码990101198506070011",
        "请转接组织关系。该同志党费已交至2026年3月。",
        "有效期90天，至2026年5月31日",
        "回　　执",
        "王怀远同志的组织关系已于",
    ],
    "trip_sheet": ["外出调研单", "事项：企业用工情况调研", "不接受调研对象宴请", "方案载明政治要求", "王怀远"],
    "risk_list": ["廉政风险防控清单", "共1个风险点", "由单位主要负责人防控", "提前退休审批", "双人审核"],
    "dual_post": [
        "王怀远一岗双责情况表",
        "截至2026年3月2日",
        "科长",
        "走访企业",
        "制度任务",
        "逾期未复查1个",
        "提前退休审批",
    ],
    "bylaw": [
        "首问负责制",
        "第2版，自2026年3月1日起施行",
        "第一条　首问必答",
        "第二条　一次告知",
        "2026年2月20日支部党员大会通过",
    ],
    "before_after": [
        "（人员截至2026年3月31日，自2026年4月1日起调整）",
        "表1",
        "−45.3",
        "共有16名党员由原党支部编入新党支部",
        "表3",
    ],
    "candidates_request": [
        "关于支部委员会委员和书记、副书记候选人预备人选的请示",
        "应到会的正式党员11名",
        "委员3名，提名候选人预备人选4名，差额1名，符合差额不少于应选人数五分之一的规定",
        "马一鸣、王怀远、李知行、张望舒（按姓氏笔画为序）",
        "书记候选人预备人选为王怀远，副书记候选人预备人选为李知行",
    ],
    "candidates_reply": [
        "一、同意马一鸣",
        "4名同志",
        "差额选举委员3名",
        "应到会人数的五分之四以上",
        "人数的半数，始得当选",
    ],
    "election_rules": [
        "选举办法",
        "（草案，2026年5月8日提交党员大会讨论）",
        "差额不少于应选人数的五分之一",
        "应到会人数的五分之四以上，方可进行选举",
        "候选人不得担任监票人、计票人",
        "无记名投票",
        "姓氏笔画",
        "多于应选名额的为无效票",
        "超过应到会有选举权人数的半数，始得当选",
    ],
    "ballot": ["支部委员会委员选票", "应选3名；按姓氏笔画为序", "赞成", "不赞成", "弃权", "另选他人姓名", "填写说明"],
    "tally": ["支部委员会委员选举计票单", "赞成（画“正”字）", "赞成票达到6票的始得当选", "监票人（签名）"],
    "chair_script": ["不少于9名", "提名陈景明同志为监票人", "候选人4名", "即达到6票的当选", "国际歌"],
    "result_report": [
        "关于选举结果的报告",
        "应到会有选举权的党员11名，实到10名，达到应到会人数五分之四以上",
        "发出选票10张，收回10张，其中有效票10张、无效票0张",
        "当选的有3名（按姓氏笔画为序）：马一鸣、王怀远、李知行",
        "等额选举王怀远同志为书记，李知行同志为副书记",
        "书记、副书记选举结果，请予审批；委员选举结果，请予备案",
    ],
    "result_reply": [
        BRANCH,
        "同意王怀远同志任书记，李知行同志任副书记",
        "王怀远（书记）、李知行",
        "本届任期3年",
        "自2026年5月8日",
    ],
}


def bare(text: str) -> str:
    return re.sub(r"\s", "", text)


def text_of_docx(data: bytes) -> str:
    """Paragraphs and cells in the order of the file."""
    body = docx.Document(io.BytesIO(data)).element.body
    return "".join(node.text or "" for node in body.iter("{*}t"))


def assert_in_order(parts: list[str], text: str) -> None:
    place = 0
    for part in parts:
        found = text.find(bare(part), place)
        assert found >= 0, f"{part} is missing or stands too early"
        place = found + 1


def test_every_shipped_template_has_a_sample_and_is_told_what_it_must_say():
    assert {one.key for one in templates()} == SAMPLES.keys() == WANTED.keys()


@pytest.mark.parametrize("key", SAMPLES)
def test_a_paper_says_the_same_in_all_kinds(key):
    made = {kind: render(key, SAMPLES[key], kind, records=320, at=AT) for kind in ("docx", "pdf", "text")}
    pdf = Pdf(made["pdf"])
    texts = {"docx": text_of_docx(made["docx"]), "pdf": pdf.text(), "text": made["text"].decode()}
    for text in texts.values():
        assert_in_order([*WANTED[key]], bare(text))
        assert bare(LINE) in bare(text)
    for kind, data in made.items():
        assert render(key, SAMPLES[key], kind, records=320, at=AT) == data


def test_a_number_of_a_regulation_is_never_written_in_a_template():
    """Shares are data: another one changes the paper."""
    rules = {**SAMPLES["election_rules"], "quorum": (2, 3), "surplus": (20, 100), "majority": (3, 5)}
    text = render("election_rules", rules, "text", records=1, at=AT).decode()
    assert "应到会人数的三分之二以上" in text
    assert "不少于应选人数的百分之二十" in text
    assert "有选举权人数的五分之三" in text
    for word in ("五分之四", "半数", "五分之一"):
        assert word not in text


def test_the_file_says_where_it_comes_from():
    data = render("tally", SAMPLES["tally"], records=12, at=AT, origin="导出人：赵思齐")
    about = docx.Document(io.BytesIO(data)).core_properties
    assert about.title == "养老保险科党支部支部委员会委员选举计票单"
    assert about.comments == "由 12 条台账生成（2026年3月2日） 导出人：赵思齐"
    assert about.author == "一张弓 OneBow"
    assert about.created == about.modified == AT.replace(tzinfo=about.created.tzinfo)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(2026, 3, 2, 9, 30, 0)}


def test_a_branch_without_committee_elects_its_secretary_directly():
    data = {**SAMPLES["candidates_request"], "has_committee": False, "seats": 1, "deputies": []}
    text = render("candidates_request", data, "text", records=1, at=AT).decode()
    assert "关于书记、副书记候选人预备人选的请示" in text
    assert "我支部不设支部委员会，拟由党员大会等额选举书记共1名。书记候选人预备人选为王怀远。" in text
    assert "差额" not in text


def test_a_general_branch_is_called_one():
    data = {**SAMPLES["candidates_request"], "is_general": True}
    text = render("candidates_request", data, "text", records=1, at=AT).decode()
    assert "关于总支部委员会委员和书记、副书记候选人预备人选的请示" in text
    assert "我总支有党员12名" in text


def test_without_a_red_head_no_number_is_printed():
    text = render("result_report", SAMPLES["result_report"], "text", records=1, at=AT).decode()
    assert "〔2026〕3号" not in text
    assert "签发人" not in text


def test_a_unit_without_branches_asks_for_its_first():
    data = {**SAMPLES["founding_request"], "old_branches": 0, "old_general_branches": None, "dissolved": []}
    text = render("founding_request", data, "text", records=1, at=AT).decode()
    assert "目前没有党支部，有党员320名" in text
    assert "相应撤销" not in text


def test_what_happened_at_an_election_may_be_told():
    text = render(
        "result_report", {**SAMPLES["result_report"], "notes": "票数相等，再次投票。"}, "text", records=1, at=AT
    )
    assert "    票数相等，再次投票。\n" in text.decode()
