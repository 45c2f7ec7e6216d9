"""Addresses of talks."""

from django.urls import URLPattern, path

from onebow.apps.affairs.views import talks

TALKS: list[URLPattern] = [
    path("talks/", talks.index, name="talks"),
    path("talks/<int:pk>/", talks.show, name="talks_of"),
    path("talks/<int:pk>/new/", talks.new, name="talks_new"),
]
