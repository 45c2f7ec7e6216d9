"""Addresses of the desk."""

from django.urls import path

from onebow.apps.desk.views import burden, calendar, clashes, home

app_name = "desk"
urlpatterns = [
    path("", home.home, name="home"),
    path("search/", home.search, name="search"),
    path("calendar/", calendar.month, name="calendar"),
    path("burden/", burden.index, name="burden"),
    path("burden/forms/", burden.forms, name="burden_forms"),
    path("clashes/", clashes.index, name="clashes"),
    path("clashes/content/", clashes.doubles, name="doubles"),
]
