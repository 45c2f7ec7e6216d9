"""Addresses of dues."""

from django.urls import URLPattern

DUES: list[URLPattern] = []
