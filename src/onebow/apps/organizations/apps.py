"""The app."""

from typing import Any

from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate, pre_migrate


class OrganizationsConfig(AppConfig):
    """组织."""

    name = "onebow.apps.organizations"

    def ready(self) -> None:
        """The guards stand whenever no migration is under way."""
        pre_migrate.connect(_take_down, sender=self)
        post_migrate.connect(_set_up, sender=self)


def _take_down(using: str, plan: list[Any], **_: Any) -> None:
    from onebow.apps.organizations.guards import take_down_guards

    if plan:
        take_down_guards(connections[using])


def _set_up(using: str, **_: Any) -> None:
    from onebow.apps.organizations.guards import set_up_guards

    set_up_guards(connections[using])
