"""The app."""

from django.apps import AppConfig


class AffairsConfig(AppConfig):
    """党务: everyday affairs of a branch."""

    name = "onebow.apps.affairs"
