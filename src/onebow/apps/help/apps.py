"""The app."""

from django.apps import AppConfig


class HelpConfig(AppConfig):
    """使用手册: how the product is used, inside the product."""

    name = "onebow.apps.help"
