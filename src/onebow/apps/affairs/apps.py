"""The app."""

from django.apps import AppConfig


class AffairsConfig(AppConfig):
    """党务: everyday affairs of a branch."""

    name = "onebow.apps.affairs"

    def ready(self) -> None:
        """Say what entries mean."""
        from onebow.apps.affairs.entry_words import say_words

        say_words()
