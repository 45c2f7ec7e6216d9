"""Addresses of everyday affairs."""

from django.urls import URLPattern

from onebow.apps.affairs.urls.talks import TALKS
from onebow.apps.affairs.urls.workbooks import WORKBOOKS

app_name = "affairs"
urlpatterns: list[URLPattern] = [*TALKS, *WORKBOOKS]
