"""Addresses of items."""

from django.urls import URLPattern, path

from onebow.apps.plans.views.items import deeds, mine, sheets, show

ITEMS: list[URLPattern] = [
    path("items/mine/", mine.mine, name="items_mine"),
    path("items/<int:pk>/", show.show, name="item"),
    path("items/<int:pk>/start/", deeds.start, name="item_start"),
    path("items/<int:pk>/checkpoints/", deeds.checkpoints, name="item_checkpoints"),
    path("items/<int:pk>/confirmations/", deeds.confirmations, name="item_confirmations"),
    path("items/<int:pk>/stages/<int:stage_id>/passing/", deeds.passing, name="item_passing"),
    path("items/<int:pk>/stages/<int:stage_id>/urgency/", deeds.urgency, name="item_urgency"),
    path("items/<int:pk>/closure/", deeds.closure, name="item_closure"),
    path("items/<int:pk>/reopening/", deeds.reopening, name="item_reopening"),
    path("items/<int:pk>/progress/", deeds.progress, name="item_progress"),
    path("items/<int:pk>/visits/", deeds.visit, name="item_visit"),
    path("items/<int:pk>/trip/", deeds.trip, name="item_trip"),
    path("items/<int:pk>/documents/<int:document_id>.<slug:kind>", sheets.document, name="item_document"),
    path("items/<int:pk>/sheet.<slug:kind>", sheets.sheet, name="item_sheet"),
]
