"""Names in the order of strokes."""

from onebow.apps.organizations.strokes import TABLE, stroke_key


def test_fewer_strokes_come_first_then_the_first_stroke_decides():
    names = [
        "魏强",
        "赵静",
        "郑明",
        "陈杰",
        "张敏",
        "李娜",
        "吴军",
        "何丽",
        "汪洋",
        "王芳",
        "毛宁",
        "文静",
        "孔令",
        "丁力",
    ]
    assert sorted(names, key=stroke_key) == [
        "丁力", "王芳", "毛宁", "文静", "孔令", "李娜", "吴军", "何丽", "汪洋", "张敏", "陈杰", "郑明", "赵静", "魏强",
    ]  # fmt: skip


def test_one_surname_goes_on_with_the_given_name_and_a_shorter_name_comes_first():
    assert sorted(["李明亮", "李一", "李", "李明"], key=stroke_key) == ["李", "李一", "李明", "李明亮"]


def test_rare_and_foreign_signs_come_last_and_do_not_fail():
    assert sorted(["𠮷田", "Ana", "魏", "丁"], key=stroke_key) == ["丁", "魏", "Ana", "𠮷田"]


def test_the_table_counts_as_simplified_signs_are_written():
    known = "邓4 冯5 邢6 那6 陈7 连7 苏7 郑8 范8 祝9 郭10 黄11 董12 蓝13 蔡14 潘15 薛16 魏17 瞿18"
    lines = TABLE.read_text(encoding="utf-8").splitlines()[1:]
    counts = {sign: int(count) for count, signs in (line.split(" ") for line in lines) for sign in signs}
    assert {sign: counts[sign] for sign, *_ in known.split()} == {one[0]: int(one[1:]) for one in known.split()}
