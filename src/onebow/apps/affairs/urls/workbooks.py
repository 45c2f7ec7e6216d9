"""Addresses of work manuals."""

from django.urls import URLPattern, path

from onebow.apps.affairs.views import workbooks

WORKBOOKS: list[URLPattern] = [
    path("workbooks/", workbooks.index, name="workbooks"),
    path("workbooks/batches/<int:pk>/progress/", workbooks.progress, name="workbook_progress"),
    path("workbooks/batches/<int:pk>.zip", workbooks.archive, name="workbook_archive"),
    path("workbooks/<int:pk>/<int:year>/", workbooks.show, name="workbook"),
    path("workbooks/<int:pk>/<int:year>/workbook.<slug:kind>", workbooks.file, name="workbook_file"),
]
