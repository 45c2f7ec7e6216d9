"""Addresses of dues."""

from django.urls import URLPattern, path

from onebow.apps.affairs.views.dues import bases, reliefs, sheets

DUES: list[URLPattern] = [
    path("dues/", sheets.index, name="dues"),
    path("dues/mine/", sheets.mine, name="dues_mine"),
    path("dues/<int:pk>/import/", bases.upload, name="dues_import"),
    path("dues/<int:pk>/people/<int:person_id>/", bases.one, name="dues_base"),
    path("dues/<int:pk>/reliefs/new/", reliefs.new, name="dues_relief_new"),
    path("dues/<int:pk>/<slug:month>/", sheets.show, name="dues_sheet"),
    path("dues/<int:pk>/<slug:month>/export/", sheets.export, name="dues_export"),
    path("dues/reliefs/<int:relief_id>/", reliefs.show, name="dues_relief"),
    path("dues/reliefs/<int:relief_id>/decision/", reliefs.decision, name="dues_relief_decision"),
    path("dues/reliefs/<int:relief_id>/paper/", reliefs.paper, name="dues_relief_paper"),
    path("dues/reliefs/<int:relief_id>/withdrawal/", reliefs.withdrawal, name="dues_relief_withdrawal"),
    path("dues/reliefs/<int:relief_id>/scan/", reliefs.scan, name="dues_relief_scan"),
]
