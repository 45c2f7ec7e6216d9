"""The shape of the input: keys, types and ranges. What things mean to each other is `reading`'s."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from onebow.cores.structure.faults import Fault

# Costs must stay exact in 64 bits: kilometres times a weight, with room for sums.
LARGEST = 1_000_000
MISSING = object()
Check = Callable[[Any], str | None]


def text(value: Any) -> str | None:
    """An id."""
    if not isinstance(value, str):
        return "应为文字"
    return None if value.strip() else "编号不能为空"


def label(value: Any) -> str | None:
    """A name."""
    return None if isinstance(value, str) else "应为文字"


def text_or_null(value: Any) -> str | None:
    """An id or null."""
    return None if value is None else text(value)


def truth(value: Any) -> str | None:
    """True or false."""
    return None if isinstance(value, bool) else "应为 true 或 false"


def number(value: Any) -> str | None:
    """A whole number, not negative."""
    if isinstance(value, bool) or not isinstance(value, int):
        return "应为整数"
    if value < 0:
        return "不能为负数"
    return None if value <= LARGEST else f"不能大于 {LARGEST}"


def positive(value: Any) -> str | None:
    """A whole number from 1 on."""
    return number(value) or ("至少为 1" if value == 0 else None)


def day(value: Any) -> str | None:
    """A date."""
    try:
        return None if isinstance(value, str) and date.fromisoformat(value) and len(value) == 10 else _NO_DAY
    except ValueError:
        return _NO_DAY


_NO_DAY = "日期应写成 2019-06-30 的样子"


def standing(value: Any) -> str | None:
    """Full or probationary."""
    return None if value in ("full", "probationary") else "应为 full(正式)或 probationary(预备)"


def anything(_: Any) -> str | None:
    """Looked at elsewhere."""
    return None


@dataclass
class Shapes:
    """Looks at objects and lists, and keeps what is wrong with them."""

    faults: list[Fault] = field(default_factory=list)

    def tell(self, path: str, value: Any, reason: str) -> None:
        """One more fault."""
        self.faults.append(Fault(path, value, reason))

    def keyed(self, path: str, value: Any, keys: Mapping[str, Check], needed: tuple[str, ...] = ()) -> dict[str, Any]:
        """The keys of an object that are sound; `keys` names all that are known."""
        if not isinstance(value, dict):
            self.tell(path or "$", value, "应为对象")
            return {}
        before = path + "." if path else ""
        sound = {}
        for key, inner in value.items():
            if key not in keys:
                self.tell(before + str(key), inner, "未知的键")
            elif reason := keys[key](inner):
                self.tell(before + key, inner, reason)
            else:
                sound[key] = inner
        for key in needed:
            if key not in value:
                self.tell(before + key, None, "缺少这一项")
        return sound

    def entries(self, path: str, value: Any) -> list[Any]:
        """The list, empty if it is none."""
        if isinstance(value, list):
            return value
        self.tell(path, value, "应为列表")
        return []

    def ids(self, path: str, value: Any) -> list[tuple[str, str]]:
        """A list of ids, each with its path; empty if anything is wrong with it."""
        found: list[tuple[str, str]] = []
        if isinstance(value, list) and not value:
            self.tell(path, value, "列表不能为空")
        for at, one in enumerate(self.entries(path, value)):
            if reason := text(one):
                self.tell(f"{path}[{at}]", one, reason)
            elif one in [known for _, known in found]:
                self.tell(f"{path}[{at}]", one, "重复")
            else:
                found.append((f"{path}[{at}]", one))
        return found
