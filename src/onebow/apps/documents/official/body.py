"""The check of a body: statements, names and marks against the declared fields."""

import re
from collections.abc import Iterator, Mapping

from jinja2 import TemplateSyntaxError, nodes

from onebow.apps.documents.official import marks, words
from onebow.apps.documents.official.dialect import LOOP, parse
from onebow.apps.documents.official.faults import Problem
from onebow.apps.documents.official.templates import Field, Template

STATEMENT = re.compile(r"\{%.*?%\}|\{#.*?#\}")
VALUE = re.compile(r"\{\{.*?\}\}")
# Which type of field each mark takes, part by part.
TAKES = {"表": ("table",), "图": ("picture",), "空表": ("number",), "重复": ("number", "number")}
SENTENCES = (
    ("is not allowed", "用了本方言没有的语句"),
    ("Unexpected end of template", "有 if 或 for 没有结束"),
    ("unexpected end of template", "有 {{ 或 {% 没有闭合"),
    ("Unexpected end of", "有语句没有结束"),
    ("Encountered unknown tag", "有不认识或多余的语句"),
    ("No filter named", "用了没有的过滤器,可用的有 " + "、".join(words.FILTERS)),
    ("No test named", "用了没有的判断,可用的有 is none"),
    ("Missing end of", "有注释没有闭合"),
)


def body_problems(template: Template, first_line: int) -> Iterator[Problem]:
    """Faults of a body whose first line is this one of its file."""
    try:
        tree = parse(template.body)
    except TemplateSyntaxError as error:
        yield Problem(error.lineno + first_line - 1, _sentence(error))
        return
    used = _names_in_marks(template.body) | {node.name for node in tree.find_all(nodes.Name) if node.ctx == "load"}
    for problem in [*_name_problems(template, tree), *_mark_problems(template)]:
        yield Problem(problem.line + first_line - 1, problem.reason)
    for name, field in template.fields.items():
        if name not in used:
            yield Problem(first_line, f"字段 {name}({field.label})声明了但没有用到")


def _sentence(error: TemplateSyntaxError) -> str:
    message = error.message or ""
    for part, sentence in SENTENCES:
        if part in message:
            return f"{sentence}({message})"
    return f"语句有误({message})"


def _name_problems(template: Template, tree: nodes.Template) -> Iterator[Problem]:
    """Names that nobody declared, and columns that their table has not."""
    rows = _rows_of(template.fields, tree)
    own = {node.name for node in tree.find_all(nodes.Name) if node.ctx == "store"} | {"loop"}
    for name in tree.find_all(nodes.Name):
        if name.name not in template.fields and name.name not in own:
            yield Problem(name.lineno, f"用了没有声明的字段 {name.name}")
    for node in tree.find_all(nodes.Getattr):
        owner = node.node.name if isinstance(node.node, nodes.Name) else ""
        known = LOOP if owner == "loop" else rows.get(owner, ())
        if node.attr not in known:
            yield Problem(node.lineno, f"{owner or '这里'} 没有 {node.attr} 这一列")


def _rows_of(fields: Mapping[str, Field], tree: nodes.Template) -> dict[str, tuple[str, ...]]:
    """The names that loops give to rows, with the columns of those."""
    rows = {}
    for loop in tree.find_all(nodes.For):
        if isinstance(loop.target, nodes.Name) and isinstance(loop.iter, nodes.Name) and loop.iter.name in fields:
            rows[loop.target.name] = tuple(
                column.name for column in fields[loop.iter.name].columns if not column.is_box
            )
    return rows


def _lines(body: str) -> Iterator[tuple[int, str]]:
    """The lines as marks are read from, without statements; values become a sign that no mark has."""
    for number, line in enumerate(body.split("\n"), 1):
        yield number, VALUE.sub("\ufffd", STATEMENT.sub("", line)).strip()


def _names_in_marks(body: str) -> set[str]:
    names: set[str] = set()
    for _, line in _lines(body):
        mark, text = marks.mark_of(line)
        names.update(marks.parts(text)[: len(TAKES.get(mark, ()))])
    return names


def _mark_problems(template: Template) -> Iterator[Problem]:
    opened = 0
    for number, line in _lines(template.body):
        mark, text = marks.mark_of(line)
        if line.startswith("@") and mark not in marks.WORDS:
            yield Problem(number, f"不认识的标记 @{mark},可用的有 {'、'.join(sorted(marks.WORDS))}")
        elif line.startswith("#") and not mark:
            yield Problem(number, "层次标记应为 1 到 4 个 #,可带一个点,后面空一格")
        if line.count("**") % 2:
            yield Problem(number, "** 没有闭合")
        yield from (Problem(number, reason) for reason in _field_faults(template, mark, text))
        if mark == "重复":
            if opened:
                yield Problem(number, f"第 {opened} 行的 @重复 还没有 @完")
            opened = number
        elif mark == "完":
            if not opened:
                yield Problem(number, "@完 之前没有 @重复")
            opened = 0
    if opened:
        yield Problem(opened, "@重复 没有闭合,缺少 @完")
    yield from _direction_problems(template)


def _direction_problems(template: Template) -> Iterator[Problem]:
    """Upward papers name who signs (7.2.6), and no copy of them goes down."""
    marked = {marks.mark_of(line)[0]: number for number, line in _lines(template.body)}
    if template.direction == "up" and "签发人" not in marked:
        yield Problem(1, "上行文(direction = up)应有 @签发人")
    if template.direction != "up" and "签发人" in marked:
        yield Problem(marked["签发人"], "只有上行文(direction = up)标注 @签发人")
    if template.direction == "up" and "抄送" in marked:
        yield Problem(marked["抄送"], "上行文不抄送下级机关,不用 @抄送")


def _field_faults(template: Template, mark: str, text: str) -> Iterator[str]:
    wanted = TAKES.get(mark, ())
    given = marks.parts(text)
    if len(given) < len(wanted):
        yield f"@{mark} 后面应有 {len(wanted)} 个字段名,用 | 隔开"
        return
    for name, kind in zip(given, wanted, strict=False):
        field = template.fields.get(name)
        if field is None:
            yield f"@{mark} 用了没有声明的字段 {name}"
        elif field.type != kind or (kind == "number" and not field.required):
            yield f"@{mark} 的字段 {name} 应是必填的 {kind},不是 {field.type}"
