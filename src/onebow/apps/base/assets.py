"""Addresses of the built front end: each build has its own, so that browsers may keep files for a year."""

from functools import cache
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.storage import StaticFilesStorage


@cache
def build_of(folder: Path) -> str:
    """The build's name, the beginning of its stamp; empty where nothing was built, as in tests."""
    stamp = folder / "stamp.txt"
    return stamp.read_text(encoding="ascii")[:10] if stamp.exists() else ""


class StampedStorage(StaticFilesStorage):
    """Adds the build to each address."""

    def url(self, name: str | None) -> str:
        """`app.css` as /static/app.css?v=1f0c…."""
        build = build_of(settings.DIST)
        address = super().url(name)
        return f"{address}?v={build}" if build else address
