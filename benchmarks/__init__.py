"""Figures of speed and size, measured on the machine at hand; `make bench` runs all of them."""

import os

import django

# A process that measures is told its settings, the one that starts them all is not. Done here, before a module of this
# folder is read, so that each may import models like any other.
if "DJANGO_SETTINGS_MODULE" in os.environ:
    django.setup()
