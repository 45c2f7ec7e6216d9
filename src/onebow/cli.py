"""The command line: `onebow …`."""

import os
import sys

import django
from django.core.management import execute_from_command_line


def main() -> None:
    """Run a sub-command."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "onebow.config.settings")
    django.setup()
    execute_from_command_line(["onebow", *sys.argv[1:]])
