"""The check of a template file: every fault with its line and the reason in Chinese."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from typing import Any

from onebow.apps.documents.official.body import body_problems
from onebow.apps.documents.official.faults import Problem
from onebow.apps.documents.official.templates import DIRECTIONS, FORMAT, LAYOUTS, TYPES, body_line, read

HEAD = {"format": (FORMAT,), "key": None, "name": None, "layout": LAYOUTS, "direction": DIRECTIONS}
OPTIONAL = {"required": bool, "columns": dict}
COLUMN = {"label": str, "width": int, "box": bool, "number": bool, "left": bool}
NAME = re.compile(r"[a-z][a-z0-9_]*")
SECTION = re.compile(r"\s*\[([^\[\]]+)\]")
TOML_LINE = re.compile(r"line (\d+)")
# What the dialect itself gives a meaning.
RESERVED = ("loop", "true", "false", "none", "not", "and", "or", "in", "is", "if", "else", "for", "set")


def problems_of(source: str) -> list[Problem]:
    """All faults of a template file in the order of its lines; empty when it is good."""
    try:
        raw = tomllib.loads(source)
    except tomllib.TOMLDecodeError as error:
        line = TOML_LINE.search(str(error))
        return [Problem(int(line[1]) if line else len(source.splitlines()), f"不是有效的 TOML({error})")]
    found = [*_head_problems(source, raw), *_field_problems(source, raw.get("fields"))]
    body = raw.get("body")
    if not isinstance(body, dict) or not isinstance(body.get("text"), str) or len(body) != 1:
        found.append(Problem(_line(source, r"\[body\]"), "缺少 [body] 段,其中应只有 text 一项"))
    elif not found:
        found = list(body_problems(read(source), body_line(source)))
    return sorted(found, key=lambda problem: problem.line)


def _line(source: str, pattern: str) -> int:
    """The first line that begins like this; 1 if there is none."""
    for number, line in enumerate(source.splitlines(), 1):
        if re.match(pattern, line.strip()):
            return number
    return 1


def _at(source: str, name: str, section: str = "") -> int:
    """The line of a key in a section, or of the section that bears its name."""
    key, current = rf"\"?{re.escape(name)}\"?\s*[=.]", ""
    for number, line in enumerate(source.splitlines(), 1):
        if header := SECTION.match(line):
            current = header[1]
            if current == f"{section}.{name}":
                return number
        elif current == section and re.match(key, line.strip()):
            return number
    return 1


def _head_problems(source: str, raw: Mapping[str, Any]) -> Iterator[Problem]:
    for name in raw.keys() - {*HEAD, "fields", "body"}:
        yield Problem(_at(source, name), f"不认识的项目 {name}")
    for name, choices in HEAD.items():
        value = raw.get(name)
        if not isinstance(value, str) or not value.strip():
            yield Problem(_at(source, name), f"缺少 {name},应为文字")
        elif choices and value not in choices:
            yield Problem(_at(source, name), f"{name} 为“{value}”,应为 {'、'.join(choices)} 之一")
    key = raw.get("key")
    if isinstance(key, str) and not NAME.fullmatch(key):
        yield Problem(_at(source, "key"), f"key 为“{key}”,应为小写字母、数字和下划线")


def _field_problems(source: str, fields: Any) -> Iterator[Problem]:
    if not isinstance(fields, dict):
        yield Problem(_line(source, r"\[fields"), "缺少 [fields] 段")
        return
    for name, facts in fields.items():
        line = _at(source, name, "fields")
        if not NAME.fullmatch(name) or name in RESERVED:
            yield Problem(line, f"字段名 {name} 不能用:应为小写字母、数字和下划线,且不是模板语句的词")
        if not isinstance(facts, dict):
            yield Problem(line, f"字段 {name} 应写成 {{ label = …, type = … }}")
            continue
        for reason in _faults_of(facts):
            yield Problem(line, f"字段 {name} {reason}")


def _faults_of(facts: Mapping[str, Any]) -> Iterator[str]:
    for word in facts.keys() - {"label", "type", *OPTIONAL}:
        yield f"有不认识的项目 {word}"
    if not isinstance(facts.get("label"), str):
        yield "缺少 label"
    if facts.get("type") not in TYPES:
        yield f"的 type 应为 {'、'.join(TYPES)} 之一"
    for word, kind in OPTIONAL.items():
        if word in facts and not isinstance(facts[word], kind):
            yield f"的 {word} 类型不对"
    if (facts.get("type") == "table") != bool(facts.get("columns")):
        yield "是表时须有 columns,不是表时不能有"
    elif isinstance(facts.get("columns"), dict):
        yield from _column_faults(facts["columns"])


def _column_faults(columns: Mapping[str, Any]) -> Iterator[str]:
    for name, facts in columns.items():
        if not NAME.fullmatch(name) or not isinstance(facts, dict) or not isinstance(facts.get("label"), str):
            yield f"的列 {name} 应写成 {{ label = … }},列名为小写字母、数字和下划线"
            continue
        for word, value in facts.items():
            if type(value) is not COLUMN.get(word):
                yield f"的列 {name} 有不认识或类型不对的项目 {word}"
        if type(facts.get("width", 6)) is int and facts.get("width", 6) < 1:
            yield f"的列 {name} 的 width 应大于 0"
