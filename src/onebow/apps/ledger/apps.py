"""The app."""

from django.apps import AppConfig

from onebow.apps.base.guards import register


class LedgerConfig(AppConfig):
    """工作台账."""

    name = "onebow.apps.ledger"

    def ready(self) -> None:
        """The tables are append-only whenever no migration is under way."""
        from onebow.apps.ledger.guards import guards

        register(self.label, guards)
