"""Packs read: what is good reads back, what is not is told with its line."""

import re
from dataclasses import replace

import pytest

from onebow.apps.methods.queries.shelf import FOLDER, known, shipped, text_of
from onebow.apps.methods.reading import BadPack, Known, Pack, read_pack, write_pack
from onebow.apps.methods.reading.lines import lines_of
from onebow.apps.methods.tests.make import SMALL, packed

HEAD = 'format = "onebow.pack/1"\nkey = "p"\nname = "办法"\nversion = "1"\n'
KIND = 'key = "k"\nname = "走访"\nside = "business"\nlisted_in = "business"\nstages = [{ key = "a", name = "安排" }]\n'
DUTY = 'key = "d"\nname = "夜学"\nkinds = ["branch"]\nrecurrence = "FREQ=MONTHLY"\n'


def faults(text: str, head: str = HEAD) -> list[str]:
    with pytest.raises(BadPack) as caught:
        text_of(head + text)
    return [str(fault) for fault in caught.value.faults]


def test_the_shipped_packs_are_good_and_come_in_the_order_in_which_they_stand_on_one_another():
    assert list(shipped()) == ["base-organization-life", "m2-three-grasps", "m5-branch-section"]
    assert len(list(FOLDER.glob("*.toml"))) == 3


def test_shipped_packs_share_no_key_and_name_every_list_without_inventing_its_items():
    seen: set[tuple[str, str]] = set()
    for one in shipped().values():
        for sort in ("meeting_kinds", "item_kinds", "duties", "named_lists", "documents"):
            keys = {(sort, row.key) for row in getattr(one.pack, sort)}
            assert not keys & seen
            seen |= keys
        # Who controls which level of risk is usual practice, and said to be a proposal.
        assert {row.key for row in one.pack.named_lists if row.items} <= {"integrity-controls"}


def test_each_business_kind_has_the_four_points_and_each_party_kind_states_its_three_requirements():
    for one in shipped().values():
        for row in one.pack.item_kinds:
            points = {stage.point for stage in row.stages} - {""}
            stated = {said.category for said in one.pack.requirements_of(row.key) if not said.stage}
            if row.side == "business":
                assert points == {"deploy", "implement", "check", "appraise"}, row.key
            else:
                assert {"party_building", "political", "integrity"} <= stated, row.key


def test_a_pack_written_out_reads_back():
    assert packed().pack == SMALL
    assert [text_of(write_pack(one.pack)).pack for one in shipped().values()] == [
        one.pack for one in shipped().values()
    ]


def test_windows_line_ends_and_a_byte_order_mark_are_no_faults():
    assert read_pack("\ufeff" + packed().text.replace("\n", "\r\n"), known()) == SMALL


def test_all_faults_are_told_at_once_in_the_order_of_their_lines():
    text = kind(more='colour = "red"\n') + duty("branch", "brunch", "recurence = 3\n")
    told = faults(text)
    assert [re.match(r"第 (\d+) 行", one)[1] for one in told] == ["11", "15", "17"]
    assert "item_kind[1].colour:不认识的项目“colour”" in told[0]
    assert "duty[1].kinds[1]:“brunch”不是可用的词;可用 work_committee" in told[1]
    assert "是否想写 recurrence" in told[2]


def kind(old: str = "", new: str = "", more: str = "") -> str:
    return "[[item_kind]]\n" + (KIND.replace(old, new, 1) if old else KIND) + more


def duty(old: str = "", new: str = "", more: str = "") -> str:
    return "[[duty]]\n" + (DUTY.replace(old, new, 1) if old else DUTY) + more


def requirement(*lines: str, of: str = "k") -> str:
    return "\n".join(["[[requirement]]", f'kind = "{of}"', 'category = "style"', 'text = "t"', *lines, ""])


STAGES = KIND.splitlines()[-1]
BUSINESS, LISTED = 'side = "business"', 'listed_in = "business"'
WRONG = {
    "an unknown section": ('[[dutty]]\nkey = "a"\n', 5, "是否想写 duty"),
    "a single section": (duty().replace("[[duty]]", "[duty]"), 5, "应写成 [[duty]]"),
    "a word that is none": (kind(BUSINESS, 'side = "both"'), 8, "可用 business、party"),
    "a wrong type": (kind(more="trip = 1\n"), 11, "应为 true 或 false,这里是数字"),
    "a date": (kind('"走访"', "2026-01-01"), 7, "应为文字(加引号),这里是日期"),
    "nothing said": (kind("走访", " "), 7, "不能为空"),
    "too long": (kind("走访", "走" * 61), 7, "不能超过 60 个字"),
    "two lines": (kind("走访", r"走\n访"), 7, "不能换行"),
    "a missing item": (duty("name", "#"), 5, "缺少 name(名称)"),
    "a key of capitals": (kind('"k"', '"K"'), 6, "小写字母"),
    "a kind twice": (kind() + kind(), 12, "“k”与第 6 行重复"),
    "a stage twice": (kind("[{", '[{ key = "a", name = "b" },\n {'), 11, "阶段编号“a”与第 10 行重复"),
    "no stage": (kind(STAGES, "stages = []"), 10, "至少要有一个阶段"),
    "stages that are none": (kind(STAGES, "stages = [1]"), 10, "应写成"),
    "a Party list for business": (kind(LISTED, 'listed_in = "secretary"'), 9, "不能列入党建清单"),
    "a business list for the Party": (kind(BUSINESS, 'side = "party"'), 9, "不能列入业务项目清单"),
    "casework of the Party": (kind(BUSINESS, 'side = "party"', "statutory = true\n"), 11, "党组织不办理"),
    "a requirement of a kind that is not there": (requirement(of="x"), 6, "没有事项类别“x”"),
    "a requirement of a stage that is not there": (kind() + requirement('stage = "z"'), 15, "没有阶段“z”"),
    "travellers at home": (kind() + requirement('stage = "a"', 'who = "traveller"'), 16, "没有外出人员"),
    "each of nobody": (kind() + requirement('who = "each"'), 15, "哪个阶段"),
    "the same category twice": (kind() + requirement() + requirement(), 17, "与第 13 行重复"),
    "a recurrence that never fires": (duty("MONTHLY", "YEARLY;BYMONTH=2;BYMONTHDAY=30"), 9, "永远不会到来"),
    "no recurrence": (duty("FREQ=MONTHLY", "每月"), 9, "写得不对"),
    "a window that is no day": (duty(more='window = ["02-30", "03-01"]\n'), 10, "不是月-日"),
    "half a window": (duty(more='window = ["02-01"]\n'), 10, "应为两个日期"),
    "a proposed day outside": (
        duty(more='window = ["02-01", "02-09"]\nproposed = "FREQ=MONTHLY;BYMONTHDAY=20"\n'), 9, "不在办理时段内",
    ),
    "a count of nothing": (duty(more="count = 0\n"), 10, "大于 0"),
    "a count of too many digits": (duty(more="count = 1.125\n"), 10, "最多两位小数"),
    "a count without end": (duty(more="count = inf\n"), 10, "大于 0"),
    "a proof that nobody knows": (duty(more='proof = ["party"]\n'), 10, "没有“party”这样的会议类别或台账事项"),
    "a rule that is none": (duty(more='basis = "MTG-CADANCE"\n'), 10, "规则表中没有 MTG-CADANCE"),
    "a doubled word": (duty('["branch"]', '["branch", "branch"]'), 8, "“branch”写了两次"),
    "another pack that is none": ('requires = ["m9"]\n', 5, "没有编号为“m9”的工作法"),
    "itself": ('requires = ["p"]\n', 5, "以自己为前提"),
}  # fmt: skip


@pytest.mark.parametrize("case", WRONG)
def test_is_refused_with_line_and_reason(case):
    text, line, reason = WRONG[case]
    told = faults(text)
    assert any(one.startswith(f"第 {line} 行") and reason in one for one in told), told


SYNTAX = {
    "twice": ('key = "q"\n', 5, "写了两次"),
    "no quotes": ("origin = 本单位\n", 5, "没有加引号"),
    "an open quote": ('origin = "本单位\n', 5, "引号没有写全"),
    "an open bracket": ('requires = ["a"\n', 5, "方括号"),
    "no equals sign": ("origin\n", 5, "等号"),
    "half a header": ("[[duty]\n", 5, "方括号"),
    "nonsense": ("。\n", 5, "看不懂"),
}


@pytest.mark.parametrize("case", SYNTAX)
def test_a_fault_of_toml_itself_is_told_with_its_line(case):
    text, line, reason = SYNTAX[case]
    [told] = faults(text)
    assert told.startswith(f"第 {line} 行")
    assert reason in told


def test_a_file_that_is_too_large_or_too_deep_or_of_endless_numbers_is_refused():
    for text, reason in (("#" * 200_001, "过大"), ("a = " + "[" * 9_000, "层数过多"), ("a = " + "9" * 5_000, "数字")):
        with pytest.raises(BadPack, match=reason):
            read_pack(text)


def test_what_is_known_outside_the_pack_may_prove_its_duties():
    proved = replace(SMALL.duties[0], proof=("theme-day", "meeting.held"))
    text = write_pack(replace(SMALL, duties=(proved,)))
    assert text_of(text).pack.duties == (proved,)
    with pytest.raises(BadPack, match=r"meeting\.held"):
        read_pack(text, Known(proofs={"theme-day"}))


def test_each_key_has_its_line_however_it_is_written():
    text = (
        '# a note = "x"\n"a b" = 1\nc.d = """\n[no]\nkey = 1\n"""\n'
        "[[t]]\nx = [ # one, two\n  \"]\", '#',\n  { y = 1, z = [\n 2 ] },\n]\n"
        "[t.u]\nv = 2026-01-01 00:00:00\n[[t]]\nx = 'z'\n[[t.w]]\nk = true\n"
    )
    lines = lines_of(text)
    wanted = {
        ("a b",): 2, ("c", "d"): 3, ("t", 0): 7, ("t", 0, "x"): 8, ("t", 0, "x", 1): 9, ("t", 0, "x", 2, "y"): 10,
        ("t", 0, "x", 2, "z", 0): 11, ("t", 0, "u", "v"): 14, ("t", 1): 15, ("t", 1, "x"): 16,
        ("t", 1, "w", 0, "k"): 18,
    }  # fmt: skip
    assert {path: lines[path] for path in wanted} == wanted
    assert not any("no" in path or "key" in path for path in lines)


def test_an_empty_file_says_what_is_missing():
    told = faults("", head="")
    assert len(told) == 4
    assert Pack("p", "办法", "1") == read_pack(HEAD)


def test_no_depth_of_brackets_is_more_than_a_fault():
    for depth in range(50, 500, 10):
        with pytest.raises(BadPack):
            read_pack(f"a = {'[' * depth}{']' * depth}")
