"""The app."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """工作台: what waits, and how one is told."""

    name = "onebow.apps.desk"
