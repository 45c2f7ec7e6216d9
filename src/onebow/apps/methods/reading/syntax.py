"""Faults of TOML itself, with the line that tomllib names and the reason in Chinese."""

import re
import tomllib
from decimal import Decimal
from typing import Any

from onebow.apps.methods.reading.faults import BadPack, Fault

PLACE = re.compile(r"\(at (?:line (\d+), column \d+|end of document)\)")
REASONS = (
    ("Cannot overwrite a value", "同一个项目写了两次,请删去一处"),
    ("Duplicate inline table key", "同一个项目写了两次,请删去一处"),
    ("Cannot declare", "这一节写了两次,或与前面的写法矛盾;成组的内容请写成双方括号,例如 [[duty]]"),
    ("Cannot mutate immutable namespace", "花括号里已经写完的内容不能再补充"),
    ("Expected '=' after a key", "项目名后面缺少等号"),
    ("Expected ']", "方括号没有写全"),
    ("Unclosed array", "方括号没有写全,或数组的各项之间缺少逗号"),
    ("Unclosed inline table", "花括号没有写全,或各项之间缺少逗号"),
    ("Unterminated string", "引号没有写全"),
    ("Illegal character", "含有不可用的字符,或引号没有写全"),
    ("Unescaped '\\' in a string", "文字中的反斜杠要写成两个"),
    ("Invalid hex value", "反斜杠后的字符编号不正确"),
    ("Escaped character is not a Unicode scalar value", "反斜杠后的字符编号不正确"),
    ("Expected newline or end of document", "一行只能写一个项目;后面多出了内容"),
    ("Invalid date or datetime", "日期不存在"),
    ("Invalid initial character for a key part", "项目名缺失或写法不正确;项目名用小写字母、数字和下划线"),
    ("Invalid value", "等号后面缺少内容,或文字没有加引号"),
    ("Invalid statement", "看不懂这一行;应为“项目名 = 内容”或 [[节名]]"),
)

TOO_DEEP = Fault(1, "", "括号层数过多。")


def parsed(text: str) -> dict[str, Any]:
    """The text as TOML.

    Raises:
        BadPack: it is no TOML; the one fault that the parser stops at.
    """
    try:
        return tomllib.loads(text, parse_float=Decimal)
    except tomllib.TOMLDecodeError as error:
        raise BadPack([_fault(str(error), text)]) from error
    except RecursionError as error:
        raise BadPack([TOO_DEEP]) from error
    except (ValueError, ArithmeticError) as error:
        # A number of thousands of digits.
        raise BadPack([Fault(1, "", "有一个数字写得过长。")]) from error


def _fault(said: str, text: str) -> Fault:
    place = PLACE.search(said)
    last = max(1, len(text.splitlines()))
    line = min(int(place[1]), last) if place and place[1] else last
    reason = next((words for begin, words in REASONS if said.startswith(begin)), "不符合 TOML 的写法")
    return Fault(line, "", f"{reason}。")
