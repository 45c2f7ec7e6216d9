"""Addresses of transfers."""

from django.urls import URLPattern

TRANSFERS: list[URLPattern] = []
