"""The app."""

from django.apps import AppConfig

from onebow.apps.base.guards import register


class PlansConfig(AppConfig):
    """计划."""

    name = "onebow.apps.plans"

    def ready(self) -> None:
        """Keep the two sides apart in the database too; say what entries mean."""
        from onebow.apps.plans.entry_words import say_words
        from onebow.apps.plans.guards import guards

        register(self.label, guards)
        say_words()
