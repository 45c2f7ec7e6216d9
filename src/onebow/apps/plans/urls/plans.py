"""Addresses of plans."""

from django.urls import URLPattern

PLANS: list[URLPattern] = []
