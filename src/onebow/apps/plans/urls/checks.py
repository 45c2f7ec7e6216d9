"""Addresses of checks and gaps."""

from django.urls import URLPattern, path

from onebow.apps.plans.views.checks import gaps, runs

CHECKS: list[URLPattern] = [
    path("checks/", runs.index, name="checks"),
    path("checks/new/", runs.new, name="check_new"),
    path("checks/special/", runs.special, name="check_special"),
    path("checks/<int:pk>/", runs.show, name="check"),
    path("checks/<int:pk>/refresh/", runs.refresh, name="check_refresh"),
    path("checks/<int:pk>/report.<slug:kind>", runs.report, name="check_report"),
    path("gaps/", gaps.index, name="gaps"),
    path("gaps.xlsx", gaps.xlsx, name="gaps_xlsx"),
    path("gaps/closure/", gaps.closures, name="gaps_closure"),
    path("gaps/<int:pk>/", gaps.show, name="gap"),
    path("gaps/<int:pk>/answer/", gaps.answer, name="gap_answer"),
    path("gaps/<int:pk>/return/", gaps.returning, name="gap_return"),
    path("gaps/<int:pk>/closure/", gaps.closure, name="gap_closure"),
]
