"""The check of a template file, and the commands."""

import io
import json
from pathlib import Path

import docx
import pytest
from django.core.management import call_command

from onebow.apps.documents.official.checking import problems_of
from onebow.apps.documents.official.faults import BadTemplate
from onebow.apps.documents.official.rendering import render
from onebow.apps.documents.official.shelf import FOLDER, like, load, templates
from onebow.apps.documents.official.trying import problems_of_body, specimen
from onebow.apps.documents.tests.make_papers import AT

GOOD = """format = "onebow.paper/1"
key = "note"
name = "便函"
layout = "plain"
direction = "none"
[fields]
who = { label = "谁", type = "text" }
count = { label = "几", type = "number" }
[fields.rows]
label = "表"
type = "table"
[fields.rows.columns]
name = { label = "姓名" }
[body]
text = '''
@标题 {{ who }}
{% for row in rows %}
# {{ row.name }}**黑**
{% endfor %}
@表 rows
@重复 count | count
字
@完
'''
"""


@pytest.mark.parametrize("file", sorted(FOLDER.glob("*.toml")), ids=lambda file: file.stem)
def test_shipped_templates_are_good(file):
    assert problems_of(file.read_text(encoding="utf-8")) == []
    assert load(file).key == file.stem


def test_the_example_is_good():
    assert problems_of(GOOD) == []


@pytest.mark.parametrize(
    ("old", "new", "line", "reason"),
    [
        ("paper/1", "paper/2", 1, "format 为“onebow.paper/2”,应为 onebow.paper/1 之一"),
        ('key = "note"', 'key = "Not e"', 2, "应为小写字母"),
        ('key = "note"', 'key = "note"\nkind = "x"', 3, "不认识的项目 kind"),
        ('name = "便函"\n', "", 1, "缺少 name"),
        ('layout = "plain"', 'layout = "poster"', 4, "应为 official、plain、sheet、ballot 之一"),
        ("[fields]", "[fields", 6, "不是有效的 TOML"),
        ('type = "text"', 'type = "colour"', 7, "字段 who 的 type 应为"),
        ('label = "谁", ', "", 7, "字段 who 缺少 label"),
        ('"谁", ', '"谁", size = 3, ', 7, "有不认识的项目 size"),
        ("who = {", "for = {", 7, "字段名 for 不能用"),
        ('[fields.rows.columns]\nname = { label = "姓名" }\n', "", 9, "须有 columns"),
        ('{ label = "姓名" }', '{ label = "姓名", wide = 3 }', 9, "的列 name 有不认识或类型不对的项目 wide"),
        ('{ label = "姓名" }', '{ label = "姓名", width = 0 }', 9, "width 应大于 0"),
        ("[body]", "[letter]", 1, "缺少 [body] 段"),
        ("{{ who }}", "{{ whom }}", 16, "用了没有声明的字段 whom"),
        ("{{ who }}", "谁", 16, "字段 who(谁)声明了但没有用到"),
        ("{{ row.name }}", "{{ row.age }}", 18, "row 没有 age 这一列"),
        ("{{ who }}", "{{ who.upper }}", 16, "who 没有 upper 这一列"),
        ("{{ who }}", "{{ who", 16, "没有在同一行内闭合"),
        ("{{ who }}", "{{ who.upper() }}", 16, "本方言没有的语句"),
        ("{{ who }}", "{{ 7 * 7 }}{{ who }}", 16, "本方言没有的语句"),
        ("{{ who }}", "{{ who|upper }}", 16, "没有过滤器 upper"),
        ("{% endfor %}", "{% endif %}", 19, "endif 前面没有对应的 if"),
        ("{{ who }}", "{% if who is defined %}{{ who }}{% endif %}", 16, "没有判断 is defined"),
        ("{{ who }}", "{% include who %}", 16, "本方言没有的语句"),
        ("{% endfor %}\n", "", 17, "for 没有闭合"),
        ("**黑**", "**黑", 18, "** 没有闭合"),
        ("@标题", "@大标题", 16, "不认识的标记 @大标题"),
        ("# {{", "#{{", 18, "层次标记"),
        ("@表 rows", "@表 lines", 20, "没有声明的字段 lines"),
        ("@表 rows", "@表 who", 20, "应是必填的 table,不是 text"),
        ("@重复 count | count", "@重复 count", 21, "应有 2 个字段名"),
        ("@完\n", "", 21, "@重复 没有闭合"),
        ("@重复 count | count\n", "{{ count }}\n", 23, "@完 之前没有 @重复"),
        ('"none"', '"up"', 16, "应有 @签发人"),
        ("@标题", "@签发人 甲\n@标题", 16, "只有上行文"),
    ],
)
def test_a_fault_is_told_with_its_line(old, new, line, reason):
    assert old in GOOD
    problems = problems_of(GOOD.replace(old, new, 1))
    assert (line, True) in [(problem.line, reason in problem.reason) for problem in problems], list(map(str, problems))


def test_an_upward_paper_sends_no_copies_down():
    source = GOOD.replace('"none"', '"up"').replace("@标题", "@抄送 甲\n@签发人 乙\n@标题")
    (problem,) = problems_of(source)
    assert (problem.line, problem.reason) == (16, "上行文不抄送下级机关,不用 @抄送")


def test_a_template_of_ones_own_is_rendered_and_a_bad_one_refused(tmp_path):
    file = tmp_path / "note.toml"
    file.write_text(GOOD, encoding="utf-8")
    data = {"who": "甲", "count": 1, "rows": [{"name": "乙"}]}
    assert "一、乙黑" in render(load(file), data, "text", records=1, at=AT).decode()
    file.write_text(GOOD.replace("{{ who }}", "{{ whom }}"), encoding="utf-8")
    with pytest.raises(BadTemplate, match=r"note\.toml 有 2 处错误.*第 16 行"):
        load(file)


def test_the_command_checks_a_file(tmp_path, capsys):
    file = tmp_path / "note.toml"
    file.write_text(GOOD, encoding="utf-8")
    call_command("document", "check", str(file))
    assert "没有错误" in capsys.readouterr().out
    file.write_text(GOOD.replace("@标题", "@大标题"), encoding="utf-8")
    with pytest.raises(SystemExit) as ended:
        call_command("document", "check", str(file))
    assert ended.value.code == 2
    assert "第 16 行:不认识的标记 @大标题" in capsys.readouterr().err


def test_the_command_renders_a_paper_from_json(tmp_path, capsys):
    data, out = tmp_path / "data.json", tmp_path / "out.docx"
    facts = {"branch": "甲支部", "office": "书记", "date": "2026-05-08", "seats": 1, "voters_due": 5, "needed": 3}
    data.write_text(json.dumps({**facts, "write_ins": 0, "candidates": [{"name": "王怀远"}]}), encoding="utf-8")
    call_command("document", "render", "tally", "--data", str(data), "-o", str(out), "--records", "5")
    lines = [paragraph.text for paragraph in docx.Document(io.BytesIO(out.read_bytes())).paragraphs]
    assert "甲支部" in lines
    assert any(line.startswith("由 5 条台账生成") for line in lines)
    assert "已写入" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("data", "out", "reason"),
    [
        ('{"branch": "甲", "date": "昨天"}', "out.pdf", "字段“date”应为 2026-03-01 样子的日期"),
        ('{"branch": "甲"}', "out.pdf", "字段“office”"),
        ("[]", "out.pdf", "应为一个对象"),
        ("{", "out.pdf", "不是有效的 JSON"),
        ("{}", "out.odt", "结尾应为"),
    ],
)
def test_the_command_says_what_is_wrong(tmp_path, capsys, data, out, reason):
    file = tmp_path / "data.json"
    file.write_text(data, encoding="utf-8")
    with pytest.raises(SystemExit) as ended:
        call_command("document", "render", "tally", "--data", str(file), "-o", str(tmp_path / out))
    assert ended.value.code == 2
    assert reason in capsys.readouterr().err


def test_the_command_lists_templates_with_their_fields(capsys):
    call_command("document", "list")
    said = capsys.readouterr().out
    assert "ballot  选票" in said
    assert "candidates  table(name)  候选人" in said


def test_the_example_of_the_documentation_is_good():
    pages = Path(__file__).parents[5] / "docs" / "apps" / "documents.md"
    example = pages.read_text(encoding="utf-8").split("```toml\n")[1].split("```")[0]
    assert problems_of(example) == []


def test_the_documentation_names_every_field():
    pages = Path(__file__).parents[5] / "docs" / "apps" / "documents.md"
    rows = {
        line.split("`")[1]: line for line in pages.read_text(encoding="utf-8").splitlines() if line.startswith("| `")
    }
    for file in FOLDER.glob("*.toml"):
        one = load(file)
        for field in one.fields.values():
            assert f"`{field.name}`" in rows[one.key], f"{one.key}: {field.name}"
            for column in field.columns:
                assert column.is_box or column.name in rows[one.key], f"{one.key}: {column.name}"


def other(body: str):
    """A body for the data of the trip sheet."""
    return like("trip_sheet", name="单", layout="plain", body=body)


def test_a_body_for_the_data_of_a_shipped_paper_need_not_use_every_field():
    assert problems_of_body(other("@标题 {{ title }}\n@表 travellers")) == []
    assert specimen(other("@标题 {{ title }}\n{{ date }}")).split() == ["〔事项〕", "2026年1月1日"]


@pytest.mark.parametrize(
    ("body", "line", "reason"),
    [
        ("\n{{ titel }}", 2, "没有声明的字段 titel,是否想写 title"),
        ("\n{{ title + 1 }}", 2, "和数据的类型不合"),
        ("{% if title %}\n{{ starts_on + 1 }}\n{% endif %}", 2, "和数据的类型不合"),
        ("{{ title|numeral }}", 1, "和数据的类型不合"),
        ("{% set x = title %}" + "{% set x = x + x %}" * 60, 1, "too long"),
        ("{% set x = title %}{% set y = [x, x] %}", 1, "本方言没有的语句"),
        (
            "{% for a in travellers %}\n{% for b in travellers %}\n{% for c in travellers %}\n{{ c.name }}\n"
            "{% endfor %}\n{% endfor %}\n{% endfor %}",
            3,
            "循环最多套 2 层",
        ),
    ],
)
def test_what_would_fail_later_is_a_fault_of_the_body_with_its_line(body, line, reason):
    [problem] = problems_of_body(other(body))
    assert (problem.line, reason in problem.reason) == (line, True), problem


@pytest.mark.parametrize("one", templates(), ids=lambda one: one.key)
def test_every_shipped_paper_can_be_tried_out(one):
    assert problems_of_body(one) == []
    assert specimen(one)
