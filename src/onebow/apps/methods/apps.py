"""The app."""

from django.apps import AppConfig


class MethodsConfig(AppConfig):
    """工作法."""

    name = "onebow.apps.methods"
