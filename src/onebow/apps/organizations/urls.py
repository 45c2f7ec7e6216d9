"""Addresses of the app."""

from django.urls import URLPattern, path

from onebow.apps.organizations.views import trees

app_name = "organizations"
urlpatterns: list[URLPattern] = [
    path("trees/", trees.show, name="trees"),
    path("trees/table/", trees.table, name="trees_table"),
    path("trees/side/<int:pk>/", trees.side, name="trees_side"),
]
