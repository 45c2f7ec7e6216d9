"""What can be wrong with a template, or with the data for one."""

from collections.abc import Sequence
from dataclasses import dataclass

from onebow.apps.base.refusals import Refused


@dataclass(frozen=True)
class Problem:
    """One fault of a template file, with its line from 1."""

    line: int
    reason: str

    def __str__(self) -> str:
        return f"第 {self.line} 行:{self.reason}"


class BadTemplate(Refused):
    """A template file does not pass its check."""

    def __init__(self, name: str, problems: Sequence[Problem]) -> None:
        super().__init__(f"公文模板 {name} 有 {len(problems)} 处错误。" + ";".join(map(str, problems)) + "。")
        self.problems = list(problems)


class BadData(Refused):
    """The data for a template lack a field or have a wrong one, which is named."""

    def __init__(self, field: str, reason: str, *, paper: str = "") -> None:
        super().__init__(f"{paper}{':' if paper else ''}字段“{field}”{reason}。")
        self.field, self.reason = field, reason
