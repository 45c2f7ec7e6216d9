"""The app."""

from django.apps import AppConfig

from onebow.apps.base.guards import register


class PlansConfig(AppConfig):
    """计划."""

    name = "onebow.apps.plans"

    def ready(self) -> None:
        """Keep the two sides apart in the database too."""
        from onebow.apps.plans.guards import guards

        register(self.label, guards)
