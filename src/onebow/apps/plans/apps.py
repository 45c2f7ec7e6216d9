"""The app."""

from django.apps import AppConfig


class PlansConfig(AppConfig):
    """计划."""

    name = "onebow.apps.plans"
