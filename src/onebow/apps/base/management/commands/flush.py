"""`flush`, for tests alone: what the guards keep must not be emptied anywhere else."""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandError
from django.core.management.commands.flush import Command as Flush
from django.db import connections, transaction
from django.test import utils

from onebow.apps.base.guards import set_up_guards, take_down_guards


class Command(Flush):
    """Take the guards down, empty the tables, set the guards up again."""

    help = "清空测试数据库(只用于自动测试,其他数据库一律拒绝)。"

    def handle(self, **options: Any) -> None:
        """Refuse any database that no test run made."""
        connection = connections[options["database"]]
        if not _is_test(connection):
            raise CommandError("这不是自动测试的数据库,不能清空。")
        with transaction.atomic(using=connection.alias):
            take_down_guards(connection)
            super().handle(**options)
            set_up_guards(connection)


def _is_test(connection: Any) -> bool:
    # Both: a test run is under way in this process, and it is connected to what it made.
    running = hasattr(utils._TestState, "saved_data")
    return running and Path(str(connection.settings_dict["NAME"])).name.startswith("test")
