"""Addresses of registers."""

from django.urls import URLPattern

REGISTERS: list[URLPattern] = []
