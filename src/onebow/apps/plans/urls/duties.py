"""Addresses of duties."""

from django.urls import URLPattern

DUTIES: list[URLPattern] = []
