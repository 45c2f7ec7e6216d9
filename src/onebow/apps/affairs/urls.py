"""Addresses of everyday affairs."""

from django.urls import URLPattern

app_name = "affairs"
urlpatterns: list[URLPattern] = []
