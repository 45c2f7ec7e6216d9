"""Writes the tables of docs/data-classes.md anew from the models: `python tools/data_classes.py`."""

import os
import re
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "onebow.config.settings")

import django

django.setup()

from onebow.config.data_classes import document  # noqa: E402

PAGE = Path(__file__).resolve().parent.parent / "docs" / "data-classes.md"
BETWEEN = re.compile(r"(<!-- from the models -->\n).*(<!-- end -->)", re.DOTALL)

text = PAGE.read_text(encoding="utf-8")
PAGE.write_text(BETWEEN.sub(lambda found: f"{found[1]}{document()}{found[2]}", text), encoding="utf-8")
print(f"{PAGE.name}: written")
