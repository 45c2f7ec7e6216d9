"""What can be wrong with a pack."""

from collections.abc import Sequence
from dataclasses import dataclass

from onebow.apps.base.refusals import Refused

SHOWN = 20


@dataclass(frozen=True, order=True)
class Fault:
    """One fault of a pack: its line from 1, where it stands (`duty[3].recurrence`; empty: the file), and the reason."""

    line: int
    key: str
    text: str

    def __str__(self) -> str:
        return f"第 {self.line} 行{' ' + self.key if self.key else ''}:{self.text}"


class BadPack(Refused):
    """A pack that does not pass: all its faults in the order of its lines."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = tuple(sorted(faults))
        shown = "\n".join(map(str, self.faults[:SHOWN]))
        super().__init__(f"工作法文件有 {len(self.faults)} 处错误。\n{shown}")
