"""Faults of the input: all of them at once, each with its place."""

import json
from dataclasses import dataclass
from typing import Any

SHOWN = 80


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong: where, what stands there, and why it will not do (Chinese, for users)."""

    path: str
    value: Any
    reason: str

    def __str__(self) -> str:
        text = json.dumps(self.value, ensure_ascii=False, default=str)
        if len(text) > SHOWN:
            text = text[:SHOWN] + "…"
        return f"{self.path}:{text}:{self.reason}"


class BadInput(ValueError):
    """The input cannot be read; `faults` says everything that is wrong with it.

    >>> BadInput((Fault("people[0].id", "", "编号不能为空"),)).faults[0].path
    'people[0].id'
    """

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__("\n".join(str(fault) for fault in faults))
        self.faults = faults
