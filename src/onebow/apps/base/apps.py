"""The app."""

from typing import Any

from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate, pre_migrate


class BaseConfig(AppConfig):
    """基础."""

    name = "onebow.apps.base"

    def ready(self) -> None:
        """The guards of all apps stand whenever no migration is under way."""
        # Each signal is sent once per app, all of them before and all of them after the migrations: once is enough.
        pre_migrate.connect(_take_down, sender=self)
        post_migrate.connect(_set_up, sender=self)


def _take_down(using: str, plan: list[Any], **_: Any) -> None:
    from onebow.apps.base.guards import take_down_guards

    if plan:
        take_down_guards(connections[using])


def _set_up(using: str, **_: Any) -> None:
    from onebow.apps.base.guards import set_up_guards

    set_up_guards(connections[using])
