"""Addresses of the manual."""

from django.urls import path

from onebow.apps.help import views

app_name = "help"
urlpatterns = [
    path("help/", views.index, name="index"),
    path("help/<slug:chapter>/", views.chapter, name="chapter"),
]
