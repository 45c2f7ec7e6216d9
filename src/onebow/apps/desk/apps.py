"""The app."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """工作台: what waits, and how one is told."""

    name = "onebow.apps.desk"

    def ready(self) -> None:
        """Say what entries mean."""
        from onebow.apps.desk.entry_words import say_words

        say_words()
