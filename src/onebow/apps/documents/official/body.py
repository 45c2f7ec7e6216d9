"""The check of a body: statements, names and marks against the declared fields."""

import re
from collections.abc import Iterator, Mapping
from difflib import get_close_matches

from jinja2 import TemplateSyntaxError, nodes

from onebow.apps.documents.official import marks, words
from onebow.apps.documents.official.dialect import DIALECT, LOOP, parse
from onebow.apps.documents.official.faults import Problem
from onebow.apps.documents.official.templates import Field, Template

STATEMENT = re.compile(r"\{%.*?%\}|\{#.*?#\}")
VALUE = re.compile(r"\{\{.*?\}\}")
# Which type of field each mark takes, part by part.
TAKES = {"表": ("table",), "图": ("picture",), "空表": ("number",), "重复": ("number", "number")}
KEYWORD = re.compile(r"\{%-?\s*(if|for|endif|endfor)\b")
DEEPEST = 2
PAIRS = (("{{", "}}"), ("{%", "%}"), ("{#", "#}"))


def body_problems(template: Template, first_line: int = 1, *, all_used: bool = True) -> Iterator[Problem]:
    """Faults of a body whose first line is this one of its file; without `all_used` fields may be left out."""
    if unclosed := list(_unclosed(template.body)):
        yield from (Problem(problem.line + first_line - 1, problem.reason) for problem in unclosed)
        return
    try:
        tree = parse(template.body)
    except TemplateSyntaxError as error:
        yield Problem(error.lineno + first_line - 1, f"用了本方言没有的语句,或语句有误({error.message})")
        return
    used = _names_in_marks(template.body) | {node.name for node in tree.find_all(nodes.Name) if node.ctx == "load"}
    for problem in [*_name_problems(template, tree), *_loop_problems(tree), *_mark_problems(template)]:
        yield Problem(problem.line + first_line - 1, problem.reason)
    for name, field in template.fields.items():
        if all_used and name not in used:
            yield Problem(first_line, f"字段 {name}({field.label})声明了但没有用到")


def _unclosed(body: str) -> Iterator[Problem]:
    """Statements that do not end on their line, and those that want an end of their own and have none."""
    opened: list[tuple[int, str]] = []
    for number, line in enumerate(body.split("\n"), 1):
        for left, right in PAIRS:
            if line.count(left) != line.count(right):
                yield Problem(number, f"{left} 和 {right} 没有在同一行内闭合")
        for word in KEYWORD.findall(line):
            if not word.startswith("end"):
                opened.append((number, word))
            elif not opened or opened.pop()[1] != word[3:]:
                yield Problem(number, f"{word} 前面没有对应的 {word[3:]}")
    for number, word in opened:
        yield Problem(number, f"{word} 没有闭合,缺少 end{word}")


def _name_problems(template: Template, tree: nodes.Template) -> Iterator[Problem]:
    """Names that nobody declared, columns that their table has not, and filters that the dialect has not."""
    rows = _rows_of(template.fields, tree)
    own = {node.name for node in tree.find_all(nodes.Name) if node.ctx == "store"} | {"loop"}
    for name in tree.find_all(nodes.Name):
        if name.name not in template.fields and name.name not in own:
            near = get_close_matches(name.name, template.fields, 1)
            yield Problem(name.lineno, f"用了没有声明的字段 {name.name}" + (f",是否想写 {near[0]}" if near else ""))
    for node in tree.find_all(nodes.Getattr):
        owner = node.node.name if isinstance(node.node, nodes.Name) else ""
        known = LOOP if owner == "loop" else rows.get(owner, ())
        if node.attr not in known:
            yield Problem(node.lineno, f"{owner or '这里'} 没有 {node.attr} 这一列")
    for filtered in tree.find_all(nodes.Filter):
        if filtered.name not in words.FILTERS:
            yield Problem(filtered.lineno, f"没有过滤器 {filtered.name},可用的有 {'、'.join(words.FILTERS)}")
    for tested in tree.find_all(nodes.Test):
        if tested.name not in DIALECT.tests:
            yield Problem(tested.lineno, f"没有判断 is {tested.name},可用的有 {'、'.join(DIALECT.tests)}")


def _loop_problems(tree: nodes.Node, depth: int = 1) -> Iterator[Problem]:
    """Loops inside of loops inside of loops: each would take as long as the one around it, times its rows."""
    for child in tree.iter_child_nodes():
        if isinstance(child, nodes.For) and depth > DEEPEST:
            yield Problem(child.lineno, f"循环最多套 {DEEPEST} 层")
        else:
            yield from _loop_problems(child, depth + isinstance(child, nodes.For))


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
