"""Addresses of items."""

from django.urls import URLPattern

ITEMS: list[URLPattern] = []
