"""Addresses of ceilings of workload."""

from django.urls import URLPattern, path

from onebow.apps.plans.views.load import ceilings, plan

LOAD: list[URLPattern] = [
    path("ceilings/", ceilings.index, name="ceilings"),
    path("ceilings/new/", ceilings.new, name="ceiling_new"),
    path("ceilings/options/", ceilings.options, name="ceiling_options"),
    path("ceilings/<int:pk>/closure/", ceilings.closure, name="ceiling_closure"),
    path("plans/<int:pk>/load/", plan.show, name="plan_load"),
]
