"""Addresses of the desk."""

from django.urls import path

from onebow.apps.desk.views import calendar, clashes, home, waiting

app_name = "desk"
urlpatterns = [
    path("", home.home, name="home"),
    path("todo/", waiting.todo, name="todo"),
    path("search/", home.search, name="search"),
    path("calendar/", calendar.month, name="calendar"),
    path("clashes/", clashes.index, name="clashes"),
    path("clashes/content/", clashes.doubles, name="doubles"),
]
