"""The check of tables against their rules: unknown items, missing ones, wrong types, words that are none."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from difflib import get_close_matches
from typing import Any

from onebow.apps.methods.reading.faults import Fault
from onebow.apps.methods.reading.lines import Path
from onebow.apps.methods.reading.words import STAGE, Rule
from onebow.cores.timekeeping import read_recurrence
from onebow.cores.timekeeping.windows import read_month_day

KEY = re.compile(r"[a-z0-9][a-z0-9_-]*")
CONTROL = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]")
TYPES = ((bool, "是否"), (str, "文字"), ((int, Decimal), "数字"), (list, "数组"), (dict, "一节内容"))


@dataclass
class Check:
    """Gathers faults with their lines."""

    lines: Mapping[Path, int]
    faults: list[Fault] = field(default_factory=list)

    def line(self, path: Path) -> int:
        """Where it stands, or what holds it."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)

    def fault(self, path: Path, text: str, *, line: int = 0) -> None:
        """One fault; of a text of several lines also on which of them (from 1), as far as the file shows that."""
        # The lines of such a text stand at these two places, which no key can have.
        first, last = (self.lines.get((*path, end), self.line(path)) for end in (0, 1))
        place = min(first + line - 1, last) if line else self.line(path)
        self.faults.append(Fault(place, spelled(path), f"{text}。"))

    def table(self, path: Path, facts: Mapping[str, Any], rules: Mapping[str, Rule]) -> None:
        """All items of a table."""
        for name in facts:
            if name not in rules:
                self.fault((*path, name), unknown(name, rules))
        for name, rule in rules.items():
            if name in facts:
                self.value((*path, name), facts[name], rule)
            elif rule.needed:
                self.fault(path, f"缺少 {name}({rule.label})")

    def value(self, path: Path, value: Any, rule: Rule) -> None:
        """One item."""
        if rule.type == "tables":
            return
        if rule.type == "stages":
            self._stages(path, value)
        elif rule.type in ("texts", "keys"):
            self._texts(path, value, rule)
        elif reason := _FAULTS.get(rule.type, fault_of_text)(value, rule):
            self.fault(path, reason)

    def _texts(self, path: Path, value: Any, rule: Rule) -> None:
        if not isinstance(value, list):
            self.fault(path, f"应为方括号中的一组文字,这里是{named(value)}")
            return
        if not value and not rule.empty:
            self.fault(path, f"至少要有一项{rule.label}")
        single = Rule(rule.label, words=rule.words, longest=rule.longest)
        check = fault_of_key if rule.type == "keys" else fault_of_text
        seen: set[str] = set()
        for place, one in enumerate(value):
            reason = check(one, single) or (f"“{shortened(one)}”写了两次" if one in seen else "")
            if reason:
                self.fault((*path, place), reason)
            else:
                seen.add(one)

    def _stages(self, path: Path, value: Any) -> None:
        if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
            self.fault(path, '应写成 [{ key = "…", name = "…" }, …]')
            return
        if not value:
            self.fault(path, "至少要有一个阶段")
        for place, one in enumerate(value):
            self.table((*path, place), one, STAGE)
        self.once([((*path, place, "key"), one.get("key")) for place, one in enumerate(value)], "阶段编号")

    def once(self, rows: list[tuple[Path, Any]], label: str) -> None:
        """No value twice."""
        seen: dict[str, Path] = {}
        for path, value in rows:
            if not isinstance(value, str):
                continue
            if value in seen:
                self.fault(path, f"{label}“{value}”与第 {self.line(seen[value])} 行重复")
            seen.setdefault(value, path)


def spelled(path: Path) -> str:
    """A path as people write it; elements are counted from 1.

    >>> spelled(("duty", 0, "kinds", 1))
    'duty[1].kinds[2]'
    """
    out = ""
    for part in path:
        out += f"[{part + 1}]" if isinstance(part, int) else f"{'.' if out else ''}{shortened(part)}"
    return out


def shortened(text: str) -> str:
    """For a message: no longer than a line, and visible."""
    text = CONTROL.sub("?", text)
    return text if len(text) <= 40 else f"{text[:40]}…"


def unknown(name: str, known: Mapping[str, Any]) -> str:
    """What is said of a name that is none."""
    near = get_close_matches(name, known, 1)
    return f"不认识的项目“{shortened(name)}”" + (f",是否想写 {near[0]}" if near else f";这里可用 {'、'.join(known)}")


def named(value: Any) -> str:
    """The type of a value in Chinese."""
    return next((word for type_, word in TYPES if isinstance(value, type_)), "日期")


def fault_of_text(value: Any, rule: Rule) -> str:
    """Text of one line, one of the words where there are such."""
    if not isinstance(value, str):
        return f"应为文字(加引号),这里是{named(value)}"
    if CONTROL.search(value):
        return "应为一行文字,不能换行或含控制字符"
    if not value.strip():
        return "" if rule.empty and not value else "不能为空"
    if rule.words and value not in rule.words:
        return f"“{shortened(value)}”不是可用的词;可用 {'、'.join(rule.words)}"
    return f"不能超过 {rule.longest} 个字,这里有 {len(value)} 个" if len(value) > rule.longest else ""


def fault_of_body(value: Any, rule: Rule) -> str:
    """Text of several lines."""
    if not isinstance(value, str) or not value.strip():
        return fault_of_text(value, rule)
    if CONTROL.search(value.replace("\n", "").replace("\t", "")):
        return "不能含控制字符"
    return f"不能超过 {rule.longest} 个字,这里有 {len(value)} 个" if len(value) > rule.longest else ""


def fault_of_key(value: Any, rule: Rule) -> str:
    """Lower-case letters, digits, - and _."""
    if (reason := fault_of_text(value, rule)) or not value:
        return reason
    return "" if KEY.fullmatch(value) else "应为小写字母、数字、- 和 _,以字母或数字开头"


def fault_of_flag(value: Any, _: Rule) -> str:
    """True or false."""
    return "" if isinstance(value, bool) else f"应为 true 或 false,这里是{named(value)}"


def fault_of_number(value: Any, rule: Rule) -> str:
    """Above 0, with two decimals at most."""
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        return f"应为数字,这里是{named(value)}"
    number = Decimal(value)
    if not number.is_finite() or not 0 < number <= rule.most:
        return f"应为大于 0、不超过 {rule.most} 的数字"
    return "" if number == round(number, 2) else "最多两位小数"


def fault_of_recurrence(value: Any, rule: Rule) -> str:
    """RFC 5545, as far as duties follow it."""
    if (reason := fault_of_text(value, rule)) or not value:
        return reason
    return said_by(read_recurrence, value)


def fault_of_window(value: Any, _: Rule) -> str:
    """Two days of a year."""
    if value == []:
        return ""
    if not isinstance(value, list) or len(value) != 2 or not all(isinstance(one, str) for one in value):
        return '应为两个日期,例如 ["10-01", "12-31"]'
    return next((reason for one in value if (reason := said_by(read_month_day, one))), "")


def said_by(check: Callable[..., Any], *args: Any) -> str:
    """What a function of the cores says against its arguments; empty if nothing."""
    try:
        check(*args)
    except ValueError as error:
        return str(error).rstrip("。")
    return ""


_FAULTS: dict[str, Callable[[Any, Rule], str]] = {
    "text": fault_of_text,
    "body": fault_of_body,
    "key": fault_of_key,
    "flag": fault_of_flag,
    "number": fault_of_number,
    "recurrence": fault_of_recurrence,
    "window": fault_of_window,
}
