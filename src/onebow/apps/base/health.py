"""What must hold for the product to serve well, each fault in one sentence that says what to do about it.

Which checks there are is a table in the settings (`CHECKS`, `CHECKS_IN_SERVICE`), so that any app may bring one: a
function without arguments that yields its faults. `CHECK_NOTES` names functions that tell what is in use.
"""

import socket
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from django.conf import settings
from django.db import DatabaseError, connection
from django.utils.module_loading import import_string

Check = Callable[[], Iterator[str]]


@dataclass(frozen=True)
class Finding:
    """检查结果: one check and what is wrong; nothing when all is well. A note tells more where that is of use."""

    name: str
    faults: list[str]
    note: str = ""

    @property
    def is_good(self) -> bool:
        """Whether nothing is wrong."""
        return not self.faults


def examine(checks: Mapping[str, str]) -> list[Finding]:
    """Carry out checks, given as name and dotted path."""
    return [_look(name, import_string(path)) for name, path in checks.items()]


def _look(name: str, check: Check) -> Finding:
    found = _faults_of(check)
    return Finding(name, found, "" if found else _note_of(name))


def _note_of(name: str) -> str:
    path = settings.CHECK_NOTES.get(name)
    return import_string(path)() if path else ""


def faults() -> list[str]:
    """Everything that stands in the way of serving; empty when all is well."""
    return [fault for finding in examine(settings.CHECKS) for fault in finding.faults]


def _faults_of(check: Check) -> list[str]:
    try:
        return list(check())
    except DatabaseError as error:
        # The check of the database itself tells why it is away; here that only kept us from looking.
        why = f"({first_line(error)})" if connection.connection else ""
        return [f"没有查成{why}。请先处理“数据库”和“数据表”两项。"]
    except OSError as error:
        return [f"没有查成({error.strerror}:{error.filename})。请检查这个文件或目录的权限。"]


def first_line(error: Exception) -> str:
    """What an error says, without the rows and addresses that PostgreSQL adds below."""
    return str(error).strip().partition("\n")[0]


def port_fault(host: str, port: int) -> str:
    """Why the address cannot be listened on; empty if it can."""
    if not 1 <= port <= 65535:
        return f"端口号 {port} 无效,应在 1 到 65535 之间。"
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except PermissionError:
            return f"没有权限使用端口 {port}。请换一个,例如 make run PORT=8001。"
        except OSError:
            return f"端口 {port} 已被占用。请换一个,例如 make run PORT={port + 1 if port < 65535 else 8001}。"
    return ""
