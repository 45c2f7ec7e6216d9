"""Addresses of leave and trips."""

from django.urls import URLPattern, path

from onebow.apps.plans.views.absences import index, lists

ABSENCES: list[URLPattern] = [
    path("absences/", index.index, name="absences"),
    path("absences/new/", index.new, name="absence_new"),
    path("absences/import/", lists.upload, name="absences_import"),
    path("absences/people/", index.people, name="absence_people"),
    path("absences/<int:pk>/cancellation/", index.cancellation, name="absence_cancellation"),
]
