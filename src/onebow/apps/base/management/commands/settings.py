"""`onebow settings`: which options hold, and where each comes from."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from onebow.options import OPTIONS, OPTIONS_READ


class Command(BaseCommand):
    """Print a line per option; secrets never show."""

    help = "列出生效的选项、来源和含义(口令不显示)。"
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        """Print them as the options file takes them."""
        self.stdout.write(f"# 选项文件:{OPTIONS_READ.file or '无'}")
        for option in OPTIONS:
            source = OPTIONS_READ.sources[option.name]
            self.stdout.write(f"{option.name} = {shown(OPTIONS_READ.values[option.name])}  # {source};{option.meaning}")


def shown(value: Any) -> str:
    """A value as TOML writes it; a database's address shows no password."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int):
        return str(value)
    if isinstance(value, tuple):
        return f"[{', '.join(shown(part) for part in value)}]"
    if value is None:
        return '""'
    return f'"{value.as_posix() if isinstance(value, Path) else value}"'
