"""Addresses of the base."""

from django.urls import path

from onebow.apps.base import views

app_name = "base"
urlpatterns = [path("style/", views.style, name="style")]
