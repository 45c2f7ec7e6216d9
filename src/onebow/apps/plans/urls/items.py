"""Addresses of items."""

from django.urls import URLPattern, path

from onebow.apps.plans.views.items import show

ITEMS: list[URLPattern] = [
    path("items/<int:pk>/", show.show, name="item"),
]
