"""The app."""

from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    """会议."""

    name = "onebow.apps.meetings"
